"""Text that came from a person, carried through a template as data and nothing else.

Each character is replaced by the placeholder of its code point before the template sees it, and
put back after the markup is parsed. On the way it can be placed, joined and cut like any text, but
it cannot be a cue, a heading, a line break or Jinja, and the parser can tell which words of a line
came from a person.
"""

from __future__ import annotations

import re
import unicodedata

from cft_audio.script.placeholders import PLACEHOLDERS, number_of, placeholder

_LAST_CARRIED = 0x1FFFF
"""The last code point that fits: the basic and the supplementary multilingual plane."""

INERT = re.compile(f"([{PLACEHOLDERS}]+)")
"""A run of characters that came from a person."""

_UNSPEAKABLE = {"Cc", "Cf", "Co", "Cs", "Cn"}
"""Unicode categories left out: control, format (bidirectional overrides among them), private."""

_JOINERS = {"\u200c", "\u200d"}
"""Format characters that spelling needs in some scripts."""


def clean(text: str) -> str:
    """Return ``text`` on one line, composed (NFC), without control or private-use characters.

    Characters beyond the supplementary multilingual plane (rare historic ideographs), which no
    voice here can say, are left out as well.
    """
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    kept = (character for character in composed if _speakable(character))
    return " ".join("".join(kept).split())


def _speakable(character: str) -> bool:
    return ord(character) <= _LAST_CARRIED and (
        character in _JOINERS or unicodedata.category(character) not in _UNSPEAKABLE
    )


def inert(text: str) -> str:
    """Return ``text``, cleaned, as characters that no stage takes for anything but data."""
    return "".join(placeholder(ord(character)) for character in clean(text))


def revealed(text: str) -> str:
    """Return ``text`` with every inert character as what it stands for."""
    return INERT.sub(lambda run: "".join(chr(number_of(held)) for held in run[0]), text)
