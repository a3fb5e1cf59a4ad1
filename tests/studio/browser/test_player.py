"""The player in a real browser: its picture, chapters, words, keys, and stopping by itself."""

from __future__ import annotations

import re
import shutil
import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from leaving_out import leave_out
from listening_here import folders_in, listening
from made_here import FORMATS, evening, evenings
from own_pages import axe_finds
from program_runs import PATIENCE

from cft_audio.inspection.contents import read_contents
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from listening_here import Listening

__all__ = ["evening", "evenings"]

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

NOW = "document.getElementById('audio').currentTime"
MARKED = "document.querySelector('#words [aria-current]')?.parentElement.dataset.from ?? ''"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, which plays whenever it is asked to."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        leave_out("playwright is not installed")
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        flags = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def six(evenings: Path, tmp_path_factory: pytest.TempPathFactory, warm_clips: Path) -> Any:
    """A studio with a recording in each format."""
    folder = tmp_path_factory.mktemp("six")
    shutil.copytree(evenings, folder, dirs_exist_ok=True)
    with listening(folders_in(folder, warm_clips), folder / "out") as six:
        yield six


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What a page's script or its policy complained of; there must be nothing at the end."""
    found: list[str] = []
    yield found
    assert found == []


def new_page(chromium: Any, **more: Any) -> Any:
    """Return an empty page that is patient on a busy machine."""
    context = chromium.new_context(**more)
    context.set_default_timeout(1000 * PATIENCE)
    return context.new_page()


def opened(chromium: Any, here: Listening, complaints: list[str], kind: str, **more: Any) -> Any:
    """Return the page of a recording, ready to play."""
    page = new_page(chromium, **more)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: "Policy" in message.text and complaints.append(message.text))
    file = here.room.output / f"evening.{kind}"
    here.post(here.path(file) + "/stopped", at="0")
    page.goto(here.origin + here.path(file))
    wait_until(page, "document.getElementById('audio').readyState >= 1")
    return page


@pytest.fixture
def page(chromium: Any, six: Listening, complaints: list[str]) -> Iterator[Any]:
    """The page of an MP3."""
    page = opened(chromium, six, complaints, "mp3")
    yield page
    page.context.close()


def now(page: Any) -> float:
    return float(page.evaluate(NOW))


def wait_until(page: Any, condition: str, patience_s: float = PATIENCE) -> None:
    """Wait until something is true of a page, whose policy keeps it from waiting by itself."""
    deadline = time.monotonic() + patience_s
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, condition
        time.sleep(0.02)


@pytest.mark.parametrize("kind", FORMATS)
def test_it_goes_to_each_chapter(
    kind: str, chromium: Any, six: Listening, complaints: list[str]
) -> None:
    page = opened(chromium, six, complaints, kind)
    contents = read_contents(six.room.output / f"evening.{kind}")
    assert page.locator("#chapters button").count() == len(contents.chapters) == 3
    for number in (2, 0, 1):
        page.locator("#chapters button").nth(number).click()
        wait_until(page, "!document.getElementById('audio').seeking")
        assert now(page) == pytest.approx(seconds(contents.chapters[number].start), abs=0.1)
        marked = page.locator("#chapters [aria-current]")
        assert contents.chapters[number].title in marked.inner_text()
    page.evaluate("document.getElementById('audio').play()")
    wait_until(page, f"{NOW} > {seconds(contents.chapters[1].start) + 0.2}")
    page.context.close()


def test_nothing_plays_by_itself(page: Any) -> None:
    page.wait_for_timeout(1000)
    assert page.evaluate("document.getElementById('audio').paused")
    assert now(page) == 0


def test_the_words_are_in_step(page: Any, six: Listening) -> None:
    """Sampled in the page itself, its first ten seconds at 1.2 times."""
    contents = read_contents(six.room.output / "evening.mp3")
    captions = [(seconds(c.start), seconds(c.stop)) for c in contents.captions]
    page.select_option("#speed", "1.2")
    page.evaluate("document.getElementById('audio').play()")
    seen = page.evaluate(
        f"""async () => {{
            const seen = [];
            while ({NOW} < 10) {{
                seen.push([{NOW}, {MARKED}]);
                await new Promise((done) => setTimeout(done, 30));
            }}
            return seen;
        }}"""
    )
    assert len({marked for _, marked in seen}) >= 3
    # A busy machine may let nothing of the page run for a while: what is marked may then be what
    # was right two looks ago, which is a twentieth of a second elsewhere.
    for (since, _), _, (at, marked) in zip(seen, seen[1:], seen[2:], strict=False):
        near = [span for span in captions if span[0] - 0.3 <= at and since <= span[1] + 0.3]
        is_speaking = any(start + 0.3 < since and at < stop - 0.3 for start, stop in captions)
        assert marked in {f"{start:.3f}" for start, _ in near} | (
            {""} if not is_speaking else set()
        ), (since, at)


