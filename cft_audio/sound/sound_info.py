"""What there is to say of a sound: for lists, and for those who know it by another word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SoundInfo:
    """One tone, bed or bell.

    Attributes:
        name: As it is asked for.
        kind: What it is: ``tone``, ``bed`` or ``bell``.
        title: What a list calls it.
        about: A sentence about how it sounds.
        words: What it sounds of, and what it may be taken for, in lower case: the sea has waves and
            surf. Whoever must not hear one of these is not given it.
        heard_on_phone: Whether a phone's own speaker gives it back.
    """

    name: str
    kind: str
    title: str
    about: str
    words: tuple[str, ...]
    heard_on_phone: bool
