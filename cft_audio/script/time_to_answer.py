"""Where a script asks for something and leaves no time for it.

A sentence right after a question counts as no time, unless it says how an answer may come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.languages.kinds import asks, says_how_to_answer, sentences, wait_s
from cft_audio.script.cues import ElasticPause, Pause, Quiet, Say, TimeFor
from cft_audio.script.time_given import floor_s, least_s

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.languages.pack import Language
    from cft_audio.script.cues import Cue, Line, Section

_NEEDS_NONE = "or write [no answer] behind a question that nobody has to answer"


def without_time(
    sections: Sequence[Section], language: Language
) -> Iterator[tuple[Line | None, str, str]]:
    """Yield each line that is followed by too little time, what is doubtful, and what to do.

    Args:
        sections: Chapters as they were read, marks of time and all.
        language: Their language.

    Yields:
        The line, or the one that stands nearest; None where nothing is said in the chapter.
    """
    for section in sections:
        for at, cue in enumerate(section.cues):
            before, following = section.cues[:at], section.cues[at + 1 :]
            if isinstance(cue, Say):
                for doubt in _after_line(cue.line, following, language):
                    yield cue.line, *doubt
            elif isinstance(cue, TimeFor) and cue.purpose == "write" and not _says(before):
                remedy = "Say before it what there is to write"
                yield (
                    _nearest(before, following),
                    "[write] follows no words, so nobody knows what to write",
                    remedy,
                )


def _after_line(
    line: Line, following: Sequence[Cue], language: Language
) -> Iterator[tuple[str, str]]:
    text = line.asked
    if "?" not in text and not wait_s(text, language):
        return
    parts = sentences(text)
    questions = [at for at, part in enumerate(parts) if asks(part)]
    for at in questions:
        if _goes_on(parts[at + 1 :], language):
            remedy = f"Let [answer] follow it, say how an answer may come, {_NEEDS_NONE}"
            yield f"after the question '{_short(parts[at])}' the voice goes on at once", remedy
            return
    needed = floor_s(line, language)
    given = _given_s(following, needed, promised=wait_s(text, language))
    if given < needed and questions:
        remedy = f"Let [answer] follow it, {_NEEDS_NONE}"
        about = f"the question '{_short(parts[questions[-1]])}'"
        yield f"{about} is followed by {given:g} s of quiet, and needs {needed:g}", remedy
    elif given < needed:
        remedy = f"Let a [pause] follow it, or [{needed:g}s]"
        yield f"'{_short(parts[-1])}' promises {needed:g} s, and {given:g} s follow", remedy


def _goes_on(rest: Sequence[str], language: Language) -> bool:
    """Return whether the voice goes on behind a question, and does not say how to answer it."""
    until = next((at for at, part in enumerate(rest) if asks(part)), len(rest))
    between = rest[:until]
    return bool(between) and not any(says_how_to_answer(part, language) for part in between)


def _given_s(following: Sequence[Cue], needed: float, promised: float) -> float:
    """Return the seconds of quiet at the beginning of ``following``, at least.

    A mark that an author chose for a question is right, however long it is; a promise is kept to
    the second.
    """
    given = 0.0
    for cue in following:
        match cue:
            case Pause(seconds):
                given += seconds
            case ElasticPause() | Quiet() | TimeFor(purpose="answer", seconds=0.0):
                return max(given, needed)
            case TimeFor(purpose="moment"):
                given += least_s(cue)
            case TimeFor():
                return given + least_s(cue) if promised else max(given, needed)
            case _:
                break
    return given


def _says(before: Sequence[Cue]) -> bool:
    """Return whether the last thing of ``before``, pauses apart, is a line."""
    last = next((cue for cue in reversed(before) if not isinstance(cue, Pause)), None)
    return isinstance(last, Say)


def _nearest(before: Sequence[Cue], following: Sequence[Cue]) -> Line | None:
    lines = (cue.line for cue in (*reversed(before), *following) if isinstance(cue, Say))
    return next(lines, None)


def _short(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")  # noqa: PLR2004 -- enough to find
