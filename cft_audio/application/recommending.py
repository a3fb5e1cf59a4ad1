"""Which practice to begin with: three answers in, one practice out. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.script.practice import EXPERIENCE, Practice

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMPLEXITY = ("low", "low to moderate", "moderate", "high")


@dataclass(frozen=True)
class Wish:
    """What a person said they need.

    Attributes:
        hard: What is hard just now, one of ``script.practice.DIFFICULTIES``.
        minutes: How long they have.
        practised: How practised they are, one of ``script.practice.EXPERIENCE``.
    """

    hard: str
    minutes: float
    practised: str


def ranked(wish: Wish, practices: Iterable[Practice]) -> list[Practice]:
    """Return the practices that suit ``wish``, the one to begin with first.

    What helps with the difficulty comes first, and among those the simplest: a small practice
    that is done is worth more than a large one that is not. To someone who practises often, what
    fills the time they have comes before what is simple. Practices for which a therapist's
    guidance is advised, or that ask for more experience, come only where nothing else helps. One
    that reads a letter back is left out: the letter has to be written first.
    """
    possible = [practice for practice in practices if not _reads_a_letter(practice)]
    return sorted(possible, key=lambda practice: _distance(wish, practice))


def _reads_a_letter(practice: Practice) -> bool:
    return any(slot.type == "letter" and slot.default is None for slot in practice.slots.values())


def _distance(wish: Wish, practice: Practice) -> tuple[bool, bool, bool, float, float, str]:
    about = practice.about
    needed = EXPERIENCE.index(about.experience)
    complexity = _COMPLEXITY.index(about.complexity) if about.complexity in _COMPLEXITY else 2
    misfit = abs(practice.natural_s / 60 - wish.minutes)
    steady = wish.practised == EXPERIENCE[-1]
    return (
        wish.hard not in about.helps,
        about.therapist_advised and not steady,
        needed > EXPERIENCE.index(wish.practised),
        *((misfit, complexity) if steady else (complexity, misfit)),
        practice.id,
    )
