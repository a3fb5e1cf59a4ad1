"""The whole way from a choice to a recording that plays, as a person goes it in a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from own_pages import axe_finds, until
from program_runs import Machine
from studio_process import chromium, machine, studio_of, visiting

from cft_audio.application.recommending import Wish, recommend
from cft_audio.files.folders import default_folders

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

__all__ = ["chromium", "machine"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.needs("chromium"),
    pytest.mark.usefixtures("spoken_for_somebody_else"),
]

MOST_CLICKS = 8


@pytest.fixture(scope="module")
def spoken_for_somebody_else(warm_home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Speak once what these ways lead to, but for the name: they are about what pages do."""
    folder = tmp_path_factory.mktemp("spoken")
    for minutes in ("3", "5"):
        chosen = recommend(Wish.of("shame", minutes, "new"), default_folders())
        session = (chosen.practice.id, "--name", "Robin", "--minutes", minutes)
        Machine(folder, warm_home).run("build", *session, "-o", f"{minutes}.mp3", "-q")


def playing(page: Page, element: str, from_s: float = 0.2) -> None:
    """Wait until a sound is heard."""
    until(page, f"document.getElementById('{element}').currentTime > {from_s}")


def test_a_recording_is_made_in_eight_clicks(machine: Machine, chromium: Browser) -> None:
    clicks = 0

    def click(what: Locator) -> None:
        nonlocal clicks
        clicks += 1
        what.click()

    context = chromium.new_context()
    with studio_of(machine) as link, visiting(context) as page:
        page.goto(link, wait_until="commit")
        click(page.get_by_role("button", name="I feel ashamed"))
        name = page.get_by_label("What would you like to be called?")
        click(name)
        name.press_sequentially("Quillabeth")
        click(page.get_by_role("button", name="Hear the sounds together"))
        playing(page, "audio")
        bed = page.get_by_label("Sound underneath", exact=True)
        clicks += 1
        bed.select_option("rain")
        playing(page, "audio")
        assert re.search(r"/hear/sound", page.evaluate("document.getElementById('audio').src"))
        click(page.locator("#session .lines a").first)
        until(page, "!document.getElementById('audio').src.includes('/hear/sound')")
        playing(page, "audio")
        click(page.get_by_role("button", name="Make the recording"))
        page.wait_for_url(re.compile("/recordings/"))
        assert "Quillabeth" in page.locator("h1").inner_text()
        click(page.get_by_role("button", name="Play", exact=True))
        until(page, "document.querySelector('#words [aria-current]')")
        assert page.locator("#chapters li").count() >= 3
        click(page.get_by_role("button", name="Show it in its folder"))
        until(page, "document.readyState === 'complete'")
    context.close()
    assert clicks <= MOST_CLICKS
    (made,) = (machine.home / "Music" / "cft-audio").rglob("*.mp3")
    assert str(made.parent) in (machine.folder / "shown").read_text(encoding="utf-8")


def test_a_recording_is_made_by_keyboard_alone(machine: Machine, chromium: Browser) -> None:
    context = chromium.new_context()
    with studio_of(machine) as link, visiting(context) as page:
        page.goto(link, wait_until="commit")
        page.get_by_role("heading", name="What is hard just now?").wait_for()
        reach(page, "I feel ashamed")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="How it will be").wait_for()
        reach(page, "What would you like to be called?")
        page.keyboard.type("Quillabeth")
        reach(page, "Hear the sounds together")
        page.keyboard.press("Enter")
        playing(page, "audio")
        reach(page, "Make the recording")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/recordings/"))
        reach(page, "Play")
        page.keyboard.press("Enter")
        playing(page, "audio")
        page.keyboard.press("ArrowRight")
        playing(page, "audio", 10)
    context.close()


def reach(page: Page, name: str) -> None:
    """Go on by Tab, and back at the end, until what has this name is reached, and can be seen."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate(_REACHED) == name:
            seen: Any = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert seen != "none", name
            return
    raise AssertionError(f"nothing called '{name}' was reached")


_REACHED = """(() => {
  const at = document.activeElement;
  return (at.labels?.[0]?.textContent || at.textContent || at.ariaLabel || "").trim();
})()"""


def test_a_recording_is_made_without_script(machine: Machine, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    with studio_of(machine) as link, visiting(context) as page:
        page.goto(link)
        page.get_by_role("button").click()
        page.get_by_label("Minutes you have").fill("3")
        page.get_by_role("button", name="I feel ashamed").click()
        page.get_by_role("button", name="Make the recording").click()
        assert page.get_by_text("This needs an answer.").first.is_visible()
        page.get_by_label("What would you like to be called?").fill("Quillabeth")
        page.get_by_role("button", name="Show how it will be").click()
        assert page.get_by_role("heading", name="How it will be").is_visible()
        line = page.locator("#session .lines a").first.get_attribute("href")
        heard = context.request.get(page.url.split("/make/")[0] + str(line))
        assert heard.headers["content-type"] == "audio/wav"
        page.get_by_role("button", name="Make the recording").click()
        page.wait_for_url(re.compile("/recordings/"))
        assert page.locator("audio[controls]").is_visible()
        assert page.get_by_role("heading", name="Chapters").is_visible()
        page.get_by_role("button", name="Show it in its folder").click()
        assert "Quillabeth" in page.locator("h1").inner_text()
    context.close()


def test_a_recording_can_be_made_from_anywhere_on_its_page(
    machine: Machine, chromium: Browser
) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    with studio_of(machine) as link, visiting(context) as page:
        page.goto(link, wait_until="commit")
        minutes = page.get_by_label("Minutes you have")
        minutes.fill("7")
        minutes.press("Enter")  # none of what is hard is meant by it
        page.get_by_role("button", name="all practices, in the minutes you have").click()
        page.get_by_role("button", name="Make a recording of Kind company").click()
        page.get_by_role("heading", name="How it will be").wait_for()
        assert page.get_by_label("Minutes", exact=True).input_value() == "7"
        make = page.get_by_role("button", name="Make the recording")
        for place in ("0", "document.body.scrollHeight / 2", "document.body.scrollHeight"):
            page.evaluate(f"scrollTo(0, {place})")
            box = make.bounding_box()
            assert box
            assert 0 <= box["y"] <= 640 - box["height"], place
    context.close()


def test_nothing_is_in_the_way_of_anybody(machine: Machine, chromium: Browser) -> None:
    """Axe finds nothing at any step, in the dark and on a small screen either."""
    context = chromium.new_context(viewport={"width": 320, "height": 640}, color_scheme="dark")
    with studio_of(machine) as link, visiting(context) as page:
        page.goto(link, wait_until="commit")
        page.get_by_role("button", name="I feel ashamed").wait_for()
        assert axe_finds(page) == []
        page.get_by_role("button", name="I feel ashamed").click()
        page.get_by_role("heading", name="How it will be").wait_for()
        for group in page.locator("#session-form summary").all():
            group.click()
        assert axe_finds(page) == []
        assert fits(page)
        page.get_by_role("button", name="Make the recording").click()
        page.get_by_text("This needs an answer.").first.wait_for()
        assert axe_finds(page) == []
        page.get_by_role("link", name="Change").first.click()
        page.get_by_role("heading", name="One line").wait_for()
        assert axe_finds(page) == []
        assert fits(page)
    context.close()


def fits(page: Page) -> bool:
    """Return whether a page is no wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
