"""What a script is tried with: lengths, answers, adaptations, wordings and paces."""

from __future__ import annotations

from itertools import combinations, cycle, product
from typing import TYPE_CHECKING

from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.answers import PaceInScript
from cft_audio.script.form import FULL, Form
from cft_audio.script.sample import Trial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.script.practice import Practice

LENGTHS = (3.0, 5.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 45.0, 60.0)
"""Minutes a script is tried at: the lengths that practices usually change their content at."""

_TELLING = (30.0, 10.0, 45.0, 3.0, 15.0, 20.0, 5.0, 8.0, 12.0, 25.0, 60.0)
"""The same lengths, first those that bring out most of what few listeners hear (measured on our own
practices)."""

_FEW = (3.0, 10.0, 30.0)
_EXTREMES = (0.5, 1.0, 2.0, 90.0, 180.0)
_SEEDS = range(1, 7)
_FIGURES = ("mountain", "animal-companion", "presence-of-light", "my aunt")
"""One of each kind beside the person that a default is, and one in a listener's own words."""

_NUMBERS = ("0", "1", "2", "5", "10", "100")

_FORMS = (Form(returning=True), Form(self_led=True, first_words="Welcome back."))

_SINGLES, _PAIRS = (tuple(combinations(ADAPTATIONS, count)) for count in (1, 2))

_PACES = (
    PaceInScript(3.0, 8, 2, 8, 2),
    PaceInScript(3.75, 4, 4, 4, 4),
    PaceInScript(5.5, 5, 0, 6, 0),
    PaceInScript(12.0, 2, 0, 3, 0),
)
"""With holds and without, slow and quick."""


def plain_trials(practice: Practice) -> Iterator[Trial]:
    """Yield what a script is tried with as it is: lengths, cores, slots answered, each choice."""
    cores = _cores(practice)
    for minutes, full in product(LENGTHS, (True, False)):
        yield Trial(minutes, full=full)
    for minutes, core in product(LENGTHS, cores[1:]):
        yield Trial(minutes, form=core)
    for minutes, answers in product(_FEW, _each_choice(practice)):
        yield Trial(minutes, answers=answers)
    for minutes, form in product(_FEW, _FORMS):
        yield Trial(minutes, form=form)


def adapted_trials(practice: Practice, adaptation: str) -> Iterator[Trial]:
    """Yield what a script is tried with where it is told for a difficulty: its cores in turn."""
    for minutes, core in zip(LENGTHS, cycle(_cores(practice)), strict=False):
        yield Trial(minutes, adaptations=(adaptation,), form=core)


def rare_trials(practice: Practice) -> Iterator[Trial]:
    """Yield what few listeners ask for: several things at once, wordings, paces, odd lengths.

    What most often brings out a line that was not said yet comes first.
    """
    yield from _of_cores(practice)
    yield from _several_at_once(practice)
    for minutes, full in product(_EXTREMES, (True, False)):
        yield Trial(minutes, full=full)
    for minutes, adaptations in product((*_TELLING, *_EXTREMES), _SINGLES):
        yield Trial(minutes, adaptations=adaptations, full=False)
    for minutes, pace, full in product(_FEW, _PACES, (True, False)):
        yield Trial(minutes, pace=pace, full=full)
    for minutes, seed, adaptations, core in product(_FEW, _SEEDS, _SINGLES, _cores(practice)):
        yield Trial(minutes, seed=seed, adaptations=adaptations, form=core)
    for minutes, form, adaptations in product(_TELLING, _FORMS, ((), *_SINGLES)):
        yield Trial(minutes, adaptations=adaptations, form=form)


def _of_cores(practice: Practice) -> Iterator[Trial]:
    """Yield each core with what changes its words most."""
    cores = _cores(practice)
    for minutes, core, adaptations in product(_TELLING, cores, _SINGLES):
        yield Trial(minutes, adaptations=adaptations, form=core)
    for minutes, core, answers, seed in product(_TELLING, cores, _each_choice(practice), (0, 1)):
        yield Trial(minutes, answers=answers, seed=seed, form=core)
    for seed, core, minutes in product(_SEEDS, cores, _TELLING):
        yield Trial(minutes, seed=seed, form=core)


def _several_at_once(practice: Practice) -> Iterator[Trial]:
    """Yield pairs of adaptations, and adaptations with each choice of a slot."""
    choices = _each_choice(practice)
    for lengths in (_TELLING[:3], _TELLING[3:]):
        for minutes, adaptations in product(lengths, _PAIRS):
            yield Trial(minutes, adaptations=adaptations)
        for minutes, answers, adaptations in product(lengths, choices, _SINGLES):
            yield Trial(minutes, answers=answers, adaptations=adaptations)


def _cores(practice: Practice) -> list[Form]:
    """Return the form of each core, in the order of the practice."""
    return [Form(core) for core in practice.cores] or [FULL]


def _each_choice(practice: Practice) -> list[dict[str, str]]:
    """Return, for each choice of each slot, some numbers and figures, an answer to it alone."""
    tried = {"number": _NUMBERS, "figure": _FIGURES}
    return [
        {slot.name: answer}
        for slot in practice.slots.values()
        for answer in tried.get(slot.type, slot.choices)
        if len(answer) <= slot.longest
    ]
