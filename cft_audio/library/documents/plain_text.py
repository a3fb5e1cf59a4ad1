"""Plain text whose encoding is told by its bytes, where it is not UTF-8 and has no mark."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from cft_audio.library.documents.errors import UnreadableError
from cft_audio.schema.encoding import HOW_TO_SAVE, decode_text

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_WIDE = {
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
}
_NARROW = {"cp1252": "Windows text", "mac_roman": "old Mac text"}
"""Encodings of a byte a letter, the more usual first."""

_MARKS = frozenset("’‘“”„‚«»‹›…–—•·°§€£¥©®™½¼¾¿¡´ªº\u00a0\u00ad×²³")
"""Signs of a letter that are no letters; a few of them stand inside words."""

_INSIDE_WORDS = frozenset("’‘´·\u00ad–—…")
_FOREIGN_RUN = re.compile(r"[^\W\d_a-zA-Z]{3,}")
"""Letters with accents do not follow each other in the languages that these encodings are for."""

_LOOKED_AT = 20_000
"""Characters by which an encoding is told, twice as many as a letter has."""

_SCRIPTS = 3
"""Most scripts of one letter, as the three of Japanese."""

_CAPITAL_INSIDE = re.compile(r"[a-zß-ÿ][À-ÞŒŸŽŠ]")
_BETWEEN_WORDS = re.compile(r"[ \r\n.,!?\u3000-\u3002]")
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x19\x1b\x7f]")


@dataclass(frozen=True)
class Decoded:
    """A text, and what it was taken for where that had to be guessed; empty where not."""

    text: str
    guessed: str = ""


def declared_encoding(data: bytes) -> str:
    """Return the encoding that a web page names in its head; empty for none."""
    found = _CHARSET.search(data[:2048])
    return found[1].decode("ascii") if found else ""


def plain_text(data: bytes, encoding: str = "") -> Decoded:
    """Return ``data`` as text.

    Args:
        data: The bytes.
        encoding: The encoding it says it has; empty for none.

    Raises:
        UnreadableError: If it is no text, or its encoding cannot be told with certainty.
    """
    try:
        decoded = Decoded(decode_text(data))
    except UnicodeDecodeError:
        decoded = _declared(data, encoding) or _guessed(data)
    else:
        if "\0" in decoded.text:
            decoded = _guessed(data)
    if _CONTROLS.search(decoded.text.rstrip("\0\x1a")):
        raise UnreadableError("this is no text, but data of some program", HOW_TO_SAVE)
    return decoded


def _declared(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding)) if encoding else None
    except (LookupError, ValueError):
        return None


def _guessed(data: bytes) -> Decoded:
    if b"\0" in data:
        possible = [(_decoded(data, encoding), name) for encoding, name in _WIDE.items()]
        texts = [Decoded(text, name) for text, name in possible if text and _is_plausible(text)]
        if not texts:
            raise UnreadableError("this is no text, but data of some program", "Give a text file")
        # Of two bytes in the wrong order hardly ever comes a blank, a line's end or a full stop.
        return max(texts, key=lambda decoded: len(_BETWEEN_WORDS.findall(decoded.text)))
    for encoding, name in _NARROW.items():
        text = _decoded(data, encoding)
        if text is not None and not _is_odd(text):
            return Decoded(text, name)
    line = data[: _first_beyond_ascii(data)].count(b"\n") + 1
    message = f"a letter or a sign in line {line} is saved in a way that cannot be told"
    raise UnreadableError(message, HOW_TO_SAVE)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_plausible(text: str) -> bool:
    """Return whether a text decoded from two or four bytes a letter is one that somebody wrote.

    What is decoded wrongly has letters of dozens of scripts, and signs that no font has.
    """
    if any(unicodedata.category(letter) in ("Cn", "Co", "Cs") for letter in text[:_LOOKED_AT]):
        return False
    letters = [letter for letter in text[:_LOOKED_AT] if letter.isalpha()]
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in letters}
    is_parted = _BETWEEN_WORDS.search(text) or text.isascii()
    return bool(letters and is_parted) and not _CONTROLS.search(text) and len(scripts) <= _SCRIPTS


def _is_odd(text: str) -> bool:
    """Return whether a text of a byte a letter has what no letter of somebody's has."""
    if _FOREIGN_RUN.search(text) or _CAPITAL_INSIDE.search(text):
        return True
    for found in re.finditer(r"[^\0-\x7f]", text):
        sign, at = found[0], found.start()
        if sign.isalpha() and sign not in "ªº":
            continue
        inside = text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()
        if sign not in _MARKS or (inside and sign not in _INSIDE_WORDS):
            return True
    return False


def _first_beyond_ascii(data: bytes) -> int:
    return next(at for at, byte in enumerate(data) if byte > 0x7F)  # noqa: PLR2004
