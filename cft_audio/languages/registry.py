"""Which languages have a pack, and which one a language tag means."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from cft_audio.errors import LanguageError
from cft_audio.languages.pack import Language
from cft_audio.languages.readings import Readings
from cft_audio.schema.files import read_toml
from cft_audio.schema.nodes import Table
from cft_audio.schema.reader import Reader

_PACKS = Path(__file__).with_name("packs")

_UNKNOWN = "und"
"""The pack for every language without one. Its English words are said where a pack has none."""

_PAGES = ("safety", "handout", "letter", "opening")
"""The parts whose words are said in English where a pack has none of its own."""


def languages() -> tuple[Language, ...]:
    """Return every language with a pack, by tag."""
    return tuple(_pack(tag) for tag in _tags() if tag != _UNKNOWN)


def language_of(tag: str) -> Language:
    """Return the language of ``tag``, whatever its region: English for ``en-GB`` and ``en_US``.

    A language without a pack is that of ``packs/und.toml`` with its tag.
    """
    primary = _primary_subtag(tag)
    if primary in _tags():
        return _pack(primary)
    unknown = _pack(_UNKNOWN)
    return replace(unknown, tag=tag, name=f"'{tag}'") if primary else unknown


@cache
def _tags() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in _PACKS.glob("*.toml")))


@cache
def _pack(tag: str) -> Language:
    return read_pack(_PACKS / f"{tag}.toml")


def read_pack(file: Path) -> Language:
    """Return the language of a pack, and of its readings beside it.

    Raises:
        LanguageError: With everything that is wrong in it.
    """
    table, unknown = (
        read_toml(path, LanguageError) for path in (file, _PACKS / f"{_UNKNOWN}.toml")
    )
    reader = Reader(str(file), LanguageError)
    english = {name: unknown.entries[name] for name in _PAGES}
    entries = Table(english | dict(table.entries), table.line)
    language = reader.fill(Language, entries, readings=_readings_beside(file))
    reader.check()
    return language


def _readings_beside(file: Path) -> Readings:
    path = file.parent / "readings" / file.name
    if not path.is_file():
        return Readings()
    reader = Reader(str(path), LanguageError)
    readings = reader.fill(Readings, read_toml(path, LanguageError))
    reader.check()
    return readings


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


ENGLISH = language_of("en")
"""The language of this program's own practices."""
