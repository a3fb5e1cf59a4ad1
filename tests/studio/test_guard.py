"""Requests that must get nothing, as bytes at a real socket: not a page, not a file, not a word."""

from __future__ import annotations

import socket
from itertools import product
from typing import TYPE_CHECKING

import pytest
from starlette.responses import FileResponse, PlainTextResponse
from starlette.routing import Route
from studio_here import INVITATION, PATIENCE, Serving, read_answer, studio_here

from cft_audio.studio.address import HOST
from cft_audio.studio.static_files import static_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from studio_here import Answer

SECRET = "told to one person alone"  # noqa: S105 -- not one

OWN_HOST = b"Host: 127.0.0.1:PORT\r\n"
OWN_ORIGIN = b"Origin: http://127.0.0.1:PORT\r\n"

HOSTS = {
    "another name": b"Host: evil.example\r\n",
    "another name at our port": b"Host: evil.example:PORT\r\n",
    "no port": b"Host: 127.0.0.1\r\n",
    "another port": b"Host: 127.0.0.1:1\r\n",
    "a port like ours": b"Host: 127.0.0.1:0PORT\r\n",
    "localhost": b"Host: localhost:PORT\r\n",
    "localhost with a dot": b"Host: localhost.:PORT\r\n",
    "our address with a dot": b"Host: 127.0.0.1.:PORT\r\n",
    "a short form of our address": b"Host: 127.1:PORT\r\n",
    "every address": b"Host: 0.0.0.0:PORT\r\n",
    "::1 without brackets": b"Host: ::1\r\n",
    "::1 in brackets": b"Host: [::1]:PORT\r\n",
    "a user before it": b"Host: 127.0.0.1:PORT@evil.example\r\n",
    "empty": b"Host: \r\n",
    "none": b"",
    "ours twice": OWN_HOST * 2,
    "ours and another": OWN_HOST + b"Host: evil.example\r\n",
    "another and ours": b"Host: evil.example\r\n" + OWN_HOST,
    "two in one": b"Host: 127.0.0.1:PORT, evil.example\r\n",
    "only forwarded": b"Host: evil.example\r\nX-Forwarded-Host: 127.0.0.1:PORT\r\n",
    "8 KB": b"Host: " + b"e" * 8192 + b"\r\n",
    "bytes that are no letters": b"Host: 127.0.0.1:PORT\xff\r\n",
}

TARGETS = (b"/", b"/enter?code=x", b"STATIC", b"/sound", b"/events", b"/nowhere")


