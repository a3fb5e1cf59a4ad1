"""What eyes read and no voice says: addresses of the web, kisses, lines of marks, directions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cft_audio.script.directions import cue_meant
from cft_audio.speech.text.numbers import say

if TYPE_CHECKING:
    from cft_audio.languages.pack import Language

_MARK = r"=+_*~#^|<>\\/-"
_LINE_OF_MARKS = re.compile(
    rf"(?<!\S)(?:[{_MARK}]{{3,}}|([{_MARK}•·◇])(?: \1){{2,}}|={{2,}}|\+{{2,}})(?!\S)"
)
"""Signs by themselves, which part what stands over them from what stands below; two dashes are one
dash, and a sum may have a sign by itself."""

_BRACKETS = re.compile(r"\(([^()]{1,60})\)")

_HOST = r"(?:[\w-]+\.)+[a-z]{2,}"
_ADDRESS = re.compile(
    rf"(?<![\w@.])(?:https?://|www\.){_HOST}\S*|(?<!\w)[\w.+-]+@{_HOST}"
    rf"|(?<![\w@./-])[a-z][\w-]*(?:\.[\w-]+)*\.(?:org|com|net|info|gov|edu|uk)\b(?:/\S*)?"
)
_SCHEME = re.compile(r"^https?://|[?#].*$|/$")
_AFTER_ADDRESS = ".,;:!?)'\"]}”’»"


def say_signs(text: str, language: Language) -> str:
    """Return ``text`` with all that is no sentence as what is said for it, or without it."""
    if language.web:
        text = _ADDRESS.sub(lambda match: _address(match[0], language), text)
    text = _BRACKETS.sub(lambda match: _direction(match, language), text)
    for saying in language.writing:
        text = say(saying, text, language)
    return _LINE_OF_MARKS.sub(". ", text)


def _direction(match: re.Match[str], language: Language) -> str:
    """Return a bracket, unless it is a stage direction, which nobody says."""
    is_direction = cue_meant(match[1], language.checks.directions)
    return " " if is_direction else match[0]


def _address(written: str, language: Language) -> str:
    """Return an address of the web, or of mail, as it is read out."""
    address = written.rstrip(_AFTER_ADDRESS)
    after = written[len(address) :]
    parts = re.split(r"([^\w]|_)", _SCHEME.sub("", address))
    said = (language.web.get(part.lower(), part) for part in parts if part)
    return " ".join(said) + after
