"""What a line of a practice holds besides words: cues in brackets, and how a word is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.schema.durations import parse_seconds
from cft_audio.schema.suggest import nearest
from cft_audio.script.cues import Breathe, Chime, Cue, ElasticBreathe, ElasticPause, Pause, Span
from cft_audio.script.inert import INERT, revealed
from cft_audio.script.time_marks import MARKS, SHOWN, is_time_mark, read_time_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Report: TypeAlias = "Callable[[str, str], None]"
"""Takes note of what is wrong and what to do about it."""

LONGEST_PAUSE = 600.0
"""Seconds a fixed pause may last: longer silence belongs to an elastic one, or is a slip."""

MOST_BREATHS = 200
"""Breaths a fixed breathe cue may ask for: over half an hour at six a minute."""

_SHOWN = 60
"""Characters of what is no cue that a message shows."""

_TOKEN = re.compile(
    r"""\((?P<word>[^()\[\]]+)\)\[(?P<how>\w+):\s*["“”](?P<sound>[^"“”]*)["“”]\]
      | \[(?P<cue>[^\[\]]*)\]""",
    re.VERBOSE,
)
_CUES = f"[4s], [pause], [pause x3], [breathe 6], [breathe], [chime], {SHOWN}"


@dataclass(frozen=True)
class NoAnswer:
    """The mark of a question that nobody has to answer; it stands behind the question."""


@dataclass(frozen=True)
class Refrain:
    """The mark of a line that comes back on purpose, such as a wish; it stands behind the line."""


@dataclass(frozen=True)
class Keep:
    """The mark of a line that nobody can leave out; it stands anywhere in its paragraph."""


Mark: TypeAlias = NoAnswer | Refrain | Keep
"""What says something of a line, and is not heard."""

Piece: TypeAlias = "Span | Cue | Mark"
"""What a line consists of."""

_BARE: dict[str, Cue | Mark] = {
    "chime": Chime(),
    "pause": ElasticPause(),
    "breathe": ElasticBreathe(),
    "no answer": NoAnswer(),
    "refrain": Refrain(),
    "keep": Keep(),
}


def read_line(text: str, report: Report) -> Iterator[Piece]:
    """Yield the words, the cues and the marks of a line in order, without what cannot be read.

    Args:
        text: The line.
        report: Told every problem.
    """
    end = 0
    for token in _TOKEN.finditer(text):
        yield from _read_words(text[end : token.start()], report)
        end = token.end()
        if token["cue"] is None:
            yield _read_pronunciation(token["word"], token["how"], token["sound"], report)
        elif cue := _read_cue(token["cue"], report):
            yield cue
    yield from _read_words(text[end:], report)


def _read_words(text: str, report: Report) -> Iterator[Span]:
    for stray in dict.fromkeys(re.findall(r"[\[\]]", text)):
        report(f"a '{stray}' has no partner", f"A cue is one of {_CUES}")
    for run in INERT.split(text):
        yield Span(revealed(run), personal=INERT.match(run) is not None)


def _read_pronunciation(word: str, how: str, sound: str, report: Report) -> Span:
    personal = INERT.search(word) is not None
    word, sound = revealed(word), revealed(sound).strip()
    if how not in ("ipa", "sub"):
        remedy = 'Write (word)[ipa:"…"] for its sound or (word)[sub:"…"] for other words'
        report(f"'{how}' is not a way to say a word", remedy)
    elif not sound:
        report(f"the {how} of '{word}' is empty", "Write it between the quotes")
    ipa, sub = (sound if how == way else "" for way in ("ipa", "sub"))
    return Span(word, ipa, sub, personal)


def _read_cue(written: str, report: Report) -> Cue | Mark | None:
    text = " ".join(written.lower().split())
    written = written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"
    if text in _BARE:
        return _BARE[text]
    if is_time_mark(text):
        return _read_time(text, written, report)
    if re.fullmatch(r"[\d.]+\s*[a-z]+", text):
        return _read_pause(text, written, report)
    if pause := re.fullmatch(r"pause x\s*(\d{1,6}(?:\.\d{1,6})?)", text):
        if 0 < (weight := float(pause[1])) <= 20:  # noqa: PLR2004 -- stated in the message
            return ElasticPause(weight)
        report(f"[{written}] weighs too little or too much", "Give a weight from 0.1 to 20")
    elif breathe := re.fullmatch(r"breathe (\d{1,6})", text):
        if 1 <= (count := int(breathe[1])) <= MOST_BREATHS:
            return Breathe(count)
        report(f"[{written}] cannot be guided", f"Ask for 1 to {MOST_BREATHS} breaths")
    else:
        meant = nearest(f"[{text}]", [f"[{known}]" for known in (*_BARE, *MARKS)])
        remedy = f"{meant} A cue is one of {_CUES}".lstrip()
        report(f"[{revealed(written)}] is not a cue", remedy)
    return None


def _read_pause(text: str, written: str, report: Report) -> Pause | None:
    try:
        if 0 < (length := parse_seconds(text)) <= LONGEST_PAUSE:
            return Pause(length)
    except ValueError as error:
        report(f"[{written}] is not a pause", str(error).capitalize())
    else:
        remedy = "Ask for up to 600 s, or write [pause] for one that fits the length"
        report(f"[{written}] is too short or too long for a fixed pause", remedy)
    return None


def _read_time(text: str, written: str, report: Report) -> Cue | None:
    try:
        return read_time_mark(text)
    except ValueError as error:
        fault, remedy = error.args
        report(f"[{written}] {fault}", remedy)
        return None
