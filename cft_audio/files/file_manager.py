"""A file shown where it lies, in the file manager of the system."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from cft_audio.files.processes import start_program

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE_S = 10.0
"""Seconds after which a file manager that has not ended is taken to be open: some stay."""


def show_file(file: Path) -> str:
    """Show ``file`` in the file manager, and return why that did not work; empty if it did."""
    command = _command(file.absolute())
    if shutil.which(command[0]) is None:
        return f"the program {command[0]}, which shows a folder, is not installed"
    try:
        process = start_program(command, apart=True)
        status = process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        return ""
    except OSError as error:
        return f"{command[0]} does not start: {error.strerror}"
    # Windows' own says 1 whether it worked or not.
    if status and sys.platform != "win32":
        return f"{command[0]} ended with status {status}, perhaps because there is no desktop here"
    return ""


def _command(file: Path) -> list[str]:
    if sys.platform == "win32":
        # As two arguments: put in quotes as one, for a blank in the path, it is not understood.
        return ["explorer", "/select,", str(file)]
    if sys.platform == "darwin":
        return ["open", "-R", str(file)]
    return ["xdg-open", str(file.parent)]
