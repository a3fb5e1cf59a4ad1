"""A progress bar with the stage and the time left, over the stages of a build."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from typing import Any

import click

from cft_audio.application.progress import share_done
from cft_audio.cli.terminal import echo_for_now, erase_line

_STEPS = 1000


class Bar(AbstractContextManager["Bar"]):
    """A bar on standard error, and ``first`` until then, unless ``quiet`` or no terminal.

    A terminal that calls itself dumb cannot draw a line over itself.
    """

    def __init__(self, *, quiet: bool, first: str = "Planning") -> None:
        is_dumb = os.environ.get("TERM") == "dumb"
        self._is_shown = sys.stderr.isatty() and not quiet and not is_dumb
        if self._is_shown:
            echo_for_now(f"{first} …")
        self._bar: Any = None
        self._done = 0

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End the bar; the next progress begins another."""
        if self._bar:
            self._bar.__exit__(None, None, None)
        self._bar, self._done = None, 0

    def pause(self) -> None:
        """Make room for a line; the next progress draws the bar again below it."""
        if self._bar:
            erase_line()

    def update(self, stage: str, fraction: float) -> None:
        """Show that ``fraction``, 0 to 1, of ``stage`` is done."""
        done = round(_STEPS * share_done(stage, fraction))
        if not self._is_shown or done <= self._done:
            return
        if self._bar is None:
            self._bar = click.progressbar(
                length=_STEPS, file=sys.stderr, item_show_func=lambda name: name or ""
            )
            self._bar.__enter__()
        self._bar.update(done - self._done, stage)
        self._done = done
