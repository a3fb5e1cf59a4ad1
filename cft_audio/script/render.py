"""A practice and a person's answers in, a script of cues out: the script stage as one function."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cft_audio.errors import ScriptError
from cft_audio.languages.registry import language_of
from cft_audio.script.breath_cues import breath_cues_of
from cft_audio.script.cues import Script
from cft_audio.script.markup import parse
from cft_audio.script.time_given import give_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.script.practice import Practice
    from cft_audio.script.templates import Templates


def render(
    practice: Practice,
    templates: Templates,
    context: Mapping[str, object],
    quickest_phases: tuple[float, float],
) -> Script:
    """Return ``practice`` as a script of cues for one person.

    Args:
        practice: The practice.
        templates: The folders its partials are found in.
        context: What the script can use, by name, as ``answers.context`` gives it.
        quickest_phases: Seconds of the shortest inhale and of the shortest exhale, which the
            spoken breath cues have to fit.

    Raises:
        ScriptError: With every problem of the template, or else of the rendered text.
    """
    parsed = parse(templates.render(practice, context), practice.file)
    if parsed.problems:
        raise ScriptError(parsed.problems)
    sections = give_time(parsed.sections, language_of(practice.language))
    return Script(sections, breath_cues_of(practice, *quickest_phases))


def practice_hash(practice: Practice, templates: Templates) -> str:
    """Return a SHA-256, in hex, of everything written that this practice is made from."""
    digest = hashlib.sha256()
    for name, source in sorted(templates.sources(practice)):
        digest.update(f"{name}\0{source}\0".encode())
    return digest.hexdigest()
