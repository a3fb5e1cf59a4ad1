"""A studio opened for a test: its pages by their routes, and a person's folders that are empty."""

from __future__ import annotations

import html
import re
import shutil
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from cft_audio.files.folders import Folders, shipped_folder
from cft_audio.studio.app import USUAL_BODY
from cft_audio.studio.opening import open_workroom
from cft_audio.studio.pages import telling_of_size
from cft_audio.studio.routes import HANDLERS, ROUTES
from cft_audio.studio.static_files import STATIC

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from cft_audio.studio.workroom import Workroom


def folders_in(home: Path, cache: Path) -> Folders:
    """Return the folders of a person who has nothing of their own yet."""
    own = home / "own"
    return Folders(
        scripts=(home / "here" / "scripts", own / "scripts", shipped_folder("scripts")),
        voices=(own / "voices", shipped_folder("voices")),
        cache=cache,
        config=home / "config.toml",
        data=own,
    )


SCRIPT = """\
---
title: A short rest
technique: soothing-rhythm-breathing
summary: Ten lines to read aloud.
natural: 1
slots:
  name:
    ask: "What would you like to be called?"
---
## Arriving

Hello, {{ name }}, and welcome. Find a place where you can rest for a while.

Let your feet feel the floor, and let your shoulders come down.

## Resting

If your mind wanders, bring it back as you would a child. There is nothing to get right.

[breathe 2]

> I am glad that you are here, {{ name }}.

Go kindly, {{ name }}.
"""
"""A practice of somebody's own."""


def keep_script(folders: Folders, name: str = "short-rest", text: str = SCRIPT) -> Path:
    """Keep a practice among the person's own, and return its file."""
    file = folders.own_scripts / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    return file


def fields_of(page: str) -> dict[str, str]:
    """Return what stands in the hidden fields and the text of a page's form."""
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    area = re.search(r'<textarea[^>]* name="(\w+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    found |= {area[1]: area[2]} if area else {}
    return {name: html.unescape(value) for name, value in found.items()}


def errors_of(page: str) -> list[str]:
    """Return the errors of a page, those beside a field and those above."""
    told = re.findall(r'class="(?:error|wrong)"[^>]*>(?:\n?<p>)?([^<]+)<', page)
    return [html.unescape(text).strip() for text in told]


async def _events(request: Request) -> Response:
    after = request.query_params.get("after", "")
    stream = request.app.state.workroom.events.stream(after)
    return StreamingResponse(stream, media_type="text/event-stream")


def app_of(studio: Workroom) -> Starlette:
    """Return the pages of a studio, without what guards them."""
    routes = [*ROUTES, STATIC, Route("/events", _events)]
    app = Starlette(routes=routes, exception_handlers=HANDLERS, max_body_size=USUAL_BODY)
    app.state.workroom = studio
    return app


POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""What a page may do, as the studio's guard says it."""


def _guarded(app: ASGIApp) -> ASGIApp:
    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                policy = (b"content-security-policy", POLICY.encode())
                message["headers"] = [*message["headers"], policy]
            await send(message)

        await app(scope, receive, answer)

    return guarded


@contextmanager
def served(folders: Folders) -> Iterator[str]:
    """Give the address of the studio of these folders, for a real browser."""
    studio = open_workroom(folders, folders.data / "recordings")
    config = uvicorn.Config(_guarded(app_of(studio)), port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        studio.events.close()
        server.should_exit = True
        thread.join()
        studio.end()


@contextmanager
def browsing(*options: str, **context: Any) -> Iterator[Page]:
    """Give a page of a real browser, which fails if it complains of anything.

    Args:
        *options: Options of the browser.
        **context: What the page is like, as ``new_context`` of playwright takes it.
    """
    from playwright.sync_api import sync_playwright

    complaints: list[str] = []
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        arguments = ["--no-sandbox", *options]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_context(**context).new_page()
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else 0)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        browser.close()
    assert not complaints, "\n".join(complaints)


def until(page: Page, holds: str) -> None:
    """Wait until an expression of the page's holds; the page itself may evaluate none."""
    for _ in range(600):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    raise AssertionError(holds)


def axe_finds(page: Page) -> list[tuple[str, str]]:
    """Return what axe finds on a page: each rule, and where."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(one["id"], node["html"]) for one in found for node in one["nodes"]]


@contextmanager
def opened(folders: Folders) -> Iterator[TestClient]:
    """Give a browser on the studio of these folders."""
    studio = open_workroom(folders, folders.data / "recordings")
    try:
        browser = TestClient(telling_of_size(app_of(studio)), "http://127.0.0.1")
        browser.app_state["workroom"] = studio
        yield browser
    finally:
        studio.end()
