"""The promises of the program, kept by its public command on real files."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from imageio_ffmpeg import get_ffmpeg_exe

PRACTICE = "soothing-rhythm-breathing"


class Machine:
    """A machine of its own for the program: a home, a cache and a folder to work in."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = home
        self.environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "CFT_"))
        }
        self.environment |= {"HOME": str(home), "SOURCE_DATE_EPOCH": "1800000000"}

    def start(self, *arguments: str, **extra: Any) -> subprocess.Popen[str]:
        """Start the program."""
        return subprocess.Popen(
            [sys.executable, "-m", "cft_audio", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **extra,
        )

    def run(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Run the program to its end, which has to be ``status``."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=300)
        assert process.returncode == status, err
        assert "Traceback" not in err
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def json(self, *arguments: str) -> Any:
        """Run the program and read what it prints."""
        return json.loads(self.run(*arguments, "--json").stdout)

    def left_behind(self) -> list[str]:
        """Return every file in the folder it worked in."""
        return sorted(
            str(p.relative_to(self.folder)) for p in self.folder.rglob("*") if p.is_file()
        )


@pytest.fixture(scope="session")
def warm_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose clip cache is shared by the tests, as a person's own would be."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def machine(tmp_path: Path, warm_home: Path) -> Machine:
    return Machine(tmp_path, warm_home)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def ffmpeg(*arguments: str) -> str:
    done = subprocess.run(
        [get_ffmpeg_exe(), "-hide_banner", *arguments], capture_output=True, text=True, check=False
    )
    return done.stderr


def decoded_seconds(path: Path) -> float:
    pcm = subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-f", "s16le", "-ac", "1", "-"],
        capture_output=True,
        check=True,
    ).stdout
    return len(pcm) / 2 / 44_100


def loudness_and_peak(path: Path) -> tuple[float, float]:
    report = ffmpeg("-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-")
    summary = report[report.rindex("Summary:") :]
    integrated = float(re.search(r"I:\s+(-?[\d.]+) LUFS", summary)[1])
    peak = float(re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)[1])
    return integrated, peak


@pytest.mark.parametrize("minutes", ["3", "4:30", "7.5"])
def test_the_recording_is_as_long_and_as_loud_as_asked(machine: Machine, minutes: str) -> None:
    found = machine.json("build", PRACTICE, "--name", "Sam", "-m", minutes, "-o", "a.mp3")
    asked = {"3": 180.0, "4:30": 270.0, "7.5": 450.0}[minutes]

    file = machine.folder / "a.mp3"
    integrated, peak = loudness_and_peak(file)
    assert decoded_seconds(file) == pytest.approx(asked, abs=0.1)
    assert integrated == pytest.approx(-18.0, abs=0.5)
    assert peak <= -1.0
    assert found["duration_s"] == pytest.approx(asked, abs=0.001)
    assert found["loudness_lufs"] == pytest.approx(integrated, abs=0.2)
    assert found["true_peak_dbtp"] == pytest.approx(peak, abs=0.5)
    assert Path(found["file"]).name == "a.mp3"


def test_another_loudness_is_met_too(machine: Machine) -> None:
    machine.run("build", PRACTICE, "--name", "Sam", "-m", "3", "--loudness", "-23", "-o", "a.mp3")

    assert loudness_and_peak(machine.folder / "a.mp3")[0] == pytest.approx(-23.0, abs=0.5)