def _page(request: Request) -> PlainTextResponse:
    return PlainTextResponse(SECRET)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("studio")
    (folder / "sound.mp3").write_bytes(SECRET.encode() * 1000)
    (folder / "static").mkdir()
    (folder / "static" / "page.css").write_text(f"/* {SECRET} */")
    routes = [
        Route("/", _page, methods=["GET", "POST", "PUT"]),
        Route("/sound", lambda _: FileResponse(folder / "sound.mp3")),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cft_audio.studio.static_files._FOLDER", folder / "static")
        with studio_here(folder, routes) as serving:
            yield serving


@pytest.fixture(scope="module")
def cookies(here: Serving) -> dict[str, bytes]:
    own = here.visitor().cookie
    return {
        "no cookie": b"",
        "an old cookie": f"Cookie: {own.split('=')[0]}={'A' * 43}\r\n".encode(),
        "the right cookie": f"Cookie: {own}\r\n".encode(),
    }


def request(method: bytes, target: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    head = method + b" " + target.replace(b"STATIC", static_url("page.css").encode())
    return head + b" HTTP/1.1\r\n" + b"".join(headers) + b"\r\n" + body


def assert_bare(answer: Answer | None) -> None:
    """A status, the headers that every answer has, and nothing else."""
    assert answer is not None
    assert 400 <= answer.status < 500
    assert answer.body == b""
    assert set(answer.headers) == {
        "connection",
        "content-length",
        "content-security-policy",
        "cache-control",
        "x-content-type-options",
        "referrer-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
    } | ({"date"} & set(answer.headers))


@pytest.mark.parametrize("target", TARGETS, ids=bytes.decode)
@pytest.mark.parametrize("host", HOSTS)
def test_another_host_gets_nothing(
    here: Serving, cookies: dict[str, bytes], host: str, target: bytes
) -> None:
    for method, cookie in product((b"GET", b"POST", b"PUT", b"HEAD"), cookies.values()):
        asked = request(method, target, HOSTS[host], cookie, OWN_ORIGIN * (method != b"GET"))
        assert_bare(here.raw(asked))


@pytest.mark.parametrize("method", [b"PUT", b"DELETE", b"OPTIONS", b"PATCH", b"TRACE", b"QUERY"])
@pytest.mark.parametrize("cookie", ["no cookie", "the right cookie"])
def test_other_methods_get_nothing(
    here: Serving, cookies: dict[str, bytes], method: bytes, cookie: str
) -> None:
    answer = here.raw(request(method, b"/", OWN_HOST, OWN_ORIGIN, cookies[cookie]))

    assert_bare(answer)
    assert answer.status == 405


@pytest.mark.parametrize(
    "headers",
    [
        b"",
        b"Origin: null\r\n",
        b"Origin: \r\n",
        b"Origin: http://localhost:PORT\r\n",
        b"Origin: http://127.0.0.1:1\r\n",
        b"Origin: http://127.0.0.1\r\n",
        b"Origin: http://127.0.0.1:PORT/\r\n",
        b"Origin: https://127.0.0.1:PORT\r\n",
        b"Origin: HTTP://127.0.0.1:PORT\r\n",
        b"Origin: http://evil.example\r\n",
        b"Origin: moz-extension://x\r\n",
        b"Origin: chrome-extension://x\r\n",
        OWN_ORIGIN + b"Origin: http://evil.example\r\n",
        OWN_ORIGIN * 2,
        OWN_ORIGIN + b"Sec-Fetch-Site: cross-site\r\n",
        OWN_ORIGIN + b"Sec-Fetch-Site: same-site\r\n",
        OWN_ORIGIN + b"Sec-Fetch-Site: none\r\n",
        OWN_ORIGIN + b"Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n",
    ],
)
def test_other_pages_can_send_nothing(
    here: Serving, cookies: dict[str, bytes], headers: bytes
) -> None:
    """Nor can what says of no page that it comes from it."""
    for cookie, target in product(cookies.values(), (b"/", b"/enter", b"/enter/again", b"/end")):
        assert_bare(here.raw(request(b"POST", target, OWN_HOST, cookie, headers)))
    assert not here.studio.ending.is_set()


@pytest.mark.parametrize(
    "headers",
    [
        b"Origin: null\r\n",
        b"Origin: http://localhost:PORT\r\n",
        b"Origin: moz-extension://x\r\n",
        b"Sec-Fetch-Site: cross-site\r\n",
        b"Sec-Fetch-Site: same-site\r\n",
        b"Sec-Fetch-Site: Same-Origin\r\n",
        b"Sec-Fetch-Site: none, cross-site\r\n",
    ],
)
@pytest.mark.parametrize("target", TARGETS, ids=bytes.decode)
def test_other_pages_can_load_nothing(
    here: Serving, cookies: dict[str, bytes], target: bytes, headers: bytes
) -> None:
    for cookie in cookies.values():
        assert_bare(here.raw(request(b"GET", target, OWN_HOST, cookie, headers)))


@pytest.mark.parametrize(
    "line",
    [
        b"GET http://127.0.0.1:PORT/ HTTP/1.1\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\n",
        b"GET sound HTTP/1.1\r\n",
        b"GET * HTTP/1.1\r\n",
        b"OPTIONS * HTTP/1.1\r\n",
        b"CONNECT evil.example:80 HTTP/1.1\r\n",
        b"GET / HTTP/1.1 \r\n",
        b"get / HTTP/1.1\r\n",
        b"GET /\xff HTTP/1.1\r\n",
        b"GET / HTTP/9\r\n",
        b"GET /\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n",
        b"PRI * HTTP/2.0\r\n",
    ],
)
def test_what_is_no_request_for_a_page_of_ours_gets_nothing(
    here: Serving, cookies: dict[str, bytes], line: bytes
) -> None:
    asked = line + OWN_HOST + cookies["the right cookie"] + b"\r\n"
    assert_bare(here.raw(asked))


@pytest.mark.parametrize(
    "headers",
    [
        b"X: " + b"x" * 20_000 + b"\r\n",
        b"X: x\r\n" * 5000,
        b"X: " + b"x" * 1_000_000,
        b"Content-Length: 99999999999\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 1\r\nContent-Length: 2\r\n",
        b"Transfer-Encoding: gzip\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        b"A broken line\r\n",
        b"X : x\r\n",
        b"X: a\x00b\r\n",
    ],
    ids=lambda headers: headers[:40].decode(),
)
def test_headers_too_large_or_broken_get_nothing(
    here: Serving, cookies: dict[str, bytes], headers: bytes
) -> None:
    asked = request(b"POST", b"/", OWN_HOST, OWN_ORIGIN, cookies["the right cookie"], headers)
    answer = here.raw(asked)

    if answer is not None:  # it hung up while more was to come
        assert_bare(answer)


def test_a_second_request_on_a_connection_is_looked_at_like_the_first(
    here: Serving, cookies: dict[str, bytes]
) -> None:
    own = request(b"HEAD", b"/", OWN_HOST, cookies["the right cookie"])
    evil = request(b"GET", b"/", b"Host: evil.example\r\n", cookies["the right cookie"])
    with socket.create_connection((HOST, here.port), PATIENCE) as connection:
        connection.sendall((own + evil).replace(b"PORT", str(here.port).encode()))
        first = read_answer(connection)

    assert first is not None
    assert first.status == 200
    assert first.body.startswith(b"HTTP/1.1 403 ")
    assert SECRET.encode() not in first.body


@pytest.mark.parametrize("cookie", ["no cookie", "an old cookie"])
@pytest.mark.parametrize("target", [*TARGETS, b"/enter/again", b"/enter/page.css", b"/enter/x"])
@pytest.mark.parametrize("method", [b"GET", b"POST"])
def test_without_a_cookie_there_is_one_sentence_whatever_is_asked(
    here: Serving, cookies: dict[str, bytes], method: bytes, target: bytes, cookie: str
) -> None:
    """Another account of the same computer has no more than this either."""
    asked = request(method, target, OWN_HOST, OWN_ORIGIN, cookies[cookie], b"Content-Length: 0\r\n")
    answer = here.raw(asked)

    assert answer is not None
    assert (answer.status, answer.text) == (403, INVITATION)
    assert answer.headers["content-type"].startswith("text/plain")
    assert "set-cookie" not in answer.headers


def test_a_body_without_a_cookie_is_not_waited_for(here: Serving) -> None:
    asked = request(b"POST", b"/", OWN_HOST, OWN_ORIGIN, b"Content-Length: 1000000\r\n")

    answer = here.raw(asked)

    assert answer is not None
    assert answer.text == INVITATION


def test_cookies_of_other_local_servers_do_no_harm(here: Serving) -> None:
    visitor = here.visitor()
    name = visitor.cookie.split("=")[0]
    visitor.cookie = f'other="a;b"; {name}=; {name}=x; {visitor.cookie}; {name}'

    assert visitor.get("/").text == SECRET


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_its_own_person_gets_in(here: Serving, site: str) -> None:
    visitor = here.visitor()

    assert visitor.get("/", sec_fetch_site=site).text == SECRET
    assert visitor.get("/", origin=here.origin).text == SECRET
    assert visitor.post("/", {}).text == SECRET
