"""What ``cft-audio batch`` prints of rows: what they would come to, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.cli.face import complain, table
from cft_audio.cli.wording import words
from cft_audio.errors import sentences
from cft_audio.references import replace_references
from cft_audio.schema.durations import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.application.batches.batch import Pruned
    from cft_audio.application.batches.checks import RowPlan
    from cft_audio.application.batches.outcomes import RowOutcome
    from cft_audio.application.clients.packing import HandOverPlan
    from cft_audio.cli.face import Face

_SHOWN = 3
"""Files, or rows, that are named where there are more."""


def plan_lines(plans: Sequence[RowPlan], whole_s: float) -> Iterator[str]:
    """Yield what each row would come to, and all of them together.

    Args:
        plans: What they would come to.
        whole_s: About how many seconds they would take.
    """
    columns = ("row", "file", "length", "not yet spoken", "size", "why")
    rows = [
        (
            str(plan.order.row.number),
            plan.order.name,
            clock(plan.length_s),
            clock(plan.unspoken_s) if plan.unspoken_s else "-",
            f"{plan.bytes / 1e6:.1f} MB",
            plan.why or "kept: nothing is different",
        )
        for plan in plans
    ]
    yield from table(columns, rows)
    made = [plan for plan in plans if plan.why]
    yield ""
    if not made:
        whole = "It is" if len(plans) == 1 else f"All {len(plans)} are"
        yield f"{whole} there as {'it' if len(plans) == 1 else 'they'} should be."
        return
    size = sum(plan.bytes for plan in made) / 1e6
    length = clock(sum(plan.length_s for plan in made))
    yield (
        f"{len(made)} of {len(plans)} to make: {length} of recordings, {size:.0f} MB, about "
        f"{clock(max(1.0, whole_s))} on this machine."
    )


def hand_over_lines(plans: Sequence[HandOverPlan]) -> Iterator[str]:
    """Yield what would be handed over to each client; nothing where that was not asked for."""
    if plans:
        rows = [
            (str(plan.path), str(plan.recordings), plan.why or "replaced only if it differs")
            for plan in plans
        ]
        yield ""
        yield from table(("handed over", "recordings", "why"), rows)


def row_line(outcome: RowOutcome, *, named: bool) -> str:
    """Return what became of a row as a line."""
    order, name = outcome.order, outcome.order.request.session.answers.get("name", "")
    who = f"row {order.row.number}, {order.code}" + f" ({name})" * (named and bool(name))
    if outcome.made and not outcome.error:
        length = clock(outcome.made.length_s)
        return f"{who}: {order.name}  {length}  {outcome.state}: {outcome.why}"
    return f"{who}: {order.name}  failed"


def tell_of_doubts(face: Face, outcomes: Sequence[RowOutcome], *, named: bool) -> None:
    """Tell which words a voice may get wrong, or only in which rows, since they may be names."""
    doubtful = [str(o.order.row.number) for o in outcomes if o.warnings]
    if doubtful and not named:
        rows = f"row{'s' * (len(doubtful) > 1)} {_few(doubtful)}"
        face.note(f"Warning: a voice may get words wrong in {rows}. --log-names shows which.")
    if named:
        face.note(*(w.why for outcome in outcomes for w in outcome.warnings))
    face.note(*dict.fromkeys(note for outcome in outcomes for note in outcome.notes))


def complain_of_failed(outcomes: Sequence[RowOutcome], *, named: bool) -> None:
    """Tell of each row that failed why, and what to do about it."""
    for outcome in outcomes:
        if error := outcome.shown_error(named=named):
            text = replace_references(sentences(error.message, error.remedy), words)
            complain(f"Row {outcome.order.row.number} failed: {text}")


def tell_of_others(face: Face, names: Sequence[str]) -> None:
    """Tell of the files of rows that are no more."""
    if names:
        face.note(f"No row asks any more for {_few(names)}. --prune removes what none asks for.")


def tell_of_pruned(face: Face, pruned: Pruned, *, would: bool = False) -> None:
    """Tell which files of rows that are no more were removed, or would be, and which stay."""
    what = "would be removed" if would else "removed"
    face.tell(*(f"{name}  {what}: no row asks for it" for name in pruned.removed))
    face.note(*(f"{name} stays: it was changed since it was made." for name in pruned.left))


def _few(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + f" and {more} more" * (more > 0)
