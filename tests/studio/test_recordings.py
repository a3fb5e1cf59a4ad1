"""Recordings: found by id alone, any part of each, and nothing that is not ours."""

from __future__ import annotations

import os
import re
import shutil
import wave
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from listening_here import folders_in, listening
from made_here import FORMATS, NAME, evening, evenings

from cft_audio.people.clients.made import note_made
from cft_audio.people.clients.places import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import requests
    from listening_here import Listening

__all__ = ["evening", "evenings"]

TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "m4b": "audio/mp4",
    "opus": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/wav",
}


@pytest.fixture
def here(evening: Path, tmp_path: Path, warm_clips: Path) -> Iterator[Listening]:
    """A studio with a recording of its own to do with as one likes."""
    shutil.copytree(evening, tmp_path, dirs_exist_ok=True)
    with listening(folders_in(tmp_path, warm_clips), tmp_path / "out") as here:
        yield here


@pytest.fixture(scope="module")
def six(evenings: Path, warm_clips: Path) -> Iterator[Listening]:
    """A studio with a recording in each format, which stay as they are."""
    with listening(folders_in(evenings, warm_clips), evenings / "out") as six:
        yield six


def mp3(here: Listening) -> Path:
    return here.room.output / "evening.mp3"


@pytest.mark.slow
def test_all_are_listed_the_latest_first_and_the_title_of_the_page_names_nobody(
    here: Listening,
) -> None:
    files = [here.room.output / name for name in ("b.mp3", "evening.mp3", "a.mp3")]
    for age, file in enumerate(files):
        if file != mp3(here):
            shutil.copy(mp3(here), file)
        os.utime(file, (1_800_000_000 - 3600 * age,) * 2)
    listed = re.findall(r'href="(/recordings/\w+)"', here.get("/recordings").text)

    assert listed == [here.path(file) for file in files]
    assert here.text("/recordings").count(f"An evening, for {NAME}") == len(files)
    for path in ("/recordings", listed[0]):
        head = here.get(path).text.partition("<body")[0]
        assert NAME.lower() not in (path + head).lower()


def test_an_album_is_listed_together_in_its_order(here: Listening) -> None:
    album = here.room.output / "A week"
    album.mkdir()
    for number in (2, 1):
        shutil.copy(mp3(here), album / f"0{number} evening.mp3")
    told = here.get("/recordings").text
    listed = re.findall(r'href="(/recordings/\w+)"', told.partition("<h2>")[2])

    assert listed == [here.path(album / "01 evening.mp3"), here.path(album / "02 evening.mp3")]


