"""Recordings that other machines make, which share nothing with this one but where they go."""

from __future__ import annotations

import wave
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from batch_cases import COLUMNS, SAYING, TWO, Desk

from cft_audio.application.batches import place
from cft_audio.application.batches.estimates import Estimates
from cft_audio.application.batches.run import Runners, Watch
from cft_audio.application.batches.work import MadeRecording, RecordingToMake, make_recording
from cft_audio.errors import OutputError
from cft_audio.files.targets import FolderTarget
from cft_audio.running.here import Here

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cft_audio.application.batches.orders import Order
    from cft_audio.application.batches.outcomes import RowOutcome

HANDOUT = ((*TWO[0], "html"),)
WITH_HANDOUT = (*COLUMNS, "with_handout")


def make_apart(
    desk: Desk,
    make: Callable[[RecordingToMake], MadeRecording],
    orders: Sequence[Order] | None = None,
) -> list[RowOutcome]:
    """Make a roster as if by another machine, which does ``make``."""
    runners = Runners(SAYING, Here(make), apart=True)
    batch = desk.batch(desk.orders() if orders is None else orders)
    return batch.run(runners, Estimates(), Watch(lambda _: None), anew=False)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_ARRIVES_S", 0.0)


def writes_to(folder: Path) -> Callable[[RecordingToMake], MadeRecording]:
    """Return what makes recordings on a machine where the folder of that path is another."""

    def make(given: RecordingToMake) -> MadeRecording:
        return make_recording(replace(given, target=FolderTarget(folder)))

    return make


@pytest.mark.slow
def test_another_machine_needs_nothing_of_this_one_but_what_it_is_given(desk: Desk) -> None:
    desk.make(desk.orders(HANDOUT, WITH_HANDOUT), output="alone")
    scripts = desk.folder / "scripts"

    def make(given: RecordingToMake) -> MadeRecording:
        assert (given.folders, given.scratch, given.shared) == (None, None, None)
        scripts.rename(desk.folder / "here alone")
        try:
            return make_recording(given)
        finally:
            (desk.folder / "here alone").rename(scripts)

    [outcome] = make_apart(desk, make, desk.orders(HANDOUT, WITH_HANDOUT))

    assert outcome.error is None
    files, alone = desk.files(), desk.files("alone")
    for name in ("K01/hello.mp3", "K01/hello-handout.html"):
        assert files[name] == alone[name]


@pytest.mark.usefixtures("impatient")
def test_a_folder_that_is_each_machines_own_ends_it_with_one_error(desk: Desk) -> None:
    with pytest.raises(OutputError, match=r"K01/hello\.mp3.*not there on this one") as told:
        make_apart(desk, writes_to(desk.folder / "theirs"))

    assert told.value.where == str(desk.folder / "out")
    assert "a share" in told.value.remedy
    assert not (desk.folder / "out").exists()


@pytest.mark.usefixtures("impatient")
def test_an_older_recording_of_its_name_is_not_taken_for_the_new_one(desk: Desk) -> None:
    desk.make()
    orders = desk.orders([(code, "Una", practice) for code, _, practice in TWO])

    with pytest.raises(OutputError, match="not there on this one"):
        make_apart(desk, writes_to(desk.folder / "theirs"), orders)


def test_a_share_may_take_a_while_to_show_what_was_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "_ARRIVES_S", 5.0)
    theirs, late = desk.folder / "theirs", list[str]()

    def digest(target: FolderTarget, name: str) -> str | None:
        found = FolderTarget(theirs)
        if not late:
            late.append(name)
            return None
        return found.read(name) and usual(found, name)

    usual = FolderTarget.digest
    monkeypatch.setattr(FolderTarget, "digest", digest)
    monkeypatch.setattr(FolderTarget, "size", lambda _, name: FolderTarget(theirs).read(name))

    outcomes = make_apart(desk, writes_to(theirs))
    assert [outcome.state for outcome in outcomes] == ["made", "made"]


def test_a_sound_of_ones_own_has_to_be_the_same_there(desk: Desk) -> None:
    sound = desk.folder / "hum.wav"
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, 44_100, 0, "NONE", ""))
        file.writeframes(np.resize(np.arange(-2000, 2000, 40), 400_000).astype("<i2").tobytes())
    orders = desk.orders([(*TWO[0], str(sound))], (*COLUMNS, "bed"))

    def another(given: RecordingToMake) -> MadeRecording:
        sound.write_bytes(sound.read_bytes() + b"\0\0")
        return make_recording(given)

    [refused] = make_apart(desk, another, orders)
    assert "is another, on a machine of the cluster" in str(refused.error)
    [made] = make_apart(desk, make_recording, orders)
    assert made.error is None


def test_a_line_that_is_lost_before_it_travels_is_spoken_once_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cft_audio.application.batches import run
    from cft_audio.errors import LostTakeError

    usual, lost = run.carry, []

    def carry(*given: object) -> object:
        if not lost:
            lost.append(given)
            raise LostTakeError("a spoken line was removed while it was needed")
        return usual(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "carry", carry)
    outcomes = make_apart(desk, make_recording)
    assert [outcome.state for outcome in outcomes] == ["made", "made"]
