"""What is drawn by chance for a session's words: the same for the same number, everywhere.

Each place of a practice has an order of its own in which its wordings take turns, drawn from a
hash. Neighbouring numbers never agree in a place until all of its wordings had their turn, and no
two numbers agree in all places for long. Two practices that share a frame draw it differently.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

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
        return sorted(range(count), key=lambda wording: self._hash(place, turn, wording))[at]

    def _hash(self, place: str, turn: int, wording: int) -> bytes:
        drawn = f"{_SALT}:{self.practice}:{place}:{turn}:{wording}"
        return hashlib.sha256(drawn.encode()).digest()
