"""What of a rendered script is hard to listen to, or not said at all."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from cft_audio.script.cues import Pause, Say
from cft_audio.script.foreign import find_unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cft_audio.languages.pack import Language, ScriptChecks
    from cft_audio.script.cues import Section

UNFINISHED = "✎"
"""Marks what is still to be written in a script that was begun; a voice passes over it."""

MOST_CHAPTERS = 255
"""ID3v2 Chapter Frame Addendum 1.0, 3.2: the table of contents counts chapters in one byte."""

_SILENT_MARKS = "…—–‘’“”„«»·（）〔〕【】\u200d"
"""Marks that an author may rightly write, though nothing is said for them."""

_LOST_MARKS = "\\^~{}<>|_`"
"""ASCII marks for which nothing is said."""

BEGINNERS_SILENCE = 45.0
"""Seconds of fixed silence beyond which someone new to practising tends to feel left alone."""


def doubtful_whole(sections: Sequence[Section], checks: ScriptChecks) -> Iterator[tuple[str, str]]:
    """Yield what is doubtful about a rendering as a whole, and what to do about it."""
    cues = [cue for section in sections for cue in section.cues]
    longest = max((cue.seconds for cue in cues if isinstance(cue, Pause)), default=0.0)
    if longest > BEGINNERS_SILENCE:
        remedy = "Say beforehand how long it lasts, break it with a quiet word, or use [pause]"
        yield f"a silence of {longest:g} s is long for a beginner", remedy
    lines = [cue.line for cue in cues if isinstance(cue, Say)]
    spoken = " ".join(line.text for line in lines)
    if spoken and not re.search(checks.way_to_stop, spoken, re.IGNORECASE):
        yield "nothing says that the listener may stop", checks.stop_advice
    elif spoken and checks.way_to_stop and not any(line.is_kept for line in lines):
        remedy = "Write [keep] behind each line of safety, stopping and aftercare"
        yield "every line can be left out, also the one that says how to stop", remedy
    chapters = sum(bool(section.cues) for section in sections)
    if chapters > MOST_CHAPTERS:
        remedy = "Make fewer chapters: the rest cannot be found in a player"
        yield f"it has {chapters} chapters, and an MP3 lists {MOST_CHAPTERS} of them", remedy


def same_titles(sections: Sequence[Section]) -> Iterator[tuple[str, str, str]]:
    """Yield each title that several chapters have, what is doubtful, and what to do about it."""
    titles = [" ".join(section.title.split()) for section in sections if section.cues]
    counts = Counter(title.casefold() for title in titles if title)
    for title in {title.casefold(): title for title in titles}.values():
        if (count := counts[title.casefold()]) > 1:
            remedy = "Give each a title of its own, so that a listener can find it"
            yield title, f"{count} chapters are called '{title}'", remedy


def doubtful_line(
    written: str, language: Language, speakable: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """Yield what is hard to listen to in a paragraph or not said of it, and what to do about it."""
    text = written.replace(UNFINISHED, "").strip()
    yield from _doubtful_wording(text, language.checks)
    marks = language.marks + "".join(language.numbers.currencies)
    yield from _unspoken(text, marks, speakable)


def _doubtful_wording(text: str, checks: ScriptChecks) -> Iterator[tuple[str, str]]:
    words = len(text.split())
    start = _start(text)
    if words > checks.longest_line:
        remedy = f"Break it at {checks.longest_line} words or fewer with an empty line"
        yield f"the paragraph '{start}' has {words} words and is spoken without a rest", remedy
    for sentence in re.split("[.!?]", text):
        if (count := len(sentence.split())) > checks.longest_sentence:
            about = f"the sentence '{_start(sentence)}' has {count} words"
            remedy = f"Make two of it, or keep it to {checks.longest_sentence} words"
            yield f"{about}, more than an ear can hold", remedy
    absolute = re.search(checks.absolutes, text, re.IGNORECASE)
    if absolute and absolute[0]:
        yield f"'{absolute[0]}' in '{start}' leaves no choice", checks.invitation


def _unspoken(text: str, marks: str, speakable: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    start = _start(text)
    if not speakable(text).strip():
        yield f"nothing of '{start}' can be spoken", "Write it in words, or remove it"
        return
    signs = {s for s in text if not (s.isascii() or s.isalpha())}.difference(_SILENT_MARKS, marks)
    unseen = {sign for sign in signs if any(find_unseen(sign, written=True))}  # an error already
    silent = sorted(sign for sign in signs - unseen if not speakable(sign).strip())
    hidden = [sign for sign in silent if unicodedata.category(sign) == "Cf"]
    for sign in hidden:
        remedy = "Delete the words around it and type them again"
        yield f"there is a sign in '{start}' that nobody sees (U+{ord(sign):04X})", remedy
    silent = [sign for sign in silent if sign not in hidden]
    if silent := [*silent, *sorted({*text}.intersection(_LOST_MARKS))]:
        yield f"'{' '.join(silent)}' in '{start}' is not spoken", "Write it in words"


def _start(text: str) -> str:
    words = text.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")  # noqa: PLR2004 -- enough to find
