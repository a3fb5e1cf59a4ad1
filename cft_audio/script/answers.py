"""A person's answers to a practice's slots, checked and made into what a script can use."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from cft_audio.errors import MissingError, RequestError
from cft_audio.languages.registry import ENGLISH, language_of
from cft_audio.schema.durations import parse_decimal
from cft_audio.schema.suggest import did_you_mean
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.draw import Draw
from cft_audio.script.figure import Figure, FigureInScript
from cft_audio.script.form import FULL, Form, core_of
from cft_audio.script.inert import clean, inert
from cft_audio.script.practice import DRAW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cft_audio.languages.pack import Language
    from cft_audio.script.practice import Practice, Slot


@dataclass(frozen=True)
class PaceInScript:
    """What a script sees of the pace: the settled breath's phases in whole counts (seconds)."""

    breaths_per_minute: float
    inhale: int
    hold: int
    exhale: int
    rest: int


@dataclass(frozen=True)
class Setting:
    """What a script can ask for besides its slots.

    Attributes:
        pace: The pace of breathing.
        minutes: How much there is to say, as the length that it is meant for.
        lasts: Minutes that the session lasts, or is meant to where none was asked.
        adaptations: The names of those that were asked for.
        seed: Which wording is said where there are several.
        form: The form that the practice is told in.
    """

    pace: PaceInScript
    minutes: float
    lasts: float
    adaptations: tuple[str, ...] = ()
    seed: int = 0
    form: Form = FULL


def missing_slots(practice: Practice, answers: Mapping[str, str]) -> list[Slot]:
    """Return the slots that have neither an answer nor a default, in the practice's order."""
    return [
        slot
        for name, slot in practice.slots.items()
        if slot.default is None and not _heard(answers.get(name, ""))
    ]


def context(
    practice: Practice,
    answers: Mapping[str, str],
    figure_named: Callable[[str], Figure],
    setting: Setting,
) -> dict[str, object]:
    """Return everything that the script of ``practice`` can use, by name.

    Args:
        practice: The practice.
        answers: The person's answers by slot name; a slot left out takes its default.
        figure_named: Gives the figure for the answer to a figure slot; may raise RequestError.
        setting: Everything else that a script can ask for.

    Raises:
        RequestError: If an answer is missing, too long, of the wrong kind, or for no slot, or if
            there is no such core.
    """
    for name in answers:
        if name not in practice.slots:
            message = f"the practice '{practice.id}' has no slot '{name}'"
            remedy = did_you_mean(name, practice.slots)
            raise RequestError(message, remedy=remedy, field=field_of(name))
    if missing := missing_slots(practice, answers):
        raise missing_error(f"the practice '{practice.id}'", missing)
    language = language_of(practice.language)
    values = {
        name: _value(
            slot, _heard(answers.get(name, "")) or slot.default or "", figure_named, language
        )
        for name, slot in practice.slots.items()
    }
    draw = Draw(practice.id, setting.seed)
    return {
        **values,
        "minutes": setting.minutes,
        "lasts": setting.lasts,
        "breaths_per_minute": setting.pace.breaths_per_minute,
        "pace": setting.pace,
        "therapist_advised": practice.about.therapist_advised,
        "core": core_of(practice, setting.form, draw),
        "returning": setting.form.returning,
        "self_led": setting.form.self_led,
        "first_words": inert(clean(setting.form.first_words)),
        "steps": practice.steps,
        DRAW: draw,
        **{a.variable: a.name in setting.adaptations for a in ADAPTATIONS.values()},
    }


def check_answer(slot: Slot, answer: str, figure_named: Callable[[str], Figure]) -> None:
    """Check an answer to one slot; see ``context`` for the last argument.

    Raises:
        CftAudioError: If it is too long or of the wrong kind.
    """
    _value(slot, answer, figure_named, ENGLISH)


def field_of(slot: str) -> str:
    """Return the name of the field that answers the slot called ``slot``."""
    return slot if slot in ("name", "figure") else f"with.{slot}"


def _heard(answer: str) -> str:
    """Return ``answer``, or nothing where it holds none but characters that are never said."""
    return answer if clean(answer) else ""


def missing_error(what: str, missing: Iterable[Slot]) -> MissingError:
    """Return the error that names every slot of ``missing``, which ``what`` also needs."""
    needed = [(_field(slot), slot.ask) for slot in missing]
    return MissingError(
        f"{what} also needs " + ", ".join(f"‹{field}› ({ask})" for field, ask in needed),
        remedy="Give it" if len(needed) == 1 else "Give each of them",
        fields=[field for field, _ in needed],
    )


def _field(slot: Slot) -> str:
    return "letter" if slot.type == "letter" else field_of(slot.name)


def _value(
    slot: Slot, answer: str, figure_named: Callable[[str], Figure], language: Language
) -> object:
    is_letter = slot.type == "letter"
    text = answer if is_letter else clean(answer)
    refuse = partial(RequestError, field=_field(slot))
    if len(text) > slot.longest:
        remedy = "Shorten it, or read it in two recordings" if is_letter else "Shorten it"
        raise refuse(f"the text has {len(text)} characters, and {slot.longest} fit", remedy=remedy)
    match slot.type:
        case "letter":
            # A single line break inside a paragraph is a blank.
            paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
            return tuple(filter(None, map(inert, paragraphs)))
        case "figure":
            return FigureInScript.of(figure_named(text), language)
        case "choice":
            if text and text not in slot.choices:
                remedy = f"Choose one of {', '.join(slot.choices)}"
                raise refuse(f"'{text}' is not one of the choices", remedy=remedy)
            return text
        case "number":
            try:
                number = parse_decimal(text)
            except ValueError:
                number = math.nan
            if not math.isfinite(number):
                raise refuse(f"'{text}' is not a number", remedy="Write it in digits")
            return int(number) if number.is_integer() else number
        case _:
            return inert(text)
