"""What comes in between two pages, what is said of what was typed wrong, and what pages weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from own_pages import axe_finds
from program_runs import PATIENCE
from studio_process import chromium
from whole_studio import LOOKS, addresses_of, small_targets, studio, too_wide, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["chromium", "studio"]

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

LARGEST_PAGE = 250 * 1024
"""Bytes of a page and all that it loads, but for sound."""


@pytest.mark.parametrize("look", ["small and light"])
def test_nothing_is_in_the_way_of_what_comes_in_between(
    studio: tuple[str, dict[str, str]], chromium: Browser, look: str
) -> None:
    origin, _ = studio
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
    page.goto(origin)
    page.get_by_label("Minutes you have").fill("20")  # making it takes longer than a look at it
    page.get_by_role("button", name="I feel ashamed").click()
    page.get_by_label("What would you like to be called?").fill("Quillabeth")
    page.get_by_role("button", name="Make the recording").click()
    page.locator("[data-job] progress").wait_for(timeout=PATIENCE * 1000)
    look_at("a recording that is being made")
    page.get_by_role("button", name="Stop it").click()
    page.get_by_text("nothing half made is left").first.wait_for()
    look_at("a recording that was stopped")
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