def test_a_sentence_that_is_clicked_is_heard(page: Any) -> None:
    sentence = page.locator("#words button", has_text="That was enough.")
    sentence.click()
    start = float(sentence.locator("..").get_attribute("data-from"))

    assert now(page) == pytest.approx(start, abs=0.1)
    assert sentence.get_attribute("aria-current") == "true"


def test_it_is_paused_and_turned_back_wherever_one_reads(page: Any) -> None:
    page.locator("#words button").last.scroll_into_view_if_needed()
    page.mouse.wheel(0, 200)
    wait_until(page, "document.getElementById('seek').getBoundingClientRect().bottom < 0")
    for control in ("#play", "#position"):
        box = page.locator(control).bounding_box()
        assert 0 <= box["y"] <= page.viewport_size["height"] - box["height"], control


def test_a_click_on_the_picture_goes_there(page: Any) -> None:
    box = page.locator("#seek").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + 20)
    length = float(page.locator("#player").get_attribute("data-length"))

    assert now(page) == pytest.approx(0.75 * length, abs=0.3)
    line = page.locator("#here").bounding_box()
    assert line["x"] == pytest.approx(box["x"] + box["width"] * 0.75, abs=4)
    assert re.fullmatch(r"0:\d\d of \d:\d\d, [\w ]+", told_place(page))


def told_place(page: Any) -> str:
    return str(page.locator("#position").get_attribute("aria-valuetext"))


def test_it_is_played_by_keys(page: Any, six: Listening) -> None:
    contents = read_contents(six.room.output / "evening.mp3")
    chapters = [seconds(chapter.start) for chapter in contents.chapters]
    press = page.keyboard.press
    press("Space")
    wait_until(page, "!document.getElementById('audio').paused")
    press("Space")
    wait_until(page, "document.getElementById('audio').paused")
    page.evaluate(f"{NOW} = 5")
    for key, wanted in (
        *(("ArrowRight", 15), ("ArrowLeft", 5), ("ArrowLeft", 0)),
        *(("c", chapters[1]), ("c", chapters[2]), ("c", chapters[2])),
        *(("Shift+C", chapters[1]), ("Shift+C", 0), ("Shift+C", 0)),
    ):
        press(key)
        assert now(page) == pytest.approx(wanted, abs=0.1), key
    press("ArrowDown")
    press("ArrowDown")
    assert page.input_value("#volume") == "80"
    press("ArrowUp")
    wait_until(page, "document.getElementById('audio').volume === 0.9")
    assert page.locator("#told").inner_text() == "Volume 90 of 100."


def test_keys_are_never_taken_from_what_is_typed_and_can_be_switched_off(page: Any) -> None:
    page.evaluate(f"{NOW} = 5")
    page.locator("#text").click()
    page.keyboard.type("c C ")
    page.keyboard.press("ArrowLeft")
    assert page.input_value("#text") == "c C "
    page.locator("#speed").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("c")
    page.locator("#first").focus()
    page.keyboard.press("Control+ArrowRight")
    assert page.input_value("#volume") == "100"
    assert now(page) == pytest.approx(5, abs=0.1)

    page.locator("summary", has_text="Keys").click()
    page.locator("#keys").uncheck()
    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("c")
    assert now(page) == pytest.approx(5, abs=0.1)
    assert page.evaluate("document.getElementById('audio').paused")


def test_a_button_that_has_the_focus_is_pressed_by_space(page: Any) -> None:
    page.locator("#chapters button").nth(1).focus()
    page.keyboard.press("Space")

    assert now(page) > 5
    assert page.evaluate("document.getElementById('audio').paused")


def test_tab_passes_the_words_in_two_steps_and_arrows_go_from_one_to_the_next(page: Any) -> None:
    page.locator("#words").focus()
    page.keyboard.press("Tab")
    focused = "document.activeElement.textContent.trim()"
    first = page.evaluate(focused)
    page.keyboard.press("ArrowDown")
    second = page.evaluate(focused)
    page.keyboard.press("Enter")
    assert first != second
    start = page.evaluate("Number(document.activeElement.parentElement.dataset.from)")
    assert now(page) == pytest.approx(start, abs=0.1)
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == first
    page.keyboard.press("Tab")
    assert not page.evaluate("document.getElementById('words').contains(document.activeElement)")


def test_the_place_is_a_slider_with_steps_of_ten_seconds(page: Any) -> None:
    page.locator("#position").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    assert now(page) == pytest.approx(20, abs=0.1)
    assert told_place(page).startswith("0:20 of ")


