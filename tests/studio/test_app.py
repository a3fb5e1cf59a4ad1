"""Every answer has its headers; bodies have limits; files have addresses that never change."""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING

import pytest
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from studio_here import studio_here

from cft_audio.studio import static_files
from cft_audio.studio.app import USUAL_BODY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Serve
    from starlette.requests import Request
    from studio_here import Answer, Serving, Visitor

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
LARGE = 1024 * 1024


def assert_headers(answer: Answer, **other: str) -> None:
    wanted = HEADERS | {name.replace("_", "-"): value for name, value in other.items()}
    assert {name: answer.headers.get(name) for name in wanted} == wanted
    assert "server" not in answer.headers
    assert not [name for name in answer.headers if name.startswith("access-control")]


async def _size(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _upload(request: Request) -> Response:
    async with request.form() as form:
        return PlainTextResponse(str(len(await form["file"].read())))


def _broken(request: Request) -> Response:
    raise ValueError("Quillabeth")


async def _broken_later(request: Request) -> Response:
    async def parts() -> Iterator[bytes]:
        yield b"a"
        raise ValueError("Quillabeth")

    from starlette.responses import StreamingResponse

    return StreamingResponse(parts())


def _own_headers(request: Request) -> Response:
    return HTMLResponse("", headers={"cache-control": "public", "referrer-policy": "unsafe-url"})


def _forbidden(request: Request) -> Response:
    raise HTTPException(403, "Not this.")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Serving]:
    sound = tmp_path / "sound.mp3"
    sound.write_bytes(bytes(range(256)) * 4)
    routes = [
        Route("/", lambda _: HTMLResponse("<h1>Hello</h1>")),
        Route("/sound", lambda _: FileResponse(sound)),
        Route("/size", _size, methods=["POST"]),
        Route("/large", _size, methods=["POST"], max_body_size=LARGE),
        Route("/upload", _upload, methods=["POST"], max_body_size=LARGE),
        Route("/own-headers", _own_headers),
        Route("/forbidden", _forbidden),
    ]
    with studio_here(tmp_path, routes) as serving:
        yield serving


@pytest.fixture
def visitor(here: Serving) -> Visitor:
    return here.visitor()


def test_every_answer_has_its_headers(here: Serving, visitor: Visitor) -> None:
    answers = [
        (visitor.get("/"), 200),
        (visitor.ask("HEAD", "/", b"", {}), 200),
        (visitor.get("/nowhere"), 404),
        (visitor.get("/../../etc/passwd"), 404),
        (visitor.get("/%2e%2e/%00"), 404),
        (visitor.get("/static/x/y"), 404),
        (visitor.get("/size"), 405),
        (visitor.post("/", {}), 405),
        (visitor.get("/sound"), 200),
        (visitor.get("/sound", range="bytes=0-0"), 206),
        (visitor.get("/sound", range="bytes=-10"), 206),
        (visitor.get("/sound", range="bytes=0-9,20-29"), 206),
        (visitor.get("/sound", range="bytes=5000-"), 416),
        (visitor.get("/sound", range="bytes=x"), 400),
        (visitor.get("/sound", range="bytes=" + ",".join(f"{n}-{n}" for n in range(400))), 200),
        (visitor.post("/size", body=b"x" * (USUAL_BODY + 1)), 413),
        (visitor.get("/own-headers"), 200),
        (visitor.get("/forbidden"), 403),
        (visitor.get("/here"), 204),
        (here.stranger().get("/"), 403),
        (here.stranger().get(here.link().removeprefix(here.origin)), 200),
        (visitor.post("/end", {}), 200),
    ]
    assert [answer.status for answer, _ in answers] == [status for _, status in answers]
    for answer, _ in answers:
        assert_headers(answer)


def test_ranges_are_what_a_player_asks_for(visitor: Visitor) -> None:
    whole = visitor.get("/sound").body
    first, middle, last = (
        visitor.get("/sound", range=f"bytes={asked}") for asked in ("0-0", "100-199", "-10")
    )

    assert (first.body, middle.body, last.body) == (whole[:1], whole[100:200], whole[-10:])
    assert middle.headers["content-range"] == "bytes 100-199/1024"


