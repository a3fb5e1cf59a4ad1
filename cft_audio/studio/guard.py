"""What every request passes before anything else, and the headers of every answer.

Each check depends on the request alone, never on what another header says of it, and what is
refused gets a bare status: not a word, not a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from cft_audio.studio.address import origin
from cft_audio.studio.entering import enter, invite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from cft_audio.studio.state import Studio

    Headers = Iterable[tuple[bytes, bytes]]

LARGEST_HEADERS = 16 * 1024
"""Bytes of all headers of a request: a browser sends 1 KB, and cookies of other local servers."""

LARGEST_BODY = 64 * 1024 * 1024
"""Bytes of any body; a route may take less."""

METHODS = ("GET", "HEAD", "POST")

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""The headers of every answer."""

NOT_KEPT = (b"cache-control", b"no-store")
"""Of every answer but static files, whose addresses change with them."""

_STATIC = "/static/"


class Guard:
    """Lets in only the person's own browser.

    Args:
        app: What is behind it.
        studio: Whose entrance it guards.
    """

    def __init__(self, app: ASGIApp, studio: Studio) -> None:
        self._app = app
        self._studio = studio

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            return
        answer = _Answer(send, may_be_kept=scope["path"].startswith(_STATIC))
        if status := refusal(scope, self._studio.port):
            await answer.bare(status)
            return
        shown = list(cookies(scope["headers"], self._studio.entrance.cookie_name))
        if scope["path"] == "/enter" or scope["path"].startswith("/enter/"):
            await enter(self._studio, shown, scope, receive, answer.send)
        elif not self._studio.entrance.lets_in(shown):
            await invite(self._studio)(scope, receive, answer.send)
        else:
            with self._studio.activity.somebody():
                await self._pass_on(scope, receive, answer)

    async def _pass_on(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        try:
            await self._app(scope, receive, answer.send)
        except ClientDisconnect:
            pass  # the browser has gone elsewhere while it sent something
        except Exception as fault:  # noqa: BLE001 -- the server would only log it
            self._studio.report(fault)
            if not answer.has_begun:
                await answer.bare(500)


class _Answer:
    """An answer on its way, to which the headers are added."""

    def __init__(self, send: Send, *, may_be_kept: bool) -> None:
        self._send = send
        self._may_be_kept = may_be_kept
        self.has_begun = False

    async def send(self, message: Message) -> None:
        """Send a part of the answer on."""
        if message["type"] == "http.response.start":
            self.has_begun = True
            is_kept = self._may_be_kept and message["status"] == 200  # noqa: PLR2004
            ours = HEADERS if is_kept else (*HEADERS, NOT_KEPT)
            names = {name for name, _ in ours}
            theirs = [(name, value) for name, value in message["headers"] if name not in names]
            message = {**message, "headers": [*theirs, *ours]}
        await self._send(message)

    async def bare(self, status: int) -> None:
        """Answer with a status and nothing else, and hang up: what is still to come is not read."""
        headers = [(b"content-length", b"0"), (b"connection", b"close")]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": b""})


def refusal(scope: Scope, port: int) -> int:  # noqa: PLR0911 -- one for each check
    """Return the status by which a request is refused, whoever sends it; 0 if it is not."""
    headers, own = scope["headers"], origin(port).encode()
    if _values(headers, b"host") != [own.removeprefix(b"http://")]:
        return 403
    if sum(len(b": \r\n") + len(name) + len(value) for name, value in headers) > LARGEST_HEADERS:
        return 431
    if not scope["raw_path"].startswith(b"/"):
        return 400
    if scope["method"] not in METHODS:
        return 405
    origins, must_be_told = _values(headers, b"origin"), scope["method"] == "POST"
    if origins != [own] and (origins or must_be_told):
        return 403
    sites = {b"same-origin"} | ({b"none"} if scope["method"] == "GET" else set())
    if not sites.issuperset(_values(headers, b"sec-fetch-site")):
        return 403
    if any(int(length) > LARGEST_BODY for length in _values(headers, b"content-length")):
        return 413
    return 0


def cookies(headers: Headers, name: str) -> Iterator[str]:
    """Yield the value of each cookie of that name."""
    for line in _values(headers, b"cookie"):
        for pair in line.decode("latin-1").split(";"):
            called, _, value = pair.strip().partition("=")
            if called == name:
                yield value


def _values(headers: Headers, name: bytes) -> list[bytes]:
    return [value for called, value in headers if called == name]
