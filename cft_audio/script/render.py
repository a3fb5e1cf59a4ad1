"""What the templates gave in, a script of cues out: the script stage in two steps."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cft_audio.errors import ScriptError
from cft_audio.languages.registry import language_of
from cft_audio.script.breath_cues import breath_cues_of
from cft_audio.script.cues import Script
from cft_audio.script.edits import NO_EDITS, Edits, edit_lines
from cft_audio.script.line_ids import number_lines
from cft_audio.script.markup import parse
from cft_audio.script.time_given import give_time

if TYPE_CHECKING:
    from cft_audio.script.cues import Section
    from cft_audio.script.practice import Practice
    from cft_audio.script.templates import Templates


def read_sections(rendered: str, practice: Practice) -> tuple[Section, ...]:
    """Return the chapters of a rendered practice, each line with its id.

    Args:
        rendered: The text that its templates gave for one person.
        practice: The practice.

    Raises:
        ScriptError: With every problem of the text.
    """
    parsed = parse(rendered, practice.file)
    if parsed.problems:
        raise ScriptError(parsed.problems)
    return number_lines(parsed.sections)


def script_of(
    practice: Practice,
    sections: tuple[Section, ...],
    quickest_phases: tuple[float, float],
    edits: Edits = NO_EDITS,
) -> Script:
    """Return the script of cues that comes of chapters.

    Args:
        practice: The practice that they are of.
        sections: The chapters, as ``read_sections`` gives them.
        quickest_phases: Seconds of the shortest inhale and of the shortest exhale, which the
            spoken breath cues have to fit.
        edits: What is changed of its lines.

    Raises:
        RequestError: If its lines cannot be edited so.
    """
    # Before time is given: what follows a line that is left out is judged by the line before it.
    timed = give_time(edit_lines(sections, edits), language_of(practice.language))
    return Script(timed, breath_cues_of(practice, *quickest_phases))


def practice_hash(practice: Practice, templates: Templates) -> str:
    """Return a SHA-256, in hex, of everything written that this practice is made from."""
    digest = hashlib.sha256()
    for name, source in sorted(templates.sources(practice)):
        digest.update(f"{name}\0{source}\0".encode())
    return digest.hexdigest()
