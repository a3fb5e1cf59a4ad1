"""The program on a system that lacks what only POSIX, or only Linux, has.

A process of its own takes all of it away before the program is imported, as Windows lacks it.
Libraries with a way of their own for each system are imported before.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

import pytest
from clip_lengths import length
from program_runs import SHORT, checked, loudness_and_peak

from cft_audio.files import decoding
from cft_audio.library.practices import Library
from cft_audio.planning.outline import Outline
from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter

if TYPE_CHECKING:
    from program_runs import Machine

    from cft_audio.timeline.events import Timeline

WITHOUT = """
import os, signal, sys
import filelock, platformdirs.unix, requests, shutil, subprocess, tempfile
for module in ("fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"):
    sys.modules[module] = None
for name in (
    *("SIGALRM", "SIGHUP", "SIGPIPE", "SIGQUIT", "SIGTSTP", "SIGUSR1", "SIGXCPU"),
    *("alarm", "setitimer", "pthread_sigmask", "sigwait"),
):
    if hasattr(signal, name):
        delattr(signal, name)
for name in (
    *("chown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getloadavg"),
    *("getpgid", "getsid", "getuid", "killpg", "mkfifo", "nice", "posix_fallocate"),
    *("posix_fadvise", "sched_getaffinity", "sched_setaffinity", "setpgid", "setsid"),
    *("sysconf", "wait4"),
):
    if hasattr(os, name):
        delattr(os, name)
if hasattr(os, "process_cpu_count"):
    os.process_cpu_count = os.cpu_count  # as Python has it where there is no affinity
from cft_audio.__main__ import main
sys.argv[0] = "cft-audio"
main()
"""


def run_without(machine: Machine, *arguments: str, status: int = 0) -> str:
    """Run the program on such a system, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments],
        cwd=machine.folder,
        env=machine.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return checked(done, status).stdout


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="it lacks all of that by itself")
def test_a_recording_is_made_where_posix_is_missing(machine: Machine) -> None:
    (machine.folder / "short.md").write_text(SHORT, encoding="utf-8")
    alone = ("--tone", "none", "--bed", "none", "--bells", "none")
    build = ("build", "short.md", "--name", "Sam", "-m", "1:10", *alone, "-o", "sam.mp3")
    run_without(machine, *build)

    assert loudness_and_peak(machine.folder / "sam.mp3")[0] == pytest.approx(-18.0, abs=0.5)
    run_without(machine, *build, status=1)
    run_without(machine, *build, "--force")
    assert machine.left_behind() == ["sam.mp3", "short.md"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="it lacks all of that by itself")
def test_words_are_kept_and_everything_is_listed_where_posix_is_missing(bare: Machine) -> None:
    run_without(bare, "pronounce", "add", "Xiomara", "see-oh-MAR-ah")

    assert "Xiomara" in run_without(bare, "pronounce", "list")
    assert "loving-kindness" in run_without(bare, "list")
    assert "all well" in run_without(bare, "check", "loving-kindness")
    assert "Python" in run_without(bare, "doctor")


SHIPPED = Path(__file__).parents[2] / "scripts"


def as_an_editor_saves(text: bytes, how: str) -> bytes:
    """Return a file as editors of other systems write it."""
    ends = {"Windows": b"\r\n", "old Macs": b"\r", "Notepad": b"\r\n"}
    mark = b"\xef\xbb\xbf" if how == "Notepad" else b""
    return mark + text.replace(b"\n", ends[how])


def planned(library: Library) -> Timeline:
    """Return the timeline of a practice with partials and a figure, planned without a voice."""
    answers = {"name": "Sam", "figure": "wise-elder"}
    writer = ScriptWriter(Session("compassionate-imagery", answers, length_s=720.0), library)
    return Outline(writer).fit(lambda lines: {line: length(line, 1.0) for line in lines}).timeline


@pytest.mark.parametrize("how", ["Windows", "old Macs", "Notepad"])
def test_practices_figures_and_partials_say_the_same_whoever_saved_them(
    how: str, tmp_path: Path
) -> None:
    for file in SHIPPED.rglob("*.*"):
        # TOML ends its lines as no old Mac does.
        if file.suffix == ".md" or (file.suffix == ".toml" and how != "old Macs"):
            copy = tmp_path / file.relative_to(SHIPPED)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(as_an_editor_saves(file.read_bytes(), how))

    assert planned(Library((tmp_path, SHIPPED))) == planned(Library((SHIPPED,)))


@pytest.mark.parametrize("how", ["Windows", "Notepad"])
def test_a_course_and_a_configuration_file_too(how: str, bare: Machine) -> None:
    shown = bare.run("programme", "show", "first-week").stdout
    course = SHIPPED / "programmes" / "first-week.toml"
    own = bare.folder / "first-week.toml"
    own.write_bytes(as_an_editor_saves(course.read_bytes(), how))
    bare.configure("").write_bytes(as_an_editor_saves(b'name = "Sam"\npace = "slow"\n', how))

    assert bare.run("programme", "show", str(own)).stdout == shown
    assert '"slow"' in bare.run("config", "--json").stdout


def test_an_error_names_the_line_whoever_saved_the_file(machine: Machine) -> None:
    for how in ("Windows", "old Macs", "Notepad"):
        script = SHORT.replace("[breathe 4]", "[breathe four]").encode()
        (machine.folder / "short.md").write_bytes(as_an_editor_saves(script, how))
        line = 1 + script[: script.index(b"[breathe four]")].count(b"\n")

        assert f"short.md:{line}:" in machine.run("check", "short.md", status=1).stdout


@pytest.mark.parametrize(
    "path",
    [r"C:\Users\Zoë B\rain.mp3", r"\\server\share\rain: a.mp3", r"\\?\C:\rain.mp3", r"D:rain.mp3"],
)
def test_a_bed_on_a_drive_or_a_share_is_a_file_to_the_decoder_and_no_address(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    def note(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        started.append(command)
        return subprocess.CompletedProcess(command, 0, b"", b"")

    monkeypatch.setattr(decoding, "run_program", note)
    with io.BytesIO() as into:
        decoding.decode(PureWindowsPath(path), into, "s16le", 2)

    (command,) = started
    assert command[command.index("-i") + 1] == f"file:{path}"
    assert command[command.index("-protocol_whitelist") + 1] == "file"
