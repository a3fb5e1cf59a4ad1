"""The README's promises that no command of it shows: its ways in, and the minute to hear first."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mutagen.id3 import ID3
from program_runs import decoded_seconds, loudness_and_peak

if TYPE_CHECKING:
    from program_runs import Machine

CHECKOUT = Path(__file__).parents[2]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
SAMPLE = "docs/sample/one-minute.mp3"


def blocks(language: str) -> list[list[str]]:
    """Return the lines of every block of ``language``."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return [block.strip().splitlines() for block in found]


def as_posix(line: str) -> str:
    """Return a line for Windows as it is on macOS and Linux."""
    line = re.sub(r"^py -3(\.\d+)? ", "python3 ", line)
    return re.sub(
        r"\.venv\\Scripts\\([\w\\-]+)",
        lambda path: f".venv/bin/{path[1].replace(chr(92), '/')}",
        line,
    )


def test_every_block_is_run_by_ci_or_held_here() -> None:
    marks = re.findall(r"^```(.+)$", README, re.MULTILINE)

    assert set(marks) <= {"sh", "python", "powershell"}


def test_the_lines_for_windows_are_those_that_ci_runs_in_windows_own_form() -> None:
    (windows,) = blocks("powershell")
    tried = blocks("sh")

    assert windows[0].startswith("py -3")
    assert [as_posix(line) for line in windows] in [block[0].split(" && ") for block in tried]
    for line in windows:
        # PowerShell before 7 knows no &&, and no line of ours goes on in the next.
        assert not re.search(r"&&|\.venv/|python3|`|\\$", line)


def test_there_is_a_way_in_for_every_system_and_installer() -> None:
    commands = [line for block in blocks("sh") for line in block]

    assert commands[0].startswith("python3 -m venv .venv && ")
    assert "pipx install ." in commands
    assert "uv tool install ." in commands
    for word in ("Windows", "macOS", "Linux", "Download ZIP", "python.org", " MB of disk"):
        assert word in README


def test_what_it_is_and_the_tour_come_before_the_tests() -> None:
    order = ["What this is, and is not", "Installing it", "The tour", "The tests", "Licence"]
    headings = re.findall(r"^## (.+)$", README, re.MULTILINE)

    assert [heading for heading in headings if heading in order] == order
    assert README.split("\n\n")[1].startswith("You get an MP3")
    assert README.index(SAMPLE) < README.index("## Installing it")


def test_the_versions_of_python_that_it_names_are_those_that_the_package_names() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"Python :: (3\.\d+)", " ".join(project["classifiers"]))
    (told,) = re.findall(r"^You need .*?((?:3\.\d+(?:, | or |))+)", README, re.MULTILINE)

    assert re.findall(r"3\.\d+", told) == named


def make_sample(machine: Machine) -> Path:
    """Make the sample as the README says, from a copy of its script."""
    (command,) = (line for block in blocks("sh") for line in block if SAMPLE in line)
    program, *arguments = shlex.split(command)
    script = Path(SAMPLE).with_suffix(".md")
    (machine.folder / script).parent.mkdir(parents=True)
    (machine.folder / script).write_bytes((CHECKOUT / script).read_bytes())
    assert program == "cft-audio"
    machine.run("check", str(script))
    machine.run(*arguments)
    return machine.folder / SAMPLE


@pytest.mark.slow
def test_the_sample_is_a_minute_at_the_usual_loudness_and_tagged(machine: Machine) -> None:
    """The one that is kept, and the one that the README's command makes today.

    Where their words differ, run that command and commit what it makes.
    """
    transcripts = []
    for file in (CHECKOUT / SAMPLE, make_sample(machine)):
        tags, (loudness, peak) = ID3(file), loudness_and_peak(file)

        assert decoded_seconds(file) == pytest.approx(60.0, abs=1.0)
        assert -21.0 < loudness < -18.0
        assert "voice -18.0" in str(tags["TXXX:cft-audio levels"])
        assert peak < -1.0
        assert file.stat().st_size < 1_000_000
        assert "for Sam" in str(tags["TIT2"])
        assert len(tags.getall("CHAP")) == 3
        transcripts.append(str(tags.getall("USLT")[0]))
    kept, made = transcripts
    assert kept == made
    assert "Hello, Sam" in made
