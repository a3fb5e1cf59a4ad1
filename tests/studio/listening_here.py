"""A room with recordings in its folder, served at a real socket, and those who visit it."""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import requests
import uvicorn
from program_runs import PATIENCE
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse

from cft_audio.errors import CftAudioError
from cft_audio.files.folders import Folders, shipped_folder
from cft_audio.people.clients.records import NoRecordError
from cft_audio.studio.opening import open_workroom
from cft_audio.studio.recordings import id_of
from cft_audio.studio.routes import ROUTES
from cft_audio.studio.static_files import STATIC

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from cft_audio.studio.workroom import Workroom

POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    b"media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    b"frame-ancestors 'none'"
)

EVENING = """---
title: An evening
technique: soothing-rhythm-breathing
slots:
  name: {ask: "Your name?"}
---
## Arriving

Hello, {{ name }}. Stop at any time. There is nothing to get right.

[9s]

## Breathing

Let the breath come and go.

[breathe 3]

That was enough.

## Coming back

Thank you for making this time, {{ name }}. Take your time.

[3s]
"""
"""A practice of less than a minute, with all that a player shows."""


@dataclass
class Listening:
    """A room that is visited."""

    room: Workroom
    port: int
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def origin(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **headers: str) -> requests.Response:
        """Ask for a page, and follow where it leads."""
        return self.session.get(self.origin + path, headers=headers, timeout=PATIENCE)

    def post(self, path: str, **form: str) -> requests.Response:
        """Send a form, and do not follow."""
        return self.session.post(
            self.origin + path, data=form, allow_redirects=False, timeout=PATIENCE
        )

    def path(self, file: Path) -> str:
        """Return the address of a recording's page."""
        return f"/recordings/{id_of(file)}"

    def text(self, path: str) -> str:
        """Return the words of a page's main part, one blank between them."""
        main = self.get(path).text.partition("<main")[2].partition("</main>")[0]
        return " ".join(re.sub(r"<[^>]*>", " ", main).split())


class _WithPolicy:
    """Answers as the studio's guard has them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                more = [
                    (b"content-security-policy", POLICY),
                    (b"x-content-type-options", b"nosniff"),
                ]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self.app(scope, receive, add)


def _not_found(_: Any, __: Exception) -> PlainTextResponse:
    return PlainTextResponse("not found", 404)


def _told(_: Any, error: Exception) -> PlainTextResponse:
    return PlainTextResponse(str(error), 400)


def folders_in(folder: Path, clips: Path) -> Folders:
    """Return the folders of a person whose things are all in one folder."""
    return Folders(
        (folder / "scripts", shipped_folder("scripts")),
        (shipped_folder("voices"),),
        clips,
        folder / "config.toml",
        folder / "data",
    )


@contextmanager
def listening(folders: Folders, output: Path) -> Iterator[Listening]:
    """Serve a room during the block."""
    room = open_workroom(folders, output)
    handlers: Any = {NoRecordError: _not_found, CftAudioError: _told}
    app = Starlette(routes=[*ROUTES, STATIC], exception_handlers=handlers)
    app.state.workroom = room
    opened = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(_WithPolicy(app), ws="none", log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([opened],))
    thread.start()
    visited = Listening(room, opened.getsockname()[1])
    try:
        while not server.started:
            time.sleep(0.01)
        yield visited
    finally:
        visited.session.close()
        room.events.close()
        server.should_exit = server.force_exit = True
        thread.join(PATIENCE)
        room.end()
        opened.close()
