"""From choices to answers for the slots of practices, and what is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.files.folders import expanded
from cft_audio.library.figures import find_figure
from cft_audio.library.letters import Letter, read_letter
from cft_audio.script.answers import check_answer, missing_error, missing_slots
from cft_audio.script.inert import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from cft_audio.application.choices import Choices
    from cft_audio.library.practices import Library
    from cft_audio.script.practice import Practice, Slot

_CHOSEN = "you chose"
"""What a practice's summary says of a figure that is the listener's own choice."""


@dataclass(frozen=True)
class Answered:
    """The answers to the slots of one practice, letters read.

    Attributes:
        answers: The answers by slot name, a letter as its text.
        letters: Its letters, and how each was understood.
    """

    answers: Mapping[str, str] = field(repr=False)
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True)
class Answers:
    """The answers that choices give to the slots of one practice, or of all of a programme.

    Attributes:
        what: What the practices are together, for an error.
        given: Each practice with its answers.
        library: Where figures are found.
        read: What reads a letter.
    """

    what: str
    given: tuple[tuple[Practice, Answered], ...] = field(repr=False)
    library: Library = field(repr=False)
    read: Callable[[Path], Letter] = field(repr=False)

    @property
    def missing(self) -> tuple[Slot, ...]:
        """The slots that have neither an answer nor a default; each once."""
        wanted = ((practice, given.answers) for practice, given in self.given)
        missing = [slot for each in wanted for slot in missing_slots(*each)]
        return tuple({slot.name: slot for slot in missing}.values())

    def check(self, slot: Slot, answer: str) -> None:
        """Check an answer before the next question is asked.

        Raises:
            CftAudioError: If it cannot be meant.
        """
        if not answer.strip():
            raise RequestError("there is nothing in the answer", remedy="Type one")
        text = self.read(expanded(answer)).text if slot.type == "letter" else answer
        check_answer(slot, text, lambda figure: find_figure(figure, self.library))

    @property
    def to_ask(self) -> tuple[Slot, ...]:
        """The slots to ask a person for who is there: the missing ones, and a figure they chose.

        A practice that speaks of the figure "you chose" must not choose one in silence.
        """
        figures = [
            slot
            for practice, given in self.given
            for slot in practice.slots.values()
            if slot.type == "figure"
            and slot.name not in given.answers
            and _CHOSEN in practice.summary
        ]
        return tuple({slot.name: slot for slot in (*self.missing, *figures)}.values())

    def complete(self, asked: Mapping[str, str]) -> list[Answered]:
        """Return the answers for each practice.

        Args:
            asked: Answers to the missing slots, by slot name.

        Raises:
            RequestError: If one is still missing, or a letter cannot be read.
        """
        left = [slot for slot in self.missing if not clean(asked.get(slot.name, ""))]
        if left:
            raise missing_error(self.what, left)
        return [self._completed(practice, given, asked) for practice, given in self.given]

    def _completed(self, practice: Practice, given: Answered, asked: Mapping[str, str]) -> Answered:
        wanted = {slot: text for slot, text in asked.items() if slot in practice.slots}
        read = _read_letters(practice, wanted, self.read)
        return Answered({**read.answers, **given.answers}, (*given.letters, *read.letters))


def answer_slots(
    wanted: Sequence[tuple[str, Choices]],
    library: Library,
    what: str,
    read: Callable[[Path], Letter] = read_letter,
) -> Answers:
    """Return the answers that choices give to the slots of each practice.

    Args:
        wanted: Each practice with the choices for its session.
        library: Where practices are found.
        what: What they are together, for an error.
        read: What reads a letter.

    Raises:
        RequestError: If there is no such practice, nothing reads a letter that was chosen, or it
            cannot be read.
        ScriptError: If a practice cannot be read.
    """
    chosen = [(library.open(name).practice(), choices) for name, choices in wanted]
    letter = any(choices.is_chosen("letter") for _, choices in wanted)
    if letter and not any(_letter_slots(practice) for practice, _ in chosen):
        remedy = "Try compassionate-letter-reading"
        raise RequestError(f"{what} reads no letter", remedy=remedy, field="letter")
    elsewhere = frozenset(name for practice, _ in chosen for name in practice.slots)
    given = (
        (practice, _read_letters(practice, _given(practice, choices, elsewhere), read))
        for practice, choices in chosen
    )
    return Answers(what, tuple(given), library, read)


def _given(practice: Practice, choices: Choices, elsewhere: frozenset[str]) -> dict[str, str]:
    """Return the answers for ``practice``; those to slots of other practices are left out."""
    chosen = choices.chosen.get("with") or {}
    # A person's setting must not stop a practice that has no such slot.
    kept = {name: text for name, text in choices["with"].items() if name in practice.slots}
    answers = {**kept, **chosen}
    for name in ("name", "figure"):
        is_wanted = name in practice.slots and name not in chosen
        if choices[name] is not None and (is_wanted or choices.is_chosen(name)):
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


def _read_letters(
    practice: Practice, answers: Mapping[str, str], read: Callable[[Path], Letter]
) -> Answered:
    paths = {name: answers[name] for name in _letter_slots(practice) if name in answers}
    letters = {name: read(expanded(path)) for name, path in paths.items() if path.strip()}
    texts = {name: letter.text for name, letter in letters.items()}
    return Answered({**answers, **texts}, tuple(letters.values()))
