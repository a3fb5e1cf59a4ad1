"""What of a roster is to be spoken, and was not: each line once, for whoever speaks."""

from __future__ import annotations

import pickle
from contextlib import suppress
from typing import TYPE_CHECKING

from cft_audio.application.batches.work import LinesToSay
from cft_audio.errors import CftAudioError
from cft_audio.running.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cft_audio.application.batches.estimates import Estimates
    from cft_audio.application.batches.orders import Order
    from cft_audio.script.cues import Line
    from cft_audio.speech.takes.session_voices import SessionVoices

_PER_LINE_S = 0.5
"""Seconds that are expected of each line to be spoken; a model is loaded before the first."""


class UnspokenLines:
    """Finds the lines of rows that were not spoken; those that are nobody's once for all rows.

    Args:
        estimates: What the rows would say.
    """

    def __init__(self, estimates: Estimates) -> None:
        self._estimates = estimates
        self._found: dict[str, set[Line]] = {}

    def of(self, order: Order) -> list[Line]:
        """Return the lines of a row that were not spoken, and are none of a row's before it.

        Raises:
            CftAudioError: As ``Estimates.of`` and ``Estimates.voices``.
        """
        lines = self._estimates.of(order.request, order.folders).lines
        voices = self._estimates.voices(order.request, order.folders)
        found = self._found.setdefault(voices.how, set())
        unspoken = voices.find_unspoken(line for line in lines if line not in found)
        found.update(line for line in lines if not any(span.personal for span in line.spans))
        return unspoken


def lines_to_say(orders: Sequence[Order], estimates: Estimates) -> Iterator[Task]:
    """Yield the lines of all rows that were not spoken, as far as they can be foretold."""
    unspoken = UnspokenLines(estimates)
    for order in orders:
        with suppress(CftAudioError):  # told when the row is planned
            language = estimates.voices(order.request, order.folders).language
            yield from _task(order, unspoken.of(order), language)


def more_lines(order: Order, voices: SessionVoices, lines: Iterable[Line]) -> Iterator[Task]:
    """Yield those of a row's lines that were not spoken."""
    yield from _task(order, voices.find_unspoken(lines), voices.language.tag)


def _task(order: Order, lines: Sequence[Line], language: str) -> Iterator[Task]:
    if lines:
        request, pace = order.request, order.request.session.adapted_pace
        given = LinesToSay(request.voicing, pace.unhurried, language, order.folders, tuple(lines))
        yield Task(f"row {order.row.number}", pickle.dumps(given), _PER_LINE_S * len(lines))
