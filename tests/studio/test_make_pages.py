"""Choosing, changing and making a recording from its pages, asked as a browser without script."""

from __future__ import annotations

import html
import re
import shlex
import time
import wave
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from own_pages import errors_of, folders_in, keep_script, opened
from program_runs import PATIENCE, Machine

from cft_audio.speech.engines import onnx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from cft_audio.files.folders import Folders

LIVE = {"accept": "application/json"}
SHELF = {"practice": "soothing-rhythm-breathing"}
REST = {"name": "Quillabeth", "bed": "rain"}

SCRIPT = """\
---
title: A short rest
technique: soothing-rhythm-breathing
summary: Four lines.
natural: 1
slots:
  name:
    ask: "What would you like to be called?"
---
## Arriving

Hello, {{ name }}, and welcome. Find a place where you can rest for a while.

You can stop at any time, and look around. [keep]

## Resting

[breathe 2]

> I am glad that you are here, {{ name }}.

Go kindly, {{ name }}.
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, warm_clips: Path) -> Folders:
    known = folders_in(tmp_path_factory.mktemp("home"), warm_clips)
    keep_script(known, text=SCRIPT)
    return known


@pytest.fixture(scope="module")
def studio(folders: Folders) -> Iterator[TestClient]:
    with opened(folders) as browser:
        yield browser


def begin(studio: TestClient, practice: str = "short-rest", **texts: str) -> str:
    """Begin with a practice, with something typed in some fields, and return its page's address."""
    begun = studio.post("/begin", data={"practice": practice}, follow_redirects=False)
    address: str = begun.headers["location"]
    if texts:
        studio.post(address, data=texts)
    return address


def line_of(page: str, words: str) -> str:
    """Return the id of the line on a page that begins with these words."""
    found = re.search(rf'/hear/([\w-]+)"[^>]*>{re.escape(words)}', page)
    assert found, words
    return found[1]


def length_of(sound: bytes) -> float:
    """Return the seconds that a WAV lasts."""
    with wave.open(BytesIO(sound)) as file:
        return file.getnframes() / file.getframerate()


def over(studio: TestClient, job: str) -> str:
    """Return the page of what a job made, or of the job if nothing came of it."""
    until = time.monotonic() + PATIENCE
    while 'data-over="no"' in (page := studio.get(job).text):
        assert time.monotonic() < until, page
        time.sleep(0.05)
    return page


def test_three_answers_begin_with_one_practice_at_their_length(studio: TestClient) -> None:
    answers = {"hard": "shame", "minutes": "7", "practised": "new"}
    page = studio.post("/choose", data=answers).text

    assert "<h1>" in page
    assert re.search(r'name="minutes" value="7"', page)
    assert "How it will be" in page


def test_the_minutes_that_one_has_hold_for_every_practice_on_the_shelf(studio: TestClient) -> None:
    shelf = studio.get("/practices?minutes=12.5&practised=new").text
    assert "the 12.5 minutes that you have" in shelf
    assert shelf.count('name="minutes" value="12.5"') == shelf.count('name="practice"')
    begun = studio.post("/begin", data=SHELF | {"minutes": "12.5"}).text
    assert 'name="minutes" value="12.5"' in begun

    for nothing in ("/practices", "/practices?minutes=a+while"):
        assert "minutes that you have" not in studio.get(nothing).text


@pytest.mark.parametrize(("minutes", "said"), [("90", "more than 60"), ("1", "less than 3")])
def test_a_length_that_no_practice_has_is_told(minutes: str, said: str, studio: TestClient) -> None:
    answers = {"hard": "shame", "practised": "new"}
    assert said in studio.post("/choose", data=answers | {"minutes": minutes}).text
    assert said not in studio.post("/choose", data=answers | {"minutes": "7"}).text


def test_the_pronouns_of_a_figure_are_asked_for_beside_it(studio: TestClient) -> None:
    page = studio.post("/begin", data={"practice": "compassionate-imagery"}).text
    asked = re.findall(r'<(?:input|select|textarea)[^>]* name="([\w.]+)"', page)

    assert asked[asked.index("figure") + 1] == "figure_pronouns"
    assert asked.count("figure_pronouns") == 1


