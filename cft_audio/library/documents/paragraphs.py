"""The paragraphs of a text: which ends of lines a page's width made, and which somebody meant."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDEST = 120
"""Characters of a line that is still a line of a page; a longer one is a whole paragraph."""

_NARROWEST = 40
"""Characters of a line that a page's width may have ended. Shorter ones are verses, lists, an
address, a signature: e-mail and typewriters break at 60 to 80, books at 45 and more."""

_LIST = 3
"""Short lines in small letters that are a list or a verse, and no sentence that was broken."""

_HYPHENS = "-\u2010\u00ad"
_CUT = re.compile(rf"(?P<before>[^\W\d_]+)[{_HYPHENS}]$")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STARTS = re.compile(r"[^\W\d_]+")
_ENDED = re.compile(r"[.!?…,;:、。！？，；：।؟۔—–\-\"'”’»)\]]$")
"""Marks at the end of a line at which a voice rests anyway."""


_UNFINISHED = re.compile(rf"[^\W\d_][{_HYPHENS},]?$")
_MARKS_AT_START = re.compile(r"^(?:>+ ?)*(?:#{1,6} |[-–*+•·▪◦‣◆○●] )?")
_RULE = re.compile(r"[-–—*_=#~.•·\s]{3,}")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=\S)([^*_\n]+)(?<=\S)\1(?![\w*_])")


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of ``text``, each on one line, blanks between its words.

    Empty lines and form feeds part them, unless a sentence goes on after them, as over the end of
    a page. The end of a line inside one is

    - a blank, where the next word had not fitted on the line or goes on in small letters;
    - nothing, where it cuts a word in two (``com-``, ``pletely``); the hyphen stays in a word that
      is written with one (``well-``, ``known``);
    - the end of a paragraph, where the lines are longer than any page is wide;
    - else meant by the writer, as in a list or a verse: the voice rests there.
    """
    unified = re.sub(r"\r\n?|[\v\x1c-\x1e\x85\u2028]", "\n", text)
    unified = re.sub(r"[\f\u2029]", "\n\n", unified)
    blocks: list[list[str]] = []
    for block in re.split(r"\n(?:[^\S\n]*\n)+", unified):
        lines = [line for line in map(_unmarked, block.split("\n")) if line]
        if blocks and lines and _goes_on(blocks[-1][-1], lines[0]):
            blocks[-1] += lines
        elif lines:
            blocks.append(lines)
    written = frozenset(_COMPOUND.findall(unified.lower()))
    return [paragraph for block in blocks for paragraph in _joined(block, written)]


def _unmarked(line: str) -> str:
    """Return a line without the signs that set it off: a bullet, a rule, Markdown's marks."""
    unmarked = _MARKS_AT_START.sub("", " ".join(line.split()))
    return "" if _RULE.fullmatch(line.strip()) else _EMPHASIS.sub(r"\2", unmarked)


def _goes_on(before: str, line: str) -> bool:
    """Return whether a sentence goes on in ``line`` that ``before``, the line of a page, began."""
    return len(before) >= _NARROWEST and line[0].islower() and bool(_UNFINISHED.search(before))


def _joined(lines: list[str], written: frozenset[str]) -> Iterator[str]:
    """Yield the paragraphs of a block of lines; ``written`` are the words of the whole text."""
    width = max(map(len, lines))
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        if width > _WIDEST and not _goes_on(before, line):
            yield "".join(pieces)
            pieces = [line]
            continue
        if (cut := _CUT.search(before)) and (start := _STARTS.match(line)):
            pieces[-1] = pieces[-1][:-1]
            pieces.append(_hyphen_between(cut["before"], start[0], line, written))
        elif _ENDED.search(before) or _is_wrapped(before, line, width):
            pieces.append(" ")
        elif line[0].islower():
            pieces.append(", " if len(lines) >= _LIST else " ")
        else:
            pieces.append(". ")
        pieces.append(line)
    yield "".join(pieces)


def _is_wrapped(before: str, line: str, width: int) -> bool:
    """Return whether ``line`` goes on with ``before`` because there was no more room for it."""
    if width < _NARROWEST:
        return False
    had_no_room = len(before) + 1 + len(line.split(maxsplit=1)[0]) > width
    return had_no_room or (line[0].islower() and len(before) > width / 2)


def _hyphen_between(before: str, after: str, line: str, written: frozenset[str]) -> str:
    """Return the hyphen of a word that a line's end cuts, empty where only that put it there.

    It stays where a typesetter keeps it: before a capital (``Anne-Marie``), within a longer
    compound (``mother-in-law``), where the letter has the word with it elsewhere, and between two
    words that make none together.
    """
    follows = line[len(after) : len(after) + 1]
    if after[0].isupper() or (follows and follows in _HYPHENS):
        return "-"
    together, apart = f"{before}{after}".lower(), f"{before}-{after}".lower()
    if apart in written:
        return "-"
    if together in written or _is_word(together):
        return ""
    return "-" if _is_word(before.lower()) and _is_word(after.lower()) else ""


def _is_word(word: str) -> bool:
    return word in _english()


@cache
def _english() -> frozenset[str]:
    """Return the words of English, from the frequency list of a spelling checker."""
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.words())
