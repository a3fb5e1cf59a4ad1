"""The compassionate figure, with grammar that stays right whatever its pronouns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cft_audio.errors import RequestError
from cft_audio.script.inert import inert


@dataclass(frozen=True)
class Pronouns:
    """A set of English pronouns, each form named by the one of "they"."""

    they: str
    them: str
    their: str
    theirs: str
    themself: str
    plural: bool


PRONOUNS = {
    "she/her": Pronouns("she", "her", "her", "hers", "herself", plural=False),
    "he/him": Pronouns("he", "him", "his", "his", "himself", plural=False),
    "they/them": Pronouns("they", "them", "their", "theirs", "themself", plural=True),
    "it/its": Pronouns("it", "it", "its", "its", "itself", plural=False),
}
"""The pronouns a figure can have, by what a person types."""

_IRREGULAR = {"are": "is", "were": "was", "have": "has", "do": "does", "go": "goes"}
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


def third_person(verb: str) -> str:
    """Return the third person singular of ``verb``, given as it follows "they"."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if _CONSONANT_Y.search(verb):
        return verb[:-1] + "ies"
    return verb + ("es" if _SIBILANT.search(verb) else "s")


def pronouns_of(text: str) -> Pronouns:
    """Return the pronouns a person typed, as ``she/her`` or only ``she``.

    Raises:
        RequestError: If they are not known.
    """
    wanted = text.strip().lower()
    for name, pronouns in PRONOUNS.items():
        if wanted in (name, name.split("/")[0]):
            return pronouns
    raise RequestError(
        f"the pronouns '{text}' are not known",
        remedy=f"Choose one of {', '.join(PRONOUNS)}",
        field="figure_pronouns",
    )


@dataclass(frozen=True)
class Figure:
    """The compassionate figure a listener chose.

    Attributes:
        name: What it is called in a sentence, articles included: "a wise elder".
        pronouns: Its pronouns.
        looks: How it looks, as a clause that follows "you might notice".
        sounds: How it sounds, likewise.
        feels: How its presence feels, likewise.
        moves: How it moves, likewise.

    The ``metadata`` of its fields says how they are written in a file (``schema.reader``).
    """

    name: str = field(metadata={"example": '"a wise elder"'})
    pronouns: Pronouns = field(default=PRONOUNS["they/them"], metadata={"parse": pronouns_of})
    looks: str = ""
    sounds: str = ""
    feels: str = ""
    moves: str = ""


@dataclass(frozen=True)
class FigureInScript:
    """What a script sees of the figure: inert text, and grammar by the form of "they"."""

    name: str
    looks: str
    sounds: str
    feels: str
    moves: str
    they: str
    them: str
    their: str
    theirs: str
    themself: str
    are: str
    have: str
    plural: bool

    @classmethod
    def of(cls, figure: Figure) -> FigureInScript:
        """Return ``figure`` as a script sees it."""
        pronouns = figure.pronouns
        return cls(
            name=inert(addressed(figure.name)),
            looks=inert(figure.looks),
            sounds=inert(figure.sounds),
            feels=inert(figure.feels),
            moves=inert(figure.moves),
            they=pronouns.they,
            them=pronouns.them,
            their=pronouns.their,
            theirs=pronouns.theirs,
            themself=pronouns.themself,
            are="are" if pronouns.plural else "is",
            have="have" if pronouns.plural else "has",
            plural=pronouns.plural,
        )

    def verb(self, plain: str) -> str:
        """Return ``plain``, a verb as it follows "they", as it follows this figure's pronoun."""
        return plain if self.plural else third_person(plain)


_MINE = re.compile(r"\b(my(?:self)?|me)\b", re.IGNORECASE)
_YOURS = {"my": "your", "myself": "yourself", "me": "you"}


def addressed(text: str) -> str:
    """Return what a listener wrote as it is said to them: "my aunt Rosa" as "your aunt Rosa"."""
    return _MINE.sub(lambda found: _YOURS[found[1].lower()], text)