def test_a_length_that_is_none_is_told_beside_its_field(studio: TestClient) -> None:
    answers = {"hard": "shame", "minutes": "a while", "practised": "new"}
    answer = studio.post("/choose", data=answers)

    assert answer.status_code == 422
    assert "'a while'" in errors_of(answer.text)[0]
    assert 'value="a while"' in answer.text


def test_a_session_is_drawn_before_anything_is_answered(studio: TestClient) -> None:
    address = begin(studio)
    page = studio.get(address).text

    assert re.search(r'alt="[^"]*0:\d\d', page)
    assert "<h3>Arriving" in page
    assert "Hello, Sam, and welcome." in page
    [drawn] = re.findall(r'<img src="data:image/svg\+xml,([^"]+)"', page)
    assert unquote(drawn).startswith("<svg")
    assert "cft-audio build short-rest" in page


def test_it_is_said_who_stands_for_somebody_until_they_are_named(studio: TestClient) -> None:
    stands = "“Sam” stands here for it"

    assert stands in studio.get(begin(studio)).text
    assert stands not in studio.get(begin(studio, name="Ada")).text


def test_two_more_practices_are_offered_for_the_same(studio: TestClient) -> None:
    answers = {"hard": "self-criticism", "minutes": "10", "practised": "new"}
    page = studio.post("/choose", data=answers).text
    form = {"minutes": "10", "for": "self-criticism"}
    others = re.findall(r'class="also"><input type="hidden" name="practice" value="([^"]+)"', page)

    assert len(others) == 2
    begun = studio.post("/begin", data={"practice": others[0], **form}).text
    assert re.search(r'name="minutes" value="10"', begun)
    assert re.search(r'name="for" value="self-criticism" checked', begun)


@pytest.mark.slow
def test_a_voice_that_speaks_online_is_asked_about_before_anything_is_made(
    studio: TestClient,
) -> None:
    address, chosen = begin(studio), {"name": "Ada", "voice": "google-gb"}
    told = studio.post(address, data=chosen, headers=LIVE).json()

    assert "nobody has agreed" in told["errors"]["voice"]
    assert "Hello, Ada" in told["session"]
    assert studio.post(address, data=chosen | {"do": "make"}).status_code == 422
    agreed = chosen | {"allow_online": "yes"}
    assert studio.post(address, data=agreed, headers=LIVE).json()["errors"] == {}


def test_an_address_that_only_takes_what_is_sent_says_so(studio: TestClient) -> None:
    answer = studio.get("/begin")

    assert answer.status_code == 405
    assert "nothing is shown at it" in answer.text


@pytest.mark.slow
def test_the_voice_is_loaded_while_the_page_of_a_session_is_read(folders: Folders) -> None:
    with opened(folders) as studio:
        room = studio.app_state["workroom"]
        studio.get(begin(studio))
        until = time.monotonic() + PATIENCE
        while not room.speaker.ask(loaded_models):
            assert time.monotonic() < until
            time.sleep(0.05)
        assert list(room.passing.iterdir()) == []


def loaded_models() -> int:
    return onnx._load.cache_info().currsize


def test_what_is_typed_is_drawn_and_kept(studio: TestClient) -> None:
    address = begin(studio, **REST)
    page = studio.get(address).text

    assert "Hello, Quillabeth, and welcome." in page
    assert 'value="rain" selected' in page
    assert "--name Quillabeth" in html.unescape(page)
    assert 'for="f-name"' in page
    assert "A short rest</a>, for Quillabeth" in studio.get("/").text


def test_script_is_told_what_changes_and_nothing_else(studio: TestClient) -> None:
    address = begin(studio)
    told = studio.post(address, data={**REST, "minutes": "0.1"}, headers=LIVE).json()
    assert set(told["errors"]) == {"minutes"}
    assert "Ask for a length from" in told["errors"]["minutes"]
    assert "<html" not in told["session"]

    told = studio.post(address, data={**REST, "minutes": "1"}, headers=LIVE).json()
    assert told["errors"] == {}
    assert "1:00 long" in told["session"]


