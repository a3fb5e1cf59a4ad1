"""This process: its standard streams, and the signals that end it."""

from __future__ import annotations

import _thread
import io
import os
import shutil
import signal
import sys
import threading
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

_IMPORTS = "<frozen importlib._bootstrap>"
"""What the interpreter calls the file of its import system, in the frames of its functions."""

_IMPORT_S = 0.05
"""Seconds after which a signal that came during an import is sent again."""


def end_on_signals() -> list[int]:
    """Let Ctrl-C and a polite request to end (a closed terminal, ``kill``) end this process tidily.

    They raise KeyboardInterrupt, though never inside an import: libraries catch whatever their
    imports raise, numpy and pydub among them, and would go on as if nobody had asked for the end.

    Returns:
        A list to which the number of each such signal is added. Ctrl-C's is not: while a sound is
        played, it ends the sound and not the program.
    """
    signals: list[int] = []

    def end(number: int, frame: FrameType | None) -> None:
        if _is_importing(frame):
            again = threading.Timer(_IMPORT_S, _send_signal, (threading.get_ident(), number))
            again.daemon = True
            again.start()
            return
        if number != signal.SIGINT:
            signals.append(number)
        raise KeyboardInterrupt

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Under nohup a closed terminal is nothing to end for, and in the background Ctrl-C is not.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)
    return signals


def _send_signal(thread: int, number: int) -> None:
    """Send a signal to a thread of this process, which ends its waiting where the system can."""
    if sys.platform == "win32":
        _thread.interrupt_main(number)
    else:
        signal.pthread_kill(thread, number)


def _is_importing(frame: FrameType | None) -> bool:
    while frame:
        if frame.f_code.co_filename == _IMPORTS:
            return True
        frame = frame.f_back
    return False


def open_closed_streams() -> list[str]:
    """Let standard streams that were closed lead nowhere; else a file of ours takes their place.

    Returns:
        The names of those that were closed.
    """
    closed: list[str] = []
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, open(number, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
            closed.append(name)
    return closed


def write_any_letter() -> None:
    """Let names and sounds be written whatever letters the terminal or the pipe can take.

    Windows gives a pipe a code page of some 200 letters. Others read UTF-8 from it.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_chosen = stream.isatty() or "PYTHONIOENCODING" in os.environ
            encoding = stream.encoding if is_chosen else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def let_go(stream: TextIO) -> None:
    """Let ``stream``, which takes nothing more, lead nowhere: Python writes the rest as it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def send(file: Path) -> None:
    """Write the content of ``file`` to standard output.

    Raises:
        OSError: If it takes no more.
    """
    with file.open("rb") as content:
        shutil.copyfileobj(content, sys.stdout.buffer)
    sys.stdout.buffer.flush()
