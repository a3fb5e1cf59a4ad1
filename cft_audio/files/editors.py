"""The editor in which a person changes a file of text."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import sys
from typing import TYPE_CHECKING

from cft_audio.errors import CftAudioError
from cft_audio.files.processes import run_at_terminal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_USUAL = ("notepad",) if sys.platform == "win32" else ("nano", "vi", "vim")
"""What is on most machines, the easiest first."""


def edit_file(file: Path, environ: Mapping[str, str]) -> None:
    """Let a person change ``file`` in their editor, and return once they close it.

    Args:
        file: The file.
        environ: Variables, of which VISUAL or EDITOR names the editor and its options.

    Raises:
        KeyboardInterrupt: If Ctrl-C ended it.
        CftAudioError: If there is none, it does not start, or it ends with a failure.
    """
    command = _editor(environ)
    try:
        status = run_at_terminal([*command, str(file)])
    except OSError as error:
        message = f"the editor {command[0]} does not start: {error.strerror}"
        raise CftAudioError(message, remedy="Name another in VISUAL or EDITOR") from error
    if status == -signal.SIGINT:
        raise KeyboardInterrupt
    if status:
        ended = f"by signal {-status}" if status < 0 else f"with status {status}"
        message = f"the editor {command[0]} ended {ended}, so that nothing was changed"
        raise CftAudioError(message)


def _editor(environ: Mapping[str, str]) -> list[str]:
    named = next(filter(None, (environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))), "")
    if named:
        # On Windows a backslash parts folders, and a name with blanks is put in quotation marks.
        parts = shlex.split(named, posix=os.name != "nt")
        return [part.strip('"') for part in parts]
    if not sys.stdin.isatty():
        message = "no editor is named, and nobody is at a terminal to use the usual one"
        raise CftAudioError(message, remedy="Name one in the variable VISUAL or EDITOR")
    usual = next(filter(shutil.which, _USUAL), None)
    if usual is None:
        message = "no editor is known here"
        raise CftAudioError(message, remedy="Name one in the variable VISUAL or EDITOR")
    return [usual]
