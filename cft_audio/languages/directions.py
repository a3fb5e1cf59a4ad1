"""The words of stage directions, as a language pack has them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.languages.written import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping


_WORDS = {"parse": words_of}


@dataclass(frozen=True)
class Directions:
    """Words that stand in brackets in written scripts and are not meant to be spoken.

    All are in small letters. A bracket that holds none but these is a stage direction, if one of
    them is more than ``besides``, ``long`` or ``short``.

    Attributes:
        pause: Words for being silent.
        seconds: Words and abbreviations for seconds.
        minutes: Likewise, for minutes.
        breaths: Words for breaths and breathing.
        chimes: Words for a bell.
        manner: Words for how something is said, and for what a recording does beside it.
        besides: Words that may stand beside them.
        long: Words for a long pause.
        short: Words for a short one.
        numbers: The digits of numbers that are written as words.
    """

    pause: tuple[str, ...] = field(default=(), metadata=_WORDS)
    seconds: tuple[str, ...] = field(default=(), metadata=_WORDS)
    minutes: tuple[str, ...] = field(default=(), metadata=_WORDS)
    breaths: tuple[str, ...] = field(default=(), metadata=_WORDS)
    chimes: tuple[str, ...] = field(default=(), metadata=_WORDS)
    manner: tuple[str, ...] = field(default=(), metadata=_WORDS)
    besides: tuple[str, ...] = field(default=(), metadata=_WORDS)
    long: tuple[str, ...] = field(default=(), metadata=_WORDS)
    short: tuple[str, ...] = field(default=(), metadata=_WORDS)
    numbers: Mapping[str, str] = field(default_factory=dict)
