"""A stretch of a session, heard before all of it is made."""

from __future__ import annotations

import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from players import install_player
from program_runs import PRACTICE, Machine, decoded, decoded_seconds, digest

RATE = 44_100
SESSION = (PRACTICE, "--name", "Sam", "-m", "3", "--bed", "rain")


def audio(machine: Machine, name: str = "p.wav") -> np.ndarray:
    return decoded(machine.folder / name)[:, 0]


@pytest.mark.slow
def test_it_is_the_very_stretch_of_the_recording(machine: Machine) -> None:
    """Sample by sample, at its place and its level, once every line has been spoken."""
    machine.run("build", *SESSION, "-o", "a.mp3")
    chapters = machine.json("build", *SESSION, "--dry-run")["chapters"]
    found = machine.json(
        "preview",
        *SESSION,
        "--from",
        chapters[2]["title"].upper(),
        "--seconds",
        "20",
        "-o",
        "p.wav",
    )

    assert found["estimated_lines"] == 0
    assert found["start_s"] == pytest.approx(chapters[2]["start_s"], abs=0.001)
    assert found["duration_s"] == 20
    part = audio(machine)[: 18 * RATE]
    recording = audio(machine, "a.mp3")
    start = round(found["start_s"] * RATE)  # told to a tenth of a millisecond, 4 samples
    stretches = [recording[at : at + len(part)] for at in range(start - 3, start + 4)]
    whole = max(stretches, key=lambda stretch: np.corrcoef(part, stretch)[0, 1])
    assert np.corrcoef(part, whole)[0, 1] > 0.97
    level = 20 * np.log10(np.sqrt(np.mean(part**2)) / np.sqrt(np.mean(whole**2)))
    assert abs(level) < 0.5


@pytest.mark.slow
def test_only_the_lines_of_the_stretch_are_spoken(
    machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fresh = Machine(machine.folder, tmp_path_factory.mktemp("fresh"))
    session = (*SESSION, "--from", "2", "--seconds", "12")
    shown = fresh.run("preview", *session, "-o", "p.wav", "--no-play")
    spoken = fresh.json("cache")["clips"]
    again = fresh.json("preview", *session, "-o", "q.wav")

    assert "Not all lines outside it have been spoken yet" in shown.stderr
    assert 0 < spoken < 12
    assert fresh.json("cache")["clips"] == spoken
    assert again["estimated_lines"] > 5
    assert digest(machine.folder / "p.wav") == digest(machine.folder / "q.wav")
    true_start = machine.json("build", *SESSION, "--dry-run")["chapters"][1]["start_s"]
    assert again["start_s"] == pytest.approx(true_start, abs=5)


def test_a_place_may_be_named_and_its_end_is_the_sessions(machine: Machine) -> None:
    last = machine.json("preview", *SESSION, "--at", "2:50", "-o", "p.wav")
    first = machine.json("preview", *SESSION, "--seconds", "5", "-o", "q.mp3")

    assert (last["start_s"], last["duration_s"]) == (170, pytest.approx(10, abs=0.001))
    assert (first["start_s"], first["duration_s"]) == (0, 5)
    assert decoded_seconds(machine.folder / "p.wav") == pytest.approx(10, abs=0.001)
    assert decoded_seconds(machine.folder / "q.mp3") == pytest.approx(5, abs=0.1)


def test_it_begins_and_ends_without_a_click_in_a_wav_that_every_player_takes(
    machine: Machine,
) -> None:
    machine.run("preview", *SESSION, "--at", "1:00", "--seconds", "6", "-o", "p.wav", "-q")
    part = audio(machine)

    assert np.abs(part[:20]).max() < 0.02
    assert np.abs(part[-200:]).max() < 0.001
    with wave.open(str(machine.folder / "p.wav")) as file:
        assert file.getparams()[:4] == (2, 2, RATE, 6 * RATE)


@pytest.mark.slow
def test_a_preview_takes_the_place_of_the_one_before_but_of_nothing_else(machine: Machine) -> None:
    session = (*SESSION, "--seconds", "2", "--no-play")
    file = Path(machine.run("preview", *session).stdout.split("  ")[0])
    assert file == Path("output", f"{PRACTICE}-sam-3min-preview.wav")
    machine.run("preview", *session, "-q")
    assert machine.left_behind() == [str(file)]

    (machine.folder / "mine.wav").write_bytes(b"precious")
    refused = machine.run("preview", *session, "-o", "mine.wav", status=1).stderr
    assert "--force" in refused
    assert (machine.folder / "mine.wav").read_bytes() == b"precious"
    machine.run("preview", *session, "-o", "mine.wav", "--force")
    assert decoded_seconds(machine.folder / "mine.wav") == pytest.approx(2, abs=0.001)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")
def test_it_is_played_where_that_is_possible(machine: Machine) -> None:
    machine.environment["PATH"] = str(machine.folder / "nothing")
    session = (*SESSION, "--seconds", "1", "-o", "p.wav", "-f")
    assert "no program that plays sound" in machine.run("preview", *session).stderr

    install_player(machine, machine.folder / "bin", "mpv", 'echo "$@" > heard; exec /bin/sleep 0.5')
    assert machine.json("preview", *session)["played"] is True
    assert (machine.folder / "heard").read_text().endswith(f"{machine.folder / 'p.wav'}\n")
    assert machine.json("preview", *session, "--no-play")["played"] is False


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "nowhere"), "there is no chapter 'nowhere'. The chapters are: 1 Arriving, 2 "),
        (("--from", "99"), "there is no chapter '99'. The chapters are: 1 Arriving"),
        (("--at", "3:01"), "the session is over by 3:01. It lasts 3:00"),
        (("--at", "soon"), "'soon' is not a place in a recording"),
        (("--at", "1:00", "--from", "1"), "name two places"),
        (("--seconds", "0"), "--seconds"),
        (("--tone", "bells"), "--tone: 'bells' is not one of the choices"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_writes_nothing(
    machine: Machine, arguments: tuple[str, ...], message: str
) -> None:
    assert message in machine.run("preview", *SESSION, *arguments, status=2).stderr
    assert machine.left_behind() == []


def test_a_beginning_that_two_chapters_share_is_refused_but_for_a_whole_title(
    machine: Machine,
) -> None:
    (machine.folder / "mine.md").write_text(
        "---\ntitle: Mine\ntechnique: loving-kindness\n---\n"
        "## Kind words\n\nHello.\n\n## Kind\n\nStop at any time.\n"
    )
    refused = machine.run("preview", "mine.md", "--from", "kin", status=2).stderr
    found = machine.json("preview", "mine.md", "--from", "KIND", "--no-play")

    assert "more than one chapter begins with 'kin'" in refused
    assert "1 Kind words, 2 Kind." in refused
    assert found["chapter"] == "Kind"


def test_it_has_the_defaults_of_a_build(machine: Machine) -> None:
    machine.environment["XDG_CONFIG_HOME"] = str(machine.folder / "config")
    machine.configure('name = "Sam"\nminutes = 4\n')
    machine.environment["CFT_AUDIO_BUILD_BED"] = "none"
    found = machine.json("preview", PRACTICE, "--at", "3:55", "-o", "p.wav", "--no-play")

    assert found["duration_s"] == pytest.approx(5, abs=0.001)
    machine.run(
        *("preview", PRACTICE, "--name", "Sam", "-m", "4", "--bed", "none"),
        *("--at", "3:55", "-o", "q.wav", "--no-play"),
    )
    assert digest(machine.folder / "p.wav") == digest(machine.folder / "q.wav")
