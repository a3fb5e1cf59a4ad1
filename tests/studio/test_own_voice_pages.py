"""An own voice in the studio: read line by line, kept at once, gone on with, and made."""

from __future__ import annotations

import re
import stat
import time
import wave
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
from own_pages import errors_of, folders_in, keep_script, opened
from recording_cases import RATE, higher_reader

from cft_audio.application.reading_aloud import read_aloud
from cft_audio.speech.voices.profiles import profile_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from cft_audio.files.folders import Folders
    from cft_audio.signal.audio import Mono

CHOSEN = {"practice": "short-rest", "minutes": "", "name": "Sam", "voice": "anna"}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, warm_clips: Path) -> Folders:
    known = folders_in(tmp_path_factory.mktemp("home"), warm_clips)
    keep_script(known)
    return known


@pytest.fixture(scope="module")
def studio(folders: Folders) -> Iterator[TestClient]:
    with opened(folders) as browser:
        yield browser


@pytest.fixture
def sheet(studio: TestClient) -> Iterator[str]:
    """The address of a sheet that was begun."""
    begun = studio.post("/voices/own", data=CHOSEN).url.path
    yield begun.removesuffix("/1")
    studio.post(begun.removesuffix("/1"), data={"do": "forget"})


def wav(sound: Mono | None = None) -> bytes:
    """Return a sound as a WAV file: a second of a tone, if it is none."""
    tone = np.sin(np.arange(RATE) / 20).astype(np.float32) / 2
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((32767 * (tone if sound is None else sound)).astype("<i2").tobytes())
    return written.getvalue()


def kept(sheet: str, folders: Folders) -> list[str]:
    """Return the names of the recordings that are kept of a sheet."""
    folder = folders.data / "studio" / "readings" / sheet.rpartition("/")[2]
    return sorted(file.name for file in folder.iterdir() if file.suffix not in (".json", ".html"))


def test_the_lines_of_a_session_are_shown_one_by_one(studio: TestClient, sheet: str) -> None:
    first = studio.get(f"{sheet}/1").text
    lines = re.findall(rf'href="{sheet}/(\d+)">\1\. ([^<]+)<', studio.get(sheet).text)

    assert "<blockquote><p>Hello, Sam, and welcome.</p></blockquote>" in first
    assert "seconds, " in first
    assert len(lines) == 11
    assert f'href="{sheet}/2"' in first
    assert studio.get(f"{sheet}/12").status_code == 404
    assert studio.get("/voices/own/0123456789abcdef").status_code == 404


def test_what_is_missing_or_wrong_is_told_beside_its_field(studio: TestClient) -> None:
    for wrong in ({"name": ""}, {"voice": "My Voice"}, {"minutes": "0.01"}, {"practice": "x.md"}):
        answer = studio.post("/voices/own", data=CHOSEN | wrong)
        assert answer.status_code == 422
        assert errors_of(answer.text)
    assert "Go on with" not in studio.get("/voices/own").text


def test_a_take_is_kept_at_once_and_privately(
    studio: TestClient, sheet: str, folders: Folders
) -> None:
    studio.post(f"{sheet}/3/take", files={"sound": ("take.wav", wav())})

    assert kept(sheet, folders) == ["03.wav"]
    file = next((folders.data / "studio" / "readings").glob("*/03.wav"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.parent.stat().st_mode) == 0o700
    assert studio.get(f"{sheet}/3/take").content == wav()
    assert studio.get(f"{sheet}/4/take").status_code == 404
    assert "1 of 11 lines are recorded" in studio.get(sheet).text


def test_a_take_is_read_again_and_deleted(studio: TestClient, sheet: str, folders: Folders) -> None:
    studio.post(f"{sheet}/3/take", files={"sound": ("take.wav", wav())})
    again = wav(np.zeros(RATE, np.float32))
    studio.post(f"{sheet}/3/take", files={"sound": ("again.WAV", again)})
    assert kept(sheet, folders) == ["03.wav"]
    assert studio.get(f"{sheet}/3/take").content == again

    studio.post(f"{sheet}/3", data={"do": "delete"})
    assert kept(sheet, folders) == []


def test_after_a_restart_it_goes_on_where_it_was(tmp_path: Path, warm_clips: Path) -> None:
    own = folders_in(tmp_path, warm_clips)
    keep_script(own)
    with opened(own) as browser:
        sheet = browser.post("/voices/own", data=CHOSEN).url.path.removesuffix("/1")
        browser.post(f"{sheet}/1/take", files={"sound": ("take.wav", wav())})
    with opened(own) as browser:
        assert f'<a href="{sheet}">anna: short rest</a>' in browser.get("/voices/own").text
        assert f'href="{sheet}/2">Record line 2</a>' in browser.get(sheet).text


def test_files_are_taken_by_the_numbers_in_their_names(
    studio: TestClient, sheet: str, folders: Folders
) -> None:
    names = ("07.wav", "Line 2 again.wav", "..\\..\\everything at once.wav", "../../4.wav")
    files = [("sound", (name, wav())) for name in names]
    page = studio.post(f"{sheet}/files", files=files).text

    assert "3 of 11 lines are recorded, and 1 longer recording is here" in page
    assert kept(sheet, folders)[:3] == ["02.wav", "04.wav", "07.wav"]
    assert re.fullmatch(r"recording-[0-9a-f]{8}\.wav", kept(sheet, folders)[3])


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("letter.docx", b"PK", "'letter.docx' is no kind of sound file that is known."),
        ("07.wav", b"no sound", "'07.wav' cannot be used: it cannot be read as sound"),
        ("empty.mp3", b"", "'empty.mp3' cannot be used: it cannot be read as sound"),
    ],
)
def test_what_is_no_sound_is_refused_in_words(  # noqa: PLR0913, PLR0917 -- fixtures and cases
    studio: TestClient, sheet: str, folders: Folders, name: str, content: bytes, told: str
) -> None:
    answer = studio.post(f"{sheet}/files", files=[("sound", (name, content))])

    assert answer.status_code == 422
    assert errors_of(answer.text)[0].startswith(told)
    assert kept(sheet, folders) == []


