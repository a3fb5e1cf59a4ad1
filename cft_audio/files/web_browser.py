"""A page opened in the browser that the system, or BROWSER, has for its user."""

from __future__ import annotations

import subprocess
import sys

from cft_audio.files.processes import start_program

_OPEN = """
import sys, webbrowser
try:
    browser = webbrowser.get()
except webbrowser.Error:
    sys.exit(1)
of_a_terminal = {"www-browser", "links", "elinks", "lynx", "w3m"}
is_one = getattr(browser, "basename", "") in of_a_terminal
sys.exit(is_one or not browser.open(sys.stdin.read()))
"""
"""What opens it, in a process without our terminal: many browsers write there what nobody asked,
and those of a terminal would take it for themselves."""

_PATIENCE_S = 20.0
"""Seconds after which it is open: some are waited for as long as they run."""


def open_in_browser(address: str) -> bool:
    """Open an address, and return whether a browser took it."""
    try:
        command = [sys.executable, "-I", "-c", _OPEN]
        process = start_program(command, apart=True, stdin=subprocess.PIPE)
        with process:
            try:
                process.communicate(address.encode(), _PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                return True
    except OSError:
        return False
    return process.returncode == 0
