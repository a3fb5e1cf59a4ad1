"""Playing, with a stand-in for the system's player."""

from __future__ import annotations

import signal
import sys
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from players import install_player
from program_runs import PATIENCE, Machine, decoded_seconds, ffmpeg, wait_until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")


@pytest.fixture
def silent(machine: Machine) -> Machine:
    """A machine without any player."""
    machine.environment["PATH"] = str(machine.folder / "nothing")
    return machine


@pytest.fixture
def sound(machine: Machine) -> Path:
    """Two seconds of a tone."""
    file = machine.folder / "-tone.wav"
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, 44_100, 0, "NONE", ""))
        tone = 8000 * np.sin(np.arange(88_200) / 16)
        out.writeframes(tone.astype("<i2").tobytes())
    return file


def test_a_player_is_given_the_file(silent: Machine, sound: Path) -> None:
    install_player(silent, silent.folder / "bin", "ffplay", 'printf "%s\\n" "$@" > heard')
    silent.run("play", "--", sound.name)

    heard = (silent.folder / "heard").read_text().splitlines()
    assert heard[-1] == str(sound)
    assert "-nodisp" in heard


def test_without_a_player_it_says_so_in_one_sentence_with_the_path(
    silent: Machine, sound: Path
) -> None:
    done = silent.run("play", str(sound), status=1)

    assert done.stderr.startswith(f"cft-audio: {sound}: no program that plays sound is installed")
    assert done.stderr.count("\n") == 1


def test_without_a_sound_device_it_says_so(silent: Machine, sound: Path) -> None:
    install_player(silent, silent.folder / "bin", "ffplay", "echo no device >&2; exit 1")
    done = silent.run("play", str(sound), status=1)

    assert "want of a sound device" in done.stderr
    assert str(sound) in done.stderr
    assert "no device" not in done.stderr


def test_a_player_that_fails_makes_room_for_the_next(silent: Machine, sound: Path) -> None:
    install_player(silent, silent.folder / "bin", "mpv", "exit 2")
    install_player(silent, silent.folder / "bin2", "aplay", 'echo "$@" > heard')
    silent.run("play", str(sound))

    assert (silent.folder / "heard").read_text() == f"-q {sound}\n"


def test_a_player_of_wav_alone_is_given_an_mp3_as_wav(silent: Machine, sound: Path) -> None:
    mp3 = silent.folder / "a.mp3"
    ffmpeg("-i", f"file:{sound}", str(mp3))
    install_player(silent, silent.folder / "bin", "aplay", "/bin/cat > heard.wav")
    silent.run("play", "a.mp3")

    assert decoded_seconds(silent.folder / "heard.wav") == pytest.approx(2.0, abs=0.1)


def test_ctrl_c_ends_the_playing_and_nothing_else(silent: Machine, sound: Path) -> None:
    install_player(silent, silent.folder / "bin", "ffplay", "echo > started; exec /bin/sleep 600")
    process = silent.start("play", str(sound))
    wait_until((silent.folder / "started").exists, process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)

    assert (process.returncode, err) == (0, "")


def test_a_file_that_is_not_there_is_a_wrong_request(silent: Machine) -> None:
    assert "does not exist" in silent.run("play", "none.mp3", status=2).stderr
