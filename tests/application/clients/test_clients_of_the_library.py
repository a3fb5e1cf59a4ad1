"""What is kept of a client, for programs."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import cft_audio
from cft_audio.application.batches.work import RecordingToMake
from cft_audio.application.clients.files import ClientFiles
from cft_audio.application.clients.locking import lock_clients
from cft_audio.application.plans import open_plan
from cft_audio.application.progress import ignore_progress
from cft_audio.application.rendering import prepare
from cft_audio.application.settings import Settings
from cft_audio.errors import LockedError
from cft_audio.files.targets import FolderTarget
from cft_audio.speech.takes.caches import Caches
from cft_audio.speech.takes.carried import carry


@pytest.fixture
def folders(at_home: Path) -> cft_audio.Folders:
    """The folders of somebody who keeps the client K7."""
    places = replace(
        cft_audio.default_folders(), data=at_home / "data", config=at_home / "config.toml"
    )
    typed = {"name": "Robin", "minutes": "1:30", "pronounce": {"Robin": "ROB-in"}}
    ClientFiles(places, Settings()).begin("K7", typed, date(2026, 11, 27), lambda: True)
    return places


def test_a_request_has_what_is_kept_and_knows_of_no_client(folders: cft_audio.Folders) -> None:
    request = cft_audio.request("short", as_person=True, client="k7", folders=folders)

    assert request.session.answers == {"name": "Robin"}
    assert request.session.length_s == 90.0
    assert request.voicing.pronounce == {"Robin": "ROB-in"}
    assert cft_audio.from_object(cft_audio.as_object(request)) == request
    assert not hasattr(request, "client")
    longer = cft_audio.request("short", as_person=True, client="K7", minutes=1.2, folders=folders)
    assert longer.session.length_s == 72.0


def test_what_is_made_in_a_clients_folders_is_kept_and_noted_with_them(
    folders: cft_audio.Folders,
) -> None:
    theirs = cft_audio.for_client("K7", folders=folders)
    request = cft_audio.request("short", as_person=True, client="K7", folders=theirs)
    made = cft_audio.build(request, "output", folders=theirs)
    kept = folders.data / "clients" / "K7"

    assert made.file.name == "short-k7-1m30s.mp3"
    assert len(list((kept / "takes").glob("??/*.take"))) == 2
    [note] = (kept / "made.jsonl").read_text().splitlines()
    assert json.loads(note)["path"] == str(made.file.absolute())
    assert cft_audio.build(request, "output", folders=theirs).was_there
    assert len((kept / "made.jsonl").read_text().splitlines()) == 1


def test_a_client_of_whom_nothing_is_kept_is_an_error(folders: cft_audio.Folders) -> None:
    for ask in (
        lambda: cft_audio.for_client("B2", folders=folders),
        lambda: cft_audio.request("short", as_person=True, client="B2", folders=folders),
    ):
        with pytest.raises(cft_audio.CftAudioError) as caught:
            ask()
        assert caught.value.field == "client"
        assert "K7" not in str(caught.value)


def test_locked_clients_are_unlocked_by_their_passphrase(
    folders: cft_audio.Folders, quick_passphrases: None
) -> None:
    passphrase = "correct horse battery"  # noqa: S105 -- of this test
    lock_clients(folders, lambda: passphrase, keyring=False)

    with pytest.raises(LockedError, match="was not unlocked"):
        cft_audio.for_client("K7", folders=folders)
    with pytest.raises(LockedError, match="does not open"):
        cft_audio.unlocked("another one", folders=folders)
    opened = cft_audio.unlocked(passphrase, folders=folders)
    theirs = cft_audio.for_client("K7", folders=opened)
    request = cft_audio.request("short", as_person=True, client="K7", folders=theirs)
    assert request.session.answers == {"name": "Robin"}
    # What another machine is given to make holds nothing that opens anything.
    with open_plan(request, theirs, ignore_progress, lambda _: None) as (plan, voices):
        clips = {placed.line: voices.known(placed.line).recipe for placed in plan.timeline.speech}
        prepared = prepare(plan, voices, theirs)
    takes = carry(clips.values(), Caches.open(theirs))
    given = RecordingToMake(prepared, clips, FolderTarget(Path("made")), "one.mp3", takes=takes)
    assert b"AGE-SECRET-KEY" not in pickle.dumps(given)
    assert b"AGE-SECRET-KEY" in pickle.dumps(theirs)
