"""One run of a batch: lines spoken first, rows planned here and rendered by others."""

from __future__ import annotations

import hashlib
import pickle
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.application.batches.manifests import ManifestRow, plan_digest
from cft_audio.application.batches.outcomes import RowOutcome
from cft_audio.application.batches.place import row_of
from cft_audio.application.batches.speech import lines_to_say, more_lines
from cft_audio.application.batches.work import RecordingToMake
from cft_audio.application.beside.files import pages_beside
from cft_audio.application.plans import open_plan
from cft_audio.application.progress import ignore_progress
from cft_audio.application.rendering import prepare, sounds_of_their_own
from cft_audio.application.scripts_apart import KeptWriters
from cft_audio.errors import CftAudioError, LostTakeError
from cft_audio.files.targets import FolderTarget
from cft_audio.people.clients.made import note_made
from cft_audio.running.tasks import Task, error_of
from cft_audio.signal.audio import seconds
from cft_audio.speech.takes.caches import Caches
from cft_audio.speech.takes.carried import carry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cft_audio.application.batches.estimates import Estimates
    from cft_audio.application.batches.orders import Order
    from cft_audio.application.batches.place import Place
    from cft_audio.application.batches.work import MadeRecording
    from cft_audio.application.progress import Progress
    from cft_audio.application.rendering import Prepared
    from cft_audio.running.tasks import Outcome, Runner
    from cft_audio.script.cues import Line
    from cft_audio.speech.takes.recipes import ClipRecipe
    from cft_audio.speech.takes.session_voices import SessionVoices

_NATURAL_S = 600.0
"""Seconds that a recording of no asked length counts for, while time is told."""


@dataclass(frozen=True)
class Runners:
    """Who does the work of a batch.

    Attributes:
        speaking: Says lines: its work is ``work.say_lines``.
        rendering: Makes recordings: its work is ``work.make_recording``.
        apart: Whether recordings are made on other machines, which share no cache.
    """

    speaking: Runner
    rendering: Runner
    apart: bool = False


@dataclass(frozen=True)
class Watch:
    """Who is told how a batch goes.

    Attributes:
        tell: Told what became of a row, as soon as that is known.
        progress: Told ``speaking`` or ``rendering``, and how much of it is done.
        waiting: Told that another batch is running there, and that this one waits for it.
    """

    tell: Callable[[RowOutcome], object]
    progress: Progress = ignore_progress
    waiting: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class _Sent:
    """A row that is being rendered."""

    order: Order
    why: str
    prepared: Prepared


