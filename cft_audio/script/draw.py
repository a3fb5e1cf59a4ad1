"""What is drawn by chance for a session's words: the same for the same number, everywhere.

Each place of a practice has an order of its own in which its wordings take turns, drawn from a
hash. Neighbouring numbers never agree in a place until all of its wordings had their turn, and no
two numbers agree in all places for long. Two practices that share a frame draw it differently.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

_SALT = 1
"""Chosen so that no two of the first twenty variants of a shipped practice share more of their
words than the goals of ``tests/practices/sameness.py`` allow."""


@dataclass(frozen=True)
class Draw:
    """Draws for one variant of one practice.

    Attributes:
        practice: The practice's id.
        seed: The variant, from 0 on.
    """

    practice: str = ""
    seed: int = 0

    def choose(self, place: str, count: int) -> int:
        """Return which of ``count`` wordings, from 0 on, is said at ``place``.

        Any ``count`` seeds in a row from a multiple of ``count`` on say each wording once.
        """
        turn, at = divmod(self.seed, count)
        return _order(self.practice, place, turn, count)[at]


@lru_cache(maxsize=50_000)
def _order(practice: str, place: str, turn: int, count: int) -> tuple[int, ...]:
    """Return the order in which the wordings of a place take turns; a check asks for each often."""

    def drawn(wording: int) -> bytes:
        return hashlib.sha256(f"{_SALT}:{practice}:{place}:{turn}:{wording}".encode()).digest()

    return tuple(sorted(range(count), key=drawn))
