"""Other programs: without a window, apart from the terminal where that matters, by one way in."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from program_runs import SHORT, Machine

import cft_audio
from cft_audio.files import playing
from cft_audio.files.file_manager import show_file
from cft_audio.files.processes import run_program, start_program


def test_a_program_reads_what_it_is_given_and_its_output_is_returned() -> None:
    done = run_program([sys.executable, "-c", "print(input()[::-1])"], given=b"emoclew\n")

    assert (done.returncode, done.stdout.strip()) == (0, b"welcome")


def test_a_program_that_takes_too_long_is_ended() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        run_program([sys.executable, "-c", "import time; time.sleep(60)"], patience=0.1)


@pytest.mark.skipif(os.name == "nt", reason="sessions are POSIX")
@pytest.mark.parametrize("apart", [True, False])
def test_only_what_is_apart_leaves_the_terminals_session(*, apart: bool) -> None:
    code = "import os; print(os.getsid(0))"
    with start_program(
        [sys.executable, "-c", code], apart=apart, stdout=subprocess.PIPE
    ) as process:
        session = int(process.communicate()[0])

    assert (session != os.getsid(0)) == apart


@pytest.mark.parametrize("apart", [True, False])
def test_no_window_opens_on_windows(monkeypatch: pytest.MonkeyPatch, *, apart: bool) -> None:
    started: list[int] = []

    def refuse(*_: object, creationflags: int, **__: Any) -> None:
        started.append(creationflags)
        raise FileNotFoundError

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0x08000000, raising=False)
    monkeypatch.setattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0x200, raising=False)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(FileNotFoundError):
        start_program(["ffmpeg"], apart=apart)
    with pytest.raises(FileNotFoundError):
        run_program(["ffmpeg"])

    assert started == [0x08000200 if apart else 0x08000000, 0x08000200]


def test_explorer_shows_a_file_in_a_folder_whose_name_has_blanks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[str] = []

    def refuse(command: list[str], **_: Any) -> None:
        started.append(subprocess.list2cmdline(command))
        raise FileNotFoundError(2, "not here")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0x08000000, raising=False)
    monkeypatch.setattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0x200, raising=False)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(shutil, "which", lambda name, *_, **__: name)
    file = tmp_path / "My recordings" / "sam.mp3"

    assert "explorer does not start" in show_file(file)
    assert started == [f'explorer /select, "{file}"']


@pytest.mark.parametrize("quote", ["'", "\N{RIGHT SINGLE QUOTATION MARK}"])
def test_no_name_of_a_file_is_run_by_windows_player(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, quote: str
) -> None:
    started: list[str] = []

    def refuse(command: list[str], **_: Any) -> None:
        started.append(command[-1])
        raise FileNotFoundError

    name = f"Sam{quote}; Write-Host x"
    with wave.open(str(tmp_path / f"{name}.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(16000))
    powershell = ("powershell", "-NoProfile", "-NonInteractive", "-Command")
    monkeypatch.setattr(playing, "_PLAYERS", (powershell,))
    monkeypatch.setattr(playing, "start_program", refuse)
    monkeypatch.setattr(shutil, "which", lambda name, *_, **__: name)

    assert playing.play(tmp_path / f"{name}.wav")
    assert f"Sam{quote}{quote}; Write-Host x.wav')" in started[0]


STARTING = {
    "subprocess": {
        *("run", "Popen", "call", "check_call", "check_output", "getoutput", "getstatusoutput")
    },
    "os": {
        *("system", "popen", "startfile", "fork", "forkpty", "posix_spawn", "posix_spawnp"),
        *(f"{do}{how}" for do in ("exec", "spawn") for how in ("l", "le", "lp", "v", "ve", "vp")),
        *("execlpe", "execvpe", "spawnlpe", "spawnvpe"),
    },
    "asyncio": {"create_subprocess_exec", "create_subprocess_shell"},
    "click": {"launch", "edit", "echo_via_pager"},
    "AudioSegment": {
        *("from_file", "from_file_using_temporary_files", "from_mp3", "from_flv", "from_ogg"),
    },
}
"""What starts a program, by the module or class that has it. pydub decodes with an ffmpeg
of its own choice, and click opens a console on Windows."""

MODULES = {"webbrowser", "pty", "pydub.playback", "pydub.utils"}


def starters(tree: ast.Module) -> set[str]:
    """Return whatever a module uses that starts a program."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                used = [(owner, name)]
            case ast.ImportFrom(module=str(owner)):
                used = [(owner, imported.name) for imported in node.names]
            case ast.Import():
                used = [(imported.name, "") for imported in node.names]
            case _:
                continue
        for owner, name in used:
            if name in STARTING.get(owner, ()) or {owner, f"{owner}.{name}"} & MODULES:
                found.add(f"{owner}.{name}")
    return found


def test_there_is_one_way_to_start_a_program() -> None:
    package = Path(cft_audio.__file__).parent
    users = {}
    for path in package.rglob("*.py"):
        if found := starters(ast.parse(path.read_text(encoding="utf-8"))):
            users[path.relative_to(package).as_posix()] = found

    assert users == {"files/processes.py": {"subprocess.run", "subprocess.Popen"}}


@pytest.mark.parametrize(
    "code",
    [
        "from subprocess import check_output",
        "import os\ndef f():\n    os.popen('x')",
        "import webbrowser",
        "from pydub import playback",
        "from pydub.utils import mediainfo",
        "import click\nclick.launch('x')",
        "from pydub import AudioSegment\nAudioSegment.from_file('x')",
    ],
)
def test_another_way_would_be_found(code: str) -> None:
    assert starters(ast.parse(code))


def test_a_whole_recording_starts_programs_by_that_way_alone(
    warm_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Libraries start some too: what finds the encoder hides its window by itself."""
    places: set[str] = set()
    start = subprocess.Popen.__init__

    def noting(self: subprocess.Popen[bytes], *given: Any, **more: Any) -> None:
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename == subprocess.__file__:
            frame = frame.f_back
        places.add("/".join(Path(frame.f_code.co_filename).parts[-2:]))
        start(self, *given, **more)

    monkeypatch.setattr(subprocess.Popen, "__init__", noting)
    bed, script = tmp_path / "bed.wav", tmp_path / "short.md"
    with wave.open(str(bed), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes((9000 * np.sin(np.arange(80_000))).astype("<i2").tobytes())
    script.write_text(SHORT, encoding="utf-8")
    machine = Machine(tmp_path, warm_home)
    machine.run("build", str(script), "--name", "Sam", "--bed", str(bed), "-o", "sam.mp3")

    assert places - {"imageio_ffmpeg/_utils.py"} == {"files/processes.py"}
