"""`cft-audio inspect`: what a sound file is and holds, and how to make it again."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from foreign_sounds import write_wave
from imageio_ffmpeg import get_ffmpeg_exe
from mutagen.mp3 import MP3
from program_runs import SHORT, Machine, digest, loudness_and_peak

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED = ("build", "short.md", "--name", "Zebedee", "-m", "1:30", "--bed", "rain", "--variant", "3")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, warm_home: Path) -> Machine:
    """A machine where a recording was made, with its name and without."""
    machine = Machine(tmp_path_factory.mktemp("inspect"), warm_home)
    (machine.folder / "short.md").write_text(SHORT)
    machine.run(*ASKED, "-o", "a.mp3")
    machine.run(*ASKED, "--no-name", "-o", "nameless.mp3")
    return machine


def made_again(machine: Machine, file: str, fill_in: Callable[[str], str] = str) -> Path:
    """Make a recording by the line that is told for it, and return the new one."""
    line = machine.run("inspect", file).stdout.split("Make it again:\n")[1].splitlines()[0]
    epoch, program, *arguments = shlex.split(fill_in(line))
    assert program == "cft-audio"
    machine.environment["SOURCE_DATE_EPOCH"] = epoch.removeprefix("SOURCE_DATE_EPOCH=")
    again = machine.folder / f"again-{Path(file).name}"
    machine.run(*arguments, "-o", again.name, "--force")
    return again


@pytest.mark.slow
def test_the_line_that_is_told_makes_the_same_bytes(built: Machine) -> None:
    """A script of one's own is named in capitals: its file's name may tell of anybody."""
    (built.folder / "SHORT.md").write_text(SHORT)
    again = made_again(built, "a.mp3", lambda line: line.replace("SHORT.md", "short.md"))

    assert digest(again) == digest(built.folder / "a.mp3")


@pytest.mark.slow
def test_once_capitals_are_filled_in_it_makes_the_same_bytes_without_a_name(built: Machine) -> None:
    def fill_in(line: str) -> str:
        assert "Zebedee" not in line
        return line.replace("SHORT.md", "short.md").replace("NAME", "Zebedee")

    told = built.run("inspect", "nameless.mp3").stdout
    again = made_again(built, "nameless.mp3", fill_in)

    assert "fill in what is in capitals" in told
    assert "Zebedee" not in told
    assert digest(again) == digest(built.folder / "nameless.mp3")


@pytest.mark.slow
@pytest.mark.parametrize(
    "options",
    [
        ("--format", "m4b", "--title", "Tonight", "--artist", "Dr Lee"),
        ("--format", "opus", "--pattern", "box", "--channels", "mono"),
        ("--preset", "archive", "--breaths-per-minute", "5.5", "--ratio", "4:0:6:0"),
        ("--preset", "phone", "--pronounce", "Zebedee=ZEB-a-dee", "--cover", "none"),
        ("--format", "wav", "--bell-every", "1", "--bed-level", "soft"),
    ],
    ids=" ".join,
)
def test_the_line_makes_the_same_bytes_however_it_was_asked(
    built: Machine, options: tuple[str, ...]
) -> None:
    file = Path(built.json(*ASKED, *options, "-o", "asked")["file"])
    line = built.json("inspect", str(file))["command"].replace("SHORT.md", "short.md")
    again = built.json(*shlex.split(line)[1:], "-o", "again")["file"]

    assert digest(built.folder / again) == digest(built.folder / file)


@pytest.mark.slow
def test_what_is_found_agrees_with_what_others_measure(built: Machine) -> None:
    found = built.json("inspect", "a.mp3")
    lufs, dbtp = loudness_and_peak(built.folder / "a.mp3")
    plan = built.json(*ASKED, "--dry-run")

    assert found["length_s"] == pytest.approx(90, abs=0.05)
    assert found["loudness_lufs"] == pytest.approx(lufs, abs=0.2)
    assert found["true_peak_dbtp"] == pytest.approx(dbtp, abs=0.5)
    assert found["kind"].startswith("mp3, mp3, 44100 Hz, stereo, 128 kb/s")
    assert found["missing_s"] == 0
    assert [one["title"] for one in found["chapters"]] == [c["title"] for c in plan["chapters"]]
    for one, planned in zip(found["chapters"], plan["chapters"], strict=True):
        assert one["start_s"] == pytest.approx(planned["start_s"], abs=0.001)
    (lyrics,) = MP3(built.folder / "a.mp3").tags.getall("SYLT")
    spoken = sum(len(text.split()) for text, _ in lyrics.text)
    assert found["words_per_minute"] == pytest.approx(spoken / 1.5, rel=0.05)
    assert found["cover"] == "mjpeg, 1000 by 1000"
    assert found["personal"] is True
    assert found["tags"]["title"] == "Hello, for Zebedee"
    assert 0 < found["silence_share"] < 1


def test_a_page_tells_the_same_to_read(built: Machine) -> None:
    page = built.run("inspect", "a.mp3").stdout

    for words in ("1:30 long", "LUFS", "a minute", "chapters", "Breathing", "personal is spoken"):
        assert words in page


def test_a_recording_that_broke_off_says_how_much_is_missing(built: Machine) -> None:
    whole = (built.folder / "a.mp3").read_bytes()
    (built.folder / "cut.mp3").write_bytes(whole[: len(whole) * 3 // 4])

    assert built.json("inspect", "cut.mp3")["missing_s"] > 10
    assert "is missing at its end" in built.run("inspect", "cut.mp3").stdout


def test_any_sound_file_is_measured_and_taken_as_personal(built: Machine) -> None:
    tone = 0.1 * np.sin(2 * np.pi * 997 * np.arange(44_100 * 8) / 44_100)
    tone[44_100 * 4 :] = 0
    write_wave(tone, built.folder / "tone.wav", 44_100)
    found = built.json("inspect", "tone.wav")

    assert found["length_s"] == pytest.approx(8, abs=0.01)
    # A sine of 0 dBFS in both channels is at -0.69 LUFS less the 3 dB of its crest and 3 of two.
    assert found["loudness_lufs"] == pytest.approx(-20, abs=0.3)
    assert found["true_peak_dbtp"] == pytest.approx(-20, abs=0.2)
    assert found["silence_share"] == pytest.approx(0.5, abs=0.13)
    assert found["breaths_per_minute"] is None
    assert found["command"] is None
    assert found["personal"] is True
    assert found["words_per_minute"] is None
    assert "not found" in built.run("inspect", "tone.wav").stdout


def test_silence_has_no_loudness(built: Machine) -> None:
    write_wave(np.zeros(44_100 * 3), built.folder / "nothing.wav", 44_100)

    assert built.json("inspect", "nothing.wav")["loudness_lufs"] is None
    assert "silent throughout" in built.run("inspect", "nothing.wav").stdout


def text_file(file: Path) -> None:
    file.write_text("It is late, and the kettle is on.\n" * 50)


def empty_file(file: Path) -> None:
    file.touch()


def folder(file: Path) -> None:
    file.mkdir()


def picture(file: Path) -> None:
    run_ffmpeg("-f", "lavfi", "-i", "testsrc=d=1:s=64x64", "-frames:v", "1", "-f", "mjpeg", file)


def video(file: Path) -> None:
    pictures = ("-f", "lavfi", "-i", "testsrc=d=2:s=64x64:r=5")
    run_ffmpeg(*pictures, "-f", "lavfi", "-i", "sine=d=2", "-f", "matroska", "-c:v", "mjpeg", file)


def head_of_an_mp4(file: Path) -> None:
    run_ffmpeg("-f", "lavfi", "-i", "sine=d=5", "-f", "ipod", file)
    file.write_bytes(file.read_bytes()[:600])


def zeros(file: Path) -> None:
    file.write_bytes(bytes(5000))


def missing(_: Path) -> None: ...


def run_ffmpeg(*arguments: str | Path) -> None:
    subprocess.run([get_ffmpeg_exe(), "-v", "error", *arguments], check=True)


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (text_file, ""),
        (empty_file, "it is empty"),
        (folder, "it is a folder"),
        (missing, "there is no such file"),
        (picture, ""),
        (video, "it is a video"),
        (head_of_an_mp4, ""),
        (zeros, ""),
    ],
)
@pytest.mark.parametrize("name", ["broken.mp3", "broken.m4a"])
def test_what_is_no_sound_is_told_in_one_sentence(
    built: Machine, tmp_path: Path, name: str, write: Callable[[Path], None], reason: str
) -> None:
    write(tmp_path / name)
    refused = built.run("inspect", str(tmp_path / name), status=1)

    assert reason in refused.stderr
    assert f"cft-audio: {tmp_path / name}: " in refused.stderr
    assert "fault in the program" not in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert refused.stdout == ""