class BatchRun:
    """One run of a batch.

    Args:
        runners: Who does the work.
        place: Where recordings go.
        watch: Who is told.
        anew: Whether recordings that are there are made again.

    Attributes:
        outcomes: What became of the rows so far.
    """

    def __init__(self, runners: Runners, place: Place, watch: Watch, *, anew: bool) -> None:
        self._runners, self._place, self._watch, self._anew = runners, place, watch, anew
        self._writers = KeptWriters()
        self._sent: dict[str, _Sent] = {}
        self._lost: list[Order] | None = []
        self.outcomes: list[RowOutcome] = []

    def speak(self, orders: Sequence[Order], estimates: Estimates) -> None:
        """Speak the lines of all rows, each once, as far as they can be foretold."""
        tasks = list(lines_to_say(orders, estimates))
        total = sum(task.expected_s for task in tasks)
        by_key, done = {task.key: task.expected_s for task in tasks}, 0.0
        with closing(self._runners.speaking.run(tasks)) as outcomes:
            for outcome in outcomes:  # what cannot be spoken is told of by the row that needs it
                done += by_key[outcome.key]
                self._watch.progress("speaking", done / total)

    def render(self, orders: Sequence[Order]) -> None:
        """Plan each row, and have it rendered if it is not there as it should be.

        A row whose spoken lines were removed from the cache meanwhile is planned once more, by
        which they are spoken again.

        Raises:
            OutputError: If the manifest cannot be written, or what was made by another machine
                is not where this one looks for it.
        """
        self._total_s = sum(_length_s(order) for order in orders)
        self._done_s = 0.0
        self._lost = []
        with self._writers:
            self._render(orders)
            lost, self._lost = self._lost, None
            self._render(lost)

    def _render(self, orders: Sequence[Order]) -> None:
        # Closed at once whatever happens, so that nobody works on in a folder that goes.
        with closing(self._runners.rendering.run(self._recordings(orders))) as outcomes:
            for outcome in outcomes:
                self._finish(self._sent.pop(outcome.key), outcome)

    def _recordings(self, orders: Sequence[Order]) -> Iterator[Task]:
        for order in orders:
            try:
                prepared, clips = self._prepare(order)
                why = "asked for anew" if self._anew else self._place.why(order, prepared)
                task = self._task(order, why, prepared, clips) if why else None
            except Exception as fault:  # noqa: BLE001 -- a fault in one row must not end the others
                if not self._is_lost(order, fault):
                    self._fail(order, _unplanned(order), error_of(fault))
                continue
            if task:
                yield task
            else:
                kept = self._place.manifest.get(order.name)
                self._end(RowOutcome(order, "kept", "nothing is different", kept))

    def _prepare(self, order: Order) -> tuple[Prepared, dict[Line, ClipRecipe]]:
        with open_plan(
            order.request,
            order.folders,
            ignore_progress,
            lambda _: None,
            ahead=self._ahead(order),
            writer_of=self._writers.open,
        ) as (plan, voices):
            lines = (placed.line for placed in plan.timeline.speech)
            clips = {line: voices.known(line).recipe for line in lines}
            return prepare(plan, voices, order.folders), clips

    def _ahead(self, order: Order) -> Callable[[SessionVoices, Sequence[Line]], None]:
        """Return what has a row's lines spoken that could not be foretold, by whoever speaks."""

        def have_spoken(voices: SessionVoices, lines: Sequence[Line]) -> None:
            with closing(self._runners.speaking.run(more_lines(order, voices, lines))) as outcomes:
                for outcome in outcomes:
                    if outcome.error:
                        raise outcome.error

        return have_spoken

    def _task(
        self, order: Order, why: str, prepared: Prepared, clips: dict[Line, ClipRecipe]
    ) -> Task:
        apart, place, plan = self._runners.apart, self._place, prepared.plan
        given = RecordingToMake(
            prepared, clips, place.target, order.name, pages=pages_beside(plan, order.folders)
        )
        if apart:
            takes = carry(clips.values(), Caches.open(order.folders))
            given = replace(given, takes=takes, sounds=sounds_of_their_own(plan))
        else:
            scratch, shared = place.scratch, place.shared
            given = replace(given, folders=order.folders, scratch=scratch, shared=shared)
        key = hashlib.sha256(f"{order.name} {plan_digest(prepared)}".encode()).hexdigest()
        self._sent[key] = _Sent(order, why, prepared)
        length_s = seconds(plan.timeline.length)
        return Task(key, pickle.dumps(given), place.notes.most_per_second * length_s)

    def _finish(self, sent: _Sent, outcome: Outcome) -> None:
        order, prepared, place = sent.order, sent.prepared, self._place
        if self._is_lost(order, outcome.error):
            return
        before, warnings = place.manifest.get(order.name), prepared.plan.warnings
        row = replace(row_of(order, prepared), seconds=round(outcome.seconds, 2))
        if outcome.error:
            self._fail(order, row, outcome.error)
            return
        made: MadeRecording = outcome.answer
        if self._runners.apart:
            place.check_arrived(made.files)
        row = replace(
            row,
            files=made.files,
            length_s=round(made.length_s, 4),
            voice_lufs=None if made.voice_lufs is None else round(made.voice_lufs, 2),
            loudness_lufs=round(made.loudness_lufs, 2),
            true_peak_dbtp=round(made.true_peak_dbtp, 2),
        )
        place.keep(row)
        place.remove_left_over(before, row)
        place.notes.note(order, made.length_s, outcome.seconds)
        if isinstance(place.target, FolderTarget):
            with suppress(CftAudioError):  # a note that fails harms no recording
                note_made([place.target.path / name for name in made.files], order.folders)
        notes = (*prepared.plan.notes, *made.notes)
        self._end(RowOutcome(order, "made", sent.why, row, warnings=warnings, notes=notes))

    def _is_lost(self, order: Order, error: Exception | None) -> bool:
        """Return whether a row is to be planned once more, since a spoken line of it is gone."""
        if not isinstance(error, LostTakeError) or self._lost is None:
            return False
        self._lost.append(order)
        return True

    def _fail(self, order: Order, row: ManifestRow, error: CftAudioError) -> None:
        order.name_in(error)
        before = self._place.manifest.get(order.name)
        # What was made of it before is still there.
        files = before.files if before else {}
        self._place.keep(replace(row, outcome="failed", files=files))
        self._end(RowOutcome(order, "failed", error=error))

    def _end(self, outcome: RowOutcome) -> None:
        self.outcomes.append(outcome)
        self._done_s += _length_s(outcome.order)
        self._watch.progress("rendering", self._done_s / self._total_s)
        self._watch.tell(outcome)


def _unplanned(order: Order) -> ManifestRow:
    return ManifestRow(order.name, order.row.number, order.code, Path(order.practice).stem)


def _length_s(order: Order) -> float:
    return order.request.session.length_s or _NATURAL_S
