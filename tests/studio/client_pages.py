"""The pages of clients in an empty home, asked as a browser without script asks them."""

from __future__ import annotations

import html
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from program_runs import PATIENCE
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cft_audio.studio.opening import open_workroom
from cft_audio.studio.routes import HANDLERS, ROUTES
from cft_audio.studio.static_files import STATIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from batch_cases import Desk
    from httpx2 import Response

    from cft_audio.studio.workroom import Workroom


@dataclass(frozen=True)
class Pages:
    """A room, and a browser that looks at it.

    Attributes:
        room: The room.
        browser: The browser.
        desk: The folder that it is opened in.
    """

    room: Workroom
    browser: TestClient
    desk: Desk

    def get(self, path: str, status: int = 200) -> str:
        """Return what stands on a page."""
        return _text(self.browser.get(path), status)

    def post(
        self, path: str, fields: Mapping[str, Any] | None = None, status: int = 200, **more: Any
    ) -> Response:
        """Send a form, and return the page that it leads to."""
        answer: Response = self.browser.post(path, data=dict(fields or {}), **more)
        _text(answer, status)
        return answer

    def new(self, code: str = "K7", name: str = "Xiomara") -> str:
        """Begin the file of a client, and return the address of their page."""
        return self.post("/clients/new", {"code": code, "name": name}).url.path

    def begun(self, path: str, fields: Mapping[str, str] | None = None) -> str:
        """Send a form that begins a recording, and return the id of its draft."""
        answer = self.browser.post(path, data=dict(fields or {}), follow_redirects=False)
        where: str = answer.headers["location"]
        assert where.startswith("/make/")
        return where.removeprefix("/make/")

    def form(self, path: str) -> dict[str, Any]:
        """Return the fields of the client's own form as a page shows them."""
        text = self.browser.get(path).text
        inner = re.search(rf'<form method="post" action="{path}">(.*?)</form>', text, re.DOTALL)
        assert inner
        return _fields(inner[1])

    def give(self, name: str, content: bytes | str, status: int = 200, **fields: str) -> Response:
        """Give a roster."""
        file = {"roster": (name, content, "application/octet-stream")}
        return self.post("/clients/roster", fields, status, files=file)

    def job_over(self, path: str) -> str:
        """Return the page of a job once it is over."""
        until = time.monotonic() + PATIENCE
        while 'data-over="no"' in (text := self.browser.get(path).text):
            assert time.monotonic() < until, text
            time.sleep(0.1)
        return _shown(text)


def open_pages(desk: Desk) -> Pages:
    """Return the pages of a room that is opened at a desk."""
    room = open_workroom(desk.folders, desk.folder / "out")
    app = Starlette(routes=[*ROUTES, STATIC], exception_handlers=HANDLERS)
    app.state.workroom = room
    return Pages(room, TestClient(app, "http://127.0.0.1"), desk)


def _text(answer: Response, status: int) -> str:
    assert answer.status_code == status, _shown(answer.text)
    return _shown(answer.text)


def _shown(text: str) -> str:
    """Return the words of a page."""
    main = text.partition("<main")[2] or text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def _fields(inner: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", inner):
        told = {k: html.unescape(v) for k, v in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if told["type"] == "text":
            fields[told["name"]] = told["value"]
        elif " checked" in tag:
            fields.setdefault(told["name"], []).append(told["value"])
    for name, text in re.findall(
        r'<textarea [^>]*name="([^"]*)".*?>\n(.*?)</textarea>', inner, re.DOTALL
    ):
        fields[name] = html.unescape(text)
    for name, options in re.findall(
        r'<select [^>]*name="([^"]*)".*?>(.*?)</select>', inner, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields
