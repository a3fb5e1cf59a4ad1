"""A practice rendered with sample answers, to try it out before anybody has given any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.script.answers import PaceInScript, Setting, context
from cft_audio.script.markup import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.script.figure import Figure
    from cft_audio.script.practice import Practice, Slot
    from cft_audio.script.templates import Templates

_PACE = PaceInScript(6.0, 4, 0, 6, 0)
"""The gentle pace."""

_ANSWERS = {"number": "3", "figure": "a wise friend", "letter": "Dear Sam,\n\nYou are not alone."}
"""By the type of a slot, where it is not ``Sam``."""


def sample_answer(slot: Slot) -> str:
    """Return an answer to ``slot`` that a script can be tried with."""
    return slot.default or next(iter(slot.choices), _ANSWERS.get(slot.type, "Sam"))


def sample_context(
    practice: Practice, figure_named: Callable[[str], Figure], minutes: float, *, full: bool
) -> dict[str, object]:
    """Return what the script of ``practice`` is tried with, by name.

    Args:
        practice: The practice.
        figure_named: Gives the figure for an answer.
        minutes: The length it is tried at.
        full: Whether its optional slots are answered too.
    """
    answers = {
        slot.name: sample_answer(slot)
        for slot in practice.slots.values()
        if full or slot.default is None
    }
    return context(practice, answers, figure_named, Setting(_PACE, minutes, minutes))


def sample_titles(
    practice: Practice, templates: Templates, figure_named: Callable[[str], Figure]
) -> tuple[str, ...]:
    """Return the titles of the chapters of ``practice`` with sample answers.

    Problems of its text are passed over.

    Raises:
        ScriptError: If the template cannot be rendered at all.
    """
    values = sample_context(practice, figure_named, practice.natural_s / 60, full=True)
    parsed = parse(templates.render(practice, values), practice.file)
    return tuple(section.title for section in parsed.sections)