def test_an_error_stands_beside_its_field_and_what_was_typed_stays(studio: TestClient) -> None:
    address = begin(studio)
    answer = studio.post(address, data={**REST, "breaths_per_minute": "ninety"})

    assert answer.status_code == 422
    assert 'value="ninety"' in answer.text
    assert 'id="f-breaths_per_minute-error">' in answer.text
    assert "<details open>" in answer.text
    assert "--breaths-per-minute" not in " ".join(errors_of(answer.text))


@pytest.mark.parametrize("field", ["bed", "bell", "cover", "letter", "lexicon", "edits"])
def test_no_path_that_is_sent_is_opened(studio: TestClient, folders: Folders, field: str) -> None:
    secret = folders.config.with_name("secret.wav")
    secret.write_bytes(b"RIFF")
    address = begin(studio)
    told = studio.post(address, data={**REST, field: str(secret)}, headers=LIVE).json()

    assert "secret" not in told["session"]
    assert field in {"letter", "lexicon", "edits"} or field in told["errors"]
    made = studio.post(address, data={**REST, field: str(secret), "do": "make"})
    assert field in {"letter", "lexicon", "edits"} or made.status_code == 422


def test_what_is_missing_is_asked_for_when_it_is_made(studio: TestClient) -> None:
    address = begin(studio)
    answer = studio.post(address, data={"name": "", "do": "make"})

    assert answer.status_code == 422
    assert "This needs an answer." in errors_of(answer.text)
    assert 'id="f-name" name="name"' in answer.text


@pytest.mark.parametrize(("what", "least", "most"), [("name", 0.5, 5), ("sound", 9, 11)])
def test_a_choice_is_heard_and_the_second_time_at_once(
    studio: TestClient, folders: Folders, what: str, least: float, most: float
) -> None:
    address = begin(studio, **REST)
    first = studio.get(f"{address}/hear/{what}")
    passing = folders.data / "studio" / "passing"
    before = {file: file.stat().st_mtime_ns for file in passing.iterdir()}
    again = studio.get(f"{address}/hear/{what}")

    assert first.headers["content-type"] == "audio/wav"
    assert least < length_of(first.content) < most
    assert again.content == first.content
    assert {file: file.stat().st_mtime_ns for file in passing.iterdir()} == before


def test_a_line_is_heard_in_its_place(studio: TestClient) -> None:
    address = begin(studio, **REST)
    line = line_of(studio.get(address).text, "I am glad")
    heard = studio.get(f"{address}/hear/{line}")

    assert heard.status_code == 200
    assert 2 < length_of(heard.content) <= 21


@pytest.mark.parametrize("line", ["nowhere", "..%2f..%2fconfig", "0" * 200, "name%00"])
def test_nothing_is_heard_of_a_line_that_there_is_not(studio: TestClient, line: str) -> None:
    address = begin(studio, **REST)

    assert studio.get(f"{address}/hear/{line}").status_code in {404, 422}
    assert studio.get(f"{address}/line/{line}").status_code in {404, 422}


def test_a_line_is_left_out_and_brought_back(studio: TestClient) -> None:
    address = begin(studio, **REST)
    line = line_of(studio.get(address).text, "I am glad")
    changed = studio.post(f"{address}/line/{line}", data={"out": "yes"}).text
    assert ", left out" in changed
    assert "--edits" in changed

    assert ", left out" not in studio.post(f"{address}/line/{line}", data={}).text


def test_a_rest_is_longer_and_the_session_with_it(studio: TestClient) -> None:
    address = begin(studio, **REST)
    line = line_of(studio.get(address).text, "Hello, Quillabeth")
    changed = studio.post(f"{address}/line/{line}", data={"longer": "7,5"}).text

    assert ", 7.5 s longer" in changed


