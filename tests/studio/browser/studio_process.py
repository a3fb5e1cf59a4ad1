"""A studio as a person starts it, and a browser that looks at it."""

from __future__ import annotations

import shutil
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from leaving_out import leave_out
from program_runs import PATIENCE, Machine

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

WAIT_MS = 120_000
"""Milliseconds in which a recording of five minutes is made, however slow the machine."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser that plays only what somebody has asked for."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        leave_out("playwright is not installed")
    with sync_playwright() as play:
        options = ["--autoplay-policy=document-user-activation-required"]
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        yield browser
        browser.close()


@pytest.fixture
def machine(tmp_path: Path, warm_home: Path) -> Machine:
    """A machine of somebody who begins, of whom only the common lines were spoken before."""
    home = tmp_path / "home"
    shutil.copytree(warm_home, home)
    shown = tmp_path / "bin" / "xdg-open"
    shown.parent.mkdir()
    shown.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/shown\n', encoding="utf-8")
    shown.chmod(0o755)
    found = Machine(tmp_path, home)
    found.environment |= {"PATH": f"{shown.parent}:{found.environment['PATH']}"}
    return found


def link_of(process: subprocess.Popen[str]) -> str:
    """Return the link that a studio prints when it has started."""
    assert process.stdout
    return process.stdout.readline().strip()


@contextmanager
def studio_of(machine: Machine) -> Iterator[str]:
    """Start a studio, and give its link; it ends well."""
    process = machine.start("studio", "--no-open")
    try:
        yield link_of(process)
    finally:
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=PATIENCE)
        assert (process.returncode, told) == (0, "")


@contextmanager
def visiting(context: BrowserContext) -> Iterator[Page]:
    """Give a page that complains of nothing."""
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def note(told: ConsoleMessage) -> None:
        # Chromium complains of every page that tells of a mistake, which is no mistake.
        if told.type == "error" and "status of 422" not in told.text:
            complaints.append(told.text)

    page.on("console", note)
    page.set_default_timeout(WAIT_MS)
    yield page
    assert not complaints, "\n".join(complaints)
