"""What a real browser makes of the guard: its own person gets in, and other sites get nothing."""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from leaving_out import leave_out
from starlette.responses import HTMLResponse
from starlette.routing import Route
from studio_here import studio_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page
    from studio_here import Serving

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

SECRET = "told to one person alone"  # noqa: S105 -- not one

PAGE = f"""<!doctype html><html lang="en">
<head><title>Page</title><link rel="icon" href="data:,">META</head><body>
<h1>{SECRET}</h1><form method="post" action="/"><button>Send</button></form></body></html>"""
META = '<meta name="referrer" content="same-origin">'

EVIL = """<!doctype html><title>Evil</title><body>
<img src="STUDIO/picture"><iframe src="STUDIO/"></iframe><script src="STUDIO/script"></script>
<link rel="stylesheet" href="STUDIO/style"><iframe name="sent"></iframe>
<form method="post" action="STUDIO/" target="sent"><input name="a" value="b"></form>
<form method="post" action="STUDIO/end" target="sent"></form>
<script>
for (const form of document.forms) form.submit();
const options = {method: "POST", mode: "no-cors", credentials: "include"};
window.done = Promise.allSettled([
  fetch("STUDIO/", {credentials: "include"}), fetch("STUDIO/", options),
  fetch("STUDIO/end", options), fetch("STUDIO/enter/again", options)])
  .then(all => all.map(one => one.status === "fulfilled" ? one.value.type : "refused"));
</script>"""


@pytest.fixture
def came() -> list[str]:
    """What came through to a page."""
    return []


@pytest.fixture
def here(tmp_path: Path, came: list[str]) -> Iterator[Serving]:
    def page(request: Any) -> HTMLResponse:
        came.append(f"{request.method} {request.url.path}")
        meta = "" if request.url.path == "/without-meta" else META
        return HTMLResponse(PAGE.replace("META", meta))

    routes = [
        Route("/", page, methods=["GET", "POST"]),
        Route("/without-meta", page),
    ]
    with studio_here(tmp_path, routes) as serving:
        yield serving


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        leave_out("playwright is not installed")
    with sync_playwright() as play:
        rules = "--host-resolver-rules=MAP evil.example 127.0.0.1"
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=[rules])
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    yield context
    context.close()


@contextmanager
def watched(context: BrowserContext) -> Iterator[Page]:
    """A page, of which nothing may be refused or wrong."""
    wrong: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    assert wrong == []


def test_its_link_leads_in_and_stays_in_no_history(here: Serving, context: BrowserContext) -> None:
    with watched(context) as page:
        page.goto("about:blank")
        link = here.link()
        page.goto(link, wait_until="commit")
        page.wait_for_url(f"{here.origin}/")

        assert page.locator("h1").inner_text() == SECRET
        (cookie,) = context.cookies()
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Strict"
        assert page.evaluate("document.cookie") == ""
        page.go_back()
        assert page.url == "about:blank"
        page.goto(f"{here.origin}/")
        assert page.locator("h1").inner_text() == SECRET
        page.reload()
        assert page.locator("h1").inner_text() == SECRET


def test_forms_work_although_no_address_is_told_to_others(
    here: Serving, context: BrowserContext, came: list[str]
) -> None:
    with watched(context) as page:
        page.goto(here.link(), wait_until="commit")
        page.wait_for_url(f"{here.origin}/")
        page.click("button")

        assert page.locator("h1").inner_text() == SECRET
    assert came == ["GET /", "POST /"]


def test_without_script_too(here: Serving, chromium: Browser, came: list[str]) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(here.link())
    assert page.locator("button").evaluate("button => getComputedStyle(button).minHeight") == "48px"
    page.click("button")
    page.wait_for_url(f"{here.origin}/")
    page.click("button")

    assert page.locator("h1").inner_text() == SECRET
    assert came == ["GET /", "POST /"]
    context.close()


def test_what_a_page_without_its_meta_sends_is_refused(
    here: Serving, context: BrowserContext, came: list[str]
) -> None:
    """It comes from 'null': that is why every page has the meta."""
    page = context.new_page()
    page.goto(here.link(), wait_until="commit")
    page.wait_for_url(f"{here.origin}/")
    page.goto(f"{here.origin}/without-meta")
    with page.expect_response(f"{here.origin}/") as answer:
        page.click("button")

    assert answer.value.status == 403
    assert came == ["GET /", "GET /without-meta"]


def test_a_name_that_is_bound_to_this_machine_reads_nothing(
    here: Serving, context: BrowserContext, came: list[str]
) -> None:
    """DNS rebinding: the browser takes the studio for evil.example, as no other check can see."""
    page = context.new_page()
    page.goto(here.link(), wait_until="commit")
    page.wait_for_url(f"{here.origin}/")
    came.clear()
    evil = f"http://evil.example:{here.port}"
    code = here.link().split("code=")[1]
    for path in ("/", "/nowhere", "/events", f"/enter?code={code}", f"/enter/page.js?code={code}"):
        # Playwright takes an answer without a body for an error.
        with page.expect_response(f"{evil}{path}") as answer, suppress(Exception):
            page.goto(f"{evil}{path}")
        assert answer.value.status == 403
        assert answer.value.headers["content-length"] == "0"
    read = """async () => {
      const all = [fetch("/"), fetch("/", {method: "POST"}), fetch("/end", {method: "POST"})];
      const told = await Promise.all(
        all.map(one => one.then(answer => answer.text(), () => "")));
      return told.join("");
    }"""
    page.route(f"{evil}/blank", lambda route: route.fulfill(body="<h1>Evil</h1>"))
    page.goto(f"{evil}/blank")

    assert page.evaluate(read) == ""
    assert came == []
    assert not here.studio.ending.is_set()
    assert here.studio.entrance.is_good(code)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_page_of_another_local_server_reads_and_does_nothing(
    here: Serving, context: BrowserContext, came: list[str], name: str
) -> None:
    """At another port of our own address it is of the same site: it brings our strict cookie."""
    evil = EVIL.replace("STUDIO", here.origin).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(evil)

        def log_message(self, *_: object) -> None:
            pass

    page = context.new_page()
    page.goto(here.link(), wait_until="commit")
    page.wait_for_url(f"{here.origin}/")
    came.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        page.goto(f"http://{name}:{server.server_port}/")
        seen = page.evaluate("window.done")
        server.shutdown()
        thread.join()

    assert seen[0] == "refused"
    assert set(seen) <= {"refused", "opaque"}  # of an opaque answer nothing can be read
    assert came == []
    assert not here.studio.ending.is_set()
