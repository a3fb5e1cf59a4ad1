"""A recording is made again with a change: by a draft that asks for the same."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from listening_here import folders_in, listening
from made_here import NAME, evening
from test_made_again import MADE_ON, asked, essence

from cft_audio import request
from cft_audio.application.again import Again, again_of, typed_again
from cft_audio.application.drafts import SessionDraft, compose_draft
from cft_audio.application.settings import load_settings
from cft_audio.errors import CftAudioError
from cft_audio.files.folders import default_folders
from cft_audio.library.practices import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from listening_here import Listening

__all__ = ["evening"]


@pytest.fixture
def no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home without settings."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("no_settings")
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked())
def test_the_draft_asks_for_what_was_asked_for(wanted: tuple[str, Any]) -> None:
    practice, fields = wanted
    folders = default_folders()
    try:
        first = request(practice, made_on=MADE_ON, **fields)
        coding = first.output.coding(length_s=first.session.length_s or 600)
    except CftAudioError:
        assume(False)
    known = Library(folders.scripts).open(practice).practice()
    texts, missing = typed_again(again_of(first, known, coding))
    again = compose_draft(
        SessionDraft(practice, texts), load_settings(folders, {}), folders, MADE_ON
    )

    assert missing == []
    assert essence(again.request) == essence(first)


def test_what_was_kept_out_and_files_of_ones_own_have_to_be_filled_in_anew() -> None:
    fields = {
        "name": "NAME",
        "figure": "/home/rosa/aunt.toml",
        "bed": "BED",
        "letter": "LETTER",
        "cover": "PICTURE",
        "with": ["loved_one=LOVED_ONE", "include_difficult=yes"],
        "tone": "bowls",
        "bed_level": "-4.0",
        "tone_level": "-3.0",
    }
    texts, missing = typed_again(Again("loving-kindness", fields, withheld=True))

    assert missing == ["name", "figure", "bed", "letter", "cover", "with.loved_one", "for"]
    levels = {"bed_level": "soft", "tone_level": "-3.0"}
    assert texts == {"tone": "bowls", "with.include_difficult": "yes", **levels}


@pytest.fixture
def here(evening: Path, tmp_path: Path, warm_clips: Path) -> Iterator[Listening]:
    """A studio with one recording."""
    shutil.copytree(evening, tmp_path, dirs_exist_ok=True)
    with listening(folders_in(tmp_path, warm_clips), tmp_path / "out") as here:
        yield here


def test_it_begins_a_draft_with_all_that_was_chosen(here: Listening) -> None:
    file = here.room.output / "evening.mp3"
    answer = here.post(here.path(file) + "/again")

    assert answer.status_code == 303
    kept = here.room.drafts.read(answer.headers["location"].removeprefix("/make/"))
    chosen = {"name": NAME, "bed": "rain", "tone_level": "soft", "format": "mp3"}
    assert kept == {"practice": "evening", "texts": chosen, "edits": []}


def test_it_says_so_where_its_script_is_not_there_any_more(here: Listening) -> None:
    file = here.room.output / "evening.mp3"
    (here.room.folders.scripts[0] / "evening.md").unlink()

    assert "cannot be made again from here" in here.text(here.path(file))
    assert here.post(here.path(file) + "/again").headers["location"] == here.path(file)
