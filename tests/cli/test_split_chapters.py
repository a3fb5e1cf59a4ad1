"""`--split-chapters`: a numbered folder of chapters, whole or not at all."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from mutagen.flac import FLAC
from program_runs import PATIENCE, SHORT, decoded, wait_until

if TYPE_CHECKING:
    from program_runs import Machine

ASKED = ("build", "short.md", "--name", "Sam", "-m", "1:30", "--bed", "rain")
SPLIT = (*ASKED, "--split-chapters", "--format", "flac")
RATE = 44_100


@pytest.fixture
def short(machine: Machine) -> Machine:
    (machine.folder / "short.md").write_text(SHORT)
    return machine


def chapters(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.flac"))


@pytest.mark.slow
def test_the_chapters_together_are_the_whole_recording(short: Machine) -> None:
    """At the same level, and to the sample."""
    short.run(*ASKED, "-o", "whole.flac")
    found = short.json(*SPLIT)
    folder = short.folder / found["file"]
    whole = decoded(short.folder / "whole.flac")
    files = chapters(folder)
    pieces = np.concatenate([decoded(file) for file in files])

    assert found["duration_s"] == pytest.approx(90, abs=0.001)
    assert folder.name == "short-sam-1m30s"
    assert [file.name for file in files] == ["1 Hello.flac", "2 Breathing.flac"]
    assert len(pieces) == len(whole) == 90 * RATE
    assert np.abs(pieces - whole).max() <= 1 / 32_767


def test_each_chapter_is_a_track_with_words_of_its_own(short: Machine) -> None:
    files = chapters(short.folder / short.json(*SPLIT)["file"])
    first, second = (FLAC(file) for file in files)

    assert [tag["title"] for tag in (first, second)] == [["Hello"], ["Breathing"]]
    assert [tag["tracknumber"] for tag in (first, second)] == [["1"], ["2"]]
    assert first["album"] == second["album"] == ["Hello, for Sam"]
    assert "nothing to get right" in " ".join(first["lyrics"])
    assert "nothing to get right" not in " ".join(second["lyrics"])
    assert "making this time" in " ".join(second["lyrics"])


@pytest.mark.slow
def test_the_same_again_is_kept_and_made_anew_by_force_alone(short: Machine) -> None:
    first = short.json(*SPLIT)
    before = [f.read_bytes() for f in chapters(short.folder / first["file"])]
    again = short.json(*SPLIT)
    forced = short.json(*SPLIT, "--force")

    assert (again["file"], again["state"]) == (first["file"], "kept")
    assert (forced["file"], forced["state"]) == (first["file"], "made")
    assert [f.read_bytes() for f in chapters(short.folder / forced["file"])] == before


@pytest.mark.slow
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_what_else_lies_in_the_folder_is_left_as_it_is(
    short: Machine, force: tuple[str, ...]
) -> None:
    folder = short.folder / short.json(*SPLIT)["file"]
    (folder / "diary.txt").write_text("mine")
    again = short.json(*SPLIT, *force)

    assert (folder / "diary.txt").read_text() == "mine"
    assert again["file"].endswith("short-sam-1m30s-2")
    assert len(chapters(folder)) == 2


def test_a_folder_of_somebody_elses_is_left_as_it_is(short: Machine) -> None:
    mine = short.folder / "output" / "short-sam-1m30s"
    mine.mkdir(parents=True)
    (mine / "1 Hello.flac").write_text("precious")
    made = short.json(*SPLIT)["file"]

    assert made.endswith("short-sam-1m30s-2")
    assert [p.read_text() for p in mine.iterdir()] == ["precious"]


def test_the_words_of_the_whole_come_into_the_folder(short: Machine) -> None:
    made = short.json(*SPLIT, "--with-text", "txt")
    again = short.json(*SPLIT, "--with-text", "txt", "--force")

    assert [Path(file).name for file in made["beside"]] == ["short-sam-1m30s.txt"]
    text = (short.folder / made["beside"][0]).read_text(encoding="utf-8")
    assert "Thank you for making this time, Sam." in text
    assert again["file"] == made["file"]


@pytest.mark.parametrize("output", ["a.mp3", "-"])
def test_several_files_are_not_given_the_name_of_one(short: Machine, output: str) -> None:
    refused = short.run(*ASKED, "--split-chapters", "-o", output, status=2)

    assert "file" in refused.stderr
    assert short.left_behind() == ["short.md"]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_leaves_nothing_behind(short: Machine, number: int) -> None:
    long = ("build", "soothing-rhythm-breathing", "--name", "Sam", "-m", "3")
    process = short.start(*long, "--split-chapters", "--format", "flac")
    wait_until(
        lambda: any(file.stat().st_size > 50_000 for file in short.folder.rglob("*Arriving*")),
        process,
    )
    process.send_signal(number)
    _, err = process.communicate(timeout=PATIENCE)

    assert process.returncode == 128 + number, err
    assert "Traceback" not in err
    assert short.left_behind() == ["short.md"]
    assert [*(short.folder / "output").iterdir()] == []
