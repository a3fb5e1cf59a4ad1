"""The captions of a plan, without what its listener keeps to themselves."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from cft_audio.captions.caption import Caption, captions_of
from cft_audio.languages.registry import language_of
from cft_audio.script.inert import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cft_audio.application.plans import Plan
    from cft_audio.application.request import SessionRequest
    from cft_audio.script.cues import Line, Span
    from cft_audio.script.practice import Practice

_WORD, _ANSWER = re.compile(r"\w+"), re.compile(r"[\w-]+")

WITHHELD = "…"
"""Stands in the transcript where something personal was, if the name is kept out."""


def plan_captions(plan: Plan) -> tuple[Caption, ...]:
    """Return the captions of a plan, in order.

    Where the name is kept out, so is all that a person said of themselves and others: a whole
    answer is left out, since another one may hold the name, or a part of it, or name somebody else.
    """
    withheld = frozenset() if plan.request.output.name_in_tags else _personal_words(plan)
    return captions_of(plan.timeline, plan.clips, partial(_shown, withheld=withheld))


def speaks_of_someone(plan: Plan) -> bool:
    """Return whether something is spoken that a person said of themselves or others."""
    lines = (placed.line for placed in plan.timeline.speech)
    return is_personal(lines, plan.request, plan.practice)


def is_personal(lines: Iterable[Line], request: SessionRequest, practice: Practice) -> bool:
    """Return whether lines say something that a person said of themselves or others.

    A name by which anybody may be addressed is nobody's, and so is what a course says first.
    """
    anybody = language_of(practice.language).anybody
    words = _words_of(_given(request, practice), practice)
    if not request.output.is_courses_own:
        words |= {*_WORD.findall(clean(request.session.form.first_words).lower())}
    return any(
        _is_withheld(span, words) and span.text.strip().casefold() not in anybody
        for line in lines
        for span in line.spans
    )


def _given(request: SessionRequest, practice: Practice) -> dict[str, str]:
    """Return the answers that somebody gave, and nobody else would."""
    anybody = language_of(practice.language).anybody
    answers = {name: clean(text) for name, text in request.session.answers.items()}
    usual = {slot.name: clean(slot.default or "") for slot in practice.slots.values()}
    return {
        name: text
        for name, text in answers.items()
        if text != usual[name] and text.casefold() not in anybody
    }


def _personal_words(plan: Plan) -> frozenset[str]:
    """Return every word that the person typed; a figure's id is one word, and not its name's."""
    answers = plan.request.session.answers
    return _words_of({slot: clean(text) for slot, text in answers.items()}, plan.practice)


def _words_of(answers: Mapping[str, str], practice: Practice) -> frozenset[str]:
    words: set[str] = set()
    for slot, answer in answers.items():
        is_figure = practice.slots[slot].type == "figure"
        words.update((_ANSWER if is_figure else _WORD).findall(answer.lower()))
    return frozenset(words)


def _shown(line: Line, first: int, last: int, *, withheld: frozenset[str]) -> str:
    """Return the text of a line from one character to another, without what is withheld."""
    shown, at = "", 0
    for span in line.spans:
        begin, end = max(first, at), min(last, at + len(span.text))
        if begin < end:
            shown += WITHHELD if _is_withheld(span, withheld) else span.text[begin - at : end - at]
        at += len(span.text)
    return shown


def _is_withheld(span: Span, withheld: frozenset[str]) -> bool:
    return span.personal and not withheld.isdisjoint(_WORD.findall(span.text.lower()))
