"""The compassionate figure, with grammar that stays right whatever its pronouns."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.languages.pack import Pronouns
from cft_audio.languages.registry import ENGLISH
from cft_audio.script.inert import inert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.languages.pack import FigureGrammar, Language


def pronouns_of(text: str, language: Language = ENGLISH) -> str:
    """Return the pronouns a person typed, as ``she/her`` or only ``she``, in full.

    Raises:
        RequestError: If they are not known.
    """
    wanted = text.strip().lower()
    known = language.figure.pronouns
    for pronouns in known:
        if wanted in (pronouns, pronouns.split("/")[0]):
            return pronouns
    message = f"the pronouns '{text}' are not known"
    remedy = f"Choose one of {', '.join(known)}" if known else "Leave ‹figure_pronouns› out"
    raise RequestError(message, remedy=remedy, field="figure_pronouns")


KINDS = ("person", "animal", "place", "presence")
"""What a figure can be. A mountain is a place, and a light a presence: each has other sentences."""


@dataclass(frozen=True)
class Figure:
    """The compassionate figure a listener chose.

    Attributes:
        name: What it is called in a sentence, articles included: "a wise elder".
        pronouns: Its pronouns, as ``she/her``; empty if nobody gave them.
        looks: How it looks, as a clause that follows "you might notice".
        sounds: How it sounds, likewise.
        feels: How its presence feels, likewise.
        moves: How it moves, likewise.
        kind: What it is, of ``KINDS``; empty if nobody said, as of one in a person's own words.

    The ``metadata`` of its fields says how they are written in a file (``schema.reader``).
    """

    name: str = field(metadata={"example": '"a wise elder"'})
    pronouns: str = field(default="", metadata={"parse": pronouns_of})
    looks: str = ""
    sounds: str = ""
    feels: str = ""
    moves: str = ""
    kind: str = field(default="", metadata={"choices": KINDS})


@dataclass(frozen=True)
class FigureInScript:
    """What a script sees of the figure: inert text, and grammar by its pronouns.

    Attributes:
        words: What the figure is called, how it appears (``figure.looks``), what it is
            (``figure.kind``), and the forms of its pronouns by the names that the language gives
            them (``figure.them``).
        plural: Whether verbs after its pronoun are in the plural.
        grammar: The grammar of the language.
    """

    words: Mapping[str, str]
    plural: bool
    grammar: FigureGrammar

    @classmethod
    def of(cls, figure: Figure, language: Language = ENGLISH) -> FigureInScript:
        """Return ``figure`` as a script in ``language`` sees it.

        Where the figure has no pronouns, or some that the language does not know, it has the
        language's usual ones.
        """
        grammar = language.figure
        usual = grammar.pronouns.get(grammar.usual, Pronouns())
        pronouns = grammar.pronouns.get(figure.pronouns, usual)
        described = asdict(figure) | {"name": address_listener(figure.name, language)}
        words = {key: inert(text) for key, text in described.items()}
        words["kind"] = figure.kind  # never typed freely, and so it can be compared
        return cls({**pronouns.forms, **words}, pronouns.plural, grammar)

    def __getitem__(self, word: str) -> str:
        # Jinja looks here for a name that is no attribute.
        return self.words[word]

    def __str__(self) -> str:
        """Return what the figure is called: what an author means who writes its slot alone."""
        return self.words["name"]

    def verb(self, plain: str) -> str:
        """Return the form of a verb that follows the figure's pronoun: "are" becomes "is" for she.

        Args:
            plain: The form that follows a plural, such as "they".
        """
        if self.plural:
            return plain
        if plain in self.grammar.irregular:
            return self.grammar.irregular[plain]
        for ending, singular in self.grammar.endings.items():
            if re.search(ending, plain):
                return re.sub(ending, singular, plain)
        return plain


def address_listener(text: str, language: Language = ENGLISH) -> str:
    """Return what a listener wrote as it is said to them: "my aunt Rosa" as "your aunt Rosa"."""
    words = language.figure.to_listener
    if not words:
        return text
    mine = rf"\b({'|'.join(words)})\b"
    return re.sub(mine, lambda match: words[match[1].lower()], text, flags=re.IGNORECASE)