def test_to_send_nothing_is_told(studio: TestClient, sheet: str) -> None:
    answer = studio.post(f"{sheet}/3/take", files=[("sound", ("", b""))])
    assert errors_of(answer.text) == ["No file was chosen."]


@pytest.mark.slow
def test_everything_is_forgotten_at_once(studio: TestClient, folders: Folders) -> None:
    sheet = studio.post("/voices/own", data=CHOSEN).url.path.removesuffix("/1")
    studio.post(f"{sheet}/1/take", files={"sound": ("take.wav", wav())})
    made = studio.post(sheet, data={"do": "make", "fallback": ""})
    studio.post(sheet, data={"do": "forget"})

    assert studio.get(sheet).status_code == 404
    assert studio.get(made.url.path).status_code == 404
    left = folders.data / "studio" / "readings"
    assert not any(path.match(f"*{sheet.rpartition('/')[2]}*") for path in left.rglob("*"))


def until_over(studio: TestClient, address: str) -> str:
    """Return the page of a job once it is over."""
    for _ in range(1200):
        page = studio.get(address).text
        if 'data-over="yes"' in page:
            return page
        time.sleep(0.1)
    raise AssertionError(page)


@pytest.mark.slow
def test_a_voice_is_made_of_the_takes_and_says_what_is_to_be_read_again(
    studio: TestClient, sheet: str, folders: Folders
) -> None:
    read = higher_reader()
    reading = read_aloud(folders.data / "studio" / "readings" / sheet.rpartition("/")[2])
    for line in reading.sheet.lines[:-1]:
        quiet = np.zeros(RATE // 2, np.float32)
        sound = np.concatenate([quiet, read(line.text) / 4, quiet])
        studio.post(f"{sheet}/{line.number}/take", files={"sound": ("t.wav", wav(sound))})
    made = studio.post(sheet, data={"do": "make", "fallback": ""})
    page = until_over(studio, made.url.path)

    assert "It is made: the voice anna" in page
    good = re.search(r"(\d+) of 11 lines are good", page)
    assert good
    assert int(good[1]) >= 7
    assert f'<a href="{sheet}/11">11. ' in page
    assert "Missing" in page
    assert "anna" in profile_files(folders.voices)
    listed = studio.get("/voices").text
    assert "Yes, with the 10 lines that were read aloud for it" in listed
    unsure = studio.post("/voices", data={"do": "remove", "voice": "anna"})
    assert unsure.status_code == 422
    lacking = studio.post("/voices/own", data=CHOSEN).url.path.removesuffix("/1")
    assert "0 of 1 lines are recorded" in studio.get(lacking).text
    studio.post(lacking, data={"do": "forget"})
    studio.post("/voices", data={"do": "remove", "voice": "anna", "sure": "yes"})
    assert "anna" not in profile_files(folders.voices)


@pytest.mark.slow
def test_why_no_voice_could_be_made_is_told(studio: TestClient, sheet: str) -> None:
    studio.post(f"{sheet}/files", files=[("sound", ("all.wav", wav()))])
    made = studio.post(sheet, data={"do": "make", "fallback": ""})
    page = until_over(studio, made.url.path)

    assert "None of the 11 lines is found in the recordings" in page
    assert "/readings/" not in page
