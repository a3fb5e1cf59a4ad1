"""A practice rendered with sample answers, to try it out before anybody has given any."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.script.answers import PaceInScript, Setting, context
from cft_audio.script.form import FULL, Form
from cft_audio.script.markup import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cft_audio.script.figure import Figure
    from cft_audio.script.practice import Practice, Slot
    from cft_audio.script.templates import Templates

GENTLE = PaceInScript(6.0, 4, 0, 6, 0)
"""The gentle pace."""

_ANSWERS = {"number": "3", "figure": "a wise friend", "letter": "Dear Sam,\n\nYou are not alone."}
"""By the type of a slot, where it is not ``Sam``."""


@dataclass(frozen=True)
class Trial:
    """What a script is tried with.

    Attributes:
        minutes: The length.
        full: Whether its optional slots are answered too.
        adaptations: What it is told for.
        seed: Which wording is said where there are several.
        form: The form that it is told in.
        pace: The pace of breathing.
        answers: Answers to some of its slots, in the place of the usual samples.
    """

    minutes: float
    full: bool = True
    adaptations: tuple[str, ...] = ()
    seed: int = 0
    form: Form = FULL
    pace: PaceInScript = GENTLE
    answers: Mapping[str, str] = field(default_factory=dict)


def sample_answer(slot: Slot) -> str:
    """Return an answer to ``slot`` that a script can be tried with."""
    usual = _ANSWERS.get(slot.type, "Sam")[: slot.longest]
    return slot.default or next(iter(slot.choices), usual)


def sample_answers(practice: Practice, *, full: bool) -> dict[str, str]:
    """Return an answer to each slot of ``practice``; to optional ones only if it is ``full``."""
    slots = practice.slots.values()
    return {slot.name: sample_answer(slot) for slot in slots if full or slot.default is None}


def sample_context(
    practice: Practice, figure_named: Callable[[str], Figure], trial: Trial
) -> dict[str, object]:
    """Return what the script of ``practice`` is tried with, by name.

    Args:
        practice: The practice.
        figure_named: Gives the figure for an answer.
        trial: What it is tried with.

    Raises:
        RequestError: If a default of its own is no answer that it takes.
    """
    answers = sample_answers(practice, full=trial.full) | dict(trial.answers)
    minutes = trial.minutes
    setting = Setting(trial.pace, minutes, minutes, trial.adaptations, trial.seed, trial.form)
    return context(practice, answers, figure_named, setting)


def sample_titles(
    practice: Practice, templates: Templates, figure_named: Callable[[str], Figure]
) -> tuple[str, ...]:
    """Return the titles of the chapters of ``practice`` with sample answers.

    Problems of its text are passed over.

    Raises:
        ScriptError: If the template cannot be rendered at all.
    """
    values = sample_context(practice, figure_named, Trial(practice.natural_s / 60))
    parsed = parse(templates.render(practice, values), practice.file)
    return tuple(section.title for section in parsed.sections)