def test_it_stops_by_itself_softer_over_the_last_ten_seconds(
    chromium: Any, six: Listening, complaints: list[str]
) -> None:
    page = new_page(chromium)
    page.clock.install()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(six.origin + six.path(six.room.output / "evening.mp3"))
    wait_until(page, "document.getElementById('audio').readyState >= 1")
    page.evaluate("document.getElementById('audio').loop = true")
    page.evaluate("document.getElementById('audio').play()")
    page.select_option("#sleep", "20")
    volume = "document.getElementById('audio').volume"
    page.clock.run_for((20 * 60 - 11) * 1000)
    assert page.evaluate(volume) == 1
    heard = []
    for _ in range(10):
        page.clock.run_for(1000)
        heard.append(page.evaluate(volume))
    assert all(later < earlier for earlier, later in pairwise(heard))
    assert heard[5] == pytest.approx(0.5, abs=0.15)
    assert not page.evaluate("document.getElementById('audio').paused")
    page.clock.run_for(2000)
    assert page.evaluate("document.getElementById('audio').paused")
    assert page.evaluate(volume) == 1
    assert page.input_value("#sleep") == ""
    assert "stopped by itself" in page.locator("#told").inner_text()
    page.context.close()


def test_it_stops_by_itself_at_the_end_of_the_chapter(page: Any) -> None:
    second = float(page.locator("#chapters li").nth(1).get_attribute("data-from"))
    page.select_option("#sleep", "chapter")
    page.evaluate(f"{NOW} = {second - 2}")
    page.evaluate("document.getElementById('audio').play()")
    wait_until(page, "document.getElementById('audio').volume < 0.2")
    wait_until(page, "document.getElementById('audio').paused")

    assert now(page) == pytest.approx(second, abs=0.3)


def test_it_goes_on_where_one_stopped(page: Any, six: Listening) -> None:
    page.evaluate(f"{NOW} = 21")
    page.evaluate("document.getElementById('audio').play()")
    wait_until(page, f"{NOW} > 21.3")
    with page.expect_response(lambda answer: answer.url.endswith("/stopped")) as answer:
        page.locator("#play").click()
    assert answer.value.status == 204
    stopped = now(page)
    page.reload()
    wait_until(page, "document.getElementById('audio').readyState >= 1")

    assert now(page) == pytest.approx(stopped, abs=0.2)
    assert re.fullmatch(r"You stopped at 0:2\d\.", page.locator("#told").inner_text())
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.locator("#first").click()
    assert now(page) == 0


def test_a_copy_is_saved_under_its_name(page: Any, six: Listening) -> None:
    with page.expect_download() as download:
        page.get_by_text("Save a copy").click()
    assert download.value.suggested_filename == "evening.mp3"
    assert download.value.path().read_bytes() == (six.room.output / "evening.mp3").read_bytes()


def test_without_a_script_it_is_played_read_and_noted(
    chromium: Any, six: Listening, complaints: list[str]
) -> None:
    page = new_page(chromium, java_script_enabled=False)
    page.goto(f"{six.origin}/recordings")
    page.locator(f'a[href="{six.path(six.room.output / "evening.mp3")}"]').click()

    assert page.locator("audio").bounding_box()["height"] > 20
    assert page.locator("#chapters li").count() == 3
    assert "0:00 Arriving" in page.locator("#chapters").inner_text()
    assert not page.locator("#play").is_visible()
    page.fill("#text", "Without a script")
    page.get_by_text("Keep this note").click()
    assert page.locator("article", has_text="Without a script").count() == 1
    page.get_by_role("button", name="Remove this note").click()
    assert page.locator("article").count() == 0
    page.context.close()


LOOKS = [("light", 320), ("dark", 1000)]


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing(
    scheme: str, width: int, chromium: Any, six: Listening, complaints: list[str]
) -> None:
    look = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    page = opened(chromium, six, complaints, "mp3", **look)

    def check(state: str) -> None:
        assert (state, axe_finds(page)) == (state, [])
        across = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert page.evaluate(across), state

    check("fresh")
    for summary in page.locator("summary").all():
        summary.click()
    page.locator("#chapters button").nth(1).click()
    check("all open, in the second chapter")
    page.get_by_text("Keep this note").click()
    check("nothing was said")
    assert page.evaluate("document.activeElement.id") == "text"
    page.fill("#text", "A word " * 40)
    page.get_by_text("Keep this note").click()
    check("with a note")
    page.get_by_role("button", name="Remove this note").click()
    page.goto(f"{six.origin}/recordings")
    check("the list")
    gone = six.room.output / "gone.mp3"
    shutil.copy(six.room.output / "evening.mp3", gone)
    six.post(six.path(gone) + "/notes", text="a")
    gone.unlink()
    page.goto(six.origin + six.path(gone))
    check("gone")
    page.goto(f"{six.origin}/recordings")
    check("the list with one that has gone")
    page.context.close()
