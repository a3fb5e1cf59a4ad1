"""What a script's author should know before anyone listens: every error, and gentle warnings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from cft_audio.errors import CftAudioError, Problem, ScriptError
from cft_audio.script.answers import PaceInScript, Setting, context
from cft_audio.script.breath_cues import BreathCues
from cft_audio.script.cues import Pause, Say, Script
from cft_audio.script.markup import Parsed, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cft_audio.script.figure import Figure
    from cft_audio.script.practice import Practice, Slot
    from cft_audio.script.templates import Templates

LENGTHS = (3.0, 5.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 45.0, 60.0)
"""Minutes a script is tried at: the lengths that practices usually change their content at."""

LONGEST_LINE = 60
"""Words of a paragraph beyond which it is a lecture: over half a minute without a rest."""

LONGEST_SENTENCE = 28
"""Words of a sentence beyond which a tired listener has lost its beginning; plain-language
guides advise 15 to 20 on average and 25 to 30 at most."""

SAMPLE_PACE = PaceInScript(6.0, 4, 0, 6, 0)
"""The gentle pace, for trying a script out."""


UNFINISHED = "✎"
"""Marks what is still to be written in a script that was begun; a voice passes over it."""

_UNFINISHED = (f"{UNFINISHED} marks words that are still to be written", "Write your own there")


def sample_answer(slot: Slot) -> str:
    """Return an answer to ``slot`` that a script can be tried with."""
    if slot.default:
        return slot.default
    if slot.choices:
        return slot.choices[0]
    samples = {
        "number": "3",
        "figure": "a wise friend",
        "letter": "Dear Sam,\n\nYou are not alone.",
    }
    return samples.get(slot.type, "Sam")


def sample_script(
    practice: Practice,
    templates: Templates,
    figure_named: Callable[[str], Figure],
    minutes: float,
) -> Script:
    """Return ``practice`` rendered for ``minutes`` with sample answers, its problems passed over.

    Raises:
        ScriptError: If the template cannot be rendered at all.
    """
    values = _values(practice, figure_named, minutes, full=True)
    parsed = parse(templates.render(practice, values), practice.file)
    cues = BreathCues.of(practice.breath_words, SAMPLE_PACE.inhale, SAMPLE_PACE.exhale)
    return Script(parsed.sections, cues)


BEGINNERS_SILENCE = 45.0
"""Seconds of fixed silence beyond which someone new to practising tends to feel left alone."""

_ABSOLUTES = re.compile(
    r"(?<!nothing )\b(you must|you have to|you should|you will feel|you'll feel"
    r"|just relax|empty your mind|clear your mind|don't think)\b",
    re.IGNORECASE,
)
_A_WAY_TO_STOP = re.compile(r"\bstop|\bpause the recording|\bleave (?:it|this)\b", re.IGNORECASE)


def review(
    practice: Practice,
    templates: Templates,
    figure_named: Callable[[str], Figure],
    said: Callable[[str], str],
) -> list[Problem]:
    """Return everything wrong or doubtful in ``practice``, each once, in the order of its file.

    It is tried at every length of ``LENGTHS``, with its optional slots answered and not.

    Args:
        practice: The practice, its front matter already read.
        templates: The folders its partials are found in.
        figure_named: Gives the figure for an answer.
        said: Gives what of a text can be spoken, as the speech stage would say it.
    """
    problems: dict[Problem, None] = {}
    for minutes in LENGTHS:
        for full in (True, False):
            try:
                values = _values(practice, figure_named, minutes, full=full)
                unknown = _unknown(practice, templates, values)
                for found in unknown.values():
                    problems.update(dict.fromkeys(found))
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
            problems.update(dict.fromkeys(_warnings(parsed, said)))
            problems.update(dict.fromkeys(_whole_script(parsed, practice)))
    problems.update(dict.fromkeys(_unused_slots(practice, templates)))
    return sorted(problems, key=lambda problem: (problem.file, problem.line))


def _values(
    practice: Practice, figure_named: Callable[[str], Figure], minutes: float, *, full: bool
) -> dict[str, object]:
    """Return what the script is tried with; its optional slots too where ``full``."""
    answers = {
        slot.name: sample_answer(slot)
        for slot in practice.slots.values()
        if full or slot.default is None
    }
    return context(practice, answers, figure_named, Setting(SAMPLE_PACE, minutes, minutes))


def _unknown(
    practice: Practice, templates: Templates, values: dict[str, object]
) -> dict[str, list[Problem]]:
    """Return the names that nobody gives, none of a template that rendering will not read."""
    try:
        return templates.unknown_names(practice, frozenset(values))
    except TemplateError:
        return {}


def _warnings(parsed: Parsed, said: Callable[[str], str]) -> Iterator[Problem]:
    for line, (file, number) in parsed.places.items():
        for message, remedy in _doubts(line.text, said):
            yield Problem(file, number, message, remedy, warning=True)


def _whole_script(parsed: Parsed, practice: Practice) -> Iterator[Problem]:
    """Yield doubts about a rendering as a whole."""
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
    said = " ".join(cue.line.text for cue in cues if isinstance(cue, Say))
    if said and not _A_WAY_TO_STOP.search(said):
        yield Problem(
            practice.file,
            0,
            "nothing says that the listener may stop",
            'Extend partials/session.md, or say early on: "You may stop at any time"',
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


def _doubts(text: str, said: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    if UNFINISHED in text:
        yield _UNFINISHED
        text = text.replace(UNFINISHED, "").strip()
    words = len(text.split())
    start = _start(text)
    if words > LONGEST_LINE:
        yield (
            f"the paragraph '{start}' has {words} words and is spoken without a rest",
            f"Break it at {LONGEST_LINE} words or fewer with an empty line",
        )
    for sentence in text.replace("!", ".").replace("?", ".").split("."):
        count = len(sentence.split())
        if count > LONGEST_SENTENCE:
            yield (
                f"the sentence '{_start(sentence)}' has {count} words, more than an ear can hold",
                f"Make two of it, or keep it to {LONGEST_SENTENCE} words",
            )
    absolute = _ABSOLUTES.search(text)
    if absolute:
        yield (
            f"'{absolute[0]}' in '{start}' leaves no choice",
            'Invite instead: "you might", "if that feels all right"',
        )
    if not said(text).strip():
        yield f"nothing of '{start}' can be spoken", "Write it in words, or remove it"
        return
    lost = sorted({c for c in text if not c.isascii() and not c.isalpha() and not said(c).strip()})
    silent = [character for character in lost if character not in "…—–‘’“”·\u200d"]
    if silent:
        yield f"'{' '.join(silent)}' in '{start}' is not spoken", "Write it in words"


def _start(text: str) -> str:
    words = text.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")  # noqa: PLR2004 -- enough to find
