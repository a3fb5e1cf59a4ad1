"""Whatever comes in between, nothing is lost and nothing is half made."""

from __future__ import annotations

import re
import signal
from typing import TYPE_CHECKING

import pytest
from own_pages import until
from program_runs import PATIENCE
from studio_process import chromium, link_of, machine, studio_of, visiting

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from program_runs import Machine

__all__ = ["chromium", "machine"]

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]


def begin(page: Page, link: str, minutes: str = "3") -> None:
    """Come in, and begin a session for somebody."""
    page.goto(link, wait_until="commit")
    page.get_by_label("Minutes you have").fill(minutes)
    page.get_by_role("button", name="I feel ashamed").click()
    page.get_by_label("What would you like to be called?").fill("Quillabeth")


def make(page: Page) -> None:
    """Have it made, and wait until it is being made."""
    page.get_by_role("button", name="Make the recording").click()
    page.get_by_role("button", name="Stop it").wait_for()


def made_by(machine: Machine) -> list[Path]:
    """Return all that lies in the folder of recordings."""
    return sorted((machine.home / "Music" / "cft-audio").rglob("*"))


def test_what_is_stopped_leaves_nothing(machine: Machine, chromium: Browser) -> None:
    context = chromium.new_context()
    with studio_of(machine) as link, visiting(context) as page:
        begin(page, link, minutes="20")
        make(page)
        page.get_by_role("button", name="Stop it").click()
        page.get_by_text("nothing half made is left").wait_for()
        assert made_by(machine) == []
        page.get_by_role("button", name="Change something, and make it again").click()
        assert page.get_by_label("What would you like to be called?").input_value() == "Quillabeth"
    context.close()


def test_a_page_that_is_loaded_again_arrives_too(machine: Machine, chromium: Browser) -> None:
    context = chromium.new_context()
    with studio_of(machine) as link, visiting(context) as page:
        begin(page, link)
        make(page)
        address = page.url
        page.reload()
        with visiting(context) as other:
            other.goto(address)
            other.wait_for_url(re.compile("/recordings/"))
        page.wait_for_url(re.compile("/recordings/"))
    context.close()
    assert len([path for path in made_by(machine) if path.suffix == ".mp3"]) == 1


def test_two_windows_take_nothing_back_from_one_another(
    machine: Machine, chromium: Browser
) -> None:
    from playwright.sync_api import expect

    context = chromium.new_context()
    with studio_of(machine) as link, visiting(context) as one, visiting(context) as other:
        one.goto(link, wait_until="commit")
        one.get_by_role("button", name="I feel ashamed").click()
        one.get_by_role("heading", name="How it will be").wait_for()
        other.goto(one.url)
        one.get_by_label("What would you like to be called?").fill("Quillabeth")
        one.get_by_text("Quillabeth").first.wait_for()
        other.get_by_label("Sound underneath", exact=True).select_option("rain")
        other.get_by_text("Quillabeth").first.wait_for()
        bed = one.get_by_label("Sound underneath", exact=True)
        expect(bed).to_have_value("rain", timeout=1000 * PATIENCE)
        assert one.get_by_label("What would you like to be called?").input_value() == "Quillabeth"
    context.close()


def test_a_studio_that_is_killed_goes_on_when_it_is_started_again(
    machine: Machine, chromium: Browser
) -> None:
    context = chromium.new_context()
    process = machine.start("studio", "--no-open")
    page = context.new_page()
    begin(page, link_of(process), minutes="5")
    make(page)
    until(page, "document.querySelector('progress').value > 5")
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE)
    assert [path for path in made_by(machine) if path.suffix == ".mp3"] == []
    context.close()

    context = chromium.new_context()
    with studio_of(machine) as link, visiting(context) as page:
        page.goto(link, wait_until="commit")
        page.get_by_text("for Quillabeth").first.wait_for()
        until(page, "document.readyState === 'complete'")
        while not [path for path in made_by(machine) if path.suffix == ".mp3"]:
            page.wait_for_timeout(200)
        page.get_by_role("link", name="Recordings", exact=True).click()
        page.get_by_role("link", name=re.compile("Quillabeth")).first.click()
        page.get_by_role("button", name="Play", exact=True).wait_for()
    context.close()
    unfinished = [path.name for path in machine.folder.rglob(".cft-audio-*")]
    assert unfinished == []
