"""A studio with something on each page, and how each is looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from starlette.routing import Route
from studio_pages import opened, pages, served

from cft_audio.studio.routes import ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

SMALLEST_TARGET = 24
"""Pixels of what can be pressed, in either direction (WCAG 2.2, 2.5.8)."""

LOOKS: dict[str, dict[str, Any]] = {
    "small and light": {"viewport": {"width": 320, "height": 640}},
    "large and dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "two colours": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
}

NO_PAGE = re.compile(r"/(audio|picture|take|save|hear|heard|template)\b")
"""Addresses of sounds, pictures and files."""


@pytest.fixture(scope="module")
def studio(
    tmp_path_factory: pytest.TempPathFactory, warm_home: Path
) -> Iterator[tuple[str, dict[str, str]]]:
    """The origin of a studio with something on each page, and the addresses of these."""
    home = tmp_path_factory.mktemp("home")
    with opened(home, warm_home) as (app, browser), served(app) as origin:
        yield origin, pages(browser)


def addresses_of(found: dict[str, str]) -> dict[str, str]:
    """Return an address for each route that shows a page, by the route."""
    draft, client = found["session"], found["client"]
    known = [*found.values(), f"{draft}/letter", "/clients/new", "/clients/lock"]
    known += ["/clients/unlock", f"{client}/forget", "/scripts", "/scripts/kind-body-scan"]
    known += ["/voices/more"]
    matched: dict[str, str] = {}
    for route in shown_routes():
        for address in known:
            if route.path_regex.fullmatch(address):
                matched.setdefault(route.path, address)
    return matched


def shown_routes() -> list[Route]:
    """Return every route that shows something."""
    every = [more for one in ROUTES for more in (one.routes() if hasattr(one, "routes") else [one])]
    return [one for one in every if isinstance(one, Route) and "GET" in (one.methods or ())]


def watched(context: BrowserContext, origin: str) -> Page:
    """Return a page that asks nobody but the studio for anything."""
    page = context.new_page()

    def check(request: Any) -> None:
        assert request.url.startswith((origin, "blob:", "data:")), request.url

    page.on("request", check)
    return page


def too_wide(page: Page) -> bool:
    """Return whether a page is wider than its screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def small_targets(page: Page) -> list[str]:
    """Return what can be pressed and is too small; a link in a sentence may be as its letters."""
    found: list[str] = page.evaluate(
        """(least) => [...document.querySelectorAll("button, input, select, textarea, summary")]
          .filter((one) => one.checkVisibility())
          .filter((one) => {
            const box = (one.closest("label") ?? one).getBoundingClientRect();
            return box.width && (box.width < least || box.height < least);
          })
          .map((one) => one.outerHTML)""",
        SMALLEST_TARGET,
    )
    return found
