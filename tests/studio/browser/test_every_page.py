"""Every page, as everybody may see it: axe finds nothing, nothing is cut off, all stays here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from own_pages import axe_finds
from studio_process import chromium
from whole_studio import (
    LOOKS,
    NO_PAGE,
    addresses_of,
    shown_routes,
    small_targets,
    studio,
    too_wide,
    watched,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["chromium", "studio"]

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

ELSEWHERE = {
    "/jobs/{id}",
    "/clients/roster/{id}",
    "/voices/own/{id}",
    "/voices/own/{id}/{number:number}",
}
"""Shown by what is done to come there: see ``test_between_pages``, and for an own voice
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
