"""All rows of a batch checked before any work, by estimates, and what they would come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cft_audio.application.batches.consent import refuse_online
from cft_audio.application.batches.file_names import name_files
from cft_audio.application.batches.speech import UnspokenLines
from cft_audio.application.scripts_apart import KeptWriters
from cft_audio.errors import CftAudioError, RequestError
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cft_audio.application.batches.batch import Batch
    from cft_audio.application.batches.estimates import Estimates
    from cft_audio.application.batches.manifests import Manifest
    from cft_audio.application.batches.notes import BatchNotes
    from cft_audio.application.batches.orders import Order, Orders, RosterReader
    from cft_audio.application.scripts_apart import WriterOf
    from cft_audio.errors import Problem
    from cft_audio.files.targets import Target
    from cft_audio.speech.text.warnings import PronunciationWarning

_SPOKEN_PER_S = 6.0
"""Seconds of speech that the default voice says in a second on two cores: a third of what it does
on machines that we know."""

_PER_CHARACTER_S = 0.075
"""Seconds of speech for each character of a line, in the default voice (measured)."""


@dataclass(frozen=True)
class RowPlan:
    """What a row would come to.

    Attributes:
        order: What it asks for.
        why: Why it would be made; empty where it would be kept.
        length_s: Seconds that it would last.
        unspoken_s: Seconds of speech that were not spoken yet, about.
        bytes: About how large its file would be.
    """

    order: Order
    why: str
    length_s: float
    unspoken_s: float
    bytes: int

    def as_object(self) -> dict[str, Any]:
        """Return it as one object of plain values, for JSON, without a name."""
        return {
            "row": self.order.row.number,
            "code": self.order.code,
            "practice": self.order.practice,
            "file": self.order.name,
            "state": "planned" if self.why else "kept",
            "why": self.why or "nothing is different",
            "length_s": round(self.length_s, 1),
            "unspoken_s": round(self.unspoken_s, 1),
            "bytes": self.bytes,
        }


def check_orders(
    orders: Orders,
    reader: RosterReader,
    estimates: Estimates,
    template: str,
    progress: Callable[[float], object],
) -> list[Order]:
    """Return the orders with the names of their files, once everything in them can be made.

    Args:
        orders: What the roster asks for.
        reader: What read them.
        estimates: Estimates what they would say.
        template: How files are named.
        progress: Told how much of it is done, 0 to 1.

    Raises:
        RosterError: With everything wrong in the roster.
        RequestError: If somebody's lines would be sent to a service without consent.
    """
    named, clashes = name_files(orders.each, template)
    problems = [*orders.problems, *clashes]
    with KeptWriters() as writers:
        for done, order in enumerate(orders.each, start=1):
            problems += _estimated(order, reader, estimates, writers.open)
            progress(done / len(orders.each))
    orders.roster.check(problems)
    if not named:
        message = "there is no row in it that asks for a recording"
        remedy, where = "Fill in a row under the headings", orders.roster.file
        raise RequestError(message, remedy=remedy, field="roster", where=where)
    refuse_online(named, estimates, reader.sends_to)
    return named


def plan_rows(batch: Batch, estimates: Estimates, *, anew: bool) -> Iterator[RowPlan]:
    """Yield what each row would come to; nothing is spoken, planned or written.

    Raises:
        OutputError: If the target cannot be looked into.
    """
    manifest, notes = batch.manifest(), batch.notes()
    unspoken = UnspokenLines(estimates)
    for order in batch.orders:
        estimate = estimates.of(order.request, order.folders)
        why = "asked for anew" if anew else _why(order, batch.target, manifest, notes)
        length_s = seconds(estimate.length)
        size = order.request.output.coding("", length_s).bytes_for(length_s)
        unspoken_s = _PER_CHARACTER_S * sum(len(line.text) for line in unspoken.of(order))
        yield RowPlan(order, why, length_s, unspoken_s, size)


def _why(order: Order, target: Target, manifest: Manifest, notes: BatchNotes) -> str:
    """Return why a row would be made, as far as that can be told without planning it."""
    known = manifest.get(order.name)
    if known is None:
        is_there = target.size(order.name) is not None
        return "its file is there, and not in the manifest" if is_there else "it is new"
    if known.outcome != "made":
        return "it failed before"
    if not notes.is_asked_again(order):
        if notes.knows(order):
            return "something else is asked for"
        return "it may be different: what was asked for is not noted here"
    is_gone = any(target.size(name) is None for name in known.files)
    return "a file of it is gone" if is_gone else ""


def expected_s(plans: Iterable[RowPlan], seconds_per_second: float, workers: int) -> float:
    """Return about how many seconds of this machine rows would take.

    Args:
        plans: What they would come to.
        seconds_per_second: Seconds of rendering for each second of a recording.
        workers: How many are rendered at a time.
    """
    made = [plan for plan in plans if plan.why]
    rendering = sum(plan.length_s for plan in made) * seconds_per_second / max(1, workers)
    return rendering + sum(plan.unspoken_s for plan in made) / _SPOKEN_PER_S


def _check_sounds(unsaid: Sequence[PronunciationWarning]) -> None:
    """Raise RequestError if a voice cannot say how a word is said."""
    if unsaid:
        remedy = "Write it in other symbols, or as it is read"
        raise RequestError(unsaid[0].why, remedy=remedy, field="pronounce")


def _estimated(
    order: Order, reader: RosterReader, estimates: Estimates, writer_of: WriterOf
) -> list[Problem]:
    """Return what is wrong with an order that only its lines, and who says them, tell."""
    try:
        lines = estimates.of(order.request, order.folders, writer_of).lines
        if reader.may_send(order.online):  # the others are refused together
            voices = estimates.voices(order.request, order.folders).voices
            if order.request.voicing.pronounce:
                _check_sounds(voices.find_unsaid(lines))
    except CftAudioError as error:
        order.name_in(error)
        return [reader.problem(order.row, error, order.settings.client)]
    return []
