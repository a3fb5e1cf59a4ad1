"""The program as it is used every day connects to nothing: every command, watched from inside.

A hook of the interpreter's own (``sys.addaudithook``) sees each name that is looked up, each
connection and each datagram, writes it down, and refuses it. What other programs and native
libraries open is not seen by it; where strace is at hand, the system's own calls are watched too.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from leaving_out import leave_out
from program_runs import Machine

if TYPE_CHECKING:
    from pathlib import Path

WATCH = """
import os, sys

_LOOKS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_HERE = ("127.", "::1", "localhost")

def _watch(event, arguments):
    if event in _LOOKS:
        host = arguments[0]
    elif event in _SENDS:
        address = arguments[1]
        if not isinstance(address, tuple):  # a file of this machine, or a connection made before
            return
        host = address[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else str(host)
    if host.startswith(_HERE):
        return
    with open(os.environ["WATCHED"], "a") as file:
        file.write(f"{event} {host}: {' '.join(sys.argv[1:])}\\n")
    raise OSError(f"the network is watched: {host}")

sys.addaudithook(_watch)
"""

HELLO = """---
title: Hello
technique: loving-kindness
slots: {name: {ask: "Your name?"}}
---
## Hello

Hello, {{ name }}. Stop at any time.

[breathe 2]
"""
BUILD = ("build", "hello.md", "--name", "Sam", "--force")

EVERY_DAY = (
    (*BUILD, "-o", "hello.mp3"),
    (*BUILD, "--dry-run", "--json"),
    ("preview", "hello.md", "--name", "Sam", "--no-play"),
    ("programme", "list"),
    ("programme", "show", "first-week"),
    ("list",),
    ("list", "--figures"),
    ("show", "soothing-rhythm-breathing"),
    ("check", "hello.md"),
    ("new-script", "mine"),
    ("record-sheet", "hello.md", "--name", "Sam"),
    ("doctor",),
    ("voices",),
    ("voices", "--json"),
    ("voices", "hear", "joe", "--no-play"),
    ("pronounce", "add", "Xiomara", "see-oh-MAR-ah"),
    ("pronounce", "list"),
    ("config",),
    ("consent",),
    ("cache",),
    ("--help",),
    ("--version",),
)
"""What a person does with the program, its online voices left aside."""

REFUSED = (
    (*BUILD, "--voice", "google-gb"),
    (*BUILD, "--voice", "google-gb", "--dry-run"),
    ("voices", "hear", "google-gb", "--no-play"),
)
"""What needs a yes that nobody has given."""


@pytest.fixture(scope="module")
def watched_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("watched")


@pytest.fixture
def watched(tmp_path: Path, watched_home: Path) -> Machine:
    """A machine whose every Python program is watched."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(WATCH)
    work = tmp_path / "work"
    work.mkdir()
    (work / "hello.md").write_text(HELLO)
    machine = Machine(work, watched_home)
    machine.environment |= {"PYTHONPATH": str(site), "WATCHED": str(tmp_path / "watched.txt")}
    return machine


def connections(machine: Machine) -> list[str]:
    file = machine.folder.parent / "watched.txt"
    return file.read_text().splitlines() if file.exists() else []


@pytest.mark.slow
def test_nothing_is_connected_to(watched: Machine) -> None:
    code = (
        "import json, sys\n"
        "from cft_audio.cli.program import run\n"
        "for command in json.loads(sys.argv[1]):\n"
        "    sys.argv[1:] = command\n"
        "    try:\n"
        "        status = run(command)\n"
        "    except SystemExit as end:\n"
        "        status = end.code\n"
        "    assert not status, command\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(EVERY_DAY)],
        cwd=watched.folder,
        env=watched.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert connections(watched) == []


_TRACED = ("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg")


@pytest.mark.slow
@pytest.mark.needs("strace")
def test_native_libraries_and_other_programs_connect_to_nothing_either(watched: Machine) -> None:
    if subprocess.run([*_TRACED, "true"], capture_output=True, check=False).returncode:
        leave_out("strace cannot watch programs here")
    trace = watched.folder.parent / "trace.txt"
    program = (sys.executable, "-m", "cft_audio", *BUILD, "-o", "hello.mp3")

    subprocess.run(
        [*_TRACED, "-o", str(trace), *program],
        cwd=watched.folder,
        env=watched.environment | {"HOME": str(watched.folder / "fresh")},
        capture_output=True,
        check=True,
    )

    assert (watched.folder / "hello.mp3").exists()
    away = re.findall(r".*AF_INET6?\b.*", trace.read_text())
    assert [call for call in away if "127.0.0.1" not in call and '"::1"' not in call] == []


@pytest.mark.parametrize("command", REFUSED, ids=" ".join)
def test_an_online_voice_connects_to_nothing_without_a_yes(
    watched: Machine, command: tuple[str, ...]
) -> None:
    watched.run_apart(*command, status=1)

    assert connections(watched) == []


def test_an_online_voice_with_a_yes_is_seen_to_connect(watched: Machine) -> None:
    """The watch works on this program: what it should see, it sees, at one place and no other."""
    for variable in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        watched.environment.pop(variable, None)
    process = watched.start(*BUILD, "--voice", "google-gb", "--allow-online")
    try:
        assert process.stderr is not None
        told = process.stderr.readline()
    finally:
        process.kill()
        process.communicate()

    assert "translate.google.co.uk cannot be reached" in told
    assert {seen.partition(":")[0] for seen in connections(watched)} == {
        "socket.getaddrinfo translate.google.co.uk"
    }


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('192.0.2.1', 80))",
        "socket.getaddrinfo('example.org', 80)",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))",
        "socket.gethostbyname('example.org')",
    ],
)
def test_the_watch_sees_every_way_out(watched: Machine, attempt: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"import socket; {attempt}"],
        env=watched.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "the network is watched" in done.stderr
    assert len(connections(watched)) == 1
