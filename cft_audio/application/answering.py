"""From choices to answers for the slots of practices, and what is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.files.folders import expanded
from cft_audio.library.letters import read_letter
from cft_audio.script.answers import missing_error, missing_slots

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cft_audio.application.choices import Choices
    from cft_audio.library.practices import Library
    from cft_audio.script.practice import Practice, Slot

_CHOSEN = "you chose"
"""What a practice's summary says of a figure that is the listener's own choice."""


@dataclass(frozen=True)
class Answers:
    """The answers that choices give to the slots of one practice, or of all of a programme.

    Attributes:
        what: What the practices are together, for an error.
        given: Each practice with the answers to its slots, by slot name; a letter as the path of
            its file.
    """

    what: str
    given: tuple[tuple[Practice, dict[str, str]], ...] = field(repr=False)

    @property
    def missing(self) -> tuple[Slot, ...]:
        """The slots that have neither an answer nor a default; each once."""
        missing = [slot for wanted in self.given for slot in missing_slots(*wanted)]
        return tuple({slot.name: slot for slot in missing}.values())

    @property
    def to_ask(self) -> tuple[Slot, ...]:
        """The slots to ask a person for who is there: the missing ones, and a figure they chose.

        A practice that speaks of the figure "you chose" must not choose one in silence.
        """
        figures = [
            slot
            for practice, given in self.given
            for slot in practice.slots.values()
            if slot.type == "figure" and slot.name not in given and _CHOSEN in practice.summary
        ]
        return tuple({slot.name: slot for slot in (*self.missing, *figures)}.values())

    def complete(self, asked: Mapping[str, str]) -> list[dict[str, str]]:
        """Return the answers for each practice, letters read.

        Args:
            asked: Answers to the missing slots, by slot name.

        Raises:
            RequestError: If one is still missing, or there is no such letter.
            ScriptError: If a letter cannot be read.
        """
        left = [slot for slot in self.missing if not asked.get(slot.name, "").strip()]
        if left:
            raise missing_error(self.what, left)
        return [
            _read_letters(practice, {n: a for n, a in asked.items() if n in practice.slots} | given)
            for practice, given in self.given
        ]


def answer_slots(wanted: Sequence[tuple[str, Choices]], library: Library, what: str) -> Answers:
    """Return the answers that choices give to the slots of each practice.

    Args:
        wanted: Each practice with the choices for its session.
        library: Where practices are found.
        what: What they are together, for an error.

    Raises:
        RequestError: If there is no such practice, or nothing reads a letter that was chosen.
        ScriptError: If a practice cannot be read.
    """
    chosen = [(library.open(name).practice(), choices) for name, choices in wanted]
    letter = any(choices["letter"] is not None for _, choices in wanted)
    if letter and not any(_letter_slots(practice) for practice, _ in chosen):
        remedy = "Try compassionate-letter-reading"
        raise RequestError(f"{what} reads no letter", remedy=remedy, field="letter")
    elsewhere = frozenset(name for practice, _ in chosen for name in practice.slots)
    given = ((practice, _given(practice, choices, elsewhere)) for practice, choices in chosen)
    return Answers(what, tuple(given))


def _given(practice: Practice, choices: Choices, elsewhere: frozenset[str]) -> dict[str, str]:
    """Return the answers for ``practice``; those to slots of other practices are left out."""
    answers = dict(choices["with"])
    for name in ("name", "figure"):
        # A person's setting must not stop a practice that has no such slot.
        if choices[name] is not None and (name in practice.slots or choices.is_chosen(name)):
            answers[name] = choices[name]
    letters = _letter_slots(practice)
    if choices["letter"] is not None and letters:
        answers[letters[0]] = str(choices["letter"])
    return {
        name: answer
        for name, answer in answers.items()
        if name in practice.slots or name not in elsewhere
    }


def _letter_slots(practice: Practice) -> list[str]:
    return [slot.name for slot in practice.slots.values() if slot.type == "letter"]


def _read_letters(practice: Practice, answers: dict[str, str]) -> dict[str, str]:
    letters = [name for name in _letter_slots(practice) if name in answers]
    return answers | {name: read_letter(expanded(answers[name])) for name in letters}
