"""Two recordings never fight for one name: each tells what makes it differ from the other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mutagen.mp3 import MP3
from program_runs import HELLO, SHORT, digest

if TYPE_CHECKING:
    from program_runs import Machine

HELLO_SAM = ("build", "hello.md", "--name", "Sam")


@pytest.fixture
def folder(machine: Machine) -> Path:
    """The folder that recordings go to, beside a practice of a few seconds."""
    (machine.folder / "hello.md").write_text(HELLO)
    (machine.folder / "short.md").write_text(SHORT)
    return machine.folder / "output"


def made(machine: Machine, *arguments: str) -> tuple[str, str]:
    """Return the name of what a command makes, and whether it was made or there already."""
    found = machine.json(*arguments)
    return Path(found["file"]).name, found["state"]


def test_the_same_request_again_is_told_to_be_made_already(machine: Machine, folder: Path) -> None:
    first = machine.json(*HELLO_SAM)
    before = (folder / "hello-sam.mp3").stat().st_mtime_ns
    again = machine.run(*HELLO_SAM)

    assert "hello-sam.mp3" in again.stdout
    assert "made already" in again.stdout
    assert (folder / "hello-sam.mp3").stat().st_mtime_ns == before
    assert machine.json(*HELLO_SAM) == first | {"state": "kept"}
    assert made(machine, *HELLO_SAM, "--force") == ("hello-sam.mp3", "made")


def test_the_same_is_found_again_in_a_format_that_has_room_for_tags_beforehand(
    machine: Machine, folder: Path
) -> None:
    asked = (*HELLO_SAM, "--format", "flac", "--cover", "none")
    assert made(machine, *asked) == ("hello-sam.flac", "made")
    assert made(machine, *asked) == ("hello-sam.flac", "kept")


def test_a_copy_that_broke_off_is_not_taken_for_the_recording(
    machine: Machine, folder: Path
) -> None:
    machine.run(*HELLO_SAM)
    recording = folder / "hello-sam.mp3"
    whole = recording.read_bytes()
    recording.write_bytes(whole[: len(whole) * 3 // 4])

    assert made(machine, *HELLO_SAM) == ("hello-sam-2.mp3", "made")
    assert made(machine, *HELLO_SAM) == ("hello-sam-2.mp3", "kept")
    assert (folder / "hello-sam-2.mp3").read_bytes() == whole


@pytest.mark.slow
def test_a_name_tells_what_differs(machine: Machine, folder: Path) -> None:
    machine.run(*HELLO_SAM, "-q")
    names = {
        ("--variant", "2"): "hello-sam-variant-2.mp3",
        ("--for", "sleep"): "hello-sam-for-sleep.mp3",
        ("--for", "anxiety,sleep"): "hello-sam-for-anxiety-sleep.mp3",
        ("--pace", "slow"): "hello-sam-slow.mp3",
        ("--pattern", "box"): "hello-sam-4-4-4-4.mp3",
        ("--bed", "rain", "--tone", "none"): "hello-sam-no-tone-bed-rain.mp3",
        ("--bitrate", "320", "--loudness", "-20"): "hello-sam-20-lufs-320-kbps.mp3",
    }
    for options, name in names.items():
        assert made(machine, *HELLO_SAM, *options) == (name, "made")
        assert made(machine, *HELLO_SAM, *options) == (name, "kept")
    assert made(machine, *HELLO_SAM, "--for", "sleep", "--variant", "2") == (
        "hello-sam-variant-2-for-sleep.mp3",
        "made",
    )
    assert len(list(folder.iterdir())) == len(names) + 2


def test_the_usual_one_tells_itself_from_a_special_one_that_was_first(
    machine: Machine, folder: Path
) -> None:
    del folder
    machine.run(*HELLO_SAM, "--for", "sleep", "--bed", "rain", "-q")

    assert made(machine, *HELLO_SAM) == ("hello-sam-unadapted-bed-brown.mp3", "made")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("--name", "Zoe", "--pronounce", "Zoe=ZOH-ee"),
            ("--name", "Zoë", "--pronounce", "Zoë=ZOH"),
        ),
        (("--name", "Zoe"), ("--name", "Zoé")),
        (("--name", "Ana", "--no-name"), ("--name", "Ben", "--no-name")),
        (("--name", "Ana", "--no-name"), ("--name", "Ana", "--no-name", "--for", "low-mood")),
    ],
)
def test_a_second_listener_never_takes_the_name_of_the_first(
    machine: Machine, folder: Path, one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    script = HELLO.replace("Stop", "{% if for_low_mood %}Rest.{% endif %} Stop")
    (machine.folder / "hello.md").write_text(script)
    first, _ = made(machine, "build", "hello.md", *one)
    before = digest(folder / first)
    second, _ = made(machine, "build", "hello.md", *other, "--force")

    assert second == f"{Path(first).stem}-2.mp3"
    assert digest(folder / first) == before
    assert made(machine, "build", "hello.md", *other) == (second, "kept")
    assert made(machine, "build", "hello.md", *one) == (first, "kept")


def test_something_else_of_that_name_is_left_alone(machine: Machine, folder: Path) -> None:
    folder.mkdir()
    (folder / "hello-sam.mp3").write_bytes(b"precious")
    (folder / "hello-sam-2.mp3").mkdir()

    assert made(machine, *HELLO_SAM, "--force") == ("hello-sam-3.mp3", "made")
    assert (folder / "hello-sam.mp3").read_bytes() == b"precious"


@pytest.mark.slow
def test_two_sound_files_of_ones_own_are_told_apart(machine: Machine, folder: Path) -> None:
    del folder
    beds = []
    for seconds in ("5", "6"):
        preview = ("preview", *HELLO_SAM[1:], "--seconds", seconds, "-o", f"{seconds}.wav")
        beds.append(machine.json(*preview, "--no-play")["file"])

    assert made(machine, *HELLO_SAM, "--bed", beds[0])[0] == "hello-sam.mp3"
    assert made(machine, *HELLO_SAM, "--bed", beds[1]) == ("hello-sam-2.mp3", "made")
    assert made(machine, *HELLO_SAM, "--bed", beds[0]) == ("hello-sam.mp3", "kept")


def test_a_name_that_was_asked_for_is_kept_to(machine: Machine, folder: Path) -> None:
    del folder
    machine.run(*HELLO_SAM, "-o", "mine.mp3", "-q")
    refused = machine.run(*HELLO_SAM, "--variant", "2", "-o", "mine.mp3", status=1).stderr

    assert "Choose another name with -o, or write over it with --force." in refused


@pytest.mark.slow
def test_a_preview_never_takes_the_place_of_another_sessions(
    machine: Machine, folder: Path
) -> None:
    preview = ("preview", "hello.md", "--name", "Sam", "--seconds", "2", "--no-play")

    def name(*more: str) -> str:
        return Path(machine.json(*preview, *more)["file"]).name

    assert name() == "hello-sam-preview.wav"
    assert name("--at", "0:01") == "hello-sam-preview.wav"
    assert name("--variant", "2") == "hello-sam-preview-variant-2.wav"
    assert name("--pronounce", "Sam=SOM") == "hello-sam-preview-2.wav"
    (folder / "hello-sam-preview.wav").write_bytes(b"changed by somebody")
    assert name() == "hello-sam-preview-3.wav"
    assert (folder / "hello-sam-preview.wav").read_bytes() == b"changed by somebody"


def test_no_name_keeps_what_it_is_told_for_out_of_tags_and_file_name(
    machine: Machine, folder: Path
) -> None:
    asked = (*HELLO_SAM, "--no-name", "--for", "low-mood,trauma-sensitive,sleep")
    name, _ = made(machine, *asked)
    tags = MP3(folder / name).tags
    told = " ".join(str(frame) for frame in tags.getall("TXXX"))

    assert "low-mood" not in told + name
    assert "trauma" not in told + name
    plain, _ = made(machine, *HELLO_SAM, "--no-name", "-o", "plain.mp3")
    usual = MP3(machine.folder / plain).tags["TXXX:cft-audio options"].text
    assert tags["TXXX:cft-audio options"].text == usual
    assert "low-mood" in str(MP3(folder / made(machine, *HELLO_SAM, "--for", "low-mood")[0]).tags)
