"""``cft-audio studio`` as a person runs it: a process, its terminal, its browser, its end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from program_runs import PATIENCE, terminal, wait_until
from studio_here import Visitor

from cft_audio.studio.address import listen, port_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from program_runs import Machine

unix = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals or shells")

LINK = re.compile(r"http://127\.0\.0\.1:(\d+)/enter\?code=([\w-]+)")
"""Nothing of it is cut or wrapped."""

WITHIN_S = 1.0
"""Seconds in which it ends on a machine that does nothing else."""

NOISE = 3.0
"""How many times as long all takes on a machine that does something else."""

AT_A_TERMINAL = (
    "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "from cft_audio.__main__ import main; main()"
)
"""The program, which a terminal takes along when it is closed."""


@contextmanager
def started(machine: Machine, *arguments: str, **extra: Any) -> Iterator[subprocess.Popen[str]]:
    """A studio in a process of its own, which does not outlive the test."""
    process = machine.start("studio", *arguments, **extra)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def link_of(process: subprocess.Popen[str]) -> re.Match[str]:
    """Return the link that it prints, once it has printed it."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := LINK.match(line):
            return found
    pytest.fail(f"it printed no link: {process.communicate()}")


def come_in(process: subprocess.Popen[str]) -> Visitor:
    port, code = link_of(process).groups()
    answer = Visitor(int(port)).post("/enter", {"code": code})
    assert answer.status == 303
    return Visitor(int(port), answer.headers["set-cookie"].split(";")[0])


def kept(machine: Machine) -> list[str]:
    return sorted(path.name for path in machine.home.rglob("*") if path.is_file())


def rest_of(process: subprocess.Popen[str]) -> tuple[str, str]:
    return process.communicate(timeout=PATIENCE)


@unix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_it_ends_within_a_second_with_streams_open_and_leaves_nothing(
    cold: Machine, name: str
) -> None:
    with started(cold, "--no-open") as process, ExitStack() as stack:
        visitor = come_in(process)
        for _ in range(3):
            stack.enter_context(visitor.open("/events")).readline()
        assert kept(cold) == ["running.json", "studio.lock"]
        began = time.monotonic()
        process.send_signal(getattr(signal, name))
        out, err = rest_of(process)
        took = time.monotonic() - began

    assert (process.returncode, err) == (0, "")
    assert out.splitlines()[-1] == "The studio has ended."
    assert took < WITHIN_S * NOISE
    assert kept(cold) == ["studio.lock"]
    assert cold.left_behind() == []


@unix
def test_a_page_that_still_calculates_does_not_hold_it_up(cold: Machine) -> None:
    slow = (
        "import time; from starlette.routing import Route; from cft_audio.__main__ import main; "
        "from cft_audio.studio import routes; "
        "slow = Route('/slow', lambda _: print('slow', flush=True) or time.sleep(600)); "
        "routes.ROUTES = (*routes.ROUTES, slow); "
        "main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", slow, "studio", "--no-open"],
        cwd=cold.folder,
        env=cold.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        connection = HTTPConnection("127.0.0.1", (visitor := come_in(process)).port)
        connection.request("GET", "/slow", headers={"cookie": visitor.cookie})
        assert process.stdout is not None
        while process.stdout.readline() != "slow\n":
            pass
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = rest_of(process)
        took = time.monotonic() - began
        connection.close()
    finally:
        process.kill()
        process.communicate()

    assert (process.returncode, err) == (0, "")
    assert took < WITHIN_S * NOISE
    assert kept(cold) == ["studio.lock"]


@unix
def test_it_ends_while_it_begins(cold: Machine) -> None:
    with started(cold, "--no-open") as process:
        link_of(process)
        process.send_signal(signal.SIGINT)
        _, err = rest_of(process)

    assert process.returncode == 0
    assert "Traceback" not in err
    assert kept(cold) == ["studio.lock"]


def test_it_ends_from_its_page(cold: Machine) -> None:
    with started(cold, "--no-open") as process:
        assert "has ended" in come_in(process).post("/end", {}).text
        out, err = rest_of(process)

    assert (process.returncode, err) == (0, "")
    assert "The studio has ended." in out


@unix
def test_a_second_start_gives_a_new_link_to_the_first(cold: Machine) -> None:
    with started(cold, "--no-open") as first:
        visitor = come_in(first)
        second = cold.run("studio", "--no-open", "--port", "4711").stdout
        found = LINK.search(second)

        assert second.startswith("The studio is open already.\n")
        assert found
        assert int(found[1]) == visitor.port
        assert Visitor(visitor.port).post("/enter", {"code": found[2]}).status == 303
        assert visitor.get("/").status == 200


@unix
def test_a_killed_one_is_followed_by_a_new_one(cold: Machine) -> None:
    with started(cold, "--no-open") as first:
        port = come_in(first).port
        first.kill()
        first.wait()
        assert "running.json" in kept(cold)
        with started(cold, "--no-open", "--port", str(port)) as second:
            visitor = come_in(second)
            assert visitor.port == port
            assert visitor.get("/").status == 200
            second.send_signal(signal.SIGINT)
            rest_of(second)

    assert second.returncode == 0
    assert kept(cold) == ["studio.lock"]


