"""Draw the pages of the studio that the docs show: each at three widths, light and dark.

    python benchmarks/studio_pages.py docs/studio          draw them
    python benchmarks/studio_pages.py docs/studio --check  fail where one shows what is so no more

Drawing needs Chromium and Playwright; checking needs neither, since a picture says by a hash which
page it shows, stylesheet included. Ids, and the day a recording was made, are left out of it.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import sys
import tempfile
import threading
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import uvicorn
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from cft_audio.files.folders import Folders, shipped_folder
from cft_audio.studio.opening import open_workroom
from cft_audio.studio.routes import HANDLERS, ROUTES
from cft_audio.studio.static_files import STATIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response

WIDTHS, HEIGHT = (320, 768, 1280), 900
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")

_SCALE, _GAP = 0.5, 16
_COLOURS = 96
_SHOWS = "page sha256"
_PASSING = re.compile(r'data-after="[^"]*"|[0-9a-f]{12,16}|, made [^<]*|<dt>Version</dt><dd>[^<]*')


def main() -> None:
    """Draw, or check."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="where they are")
    parser.add_argument("--check", action="store_true", help="compare, and draw nothing")
    options = parser.parse_args()
    # A home of its own: a session's times are estimates until its lines are spoken, then measured.
    with tempfile.TemporaryDirectory() as home, opened(Path(home), Path(home)) as (app, browser):
        addresses = pages(browser)
        shown = {name: browser.get(path).text.replace(home, "") for name, path in addresses.items()}
        hashes = {name: digest(page) for name, page in shown.items()}
        if options.check:
            files = {name: options.folder / f"{name}.png" for name in hashes}
            stale = [str(files[n]) for n in hashes if shown_in(files[n]) != hashes[n]]
            if stale:
                command = f"python benchmarks/studio_pages.py {options.folder}"
                sys.exit(f"They show what is so no more: {', '.join(stale)}.\nAnew: {command}")
            return
        options.folder.mkdir(parents=True, exist_ok=True)
        with served(app) as origin:
            draw(origin, addresses, hashes, options.folder)


@contextmanager
def opened(home: Path, spoken: Path) -> Iterator[tuple[Starlette, TestClient]]:
    """Give the pages of a studio in an empty home, and who looks at them.

    What was spoken is kept in the home `spoken`.
    """
    cache = spoken / ".cache" / "cft-audio"
    own = home / "own"
    folders = Folders(
        scripts=(own / "scripts", shipped_folder("scripts")),
        voices=(own / "voices", shipped_folder("voices")),
        cache=cache / "clips",
        config=home / "config.toml",
        data=own,
    )
    room = open_workroom(folders, home / "recordings")
    routes = [*ROUTES, STATIC, Route("/events", events)]
    app = Starlette(routes=routes, exception_handlers=HANDLERS)
    app.state.workroom = room
    try:
        yield app, TestClient(app, "http://127.0.0.1")
    finally:
        room.end()


async def events(request: Request) -> Response:
    """Tell a page what happens, as the studio does."""
    stream = request.app.state.workroom.events.stream(request.query_params.get("after", ""))
    return StreamingResponse(stream, media_type="text/event-stream")


def pages(browser: TestClient) -> dict[str, str]:
    """Fill the studio with what its pages are to show, and return their addresses by name."""
    name = {"name": "Sam"}
    draft = begin(
        browser, "compassionate-imagery", **name, figure="a wise elder", bed="stream", minutes="12"
    )
    line = re.search(r"/line/([\w-]+)", browser.get(draft).text)
    assert line
    short = begin(browser, "soothing-rhythm-breathing", **name, minutes="3", bed="rain")
    job = browser.post(short, data={**name, "minutes": "3", "bed": "rain", "do": "make"}).url.path
    while 'data-over="no"' in (page := browser.get(job)).text:
        threading.Event().wait(0.2)
    client = browser.post("/clients/new", data={"code": "K7", "name": "Rosa"}).url.path
    browser.post("/scripts/kind-body-scan/copy", data={"practice": "my-body-scan"})
    return {
        "begin": "/",
        "practices": "/practices",
        "session": draft,
        "line": f"{draft}/line/{line[1]}",
        "recordings": "/recordings",
        "listening": page.url.path,
        "clients": "/clients",
        "client": client,
        "roster": "/clients/roster",
        "script": "/scripts/my-body-scan/edit",
        "voices": "/voices",
        "own-voice": "/voices/own",
    }


def begin(browser: TestClient, practice: str, **texts: str) -> str:
    """Begin a session, and return its address."""
    address: str = browser.post("/begin", data={"practice": practice}).url.path
    browser.post(address, data=texts)
    return address


def digest(page: str) -> str:
    """Return what a page, as it looks, is known by."""
    style = Path(__file__).parent.parent / "cft_audio" / "studio" / "static" / "studio.css"
    told = _PASSING.sub("", page) + style.read_text(encoding="utf-8")
    return hashlib.sha256(told.encode()).hexdigest()


def shown_in(file: Path) -> str:
    """Return what the page that a PNG shows is known by; empty where there is none."""
    if not file.is_file():
        return ""
    with Image.open(file) as picture:
        return str(picture.info.get(_SHOWS, ""))


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """Serve the pages to a browser, and give their origin."""
    config = uvicorn.Config(app, port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            threading.Event().wait(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        app.state.workroom.events.close()
        server.should_exit = True
        thread.join()


def draw(origin: str, addresses: dict[str, str], hashes: dict[str, str], folder: Path) -> None:
    """Draw each page, and note which it is."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for name, path in addresses.items():
            shots = []
            for scheme in SCHEMES:
                for width in WIDTHS:
                    context = browser.new_context(
                        viewport={"width": width, "height": HEIGHT}, color_scheme=scheme
                    )
                    view = context.new_page()
                    view.goto(origin + path, wait_until="load")
                    shots.append(view.screenshot())
                    context.close()
            save(shots, hashes[name], folder / f"{name}.png")
        browser.close()


def save(shots: list[bytes], page: str, file: Path) -> None:
    """Put the pictures of a page side by side, light above dark, and note which page it is."""
    small = []
    for shot in shots:
        picture = Image.open(BytesIO(shot)).convert("RGB")
        size = round(picture.width * _SCALE), round(picture.height * _SCALE)
        small.append(picture.resize(size, Image.Resampling.LANCZOS))
    row = small[: len(WIDTHS)]
    width = sum(one.width for one in row) + _GAP * (len(row) + 1)
    height = (row[0].height + _GAP) * len(SCHEMES) + _GAP
    sheet = Image.new("RGB", (width, height), (128, 128, 128))
    for number, one in enumerate(small):
        line, column = divmod(number, len(WIDTHS))
        left = _GAP + sum(before.width + _GAP for before in row[:column])
        sheet.paste(one, (left, _GAP + line * (one.height + _GAP)))
    noted = PngInfo()
    noted.add_text(_SHOWS, page)
    few = sheet.convert("P", palette=Image.Palette.ADAPTIVE, colors=_COLOURS)
    few.save(file, pnginfo=noted, optimize=True)


if __name__ == "__main__":
    main()
