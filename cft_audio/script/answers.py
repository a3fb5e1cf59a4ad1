"""A person's answers to a practice's slots, checked and made into what a script can use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.languages.registry import language_of
from cft_audio.schema.suggest import did_you_mean
from cft_audio.script.adaptations import truths
from cft_audio.script.figure import Figure, FigureInScript
from cft_audio.script.inert import clean, inert
from cft_audio.script.practice import SEED

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
    """

    pace: PaceInScript
    minutes: float
    lasts: float
    adaptations: tuple[str, ...] = ()
    seed: int = 0


def missing_slots(practice: Practice, answers: Mapping[str, str]) -> list[Slot]:
    """Return the slots that have neither an answer nor a default, in the practice's order."""
    return [
        slot
        for name, slot in practice.slots.items()
        if slot.default is None and not answers.get(name, "").strip()
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
        RequestError: If an answer is missing, too long, of the wrong kind, or for no slot.
    """
    for name in answers:
        if name not in practice.slots:
            raise RequestError(
                f"the practice '{practice.id}' has no slot '{name}'",
                remedy=did_you_mean(name, practice.slots),
                field=field_of(name),
            )
    missing = missing_slots(practice, answers)
    if missing:
        raise missing_error(f"the practice '{practice.id}'", missing)
    language = language_of(practice.language)
    values = {
        name: _value(slot, answers.get(name) or slot.default or "", figure_named, language)
        for name, slot in practice.slots.items()
    }
    return {
        **values,
        "minutes": setting.minutes,
        "lasts": setting.lasts,
        "breaths_per_minute": setting.pace.breaths_per_minute,
        "pace": setting.pace,
        SEED: setting.seed,
        **truths(setting.adaptations),
    }


def field_of(slot: str) -> str:
    """Return the name of the field that answers the slot called ``slot``."""
    return slot if slot in ("name", "figure") else f"with.{slot}"


def missing_error(what: str, missing: Iterable[Slot]) -> RequestError:
    """Return the error that names every slot of ``missing``, which ``what`` also needs."""
    needed = [(_field(slot), slot.ask) for slot in missing]
    return RequestError(
        f"{what} also needs " + ", ".join(f"‹{field}› ({ask})" for field, ask in needed),
        remedy="Give each of them",
        field=needed[0][0] if len(needed) == 1 else "",
    )


def _field(slot: Slot) -> str:
    return "letter" if slot.type == "letter" else field_of(slot.name)


def _value(
    slot: Slot, answer: str, figure_named: Callable[[str], Figure], language: Language
) -> object:
    if slot.type == "letter":
        return _letter(slot, answer)
    text = clean(answer)
    if len(text) > slot.longest:
        raise RequestError(
            f"the answer has {len(text)} characters, and {slot.longest} fit",
            remedy="Shorten it",
            field=field_of(slot.name),
        )
    if slot.type == "figure":
        return FigureInScript.of(figure_named(text), language)
    if slot.type == "choice":
        if text and text not in slot.choices:
            raise RequestError(
                f"'{text}' is not one of the choices",
                remedy=f"Choose one of {', '.join(slot.choices)}",
                field=field_of(slot.name),
            )
        return text
    if slot.type == "number":
        return _number(slot, text)
    return inert(text)


def _letter(slot: Slot, answer: str) -> tuple[str, ...]:
    """Return the paragraphs of a letter; a single line break inside one is a blank."""
    if len(answer) > slot.longest:
        raise RequestError(
            f"the letter has {len(answer)} characters, and {slot.longest} fit",
            remedy="Shorten it, or read it in two recordings",
            field="letter",
        )
    parts = re.split(r"\n\s*\n", answer.replace("\r\n", "\n"))
    return tuple(found for found in map(inert, parts) if found)


def _number(slot: Slot, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise RequestError(
            f"'{text}' is not a number", remedy="Write it in digits", field=field_of(slot.name)
        ) from None
    return int(number) if number.is_integer() else number
