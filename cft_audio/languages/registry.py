"""Which languages have a pack, and which one a language tag means."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.languages.english import ENGLISH
from cft_audio.languages.french import FRENCH
from cft_audio.languages.german import GERMAN
from cft_audio.languages.italian import ITALIAN
from cft_audio.languages.neutral import NEUTRAL
from cft_audio.languages.spanish import SPANISH

if TYPE_CHECKING:
    from cft_audio.languages.pack import Language

LANGUAGES = (
    ENGLISH,
    FRENCH,
    GERMAN,
    ITALIAN,
    SPANISH,
)
"""Every language with a pack."""

_PACKS = {language.tag: language for language in LANGUAGES}


def language_of(tag: str) -> Language:
    """Return the language of ``tag``, whatever its region: English for ``en-GB`` and ``en_US``.

    A language without a pack is the neutral one with its tag.
    """
    primary = _primary_subtag(tag)
    unknown = replace(NEUTRAL, tag=tag, name=f"'{tag}'") if primary else NEUTRAL
    return _PACKS.get(primary, unknown)


def is_same_language(tag: str, other: str) -> bool:
    """Return whether two tags mean one language, in whichever regions."""
    return _primary_subtag(tag) == _primary_subtag(other)


def other_language_warning(voice: str, practice: str) -> str:
    """Return what is to be said where a voice reads another language than a practice's.

    Args:
        voice: The tag of the language that the voice reads; empty if nobody knows.
        practice: The tag of the practice's language.

    Returns:
        A sentence without its full stop; empty where there is nothing to say.
    """
    if not _primary_subtag(voice) or is_same_language(voice, practice):
        return ""
    written, read = language_of(practice).name, language_of(voice).name
    return f"the practice is in {written} and its voice reads {read}, and may not be understood"


def _primary_subtag(tag: str) -> str:
    """Return the part of a tag that names the language (RFC 5646, section 2.2.1)."""
    return re.split("[^a-z]", tag.strip().lower(), maxsplit=1)[0]