def test_a_port_in_use_is_an_error_that_says_so(cold: Machine) -> None:
    with listen(0) as opened:
        port = port_of(opened)
        told = cold.run("studio", "--no-open", "--port", str(port), status=2).stderr

    assert told == (
        f"cft-audio: --port: the port {port} is used by another program. Choose another, or leave "
        "--port out for one that is free.\n"
    )


@pytest.mark.parametrize("port", ["0", "80", "65536", "x"])
def test_a_port_that_cannot_be_is_refused(cold: Machine, port: str) -> None:
    assert "--port" in cold.run("studio", "--port", port, status=2).stderr
    assert "no option '--host'" in cold.run("studio", "--host", "0.0.0.0", status=2).stderr  # noqa: S104


def browser(machine: Machine, script: str) -> Path:
    """Let the machine's browser be a script; return the file that it writes to."""
    told = machine.folder / "told"
    program = machine.folder / "browser"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    machine.environment |= {"BROWSER": str(program), "TOLD": str(told)}
    return told


@unix
def test_its_browser_is_opened_at_the_link(cold: Machine) -> None:
    told = browser(cold, 'printf "%s" "$1" > "$TOLD.part"; mv "$TOLD.part" "$TOLD"; sleep 60')
    with started(cold) as process:
        link = link_of(process)[0]
        wait_until(told.exists, process)

        assert told.read_text() == link


@unix
@pytest.mark.parametrize("script", ["exit 1", ""])
def test_where_no_browser_opens_it_says_so(cold: Machine, script: str) -> None:
    if script:
        browser(cold, script)
    else:
        cold.environment["BROWSER"] = ""
        cold.environment["PATH"] = "/nowhere"
        cold.environment.pop("DISPLAY", None)
        cold.environment.pop("WAYLAND_DISPLAY", None)
    with started(cold) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "No browser has opened: open the link yourself.\n"
        assert come_in(process).get("/").status == 200


@unix
def test_a_browser_of_a_terminal_is_not_opened_in_it(cold: Machine) -> None:
    told = browser(cold, 'touch "$TOLD"')
    (cold.folder / "browser").rename(cold.folder / "lynx")
    cold.environment["BROWSER"] = str(cold.folder / "lynx")
    with started(cold) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("No browser has opened")
        assert not told.exists()


@unix
@pytest.mark.parametrize("closing", [">&-", ">&- 2>&- <&-"])
def test_it_works_without_a_terminal(cold: Machine, closing: str) -> None:
    told = browser(cold, 'printf "%s" "$1" > "$TOLD.part"; mv "$TOLD.part" "$TOLD"')
    process = subprocess.Popen(
        ["/bin/sh", "-c", f'exec "{sys.executable}" -m cft_audio studio {closing}'],
        cwd=cold.folder,
        env=cold.environment,
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while not told.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        port, code = LINK.fullmatch(told.read_text()).groups()
        assert Visitor(int(port)).post("/enter", {"code": code}).status == 303
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()


@unix
def test_a_terminal_that_is_closed_ends_it(cold: Machine) -> None:
    with terminal() as (person, program):
        process = subprocess.Popen(
            [sys.executable, "-c", AT_A_TERMINAL, "studio", "--no-open"],
            cwd=cold.folder,
            env=cold.environment,
            stdin=program,
            stdout=program,
            stderr=program,
            start_new_session=True,
        )
        try:
            shown = b""
            while b"link works once" not in shown:
                shown += os.read(person, 4096)
            link = LINK.search(shown.decode())
            assert link
            assert Visitor(int(link[1])).post("/enter", {"code": link[2]}).status == 303
        except BaseException:
            process.kill()
            raise
    try:
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()
    assert kept(cold) == ["studio.lock"]


@unix
def test_in_a_narrow_terminal_the_link_is_whole(cold: Machine) -> None:
    cold.environment["COLUMNS"] = "40"
    with started(cold, "--no-open") as process:
        assert len(link_of(process)[2]) == 43


def test_help_imports_no_server(cold: Machine) -> None:
    looked = (
        "import sys; from cft_audio.cli.program import run; run(sys.argv[1:]); "
        "print(*{'starlette', 'uvicorn', 'asyncio'} & set(sys.modules), file=sys.stderr)"
    )
    for arguments in (["--help"], ["studio", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", looked, *arguments],
            env=cold.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == "\n"


def test_it_takes_little_time_and_memory(cold: Machine) -> None:
    """benchmarks/studio.py prints how much, and holds it to 1.5 s and 80 MB."""
    began = time.monotonic()
    with started(cold, "--no-open") as process:
        visitor = come_in(process)
        assert visitor.get("/").status == 200
        assert time.monotonic() - began < 1.5 * 5
        status = Path(f"/proc/{process.pid}/status")
        if status.exists():
            (resident,) = re.findall(r"VmRSS:\s+(\d+) kB", status.read_text())
            assert int(resident) < 80_000
