"""A progress bar with the stage and the time left, over the stages of a build."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from types import TracebackType

_SHARES = {"speaking": 0.6, "mixing": 0.2, "encoding": 0.2}
"""How much of a cold build each stage takes, measured on a ten-minute session."""

_STEPS = 1000


class Bar:
    """A bar on standard error, drawn once there is progress; silent where ``shown`` is false."""

    def __init__(self, *, shown: bool) -> None:
        self._bar = (
            click.progressbar(
                length=_STEPS,
                file=sys.stderr,
                item_show_func=lambda stage: stage or "",
                show_percent=True,
                width=30,
            )
            if shown
            else None
        )
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar and self._done:
            self._bar.__exit__(kind, error, trace)

    def update(self, stage: str, fraction: float) -> None:
        """Show that ``fraction``, 0 to 1, of ``stage`` is done."""
        if not self._bar:
            return
        before = 0.0
        for name, share in _SHARES.items():
            if name == stage:
                break
            before += share
        done = round(_STEPS * (before + _SHARES.get(stage, 0.0) * min(1.0, fraction)))
        if done > self._done:
            if not self._done:
                self._bar.__enter__()
            self._bar.update(done - self._done, stage)
            self._done = done
