"""Other programs: without a window, apart from the terminal where that matters, by one way in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import cft_audio
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

    assert started == [0x08000200 if apart else 0x08000000]


def test_there_is_one_way_to_start_a_program() -> None:
    package = Path(cft_audio.__file__).parent
    starting = ("subprocess.run(", "subprocess.Popen(", "subprocess.check_", "os.system(")
    users = [
        str(path.relative_to(package).as_posix())
        for path in package.rglob("*.py")
        if any(call in path.read_text(encoding="utf-8") for call in starting)
    ]

    assert users == ["files/processes.py"]
