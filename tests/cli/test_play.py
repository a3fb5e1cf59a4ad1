"""Playing, with a stand-in for the system's player."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
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
    """Half a second of a tone, which a player may have played however soon it ends."""
    return write_tone(machine.folder / "-tone.wav", 0.5)


def write_tone(file: Path, length_s: float) -> Path:
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, 44_100, 0, "NONE", ""))
        tone = 8000 * np.sin(np.arange(round(44_100 * length_s)) / 16)
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

    assert decoded_seconds(silent.folder / "heard.wav") == pytest.approx(0.5, abs=0.1)


def test_ctrl_c_ends_the_playing_and_nothing_else(silent: Machine, sound: Path) -> None:
    # The half second is for the program: it has to be waiting for its player when Ctrl-C comes.
    script = "/bin/sleep 0.5; echo > started; exec /bin/sleep 600"
    install_player(silent, silent.folder / "bin", "ffplay", script)
    process = silent.start("play", str(sound))
    wait_until((silent.folder / "started").exists, process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)

    assert (process.returncode, err) == (0, "")


@pytest.mark.parametrize(
    ("player", "script"),
    [
        ("ffplay", "echo 'audio open failed' >&2"),
        ("ffplay", "echo 'SDL_OpenAudio (1 channels, 44100 Hz): Failed to open audio' >&2"),
        ("mpv", "echo '[ao] Failed to initialize audio driver'"),
        ("mpv", "echo 'Could not open/initialize audio device -> no sound.' >&2"),
        (
            "aplay",
            "echo 'aplay: main:830: audio open error: No such file or directory' >&2; exit 1",
        ),
        ("aplay", "echo 'ALSA lib confmisc.c:855: cannot find card 0' >&2"),
        ("aplay", "echo 'no soundcards found...' >&2"),
        ("paplay", "echo 'Connection failure: Connection refused' >&2; exit 1"),
        ("pw-play", "echo 'error: pw_context_connect() failed: Host is down' >&2"),
        ("afplay", "echo 'Error: AudioQueueStart failed (-66680)' >&2; exit 1"),
        ("afplay", "kill -9 $$"),
    ],
)
def test_a_player_that_stayed_silent_is_not_believed(
    silent: Machine, sound: Path, player: str, script: str
) -> None:
    """Whatever its status: each has a way of its own to say that it found no sound device."""
    install_player(silent, silent.folder / "bin", player, script)
    done = silent.run("play", "--json", "--", str(sound), status=1)

    assert json.loads(done.stdout)["error"] == "SoundError"
    assert "want of a sound device" in done.stderr


def test_a_player_that_ends_long_before_the_sound_did_not_play_it(silent: Machine) -> None:
    sound = write_tone(silent.folder / "long.wav", 3)
    install_player(silent, silent.folder / "bin", "ffplay", "exit 0")
    assert "could not be played" in silent.run("play", str(sound), status=1).stderr

    install_player(silent, silent.folder / "bin", "ffplay", "exec /bin/sleep 2.2")
    assert silent.json("play", str(sound)) == {"file": str(sound), "played": True}


def test_players_that_do_not_tell_are_tried_last(silent: Machine, sound: Path) -> None:
    for player in ("ffplay", "aplay", "paplay", "pw-play", "mpv", "afplay"):
        script = f"echo {player} >> tried; exit 1"
        install_player(silent, silent.folder / "bin", player, script)
    silent.run("play", str(sound), status=1)

    tried = (silent.folder / "tried").read_text().split()
    assert tried == ["afplay", "mpv", "pw-play", "paplay", "aplay", "ffplay"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("README.md", b"# Words\n\nand more words.", "no sound file, or it is damaged"),
        ("letter.txt", b"Dear Sam,", "no sound file, or it is damaged"),
        ("empty.mp3", b"", "no sound file, or it is damaged"),
        ("noise.mp3", bytes(range(256)) * 8, "no sound file, or it is damaged"),
        ("subtitles.srt", b"1\n00:00:01,000 --> 00:00:02,000\nhi\n", "there is no sound in it"),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n", "no sound"),
        ("header.wav", b"RIFF$\0\0\0WAVEfmt ", "it is"),
    ],
)
def test_what_is_no_sound_is_not_played(
    silent: Machine, name: str, content: bytes, why: str
) -> None:
    (silent.folder / name).write_bytes(content)
    install_player(silent, silent.folder / "bin", "mpv", "echo > tried")
    said = silent.run("play", name, status=1).stderr

    assert why in said
    assert "rror opening" not in said
    assert "Invalid data" not in said
    assert not (silent.folder / "tried").exists()


@pytest.mark.needs("ffplay")
def test_the_real_ffplay_without_a_sound_device_is_seen_through(
    machine: Machine, tmp_path: Path
) -> None:
    """It ends with status 0 there."""
    found = shutil.which("ffplay")
    assert found is not None
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "ffplay").symlink_to(found)
    machine.environment |= {"PATH": str(tmp_path / "bin"), "SDL_AUDIODRIVER": "alsa"}
    sound = write_tone(tmp_path / "tone.wav", 2)
    ended = subprocess.run(
        ["ffplay", "-nodisp", "-autoexit", str(sound)],  # noqa: S607 -- the one under test
        env=machine.environment | {"ALSA_CONFIG_PATH": "/dev/null"},
        capture_output=True,
        check=False,
    )
    if b"audio open failed" not in ended.stderr:
        pytest.skip("there is a sound device here")
    machine.environment["ALSA_CONFIG_PATH"] = "/dev/null"

    assert "want of a sound device" in machine.run("play", str(sound), status=1).stderr


def test_a_file_that_is_not_there_is_a_wrong_request(silent: Machine) -> None:
    assert "does not exist" in silent.run("play", "none.mp3", status=2).stderr
