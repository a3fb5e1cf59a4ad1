"""Stage directions in brackets, which are no cues, and the cue that is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cft_audio.script.inert import revealed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.languages.directions import Directions

_BRACKETS = re.compile(r"[({（〔【]([^(){}（）〔〕【】\[\]]+)[)}）〕】](?!\[)")
_ROUND = "(（"
_SET_OFF = re.compile(r"[-–—.…]+\s*([^-–—.…]+?)\s*[-–—.…]+")
"""A paragraph between dashes or dots: ``… pause …``."""

_CLOCK = re.compile(r"\s*\d+:\d\d\s*")
_SECONDS_SIGN = re.compile(r"(?<=\d)\s*(?:''|[\"”″])")
_WORD = re.compile(r"\d+:\d\d|\d+(?:[.,]\d+)?|[^\W\d_]+")
_SPOKEN_END = re.compile(r"[.!?…][\"'”’)]*$")


def find_directions(line: str, words: Directions, *, alone: bool) -> Iterator[tuple[str, str]]:
    """Yield each stage direction in a line of a script, and what to do about it.

    A paragraph that is a number and words of directions, without a full stop, is one as well, and
    so is one that dashes or dots set off.

    Args:
        line: The line, as its author wrote it.
        words: The words of directions in its language.
        alone: Whether it is a paragraph of its own.
    """
    text = revealed(line)
    found = [(bracket[0], bracket[1]) for bracket in _BRACKETS.finditer(text)]
    if alone and (set_off := _SET_OFF.fullmatch(text)):
        found.append((text, set_off[1]))
    elif alone and re.fullmatch(r"[^()\[\]]*\d[^()\[\]]*", text) and not _SPOKEN_END.search(text):
        found.append((text, text))
    for written, inside in found:
        if cue := cue_meant(inside, words):
            remedy = f"Write {cue}" if cue.startswith("[") else "Remove it, or say it in words"
            is_silent = written[0] in _ROUND  # as of speech/text/signs.py
            told = "is not said, and does nothing" if is_silent else "would be read out"
            yield f"'{written}' {told}", remedy


def cue_meant(text: str, words: Directions) -> str:
    """Return the cue that a stage direction means: ``remove`` for none, empty where it is none.

    Args:
        text: What stands in the brackets.
        words: The words of directions in its language.
    """
    plain = _SECONDS_SIGN.sub(f" {words.seconds[0]}" if words.seconds else "", text.lower())
    found = [words.numbers.get(word, word) for word in _WORD.findall(plain)]
    numbers = [word for word in found if word[0].isdigit()]
    said = {word for word in found if not word[0].isdigit()}
    known = {
        *(*words.pause, *words.seconds, *words.minutes, *words.breaths, *words.chimes),
        *(*words.manner, *words.besides, *words.long, *words.short),
    }
    number = _seconds(numbers[0]) if numbers else ""
    if _CLOCK.fullmatch(plain):
        return f"[{number}s]"
    if not said or said - known:
        return ""
    is_clock = bool(numbers) and ":" in numbers[0]
    long_pause = "[pause]" if said.isdisjoint(words.long) else "[pause x2]"
    is_short = not said.isdisjoint(words.short)
    # The first that fits counts: "three breaths of silence" are breaths.
    meanings = (
        (number and (is_clock or not said.isdisjoint(words.seconds)), f"[{number}s]"),
        (number and not said.isdisjoint(words.minutes), f"[{number}m]"),
        (not said.isdisjoint(words.breaths), f"[breathe {number if number.isdigit() else 1}]"),
        (not said.isdisjoint(words.chimes), "[chime]"),
        (
            not said.isdisjoint(words.pause),
            f"[{number or 2}s]" if number or is_short else long_pause,
        ),
        (not said.isdisjoint(words.manner), "remove"),
    )
    return next((cue for fits, cue in meanings if fits), "")


def _seconds(number: str) -> str:
    """Return a number, or a time as a clock shows it in seconds, as a cue has it."""
    minutes, by_clock, seconds = number.partition(":")
    return str(int(minutes) * 60 + int(seconds)) if by_clock else number.replace(",", ".")
