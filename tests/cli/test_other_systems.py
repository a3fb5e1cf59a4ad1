"""The program on a system that lacks what only POSIX, or only Linux, has.

A process of its own takes all of it away before the program is imported, as Windows lacks it.
Libraries with a way of their own for each system are imported before.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from program_runs import SHORT, checked, loudness_and_peak

if TYPE_CHECKING:
    from program_runs import Machine

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
    *("getpgid", "getsid", "getuid", "killpg", "link", "mkfifo", "nice", "posix_fallocate"),
    *("posix_fadvise", "sched_getaffinity", "sched_setaffinity", "setpgid", "setsid"),
    *("sysconf", "wait4"),
):
    if hasattr(os, name):
        delattr(os, name)
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


@pytest.mark.skipif(os.name == "nt", reason="it lacks all of that by itself")
def test_a_recording_is_made_where_posix_is_missing(machine: Machine) -> None:
    (machine.folder / "short.md").write_text(SHORT, encoding="utf-8")
    build = ("build", "short.md", "--name", "Sam", "-m", "1", "-o", "sam.mp3")
    run_without(machine, *build)

    assert loudness_and_peak(machine.folder / "sam.mp3")[0] == pytest.approx(-18.0, abs=0.5)
    run_without(machine, *build, status=1)
    run_without(machine, *build, "--force")
    assert machine.left_behind() == ["sam.mp3", "short.md"]


@pytest.mark.skipif(os.name == "nt", reason="it lacks all of that by itself")
def test_words_are_kept_and_everything_is_listed_where_posix_is_missing(bare: Machine) -> None:
    run_without(bare, "pronounce", "add", "Xiomara", "see-oh-MAR-ah")

    assert "Xiomara" in run_without(bare, "pronounce", "list")
    assert "loving-kindness" in run_without(bare, "list")
    assert "all well" in run_without(bare, "check", "loving-kindness")
    assert "Python" in run_without(bare, "doctor")