def test_a_fault_is_told_to_its_person_and_not_of_whom(tmp_path: Path) -> None:
    faults: list[Exception] = []
    routes = [Route("/", _broken), Route("/later", _broken_later)]
    with studio_here(tmp_path, routes, report=faults.append) as here:
        answer = here.visitor().get("/")
        with (
            here.visitor().open("/later") as page,
            pytest.raises(Exception, match="IncompleteRead"),
        ):
            page.read()
        assert here.visitor().get("/here").status == 204

    assert answer.status == 500
    assert b"Quillabeth" not in answer.body
    assert_headers(answer)
    assert [type(fault) for fault in faults] == [ValueError, ValueError]


@pytest.mark.parametrize(("path", "limit"), [("/size", USUAL_BODY), ("/large", LARGE)])
def test_a_body_is_as_large_as_its_route_takes(visitor: Visitor, path: str, limit: int) -> None:
    assert visitor.post(path, body=b"x" * limit).text == str(limit)
    assert visitor.post(path, body=b"x" * (limit + 1)).status == 413


def test_a_body_that_does_not_say_how_large_it_is_is_counted(here: Serving) -> None:
    head = (
        f"POST /size HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: {here.origin}\r\n"
        f"Cookie: {here.visitor().cookie}\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"
    )
    chunk = b"%x\r\n%b\r\n" % (1024, b"x" * 1024)
    small = here.raw(head.encode() + chunk * 10 + b"0\r\n\r\n")
    large = here.raw(head.encode() + chunk * 300 + b"0\r\n\r\n")

    assert small is not None
    assert (small.status, small.text) == (200, "10240")
    assert large is not None
    assert large.status == 413


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(here: Serving) -> None:
    for path, length in (("/size", USUAL_BODY + 1), ("/large", 65 * 1024 * 1024)):
        asked = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: {here.origin}\r\n"
            f"Cookie: {here.visitor().cookie}\r\nContent-Length: {length}\r\n"
            "Connection: close\r\nExpect: 100-continue\r\n\r\n"
        )
        answer = here.raw(asked.encode())

        assert answer is not None
        assert answer.status == 413


def test_uploads_work(visitor: Visitor) -> None:
    part = (
        b'--line\r\nContent-Disposition: form-data; name="file"; filename="../../x.wav"\r\n'
        b"Content-Type: audio/wav\r\n\r\n%b\r\n--line--\r\n"
    )
    kind = "multipart/form-data; boundary=line"

    sent = visitor.post("/upload", body=part % (b"x" * 900_000), content_type=kind)
    too_large = visitor.post("/upload", body=part % (b"x" * LARGE), content_type=kind)

    assert (sent.status, sent.text) == (200, "900000")
    assert too_large.status == 413


def test_a_file_is_kept_for_ever_at_an_address_that_changes_with_any_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serve: Serve
) -> None:
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "page.js").write_text("let one;")
    (folder / "page.css").write_text("p {}")
    (folder / "notes.txt").write_text("not for anybody")
    monkeypatch.setattr(static_files, "_FOLDER", folder)
    visitor = serve().visitor()
    address = static_files.static_url("page.js")
    answer = visitor.get(address)
    (folder / "page.css").write_text("p { color: red; }")
    static_files._files.cache_clear()

    assert_headers(answer, cache_control="private, max-age=31536000, immutable")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.text == "let one;"
    assert re.fullmatch(r"/static/[0-9a-f]{16}/page\.js", address)
    assert static_files.static_url("page.js") != address
    assert visitor.get(address).status == 404
    for name in ("notes.txt", "../static_files.py", "%2e%2e/app.py", ""):
        digest = static_files.static_url("page.js").rpartition("/")[0]
        assert visitor.get(f"{digest}/{name}").status == 404
    with pytest.raises(KeyError):
        static_files.static_url("notes.txt")


def test_pages_that_calculate_do_not_hold_up_others(serve: Serve) -> None:
    begun, done = threading.Event(), threading.Event()

    def slow(request: Request) -> Response:
        begun.set()
        return PlainTextResponse(str(done.wait(30)))

    visitor = serve([Route("/slow", slow)]).visitor()
    asking = threading.Thread(target=visitor.get, args=("/slow",))
    asking.start()
    assert begun.wait(30)
    began = time.monotonic()
    assert visitor.get("/here").status == 204
    assert time.monotonic() - began < 5
    done.set()
    asking.join()


def test_an_address_with_a_slash_too_many_is_not_another(visitor: Visitor) -> None:
    assert visitor.get("/sound/").status == 404
    assert visitor.get("//evil.example/").status == 404
