"""This process: its standard streams, and the signals that end it."""

from __future__ import annotations

import io
import os
import shutil
import signal
import sys
from typing import TYPE_CHECKING, NoReturn, TextIO

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType


def end_on_termination() -> list[int]:
    """Let a polite request to end (a closed terminal, ``kill``) clean up as Ctrl-C does.

    Returns:
        A list to which the number of such a signal is added.
    """
    signals: list[int] = []

    def end(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 -- the signal's form
        signals.append(number)
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Under nohup a closed terminal is nothing to end for.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)
    return signals


def open_closed_streams() -> None:
    """Let standard streams that were closed lead nowhere; else a file of ours takes their place."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, open(number, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


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
