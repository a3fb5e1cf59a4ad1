"""A progress bar with the stage and the time left, over the stages of a build."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Self

import click

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

_SHARES = {"speaking": 0.6, "mixing": 0.2, "encoding": 0.2}
"""How much of a cold build each stage takes, measured on a ten-minute session."""

_STEPS = 1000


class Bar:
    """A bar on standard error, drawn once there is progress, unless ``quiet`` or no terminal."""

    def __init__(self, *, quiet: bool, shares: Mapping[str, float] = _SHARES) -> None:
        self._shares = shares
        self._is_shown = sys.stderr.isatty() and not quiet
        self._bar: Any = None
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def end(self) -> None:
        """End the bar; the next progress begins another."""
        if self._bar:
            self._bar.__exit__(None, None, None)
        self._bar, self._done = None, 0

    def update(self, stage: str, fraction: float) -> None:
        """Show that ``fraction``, 0 to 1, of ``stage`` is done."""
        stages = list(self._shares)
        before = sum(self._shares[name] for name in stages[: stages.index(stage)])
        done = round(_STEPS * (before + self._shares[stage] * min(1.0, fraction)))
        if not self._is_shown or done <= self._done:
            return
        if self._bar is None:
            self._bar = click.progressbar(
                length=_STEPS,
                file=sys.stderr,
                item_show_func=lambda name: name or "",
                show_percent=True,
                width=30,
            )
            self._bar.__enter__()
        self._bar.update(done - self._done, stage)
        self._done = done