def test_an_empty_folder_and_one_that_is_not_there_begin_with_a_first_recording(
    tmp_path: Path, warm_clips: Path
) -> None:
    with listening(folders_in(tmp_path, warm_clips), tmp_path / "none") as here:
        assert "Nothing was made here yet" in here.text("/recordings")


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_is_played_whole_and_in_parts(kind: str, six: Listening) -> None:
    file = six.room.output / f"evening.{kind}"
    content = file.read_bytes()
    size, path = len(content), six.path(file) + "/audio"

    def part(wanted: str) -> requests.Response:
        return six.get(path, Range=f"bytes={wanted}")

    whole = six.get(path)
    assert (whole.status_code, whole.content) == (200, content)
    assert whole.headers["content-type"] == TYPES[kind]
    assert whole.headers["accept-ranges"] == "bytes"
    assert "content-disposition" not in whole.headers
    for wanted, first, last in (
        ("0-0", 0, 0),
        ("1000-1999", 1000, 1999),
        (f"{size // 2}-", size // 2, size - 1),
        ("-500", size - 500, size - 1),
        (f"0-{size * 2}", 0, size - 1),
    ):
        got = part(wanted)
        assert got.status_code == 206, wanted
        assert got.content == content[first : last + 1]
        assert got.headers["content-range"] == f"bytes {first}-{last}/{size}"
    beyond = part(f"{size}-")
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")


@pytest.mark.parametrize(
    "wanted", ["x", "bytes=", "bytes=5-1", "bytes=a-b", "lines=0-1", "bytes=-"]
)
def test_a_range_that_is_none_does_no_harm(wanted: str, here: Listening) -> None:
    answer = here.get(here.path(mp3(here)) + "/audio", Range=wanted)

    assert answer.status_code in (200, 206, 400, 416)
    assert len(answer.content) <= mp3(here).stat().st_size


def test_four_hundred_ranges_do_no_harm(here: Listening) -> None:
    every = ",".join(f"{n * 10}-{n * 10 + 1}" for n in range(400))
    answer = here.get(here.path(mp3(here)) + "/audio", Range=f"bytes={every}")

    assert answer.status_code in (200, 206, 400, 416)
    assert len(answer.content) <= mp3(here).stat().st_size + 400 * 200
    assert here.get(here.path(mp3(here)) + "/audio", Range="bytes=0-0").status_code == 206


def test_a_file_that_is_not_ours_has_neither_a_line_nor_an_address(here: Listening) -> None:
    foreign = here.room.output / "private.wav"
    with wave.open(str(foreign), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0" * 16000)
    note = here.room.output / "letter.txt"
    note.write_text("secret")
    outside = shutil.copy(mp3(here), here.room.folders.data.parent / "elsewhere.mp3")

    assert "private" not in here.get("/recordings").text
    for file in (foreign, note, outside):
        for more in ("", "/audio", "/picture", "/save/0"):
            assert here.get(here.path(file) + more).status_code == 404, (file, more)


@pytest.mark.parametrize(
    "identity",
    [
        *("0" * 16, "f" * 15, "...", "..%2fevening.mp3", "evening.mp3", "%00", "*"),
        *("..%2f..%2fdata", "%2fetc%2fpasswd", "file:%2f%2f%2fetc%2fpasswd", "a" * 3000),
    ],
)
def test_an_id_that_is_not_ours_finds_nothing(identity: str, here: Listening) -> None:
    for more in ("", "/audio", "/picture", "/save/0", "/save/1"):
        assert here.get(f"/recordings/{identity}{more}").status_code == 404
    for more in ("/notes", "/stopped", "/folder", "/again", "/notes/0/delete"):
        assert here.post(f"/recordings/{identity}{more}", text="a", at="1").status_code == 404
    assert not list(here.room.folders.data.rglob("notes/*"))


def test_a_recording_that_has_gone_has_no_sound_and_its_notes_can_still_be_read(
    here: Listening,
) -> None:
    file, path = mp3(here), here.path(mp3(here))
    here.post(path + "/notes", text="Slept at once.")
    file.unlink()

    assert here.get(path).status_code == 404
    assert "It has gone from its place" in here.text(path)
    assert "Slept at once." in here.text(path)
    assert "It has gone from its place" in here.text("/recordings")
    assert "<audio" not in here.get(path).text
    for more in ("/audio", "/picture", "/save/0"):
        assert here.get(path + more).status_code == 404


def test_a_recording_that_was_cut_off_says_so(here: Listening) -> None:
    assert "was changed" not in here.text(here.path(mp3(here)))
    os.truncate(mp3(here), mp3(here).stat().st_size // 2)

    assert "was changed" in here.text(here.path(mp3(here)))
    assert "It was changed" in here.text("/recordings")


def test_what_is_no_sound_any_more_says_so(here: Listening) -> None:
    file = mp3(here)
    tags = file.read_bytes()[: file.read_bytes().rindex(b"cft-audio") + 400]
    job = {"file": str(file), "length_s": 30.0, "notes": [], "beside": []}
    wanted = {"practice": "evening", "texts": {}, "edits": []}
    queue = here.room.queue
    kept = {"kind": "recording", "wanted": wanted, "state": "made", "made": job, "asked_at": 9.0}
    queue._records.add(kept, "")
    file.write_bytes(b"nothing" + tags[:10])
    answer = here.get(here.path(file))

    assert answer.status_code == 200
    assert "no sound" in here.text(here.path(file))
    assert "was changed" in here.text(here.path(file))
    assert "<audio" not in answer.text


def test_what_is_saved_has_its_own_name_and_is_no_page_of_the_studio(here: Listening) -> None:
    path = here.path(mp3(here))
    copy = here.get(path + "/save/0")
    assert copy.content == mp3(here).read_bytes()
    names = []
    for number in (0, 1, 2):
        answer = here.get(f"{path}/save/{number}")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment;")
        names.append(answer.headers["content-disposition"].partition('"')[2].rstrip('"'))
    assert names == ["evening.mp3", "evening-handout.html", "evening.vtt"]
    assert here.get(path + "/save/3").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
def test_the_picture_to_seek_in_has_no_word_in_it(kind: str, six: Listening) -> None:
    answer = six.get(six.path(six.room.output / f"evening.{kind}") + "/picture")

    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "<text" not in answer.text
    assert NAME not in answer.text
    assert answer.text.count('class="guide"') > 3
    assert answer.text.count('class="breath"') == 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
def test_chapters_and_words_can_be_read_without_a_script(kind: str, six: Listening) -> None:
    path = six.path(six.room.output / f"evening.{kind}")
    text = six.text(path)

    for title in ("0:00 Arriving", "Breathing", "Coming back", f"Hello, {NAME}."):
        assert title in text
    assert re.search(r"\d:\d\d That was enough\.", text)
    assert "was changed" not in text
    assert '<audio id="audio" controls' in six.get(path).text


def test_it_tells_what_it_was_made_from(here: Listening) -> None:
    text = here.text(here.path(mp3(here)))

    for told in ("Sound underneath rain", "Level of the tone soft", "Practice evening", "44100 Hz"):
        assert told in text, told


@pytest.mark.skipif(os.name == "nt", reason="another program shows folders there")
def test_it_is_shown_in_its_folder(
    here: Listening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = here.path(mp3(here))
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert str(here.room.output) in here.text(path)
    refused = here.post(path + "/folder")
    assert "is not installed" in refused.text

    opener = tmp_path / "bin" / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/shown\n')
    opener.chmod(0o755)
    answer = here.post(path + "/folder")
    assert answer.status_code == 204  # the page stays, and what is heard goes on
    assert (tmp_path / "shown").read_text().strip() == str(here.room.output)


def test_a_recording_that_was_made_for_a_client_is_found_wherever_it_lies(
    here: Listening, tmp_path: Path
) -> None:
    folders, file = here.room.folders, tmp_path / "elsewhere.mp3"
    shutil.copy(mp3(here), file)
    assert here.get(here.path(file)).status_code == 404

    note_made([file], replace(folders, personal=place_of("K7", folders.data).personal))
    assert here.get(here.path(file)).status_code == 200
    told = here.text(here.path(file))
    assert "An evening, for K7" in told  # and nobody's name
    assert "was changed" not in told
    file.write_bytes(file.read_bytes() + b"more")
    assert "was changed" in here.text(here.path(file))
