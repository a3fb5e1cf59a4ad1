"""Which practice to begin with: three answers in, one practice out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.application.fields import FIELDS
from cft_audio.library.practices import Library
from cft_audio.schema.fields import Field
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.answers import missing_slots

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.files.folders import Folders
    from cft_audio.script.practice import Practice, Slot

DIFFICULTIES = {
    "self-criticism": "I'm hard on myself",
    "shame": "I feel ashamed",
    "anxiety": "I'm worried or on edge",
    "low-mood": "I feel low and heavy",
    "sleep": "I can't settle at night",
    "avoidance": "There's something I keep putting off or away from",
    "inner-conflict": "Parts of me pull in different ways",
    "anger": "I'm angry, at someone or at myself",
    "nothing-in-particular": "Nothing special; I'd like to practise",
}
"""What can be hard, each in a person's own words."""

EXPERIENCE = {"new": "It's new to me", "some": "I've done some", "steady": "I practise often"}
"""How practised a person can be, likewise."""

_HARD = Field("hard", "choice", "What is hard just now.", choices=tuple(DIFFICULTIES))
_PRACTISED = Field("practised", "choice", "How used to it you are.", choices=tuple(EXPERIENCE))

_SHORTEST, _LONGEST = 3.0, 60.0
"""Minutes that every practice can be made for."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
"""What parts two sentences."""

_COMPLEXITY = ("low", "low to moderate", "moderate", "high")


@dataclass(frozen=True)
class Wish:
    """What a person said they need.

    Attributes:
        hard: What is hard just now, one of ``DIFFICULTIES``.
        length_s: Seconds they have.
        practised: How practised they are, one of ``EXPERIENCE``.
    """

    hard: str
    length_s: float
    practised: str

    @classmethod
    def of(cls, hard: object, minutes: object, practised: object) -> Wish:
        """Return the wish that three answers mean.

        Raises:
            RequestError: If one of them cannot be meant.
        """
        return cls(_HARD.parse(hard), FIELDS["minutes"].parse(minutes), _PRACTISED.parse(practised))

    @property
    def minutes(self) -> float:
        """How long they have in minutes, within what every practice can be made for."""
        return min(max(self.length_s / 60, _SHORTEST), _LONGEST)

    @property
    def note(self) -> str:
        """A word about a length that is made another; empty where it is kept."""
        return note_of_length(self.length_s)


def note_of_length(length_s: float) -> str:
    """Return a word about a length that no practice can be made for; empty for any other.

    Args:
        length_s: Seconds that somebody has.
    """
    if length_s / 60 < _SHORTEST:
        return f"No practice is whole in less than {_SHORTEST:g} minutes, so it lasts that long."
    if length_s / 60 > _LONGEST:
        return f"No practice fills more than {_LONGEST:g} minutes, so it lasts that long."
    return ""


@dataclass(frozen=True)
class Recommendation:
    """One practice to begin with.

    Attributes:
        practice: The practice.
        minutes: How long to make it.
        adaptation: The adaptation that suits; empty for none.
        missing: The slots it needs an answer to.
        others: Two more to look at.
        note: A word about its length, where that is another than was asked for; or empty.
    """

    practice: Practice
    minutes: float
    adaptation: str
    missing: tuple[Slot, ...]
    others: tuple[Practice, ...]
    note: str = ""

    @property
    def reason(self) -> str:
        """Why this one, in a sentence that the practice says of itself."""
        about, summary = self.practice.about, self.practice.summary
        told = about.why or about.advantages or about.outcomes or summary or self.practice.title
        return _SENTENCE.split(told.strip(), maxsplit=1)[0]


def recommend(wish: Wish, folders: Folders) -> Recommendation:
    """Return the practice to begin with for ``wish``."""
    practices, _ = Library(folders.scripts).practices()
    first, *others = rank_practices(wish, practices)
    adaptation = wish.hard if wish.hard in ADAPTATIONS else ""
    missing = tuple(missing_slots(first, {}))
    two = tuple(others[:2])
    return Recommendation(first, wish.minutes, adaptation, missing, two, wish.note)


def rank_practices(wish: Wish, practices: Iterable[Practice]) -> list[Practice]:
    """Return the practices that suit ``wish``, the one to begin with first.

    What helps with the difficulty comes first, and among those the simplest: a small practice
    that is done is worth more than a large one that is not. To someone who practises often, what
    fills the time they have comes before what is simple. Practices for which a therapist's
    guidance is advised, or that ask for more experience, come only where nothing else helps. One
    that reads a letter back is left out: the letter has to be written first; and so is one that is
    not offered so short.
    """
    possible = [
        practice
        for practice in practices
        if not _reads_a_letter(practice) and practice.shortest_s <= wish.minutes * 60
    ]
    return sorted(possible, key=lambda practice: _distance(wish, practice))


def _reads_a_letter(practice: Practice) -> bool:
    return any(slot.type == "letter" and slot.default is None for slot in practice.slots.values())


def _distance(wish: Wish, practice: Practice) -> tuple[bool, bool, bool, float, float, str]:
    about = practice.about
    levels = list(EXPERIENCE)
    complexity = _COMPLEXITY.index(about.complexity) if about.complexity in _COMPLEXITY else 2
    misfit = abs(practice.natural_s / 60 - wish.minutes)
    steady = wish.practised == levels[-1]
    return (
        wish.hard not in about.helps,
        about.therapist_advised and not steady,
        levels.index(about.experience) > levels.index(wish.practised),
        *((misfit, complexity) if steady else (complexity, misfit)),
        practice.id,
    )
