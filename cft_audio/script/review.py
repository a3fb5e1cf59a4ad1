"""What a script's author should know before anyone listens: every error, and gentle warnings.

What is looked for in the words themselves comes from the pack of the practice's language.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from cft_audio.errors import CftAudioError, Problem, ScriptError
from cft_audio.languages.registry import language_of
from cft_audio.script.cues import Pause, Say
from cft_audio.script.markup import Parsed, parse
from cft_audio.script.practice import RESERVED
from cft_audio.script.sample import sample_context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cft_audio.languages.pack import ScriptChecks
    from cft_audio.script.figure import Figure
    from cft_audio.script.practice import Practice
    from cft_audio.script.templates import Templates

LENGTHS = (3.0, 5.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 45.0, 60.0)
"""Minutes a script is tried at: the lengths that practices usually change their content at."""

UNFINISHED = "✎"
"""Marks what is still to be written in a script that was begun; a voice passes over it."""

_UNFINISHED = (f"{UNFINISHED} marks words that are still to be written", "Write your own there")

_SILENT_MARKS = "…—–‘’“”„«»·\u200d"
"""Marks that an author may rightly write, though nothing is said for them."""

BEGINNERS_SILENCE = 45.0
"""Seconds of fixed silence beyond which someone new to practising tends to feel left alone."""


def review_practice(
    practice: Practice,
    templates: Templates,
    figure_named: Callable[[str], Figure],
    speakable: Callable[[str], str],
) -> list[Problem]:
    """Return everything wrong or doubtful in ``practice``, each once, in the order of its file.

    It is tried at every length of ``LENGTHS``, with its optional slots answered and not.

    Args:
        practice: The practice, its front matter already read.
        templates: The folders its partials are found in.
        figure_named: Gives the figure for an answer.
        speakable: Gives what of a text can be spoken, as the speech stage would say it.
    """
    problems = _problems(practice, templates, figure_named, speakable)
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line))


def _problems(
    practice: Practice,
    templates: Templates,
    figure_named: Callable[[str], Figure],
    speakable: Callable[[str], str],
) -> Iterator[Problem]:
    language = language_of(practice.language)
    doubts = [_UNFINISHED] if UNFINISHED in practice.title + practice.summary else []
    unknown: list[tuple[str, Problem]] = []
    with suppress(TemplateError):  # of what cannot be read, rendering says why
        unknown = list(templates.unknown_names(practice, {*practice.slots, *RESERVED}))
    yield from (problem for _, problem in unknown)
    # Something stands for what nobody gives, so that the rest is looked at as well.
    stand_ins = {name: "someone" for name, _ in unknown}
    for minutes, full in product(LENGTHS, (True, False)):
        try:
            values = sample_context(practice, figure_named, minutes, full=full)
            rendered = templates.render(practice, stand_ins | values)
        except ScriptError as error:
            yield from error.problems
        except CftAudioError as error:
            yield Problem(practice.file, 1, error.message, error.remedy)
        else:
            parsed = parse(rendered, practice.file)
            yield from parsed.problems
            for line, place in parsed.places.items():
                text = line.text.replace(UNFINISHED, "").strip()
                for doubt in (
                    *([_UNFINISHED] if UNFINISHED in line.text else []),
                    *_doubtful_wording(text, language.checks),
                    *_unspoken(text, language.marks, speakable),
                ):
                    yield Problem(*place, *doubt, warning=True)
            doubts += _doubtful_whole(parsed, language.checks)
    for doubt in (*doubts, *_unused_slots(practice, templates)):
        yield Problem(practice.file, 0, *doubt, warning=True)


def _doubtful_whole(parsed: Parsed, checks: ScriptChecks) -> Iterator[tuple[str, str]]:
    """Yield what is doubtful about a rendering as a whole, and what to do about it."""
    cues = [cue for section in parsed.sections for cue in section.cues]
    longest = max((cue.seconds for cue in cues if isinstance(cue, Pause)), default=0.0)
    if longest > BEGINNERS_SILENCE:
        remedy = "Say beforehand how long it lasts, break it with a quiet word, or use [pause]"
        yield f"a silence of {longest:g} s is long for a beginner", remedy
    spoken = " ".join(cue.line.text for cue in cues if isinstance(cue, Say))
    if spoken and not re.search(checks.way_to_stop, spoken, re.IGNORECASE):
        yield "nothing says that the listener may stop", checks.stop_advice


def _unused_slots(practice: Practice, templates: Templates) -> Iterator[tuple[str, str]]:
    with suppress(TemplateError):
        text = "\n".join(source for _, source in templates.sources(practice))
        for name in practice.slots:
            if not re.search(rf"\b{name}\b", text):
                remedy = "Say it somewhere, or take it out of the front matter"
                yield f"the slot '{name}' is asked for and never used", remedy


def _doubtful_wording(text: str, checks: ScriptChecks) -> Iterator[tuple[str, str]]:
    """Yield what is hard to listen to in a paragraph, and what to do about it."""
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
    """Yield what of a paragraph no voice says, and what to do about it."""
    start = _start(text)
    if not speakable(text).strip():
        yield f"nothing of '{start}' can be spoken", "Write it in words, or remove it"
        return
    signs = {s for s in text if not (s.isascii() or s.isalpha())}.difference(_SILENT_MARKS, marks)
    if silent := sorted(sign for sign in signs if not speakable(sign).strip()):
        yield f"'{' '.join(silent)}' in '{start}' is not spoken", "Write it in words"


def _start(text: str) -> str:
    words = text.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")  # noqa: PLR2004 -- enough to find
