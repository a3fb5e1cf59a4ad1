"""A script edited, and a line recorded, in a real browser, with a microphone that it pretends."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from own_pages import SCRIPT, axe_finds, browsing, folders_in, keep_script, served, until
from recording_cases import RATE, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from cft_audio.files.folders import Folders

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

BEGUN = "Begin to read"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, warm_clips: Path) -> Folders:
    known = folders_in(tmp_path_factory.mktemp("home"), warm_clips)
    keep_script(known)
    return known


@pytest.fixture(scope="module")
def studio(folders: Folders) -> Iterator[str]:
    with served(folders) as address:
        yield address


def tone(path: Path, level: float) -> str:
    """Write half a second of silence and a tone, and return the options by which it is heard."""
    at = np.arange(3 * RATE)
    sound = np.where(at > RATE // 2, level * np.sin(at / 30), 0).astype(np.float32)
    write(path, sound)
    return f"--use-file-for-fake-audio-capture={path}"


MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


def begin(page: Page, studio: str) -> None:
    page.goto(f"{studio}/voices/own")
    page.get_by_label("The practice").select_option("short-rest")
    page.get_by_label("Minutes").fill("")
    page.get_by_label("The listener's name").fill("Sam")
    page.get_by_label("A name for the voice").fill("anna")
    page.get_by_role("button", name=BEGUN).click()


def test_a_script_is_changed_with_its_problems_in_the_margin(studio: str, folders: Folders) -> None:
    file = keep_script(folders)
    with browsing() as page:
        page.goto(f"{studio}/scripts/short-rest/edit")
        text = page.get_by_label("The script", exact=True)
        page.get_by_text("all well.").or_(page.get_by_text("warning")).first.wait_for()
        text.fill(SCRIPT.replace("[breathe 2]", "[breath 2]"))
        link = page.get_by_role("link", name="Line 20")
        link.wait_for()
        assert page.locator("#line-20.is-wrong").count() == 1
        assert axe_finds(page) == []

        link.click()
        page.keyboard.press("Shift+End")
        assert page.evaluate("getSelection().toString()") == "[breath 2]"
        page.keyboard.type("[breathe 3]")
        link.wait_for(state="detached")
        page.get_by_role("button", name="Save").click()
        page.get_by_text("It is saved.").wait_for()
    assert file.read_text() == SCRIPT.replace("[breathe 2]", "[breathe 3]")


def test_what_is_said_next_after_the_caret_is_heard(studio: str, folders: Folders) -> None:
    keep_script(folders)
    with browsing("--autoplay-policy=no-user-gesture-required") as page:
        page.goto(f"{studio}/scripts/short-rest/edit")
        text = page.get_by_label("The script", exact=True)
        text.click()
        page.keyboard.press("Control+End")
        page.get_by_role("button", name="Hear it from line").click()
        page.get_by_text("From line 25").wait_for(timeout=60_000)
        until(page, "document.getElementById('heard').currentTime > 0.2")


def test_lines_are_recorded_judged_and_heard_again(
    studio: str, folders: Folders, tmp_path: Path
) -> None:
    with browsing(*MICROPHONE, tone(tmp_path / "good.wav", 0.4)) as page:
        begin(page, studio)
        page.get_by_role("button", name="Record").click()
        page.get_by_text("Recording. Read the line").wait_for()
        until(page, "document.getElementById('level').value > -20")
        page.get_by_role("button", name="Stop").click()
        page.get_by_text("It is kept, and loud enough.").wait_for()
        assert axe_finds(page) == []
        page.evaluate("document.getElementById('audio').play()")
        until(page, "document.getElementById('audio').currentTime > 0.2")
        page.get_by_role("link", name="Next line").click()
        page.get_by_role("heading", name="Line 2").wait_for()
        page.get_by_role("link", name="All lines").click()
        page.get_by_text("1 of 11 lines are recorded").wait_for()
        assert axe_finds(page) == []
    (take,) = (folders.data / "studio" / "readings").glob("*/01.wav")
    with wave.open(str(take)) as sound:
        assert sound.getnchannels() == 1
        assert sound.getsampwidth() == 2
        heard = np.frombuffer(sound.readframes(sound.getnframes()), "<i2") / 32768
        assert sound.getframerate() >= 44_100
    assert 0.35 < np.abs(heard).max() < 0.5


@pytest.mark.parametrize(("level", "told"), [(0.005, "too quiet"), (1.0, "too loud")])
def test_too_quiet_and_too_loud_are_told_in_words(
    studio: str, tmp_path: Path, level: float, told: str
) -> None:
    with browsing(*MICROPHONE, tone(tmp_path / "bad.wav", level)) as page:
        begin(page, studio)
        page.get_by_role("button", name="Record").click()
        page.wait_for_timeout(2000)
        page.get_by_role("button", name="Stop").click()
        page.get_by_text(f"It is kept, but {told}").wait_for()


def test_without_a_microphone_it_is_told_what_else_can_be_done(studio: str) -> None:
    with browsing() as page:
        begin(page, studio)
        page.get_by_role("button", name="Record").click()
        told = page.get_by_text("No microphone can be used.")
        told.or_(page.get_by_text("The browser may not use the microphone.")).wait_for()
        assert page.get_by_role("button", name="Record").is_enabled()


def test_without_script_a_text_is_checked_and_a_file_is_taken(
    studio: str, folders: Folders, tmp_path: Path
) -> None:
    keep_script(folders)
    write(tmp_path / "take.wav", np.zeros(RATE, np.float32))
    with browsing(java_script_enabled=False) as page:
        page.goto(f"{studio}/scripts/short-rest/edit")
        page.get_by_label("The script", exact=True).fill(SCRIPT.replace("[breathe", "[breath"))
        page.get_by_role("button", name="Check").click()
        page.get_by_role("link", name="Line 20").click()
        assert page.url.endswith("#line-20")
        begin(page, studio)
        page.get_by_text("Take a file for this line").click()
        page.get_by_label("A sound file").set_input_files(tmp_path / "take.wav")
        page.get_by_role("button", name="Take this file").click()
        page.get_by_role("button", name="Delete this recording").wait_for()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_is_scrolled_sideways(
    studio: str, folders: Folders, width: int, scheme: str
) -> None:
    keep_script(folders)
    pages = ("/scripts", "/scripts/short-rest", "/scripts/short-rest/edit", "/voices")
    size = {"width": width, "height": 800}
    with browsing(viewport=size, color_scheme=scheme) as page:
        for address in (*pages, "/voices/more", "/voices/own"):
            page.goto(studio + address)
            assert (address, axe_finds(page)) == (address, [])
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert (address, wide) == (address, width)