def test_a_word_is_said_otherwise_from_the_page_of_its_line(studio: TestClient) -> None:
    address = begin(studio, **REST)
    line = line_of(studio.get(address).text, "Hello, Quillabeth")
    said = {"word": "Quillabeth", "sound": "quilla-BETH"}
    changed = studio.post(f"{address}/line/{line}", data=said).text

    assert "Quillabeth=quilla-BETH" in changed


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"longer": "soon"}, "'soon' is not a number"),
        ({"longer": "900"}, "0.5 to 120 seconds"),
        ({"longer": "-3"}, "0.5 to 120 seconds"),
        ({"longer": "nan"}, "0.5 to 120 seconds"),
        ({"word": "Quillabeth"}, "is not a way to say 'Quillabeth'"),
    ],
)
def test_a_change_that_cannot_be_is_told_beside_its_field(
    studio: TestClient, typed: dict[str, str], told: str
) -> None:
    address = begin(studio, **REST)
    line = line_of(studio.get(address).text, "Hello, Quillabeth")
    answer = studio.post(f"{address}/line/{line}", data=typed)

    assert answer.status_code == 422
    assert any(told in error for error in errors_of(answer.text)), errors_of(answer.text)


def test_a_line_that_keeps_somebody_safe_stays(studio: TestClient) -> None:
    address = begin(studio, **REST)
    line = line_of(studio.get(address).text, "You can stop at any time")
    assert "cannot be left out" in studio.get(f"{address}/line/{line}").text

    answer = studio.post(f"{address}/line/{line}", data={"out": "yes"})
    assert answer.status_code == 422
    assert ", left out" not in studio.get(address).text


@pytest.mark.slow
def test_the_page_and_its_command_make_the_same_file(
    studio: TestClient, folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    address = begin(studio, **REST)
    line = line_of(studio.get(address).text, "Hello, Quillabeth")
    studio.post(f"{address}/line/{line}", data={"longer": "3"})
    page = studio.post(address, data={**REST, "do": "make"})
    assert page.url.path.startswith("/jobs/")
    made = over(studio, page.url.path)
    assert "<h1>A short rest, for Quillabeth</h1>" in made
    (file,) = (folders.data / "recordings").rglob("*.mp3")

    command, edits = re.findall(r"<code>(.*?)</code>", studio.get(address).text, re.DOTALL)
    (tmp_path / "EDITS").write_text(html.unescape(edits), encoding="utf-8")
    machine = Machine(tmp_path, folders.cache.parent)
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "short-rest.md").write_text(SCRIPT, encoding="utf-8")
    machine.run(*shlex.split(html.unescape(command))[1:], "-o", "same.mp3", "-q")
    assert (
        sha256(file.read_bytes()).digest() == sha256((tmp_path / "same.mp3").read_bytes()).digest()
    )


@pytest.mark.slow
def test_what_is_stopped_leaves_nothing(studio: TestClient, folders: Folders) -> None:
    address = begin(studio, **REST, minutes="1")
    before = sorted((folders.data / "recordings").rglob("*"))
    page = studio.post(address, data={**REST, "minutes": "1", "do": "make"})
    stopped = studio.post(f"{page.url.path}/stop").text

    assert "Stopped" in stopped
    assert "nothing half made is left" in stopped
    assert sorted((folders.data / "recordings").rglob("*")) == before


@pytest.mark.slow
def test_drafts_are_forgotten_when_that_is_asked_for(folders: Folders, tmp_path: Path) -> None:
    with opened(folders_in(tmp_path, folders.cache)) as studio:
        address = begin(studio, **SHELF, name="Quillabeth")
        assert "Quillabeth" in studio.get("/").text
        assert "Quillabeth" not in studio.post("/forget-drafts").text
        assert studio.get(address).status_code == 404


@pytest.mark.slow
def test_a_draft_is_there_when_the_studio_opens_again(folders: Folders, tmp_path: Path) -> None:
    home = folders_in(tmp_path, folders.cache)
    with opened(home) as studio:
        address = begin(studio, **SHELF, name="Quillabeth")
    with opened(home) as studio:
        assert "Quillabeth" in studio.get(address).text


@pytest.mark.parametrize("address", ["/make/0123456789abcdef", "/make/x", "/jobs/x", "/nothing"])
def test_what_is_not_there_is_said_to_be_gone(studio: TestClient, address: str) -> None:
    answer = studio.get(address)

    assert answer.status_code == 404
    assert "There is no such page" in answer.text
