"""A studio served inside the tests' process at a real socket, and those who visit it."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from cft_audio.files.folders import Folders
from cft_audio.studio.address import HOST, link, listen, origin, port_of
from cft_audio.studio.app import make_app
from cft_audio.studio.entrance import Entrance
from cft_audio.studio.instance import RunPassword
from cft_audio.studio.server import NOBODY_S, serve
from cft_audio.studio.state import Studio

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from starlette.routing import BaseRoute

INVITATION = "Start the studio again for a new link.\n"

PATIENCE = 30.0
"""Seconds after which something that hangs is given up."""


@dataclass(frozen=True)
class Answer:
    """What came back: ``headers`` by their names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass
class Visitor:
    """A browser, as far as tests need one: with a cookie, or without."""

    port: int
    cookie: str = ""

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page; ``sec_fetch_site="none"`` is the header of that name."""
        return self.ask("GET", path, b"", headers)

    def post(
        self, path: str, fields: Mapping[str, str] | None = None, body: bytes = b"", **headers: str
    ) -> Answer:
        """Send a form, or a body, as a page of the studio does."""
        if fields is not None:
            body = urlencode(fields).encode()
            headers.setdefault("content_type", "application/x-www-form-urlencoded")
        return self.ask("POST", path, body, {"origin": origin(self.port), **headers})

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Ask anything."""
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            with_cookie = {"cookie": self.cookie} if self.cookie else {}
            connection.request(method, path, body or None, {**with_cookie, **named})
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, answer.read())
        finally:
            connection.close()

    @contextmanager
    def open(self, path: str, **headers: str) -> Iterator[Any]:
        """Begin to read an answer that does not end, such as ``/events``; give its lines."""
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, None, {"cookie": self.cookie, **named})
            yield connection.getresponse()
        finally:
            connection.close()


@dataclass
class Serving:
    """A studio that is being served."""

    studio: Studio
    thread: threading.Thread = field(repr=False)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.studio.port

    @property
    def origin(self) -> str:
        """What browsers call it."""
        return origin(self.port)

    def link(self) -> str:
        """Return a fresh link, as a start prints it; a browser that opens it is in."""
        return link(self.port, self.studio.entrance.new_code())

    def stranger(self) -> Visitor:
        """Return somebody who has no cookie."""
        return Visitor(self.port)

    def visitor(self) -> Visitor:
        """Return the person themselves, who has come in by a link."""
        code = self.studio.entrance.new_code()
        answer = self.stranger().post("/enter", {"code": code})
        assert answer.status == 303, answer
        return Visitor(self.port, answer.headers["set-cookie"].split(";")[0])

    def raw(self, request: bytes) -> Answer | None:
        """Send bytes as they are, with PORT in them replaced; None where nothing comes back."""
        with socket.create_connection((HOST, self.port), PATIENCE) as connection:
            connection.sendall(request.replace(b"PORT", str(self.port).encode()))
            return read_answer(connection)


def read_answer(connection: socket.socket) -> Answer | None:
    """Read until the other side hangs up; None where it said nothing."""
    told = b""
    try:
        while part := connection.recv(65536):
            told += part
    except ConnectionResetError:
        pass
    if not told:
        return None
    head, _, body = told.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    status = re.fullmatch(r"HTTP/1\.1 (\d+) .*", first)
    assert status, first
    return Answer(int(status[1]), {name.lower(): value for name, _, value in pairs}, body)


@contextmanager
def studio_here(
    folder: Path,
    routes: Sequence[BaseRoute] = (),
    *,
    handlers: Any = None,
    nobody_s: float = NOBODY_S,
    **more: Any,
) -> Iterator[Serving]:
    """Serve a studio during the block; ``more`` are attributes of ``Studio``."""
    folders = Folders((), (), folder / "cache", folder / "config.toml", folder / "data")
    opened = listen(0)
    port = port_of(opened)
    faults: list[Exception] = []
    given: dict[str, Any] = {
        "folders": folders,
        "port": port,
        "entrance": Entrance(port),
        "password": RunPassword(port),
        "invitation": INVITATION,
        "report": faults.append,
    }
    studio = Studio(**given | more)
    room: Any = SimpleNamespace(events=studio.events)  # all that these pages need of one
    app = make_app(studio, routes, handlers, room)
    thread = threading.Thread(
        target=serve, args=(opened, app, studio), kwargs={"nobody_s": nobody_s}
    )
    thread.start()
    try:
        yield Serving(studio, thread)
    finally:
        studio.ending.set()
        thread.join(PATIENCE)
        opened.close()
        assert not thread.is_alive()
    assert faults == [], "a page has a fault"
