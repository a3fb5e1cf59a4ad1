"""The bar: on a terminal that can draw it, and nowhere else."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from cft_audio.cli.progress import Bar

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    """A terminal that notes what it is sent."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def drawn(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, *, quiet: bool = False) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    with Bar(quiet=quiet) as bar:
        for fraction in (0.1, 0.5, 1.0):
            bar.update("mixing", fraction)
    return stream.getvalue()


def test_it_is_drawn_on_a_terminal_that_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")

    assert "mixing" in drawn(Terminal(), monkeypatch)


def test_a_dumb_terminal_is_sent_nothing_that_it_would_write_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "dumb")

    assert drawn(Terminal(), monkeypatch) == ""


def test_neither_is_a_file_nor_whoever_wants_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")

    assert drawn(io.StringIO(), monkeypatch) == ""
    assert drawn(Terminal(), monkeypatch, quiet=True) == ""


def test_a_line_takes_the_place_of_the_bar_and_nothing_of_it_is_spelled_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Bar(quiet=False) as bar:
        bar.update("rendering", 0.1)
        bar.pause()
        seen = terminal.getvalue()

    assert seen.endswith("\r\033[K")
    assert "\\u" not in seen