def test_the_same_request_gives_the_same_bytes_cold_and_warm(
    machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    arguments = ("build", PRACTICE, "--name", "Sam", "-m", "3", "--tone", "ocean", "--bed", "rain")
    machine.run(*arguments, "-o", "warm.mp3")
    cold = Machine(machine.folder, tmp_path_factory.mktemp("cold"))
    cold.run(*arguments, "-o", "cold.mp3")

    assert digest(machine.folder / "warm.mp3") == digest(machine.folder / "cold.mp3")


def test_two_builds_at_once_share_a_cache(
    machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fresh = Machine(machine.folder, tmp_path_factory.mktemp("shared"))
    arguments = ("build", PRACTICE, "--name", "Robin", "-m", "3")
    both = [fresh.start(*arguments, "-o", f"{n}.mp3") for n in range(2)]

    for process in both:
        _, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
    assert digest(machine.folder / "0.mp3") == digest(machine.folder / "1.mp3")


def test_the_dry_run_tells_the_whole_plan_and_writes_nothing(machine: Machine) -> None:
    plan = machine.json("build", PRACTICE, "--name", "Sam", "-m", "5", "--dry-run")

    assert plan["practice"] == plan["technique"] == PRACTICE
    assert plan["duration_s"] == pytest.approx(300, abs=0.001)
    assert plan["breaths_per_minute"] == 6.0
    assert plan["chapters"][0]["start_s"] == 0
    position = 0.0
    for event in plan["events"]:
        assert event["start_s"] == pytest.approx(position, abs=0.001)
        assert event["type"] in ("say", "pause", "breathe", "chime")
        assert ("text" in event) == (event["type"] == "say")
        assert ("breaths" in event) == (event["type"] == "breathe")
        position = event["start_s"] + event["duration_s"]
    assert position == pytest.approx(300, abs=0.001)
    assert "Sam" in " ".join(event.get("text", "") for event in plan["events"])
    assert machine.left_behind() == []


@pytest.mark.parametrize(
    "name", ["[breathe 999]", "{{ 7*7 }}", "## x", '(a)[ipa:"b"]', "; rm -rf ~", "../../etc", "😀"]
)
def test_a_hostile_name_is_spoken_and_names_a_harmless_file(machine: Machine, name: str) -> None:
    found = machine.json("build", PRACTICE, f"--name={name}", "-m", "3", "-o", "out")

    assert Path(found["file"]).parent.name == "out"
    assert re.fullmatch(r"[a-z0-9-]+\.mp3", Path(found["file"]).name)
    assert decoded_seconds(machine.folder / found["file"]) == pytest.approx(180, abs=0.1)
    plan = machine.json("build", PRACTICE, f"--name={name}", "-m", "3", "--dry-run")
    assert any(name in event.get("text", "") for event in plan["events"])


def test_no_name_keeps_the_name_out_of_the_file_and_all_it_holds(machine: Machine) -> None:
    found = machine.json("build", PRACTICE, "--name", "Zebedee", "-m", "3", "--no-name")

    file = machine.folder / found["file"]
    assert "zebedee" not in file.name.lower()
    content = file.read_bytes()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        assert "Zebedee".encode(encoding) not in content


def test_an_existing_file_is_kept_without_force(machine: Machine) -> None:
    file = machine.folder / "a.mp3"
    file.write_bytes(b"precious")
    done = machine.run("build", PRACTICE, "--name", "Sam", "-m", "3", "-o", "a.mp3", status=1)

    assert file.read_bytes() == b"precious"
    assert "--force" in done.stderr
    machine.run("build", PRACTICE, "--name", "Sam", "-m", "3", "-o", "a.mp3", "--force")
    assert file.read_bytes() != b"precious"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_leaves_nothing_behind(machine: Machine, number: int) -> None:
    process = machine.start("build", PRACTICE, "--name", "Sam", "-m", "60", "-o", "out/a.mp3")
    _wait_for_encoding(machine)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)

    assert process.returncode == 130
    assert "Traceback" not in err
    assert machine.left_behind() == []


def test_a_killed_build_leaves_no_recording_and_the_next_one_works(machine: Machine) -> None:
    process = machine.start("build", PRACTICE, "--name", "Sam", "-m", "60", "-o", "out/a.mp3")
    _wait_for_encoding(machine)
    process.kill()
    process.communicate(timeout=60)

    assert not list(machine.folder.rglob("*.mp3"))
    machine.run("build", PRACTICE, "--name", "Sam", "-m", "3", "-o", "out/a.mp3")


def _wait_for_encoding(machine: Machine) -> None:
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline:
        if any(p.stat().st_size > 100_000 for p in machine.folder.rglob("*.part")):
            return
        time.sleep(0.05)
    pytest.fail("the encoder never started")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("build",), 2, "Missing argument 'PRACTICE'"),
        (("biuld",), 2, "Did you mean 'build'?"),
        (("build", "soothing"), 2, "there is no practice called 'soothing'"),
        (("build", PRACTICE), 2, "also needs --name"),
        (("build", PRACTICE, "--name", "S", "-m", "x"), 2, "'x' is not a length"),
        (("build", PRACTICE, "--name", "S", "-m", "0:30"), 2, "Ask for a length from"),
        (("build", PRACTICE, "--name", "S", "-m", "999"), 2, "Ask for a length from"),
        (("build", PRACTICE, "--name", "S", "--pace", "fast"), 2, "'fast' is not one of"),
        (("build", PRACTICE, "--name", "S", "--ratio", "4"), 2, "not a breathing pattern"),
        (("build", PRACTICE, "--name", "S", "--breaths-per-minute", "30"), 2, "light-headed"),
        (("build", PRACTICE, "--name", "S", "--with", "x"), 2, "SLOT=VALUE"),
        (("build", PRACTICE, "--name", "S", "--with", "nmae=x"), 2, "Did you mean 'name'?"),
        (("build", PRACTICE, "--name", "S", "--voice", "jo"), 1, "Did you mean 'joe'?"),
        (("build", PRACTICE, "--name", "S", "--tone", "swel"), 2, "swell"),
        (("build", PRACTICE, "--name", "S", "--bed", "gone.wav"), 1, "gone.wav"),
        (("build", PRACTICE, "--name", "S", "--loudness", "-3"), 2, "loudness"),
        (
            ("build", PRACTICE, "--name", "S", "--figure", "x", "--figure-pronouns", "y"),
            2,
            "she/her",
        ),
        (("build", PRACTICE, "--name", "S", "--pronounce", "S=/a☃/"), 1, "does not know ☃"),
    ],
)
def test_a_wrong_request_gets_one_clear_sentence(
    machine: Machine, arguments: tuple[str, ...], status: int, message: str
) -> None:
    done = machine.run(*arguments, status=status)

    assert message in done.stderr
    assert done.stdout == ""
    assert machine.left_behind() == []


def test_a_folder_that_cannot_be_written_is_said_before_any_work(machine: Machine) -> None:
    (machine.folder / "file").write_text("not a folder")
    began = time.monotonic()
    done = machine.run("build", PRACTICE, "--name", "S", "-o", "file/a.mp3", status=1)

    assert "file" in done.stderr
    assert time.monotonic() - began < 5
