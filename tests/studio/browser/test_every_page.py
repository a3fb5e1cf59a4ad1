"""Every page, as everybody may see it: axe finds nothing, nothing is cut off, all stays here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from own_pages import axe_finds
from program_runs import PATIENCE
from starlette.routing import Route
from studio_pages import opened, pages, served
from studio_process import chromium

from cft_audio.studio.routes import ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

__all__ = ["chromium"]

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

LARGEST_PAGE = 250 * 1024
"""Bytes of a page and all that it loads, but for sound."""

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


ELSEWHERE = {
    "/jobs/{id}",
    "/clients/roster/{id}",
    "/voices/own/{id}",
    "/voices/own/{id}/{number:number}",
}
"""Shown by what is done to come there: see the test of what comes in between, and for an own voice
``test_scripts_in_a_browser``."""


def test_every_route_that_shows_a_page_is_looked_at(studio: tuple[str, dict[str, str]]) -> None:
    shown = {route.path for route in shown_routes() if not NO_PAGE.search(route.path)}

    assert shown - addresses_of(studio[1]).keys() == ELSEWHERE


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_in_the_way_on_any_page(
    studio: tuple[str, dict[str, str]], chromium: Browser, look: str
) -> None:
    origin, found = studio
    context = chromium.new_context(**LOOKS[look], reduced_motion="reduce")
    page = watched(context, origin)
    for address in addresses_of(found).values():
        page.goto(origin + address)
        assert (address, axe_finds(page)) == (address, [])
        assert (address, too_wide(page)) == (address, False)
        assert (address, small_targets(page)) == (address, [])
        assert page.evaluate("document.getAnimations().length") == 0
    context.close()


@pytest.mark.parametrize("look", ["small and light"])
def test_nothing_is_in_the_way_of_what_comes_in_between(
    studio: tuple[str, dict[str, str]], chromium: Browser, look: str
) -> None:
    origin, found = studio
    context = chromium.new_context(**LOOKS[look], reduced_motion="reduce")
    page = watched(context, origin)

    def look_at(state: str) -> None:
        seen = (axe_finds(page), too_wide(page), small_targets(page))
        assert (state, *seen) == (state, [], False, [])

    def give(roster: str) -> None:
        file = {"name": "k.csv", "mimeType": "text/csv", "buffer": roster.encode()}
        page.get_by_label("Your table").set_input_files([file])
        page.get_by_role("button", name="Look at it").click()

    code = f"K{len(look)}"
    roster = f"code,name,practice,minutes\n{code},Ada,soothing-rhythm-breathing,"
    page.goto(origin + "/clients/roster")
    give(roster + "many\n")
    page.get_by_text("1 place needs another look").wait_for()
    look_at("a roster with a fault")
    give(roster + "3\n")
    page.get_by_role("heading", name="1 of 1 to make").wait_for()
    look_at("what a roster comes to")
    page.get_by_role("button", name="Make them").click()
    page.locator("[data-job] progress").wait_for(timeout=PATIENCE * 1000)
    look_at("a roster that is being made")
    page.get_by_text("1 of 1 are there.", exact=True).wait_for(timeout=PATIENCE * 1000)
    look_at("a roster that was made")
    page.get_by_role("link", name="Hand them over").click()
    page.get_by_label("As", exact=True).select_option("zip")
    page.get_by_label("Password of the ZIP").fill("as quiet as snow")
    page.get_by_label("The same password again").fill("as quiet as rain")
    page.get_by_role("button", name="Put it together").click()
    page.locator("[aria-invalid=true]").first.wait_for()
    look_at("a password that was typed in two ways")
    page.get_by_label("As", exact=True).select_option("folder")
    page.get_by_label("Password of the ZIP").fill("")
    page.get_by_label("The same password again").fill("")
    page.get_by_role("button", name="Put it together").click()
    page.get_by_role("heading", name="Put together").wait_for()
    look_at("what was handed over")
    page.goto(origin + found["session"])
    page.get_by_role("button", name="Make the recording").click()
    page.locator("[data-job] progress").wait_for(timeout=PATIENCE * 1000)
    look_at("a recording that is being made")
    page.get_by_role("button", name="Stop it").click()
    page.get_by_text("nothing half made is left").first.wait_for()
    look_at("a recording that was stopped")
    context.close()


def test_letters_of_twice_the_size_fit(
    studio: tuple[str, dict[str, str]], chromium: Browser
) -> None:
    origin, found = studio
    context = chromium.new_context(viewport={"width": 640, "height": 900}, bypass_csp=True)
    page = watched(context, origin)
    for address in addresses_of(found).values():
        page.goto(origin + address)
        page.add_style_tag(content="html { font-size: 200%; }")
        assert (address, too_wide(page)) == (address, False)
        assert (address, axe_finds(page)) == (address, [])
    context.close()


def test_what_is_wrong_is_beside_its_field_and_reached_at_once(
    studio: tuple[str, dict[str, str]], chromium: Browser
) -> None:
    origin, found = studio
    context = chromium.new_context()
    page = watched(context, origin)
    for address, label, text, button in (
        ("/", "Minutes you have", "a while", "I feel ashamed"),
        (found["line"], "Seconds, 0.5 to 120", "soon", "Keep these changes"),
        (found["session"], "Minutes", "0.1", "Make the recording"),
        ("/clients/new", "Code", "a/b", "Begin"),
        ("/voices/own", "A name for the voice", "a/b", "Begin to read"),
    ):
        page.goto(origin + address)
        page.get_by_label(label, exact=True).fill(text)
        page.get_by_role("button", name=button).first.click()
        field = page.locator("[aria-invalid=true]").first
        field.wait_for()
        described = str(field.get_attribute("aria-describedby"))
        told = [page.locator(f"#{name}").inner_text() for name in described.split()]
        assert any(told), address
        focused = "document.activeElement.matches('[aria-invalid=true], [role=alert]')"
        assert page.evaluate(focused), address
        assert (address, axe_finds(page)) == (address, [])
    context.close()


def test_pages_are_light(studio: tuple[str, dict[str, str]], chromium: Browser) -> None:
    origin, found = studio
    for address in addresses_of(found).values():
        context, loaded = chromium.new_context(), list[int]()
        page = watched(context, origin)
        page.on(
            "requestfinished",
            lambda request, loaded=loaded: (
                loaded.append(request.sizes()["responseBodySize"])
                if request.resource_type != "media"
                else None
            ),
        )
        page.goto(origin + address)
        assert sum(loaded) <= LARGEST_PAGE, address
        context.close()


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
