"""Locks: one at a time, whatever becomes of the process that held it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from cft_audio.files.locks import hold_lock, hold_lock_if_free

if TYPE_CHECKING:
    from pathlib import Path

HOLDER = """
import sys
from pathlib import Path
from cft_audio.files.locks import hold_lock
with hold_lock(Path(sys.argv[1]), "counting"):
    print("held", flush=True)
    sys.stdin.read()
"""

COUNTER = """
import sys
from pathlib import Path
from cft_audio.files.locks import hold_lock
file = Path(sys.argv[1]) / "count"
for _ in range(50):
    with hold_lock(file.parent, "counting"):
        file.write_text(str(int(file.read_text()) + 1))
"""


def test_processes_take_turns(tmp_path: Path) -> None:
    (tmp_path / "count").write_text("0")
    running = [subprocess.Popen([sys.executable, "-c", COUNTER, tmp_path]) for _ in range(3)]

    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    assert (tmp_path / "count").read_text() == "150"


def test_threads_take_turns(tmp_path: Path) -> None:
    inside: list[int] = []

    def enter(_: int) -> int:
        with hold_lock(tmp_path, "counting"):
            inside.append(1)
            most = len(inside)
            inside.pop()
        return most

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(enter, range(40))) == {1}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        holder.send_signal(signal.SIGKILL)
        with hold_lock(tmp_path, "counting"):
            pass


def test_only_an_empty_file_named_after_its_purpose_is_left(tmp_path: Path) -> None:
    with hold_lock(tmp_path, "counting"):
        pass
    left = list(tmp_path.iterdir())

    assert [path.name for path in left] in ([], ["counting.lock"])
    assert all(path.stat().st_size == 0 for path in left)


def test_who_does_not_wait_is_told_whether_it_is_held(tmp_path: Path) -> None:
    with hold_lock(tmp_path, "counting"), hold_lock_if_free(tmp_path, "counting") as is_held:
        assert not is_held
    with hold_lock_if_free(tmp_path, "counting") as is_held:
        assert is_held
        with hold_lock_if_free(tmp_path, "counting") as again:
            assert not again
    with hold_lock_if_free(tmp_path, "counting") as is_held:
        assert is_held
