"""How it was, and where one stopped: kept, locked and forgotten with its client."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from listening_here import folders_in, listening
from made_here import evening

from cft_audio.application.clients.locking import lock_clients
from cft_audio.application.how_it_was import LONGEST
from cft_audio.people.clients.made import note_made
from cft_audio.people.clients.places import place_of
from cft_audio.people.clients.sealing import is_closed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from listening_here import Listening

__all__ = ["evening"]

WORDS = "Slept at once, under the quilt"
PASSPHRASE = "correct horse battery"  # noqa: S105 -- it opens what tests lock


@pytest.fixture
def here(evening: Path, tmp_path: Path, warm_clips: Path) -> Iterator[Listening]:
    """A studio with one recording, and a client of whom nothing else is kept."""
    shutil.copytree(evening, tmp_path, dirs_exist_ok=True)
    with listening(folders_in(tmp_path, warm_clips), tmp_path / "out") as here:
        yield here


def file(here: Listening) -> Path:
    return here.room.output / "evening.mp3"


def path(here: Listening) -> str:
    return here.path(file(here))


def kept(here: Listening) -> list[Path]:
    """Return the files in which something is kept of listening."""
    data = here.room.folders.data
    return [f for f in data.rglob("*.json") if f.parent.name == "notes"]


def for_client(here: Listening) -> Path:
    """Let the recording be a client's, and return the client's folder."""
    folders = here.room.folders
    place = place_of("K7", folders.data)
    note_made([file(here)], replace(folders, personal=place.personal))
    return place.folder


def test_several_notes_are_kept_the_latest_first_and_each_can_be_removed(here: Listening) -> None:
    for text in ("alpha", "omega"):
        answer = here.post(path(here) + "/notes", before="low", after="warm", text=text)
        assert answer.status_code == 303
    told = here.text(path(here))
    assert told.index("omega") < told.index("alpha")
    assert told.count("Before: low. After: warm.") == 2

    page = here.get(path(here)).text
    removing = page.partition(f"{path(here)}/notes/")[2].partition('"')[0]
    assert here.post(f"{path(here)}/notes/{removing}").status_code == 303
    assert "omega" not in here.text(path(here))
    assert "alpha" in here.text(path(here))
    assert here.post(f"{path(here)}/notes/{removing}").status_code == 303


def test_a_word_or_a_sentence_alone_is_a_note(here: Listening) -> None:
    here.post(path(here) + "/notes", after="settled")
    here.post(path(here) + "/notes", text=WORDS)

    assert "After: settled." in here.text(path(here))
    assert WORDS in here.text(path(here))


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({}, "Nothing is said yet"),
        ({"text": "  \n", "before": "<b>"}, "Nothing is said yet"),
        ({"text": "<i>" * LONGEST, "before": "low"}, f"{LONGEST} fit"),
    ],
)
def test_what_is_no_note_is_told_beside_its_field_and_nothing_is_lost(
    form: dict[str, str], told: str, here: Listening
) -> None:
    answer = here.post(path(here) + "/notes", **form)

    assert answer.status_code == 422
    assert told in answer.text
    assert 'aria-describedby="text-error"' in answer.text
    assert form.get("text", "").strip().replace("<i>", "&lt;i&gt;") in answer.text
    assert ("<option selected>low" in answer.text) == ("low" in form.values())
    assert kept(here) == []


def test_what_somebody_writes_is_only_ever_text(here: Listening) -> None:
    here.post(path(here) + "/notes", text='<script>alert(1)</script>{{ 7 * 7 }}"')

    page = here.get(path(here)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in page


def test_where_one_stopped_is_kept_until_the_end_is_reached(here: Listening) -> None:
    assert here.post(path(here) + "/stopped", at="12.5").status_code == 204
    assert 'data-start="12.5"' in here.get(path(here)).text
    assert "You stopped at 0:12." in here.text(path(here))
    (one,) = kept(here)
    assert one.stat().st_mode & 0o77 == 0

    here.post(path(here) + "/stopped", at="0")
    assert "You stopped" not in here.text(path(here))
    assert kept(here) == []


@pytest.mark.parametrize("at", ["", "nan", "inf", "-1", "1e9", "1.25.3", "٣", "9" * 400, "<b>"])
def test_a_place_that_is_none_is_not_kept(at: str, here: Listening) -> None:
    assert here.post(path(here) + "/stopped", at=at).status_code == 422
    assert kept(here) == []


def test_what_is_noted_of_a_clients_recording_lies_with_their_things(here: Listening) -> None:
    here.post(path(here) + "/notes", text=WORDS)
    (before,) = kept(here)
    folder = for_client(here)
    here.post(path(here) + "/stopped", at="3.0")
    (after,) = kept(here)

    assert not after.is_relative_to(before.parent)
    assert after.is_relative_to(folder)
    assert WORDS in after.read_text(encoding="utf-8")
    assert WORDS in here.text(path(here))
    shutil.rmtree(folder)  # they are forgotten
    assert WORDS not in here.text(path(here))
    assert not [f for f in here.room.folders.data.rglob("*") if WORDS in _content(f)]


def _content(found: Path) -> str:
    return found.read_text(encoding="utf-8", errors="replace") if found.is_file() else ""


@pytest.mark.slow
def test_what_is_locked_is_neither_read_nor_written(
    here: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyrage")
    folder, data = for_client(here), here.room.folders.data
    lock_clients(here.room.folders, lambda: PASSPHRASE, keyring=False)
    here.post(path(here) + "/notes", text="for nobody to see")

    assert here.get(path(here)).status_code == 200
    assert "locked" in here.text(path(here))
    assert here.post(path(here) + "/stopped", at="3.0").status_code == 204
    assert kept(here) == []

    (data.parent / "passphrase").write_text(PASSPHRASE)
    monkeypatch.setenv("CFT_AUDIO_PASSPHRASE_FILE", str(data.parent / "passphrase"))
    with listening(replace(here.room.folders, keys=None), here.room.output) as opened:
        opened.post(path(here) + "/notes", text=WORDS)
        (one,) = kept(here)
        assert one.is_relative_to(folder)
        assert is_closed(one.read_bytes())
        assert WORDS in opened.text(path(here))
    assert WORDS not in here.text(path(here))
