"""Words that are written alike and said in several ways, as a language pack has them.

They stand in a file of their own beside the pack, ``packs/readings``, which explains itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of ``text`` that are not empty."""
    return tuple(filter(None, map(str.strip, text.splitlines())))


_LINES = {"parse": lines_of}


@dataclass(frozen=True)
class Heteronym:
    """A word that is said in several ways.

    Attributes:
        name: The word, in small letters.
        other: Its sound in IPA wherever its class has none of its own; empty where every voice
            reads it right by itself.
        verb: Its sound as a verb.
        noun: Its sound as a noun.
        adjective: Its sound as an adjective.
        past: Its sound in the past tense, or as a participle.
        metal: Of "lead".
        knot: Of "bow".
        quarrel: Of "row".
        pig: Of "sow".
        fish: Of "bass".
        contexts: Which of the language's contexts tell its class.
        when: Contexts of its own, which come first.
    """

    name: str
    other: str
    verb: str = ""
    noun: str = ""
    adjective: str = ""
    past: str = ""
    metal: str = ""
    knot: str = ""
    quarrel: str = ""
    pig: str = ""
    fish: str = ""
    contexts: str = field(default="verb or noun", metadata={"key": "as"})
    when: tuple[str, ...] = field(default=(), metadata=_LINES)


@dataclass(frozen=True)
class Readings:
    """How a language tells the readings of its words apart.

    Attributes:
        classes: Patterns of the words of a class, or the words themselves, parted by blanks.
        contexts: Contexts that tell a word's class, a line each, by a name.
        words: The heteronyms.
        sounds: The IPA of sounds that are written as letters, by a pattern of the whole word.
        letters: The IPA of letters whose capital is also a word.
    """

    classes: Mapping[str, str] = field(default_factory=dict)
    contexts: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Heteronym] = field(default_factory=dict, metadata={"tables": Heteronym})
    sounds: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
