"""What a script's author should know before anyone listens: every error, and gentle warnings.

What is looked for in the words themselves comes from the pack of the practice's language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from cft_audio.errors import CftAudioError, Problem, ScriptError
from cft_audio.languages.registry import language_of
from cft_audio.script.cues import Pause, Say
from cft_audio.script.markup import Parsed, parse
from cft_audio.script.sample import sample_context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cft_audio.languages.pack import Language, ScriptChecks
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
    language = language_of(practice.language)
    problems: dict[Problem, None] = {}
    for minutes in LENGTHS:
        for full in (True, False):
            try:
                values = sample_context(practice, figure_named, minutes, full=full)
                unknown = _unknown(practice, templates, values)
                for uses in unknown.values():
                    problems.update(dict.fromkeys(uses))
                # Something stands for what nobody gives, so that the rest is looked at as well.
                rendered = templates.render(practice, dict.fromkeys(unknown, "someone") | values)
            except ScriptError as error:
                problems.update(dict.fromkeys(error.problems))
                continue
            except CftAudioError as error:
                problems[Problem(practice.file, 1, error.message, error.remedy)] = None
                continue
            parsed = parse(rendered, practice.file)
            problems.update(dict.fromkeys(parsed.problems))
            problems.update(dict.fromkeys(_review_lines(parsed, language, speakable)))
            problems.update(dict.fromkeys(_review_whole(parsed, language.checks, practice)))
    problems.update(dict.fromkeys(_unused_slots(practice, templates)))
    return sorted(problems, key=lambda problem: (problem.file, problem.line))


def _unknown(
    practice: Practice, templates: Templates, values: dict[str, object]
) -> dict[str, list[Problem]]:
    """Return the names that nobody gives, none of a template that rendering will not read."""
    try:
        return templates.unknown_names(practice, frozenset(values))
    except TemplateError:
        return {}


def _review_lines(
    parsed: Parsed, language: Language, speakable: Callable[[str], str]
) -> Iterator[Problem]:
    for line, (file, number) in parsed.places.items():
        wording = _doubtful_wording(line.text, language.checks)
        for message, remedy in (*wording, *_unspoken(line.text, language.marks, speakable)):
            yield Problem(file, number, message, remedy, warning=True)


def _review_whole(parsed: Parsed, checks: ScriptChecks, practice: Practice) -> Iterator[Problem]:
    """Yield what is doubtful about a rendering as a whole."""
    if UNFINISHED in practice.title + practice.summary:
        yield Problem(practice.file, 0, *_UNFINISHED, warning=True)
    cues = [cue for section in parsed.sections for cue in section.cues]
    longest = max((cue.seconds for cue in cues if isinstance(cue, Pause)), default=0.0)
    if longest > BEGINNERS_SILENCE:
        yield Problem(
            practice.file,
            0,
            f"a silence of {longest:g} s is long for a beginner",
            "Say beforehand how long it lasts, break it with a quiet word, or use [pause]",
            warning=True,
        )
    spoken = " ".join(cue.line.text for cue in cues if isinstance(cue, Say))
    if spoken and not re.search(checks.way_to_stop, spoken, re.IGNORECASE):
        yield Problem(
            practice.file,
            0,
            "nothing says that the listener may stop",
            checks.stop_advice,
            warning=True,
        )


def _unused_slots(practice: Practice, templates: Templates) -> Iterator[Problem]:
    try:
        text = "\n".join(source for _, source in templates.sources(practice))
    except TemplateError:
        return
    for name in practice.slots:
        if not re.search(rf"\b{name}\b", text):
            yield Problem(
                practice.file,
                0,
                f"the slot '{name}' is asked for and never used",
                "Say it somewhere, or take it out of the front matter",
                warning=True,
            )


def _doubtful_wording(text: str, checks: ScriptChecks) -> Iterator[tuple[str, str]]:
    """Yield what is hard to listen to in a paragraph, and what to do about it."""
    if UNFINISHED in text:
        yield _UNFINISHED
        text = _without_unfinished(text)
    words = len(text.split())
    start = _start(text)
    if words > checks.longest_line:
        yield (
            f"the paragraph '{start}' has {words} words and is spoken without a rest",
            f"Break it at {checks.longest_line} words or fewer with an empty line",
        )
    for sentence in re.split("[.!?]", text):
        count = len(sentence.split())
        if count > checks.longest_sentence:
            yield (
                f"the sentence '{_start(sentence)}' has {count} words, more than an ear can hold",
                f"Make two of it, or keep it to {checks.longest_sentence} words",
            )
    absolute = re.search(checks.absolutes, text, re.IGNORECASE)
    if absolute and absolute[0]:
        yield f"'{absolute[0]}' in '{start}' leaves no choice", checks.invitation


def _unspoken(text: str, marks: str, speakable: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield what of a paragraph no voice says, and what to do about it."""
    text = _without_unfinished(text)
    start = _start(text)
    if not speakable(text).strip():
        yield f"nothing of '{start}' can be spoken", "Write it in words, or remove it"
        return
    lost = sorted({c for c in text if _is_sign(c) and not speakable(c).strip()})
    silent = [character for character in lost if character not in _SILENT_MARKS + marks]
    if silent:
        yield f"'{' '.join(silent)}' in '{start}' is not spoken", "Write it in words"


def _is_sign(character: str) -> bool:
    return not character.isascii() and not character.isalpha()


def _without_unfinished(text: str) -> str:
    return text.replace(UNFINISHED, "").strip()


def _start(text: str) -> str:
    words = text.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")  # noqa: PLR2004 -- enough to find
