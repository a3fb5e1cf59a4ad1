"""A script that may become a session's: how long it can be, and its timeline once it is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cft_audio.signal.audio import seconds
from cft_audio.timeline.fit import Range, fit, length_at_ease, possible_range
from cft_audio.timeline.laying_out import lay_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.planning.writer import ScriptWriter
    from cft_audio.script.cues import Line, Script
    from cft_audio.timeline.events import Timeline
    from cft_audio.timeline.pieces import Layout

WIDER = (1.25, 1.5, 2.0)
"""Factors on the limits of silence and breathing, tried in turn where a length lies between what
one content fills within them and the least that the next one takes."""


@dataclass(frozen=True)
class Fitted:
    """A script and its timeline, exactly as long as was asked.

    Attributes:
        script: The script.
        timeline: Its timeline.
        unedited: The script as it would be if none of its lines were edited.
    """

    script: Script
    timeline: Timeline
    unedited: Script


@dataclass(frozen=True)
class Draft:
    """A script that may be the session's, and what its estimated clips come to.

    Attributes:
        script: The script.
        writer: What wrote it.
        unedited: The script as it would be if none of its lines were edited.
    """

    script: Script
    writer: ScriptWriter
    unedited: Script

    @cached_property
    def _estimated(self) -> dict[Line, int]:
        return {line: self.writer.estimate_length(line) for line in self.script.lines}

    @cached_property
    def range(self) -> Range:
        """The lengths it can have, by estimate."""
        return possible_range(self._lay_out(self._estimated))

    @cached_property
    def widest(self) -> int:
        """The longest it can be beyond its limits, by estimate."""
        return possible_range(self._lay_out(self._estimated, WIDER[-1])).longest

    @cached_property
    def at_ease_s(self) -> float:
        """About how many seconds it takes at least, if no silence in it is to be shortened."""
        return seconds(length_at_ease(self._lay_out(self._estimated)))

    @cached_property
    def natural_s(self) -> float:
        """About how many seconds it takes when nothing in it is stretched."""
        return seconds(self.fit(self._estimated, None).timeline.length)

    def shortest(self, lengths: Mapping[Line, int]) -> int:
        """Return the samples it takes at least with clips of these lengths."""
        return possible_range(self._lay_out(lengths)).shortest

    def fit(self, lengths: Mapping[Line, int], length: int | None, wider: float = 1.0) -> Fitted:
        """Return it with clips of these lengths, ``length`` samples long; None for its own.

        Args:
            lengths: The samples of each clip.
            length: The samples of the session.
            wider: A factor on its limits.

        Raises:
            LengthError: If it cannot be as long.
        """
        timeline = fit(self._lay_out(lengths, wider), length)
        return Fitted(self.script, timeline, self.unedited)

    def _lay_out(self, lengths: Mapping[Line, int], wider: float = 1.0) -> Layout:
        writer = self.writer
        return lay_out(self.script, lengths, writer.pace, writer.limits.widened(wider))
