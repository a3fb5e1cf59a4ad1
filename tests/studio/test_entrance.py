"""The link works once, within its minute, for one; whoever else had it is out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from studio_here import INVITATION, Visitor

from cft_audio.studio.entrance import CODE_S, Entrance

if TYPE_CHECKING:
    from conftest import Serve

PAGES = [Route("/", lambda _: PlainTextResponse("Hello."))]


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return what it was set to."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def entrance(clock: Clock) -> Entrance:
    return Entrance(1234, clock)


def code_of(link: str) -> str:
    return link.split("code=")[1]


def path_of(link: str) -> str:
    return link[link.index("/enter") :]


def test_a_code_is_traded_once(entrance: Entrance) -> None:
    code = entrance.new_code()
    cookie = entrance.trade(code)

    assert entrance.lets_in([cookie])
    assert entrance.trade(code) == ""
    assert not entrance.is_good(code)


@pytest.mark.parametrize(("after", "good"), [(CODE_S - 0.1, True), (CODE_S, False)])
def test_a_code_is_good_for_a_minute(
    entrance: Entrance, clock: Clock, after: float, *, good: bool
) -> None:
    code = entrance.new_code()
    clock.now += after

    assert entrance.is_good(code) is good
    assert bool(entrance.trade(code)) is good


def test_a_cookie_is_good_to_the_end(entrance: Entrance, clock: Clock) -> None:
    cookie = entrance.trade(entrance.new_code())
    clock.now += 1e6
    entrance.new_code()

    assert entrance.lets_in(["x", cookie])


def test_every_code_and_every_cookie_is_another(entrance: Entrance) -> None:
    codes = [entrance.new_code() for _ in range(50)]
    cookies = [entrance.trade(code) for code in codes]

    assert len({*codes, *cookies}) == 100
    assert all(len(secret) >= 43 for secret in (*codes, *cookies))  # 256 bits


@pytest.mark.parametrize("wrong", ["", "x", "é", "\udcff", "A" * 43])
def test_what_is_wrong_is_neither_code_nor_cookie(entrance: Entrance, wrong: str) -> None:
    entrance.trade(entrance.new_code())
    entrance.new_code()
    entrance.shut_out(wrong, ())

    assert not entrance.is_good(wrong)
    assert entrance.trade(wrong) == ""
    assert not entrance.lets_in([wrong])


def test_the_cookie_of_a_code_that_two_have_had_is_taken_back(entrance: Entrance) -> None:
    code = entrance.new_code()
    strangers = entrance.trade(code)
    entrance.shut_out(code, ["something else"])

    assert not entrance.lets_in([strangers])
    assert not entrance.is_good(code)


def test_it_stays_for_its_owner_and_once_the_minute_is_over(
    entrance: Entrance, clock: Clock
) -> None:
    code = entrance.new_code()
    cookie = entrance.trade(code)
    entrance.shut_out(code, [cookie])
    clock.now += CODE_S
    entrance.shut_out(code, [])

    assert entrance.lets_in([cookie])


def test_the_link_leads_in_by_a_form_alone(serve: Serve) -> None:
    here = serve(PAGES)
    link = here.link()
    page = here.stranger().get(path_of(link), sec_fetch_site="none")
    answer = here.stranger().post("/enter", {"code": code_of(link)})

    assert page.status == 200
    assert "set-cookie" not in page.headers
    assert 'method="post"' in page.text
    assert '<meta name="referrer" content="same-origin">' in page.text
    assert (answer.status, answer.headers["location"], answer.body) == (303, "/", b"")
    name, _, rest = answer.headers["set-cookie"].partition("=")
    value, *flags = rest.split("; ")
    assert name == f"cft-{here.port}"
    assert sorted(flag.lower() for flag in flags) == ["httponly", "path=/", "samesite=strict"]
    assert Visitor(here.port, f"{name}={value}").get("/").text == "Hello."


def test_looking_at_the_link_does_not_use_it_up(serve: Serve) -> None:
    """Browsers, mail programs and virus scanners load what nobody has clicked."""
    here = serve(PAGES)
    link = here.link()
    for purpose in ("prefetch", "prefetch;prerender", ""):
        answer = here.stranger().get(path_of(link), sec_purpose=purpose)
        assert answer.status == 200
        assert "set-cookie" not in answer.headers
    parts = re.findall(r'(?:href|src)="(/[^"]+)"', answer.text)
    kinds = [here.stranger().get(part).headers["content-type"] for part in parts]
    assert [kind.split(";")[0] for kind in kinds] == ["text/css", "text/javascript"]

    assert here.stranger().post("/enter", {"code": code_of(link)}).status == 303


def test_a_used_link_is_refused_and_so_are_the_parts_of_its_page(serve: Serve) -> None:
    here = serve(PAGES)
    link = here.link()
    parts = ["/enter", "/enter/page.css", "/enter/page.js"]
    assert here.stranger().post("/enter", {"code": code_of(link)}).status == 303
    answers = [here.stranger().get(f"{part}?code={code_of(link)}") for part in parts]
    answers += [here.stranger().post("/enter", {"code": code_of(link)})]

    assert {(answer.status, answer.text) for answer in answers} == {(403, INVITATION)}


def test_an_old_link_is_refused(serve: Serve, clock: Clock) -> None:
    here = serve(PAGES)
    here.studio.entrance._clock = clock
    link = here.link()
    clock.now += CODE_S
    answers = [
        here.stranger().get(path_of(link)),
        here.stranger().post("/enter", {"code": code_of(link)}),
    ]

    assert {(answer.status, answer.text) for answer in answers} == {(403, INVITATION)}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"code=",
        b"code=x",
        b"\xff\xfe",
        b"code=%FF",
        b"code=%00",
        b"code=" + b"x" * 5000,
        b"{}",
    ],
)
def test_a_wrong_form_is_refused(serve: Serve, body: bytes) -> None:
    answer = serve(PAGES).stranger().post("/enter", body=body)

    assert (answer.status, answer.text) == (403, INVITATION)


def test_a_thief_of_the_link_is_out_as_soon_as_its_owner_comes(serve: Serve) -> None:
    """Another account sees the link in the list of processes, and is quicker than the browser."""
    here = serve(PAGES)
    link = here.link()
    stolen = here.stranger().post("/enter", {"code": code_of(link)})
    thief = Visitor(here.port, stolen.headers["set-cookie"].split(";")[0])
    assert thief.get("/").text == "Hello."
    owner = here.stranger().get(path_of(link))

    assert owner.text == INVITATION
    assert thief.get("/").text == INVITATION


def test_ones_own_second_click_shuts_nobody_out(serve: Serve) -> None:
    here = serve(PAGES)
    link = here.link()
    answer = here.stranger().post("/enter", {"code": code_of(link)})
    owner = Visitor(here.port, answer.headers["set-cookie"].split(";")[0])

    assert owner.get(path_of(link)).text == INVITATION
    assert owner.get("/").text == "Hello."
