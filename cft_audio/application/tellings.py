"""What an adaptation changes of a practice, and what its script leaves to be known, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.listening import MOST_CHAPTERS, UNFINISHED
from cft_audio.timeline.events import BreatheEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.script.adaptations import Adaptation
    from cft_audio.script.practice import Practice
    from cft_audio.script.telling import Telling
    from cft_audio.timeline.events import Timeline

_SHOWN = 60
"""Characters of an unfinished line that are shown, so that it is found."""


def told_by(telling: Telling, adaptation: str) -> str:
    """Return what tells a practice otherwise: ``script``, ``frame``, ``pacing`` or ``nothing``."""
    if adaptation in telling.script:
        return "script"
    if adaptation in telling.frame:
        return "frame"
    return "pacing" if _pacing(ADAPTATIONS[adaptation]) else "nothing"


def change_words(telling: Telling, adaptation: str) -> str:
    """Return what an adaptation changes, as a clause for a page."""
    paced = bool(_pacing(ADAPTATIONS[adaptation]))
    frame = f"its frame ({', '.join(telling.frames)})"
    return {
        "script": "the script itself tells it otherwise",
        "frame": f"only {frame} and its pacing change" if paced else f"only {frame} changes",
        "pacing": "only its pacing changes",
        "nothing": "nothing changes",
    }[told_by(telling, adaptation)]


def telling_notes(
    telling: Telling, adaptations: tuple[str, ...], timeline: Timeline
) -> Iterator[str]:
    """Yield what a person should know who has a session told for ``adaptations``.

    Args:
        telling: What the practice is told differently for.
        adaptations: What it is told for.
        timeline: The session.
    """
    counts = (len(timeline.breaths_of(e)) for e in timeline.events if isinstance(e, BreatheEvent))
    breaths = sum(counts)
    for name in adaptations:
        adaptation = ADAPTATIONS[name]
        guided = f"it guides {breaths} breath{'s' if breaths > 1 else ''}"
        leaves_breath = not adaptation.tone and breaths
        remedy = f"under {{% if {adaptation.variable} %}}"
        if told_by(telling, name) != "script":
            changes = [f"its frame ({', '.join(telling.frames)})"] * (name in telling.frame)
            changes += _pacing(adaptation)
            said = f"What changes is {_listed(changes)}" if changes else "Nothing changes"
            guides = f", and {guided} all the same" if leaves_breath else ""
            own = "what to do in the place of each [breathe]" if leaves_breath else "its own words"
            yield (
                f"this script is not written for {name}. {said}; the practice itself stays as it "
                f"is{guides}. To tell it otherwise, the script has to say {own} {remedy}."
            )
        elif leaves_breath:
            yield (
                f"told for {name}, {guided} all the same. To leave the breath alone, the script "
                f"has to say what to do in the place of each [breathe] {remedy}."
            )


def unfinished_notes(practice: Practice, timeline: Timeline) -> Iterator[str]:
    """Yield what of a session is still to be written, and what of it no player can show."""
    lines = dict.fromkeys(placed.line.text for placed in timeline.speech)
    for where, texts in (
        ("the title says", [practice.title]),
        ("the summary, which is left out of the tags, says", [practice.summary]),
        ("a chapter's title says", [chapter.title for chapter in timeline.chapters]),
        ("it says", lines),
    ):
        for text in texts:
            if UNFINISHED in text:
                short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
                yield f"something is still to be written in the script: {where} '{short}'."
    if (count := len(timeline.chapters)) > MOST_CHAPTERS:
        yield f"it has {count} chapters, and an MP3 lists the first {MOST_CHAPTERS} of them."


def _pacing(adaptation: Adaptation) -> list[str]:
    """Return what an adaptation changes of pacing and sound, each as a noun."""
    changes = (
        (adaptation.unhurried > 1, "longer pauses"),
        (adaptation.silence < 1, "shorter silences"),
        (not adaptation.holds, "a breath that is never held"),
        (not adaptation.tone, "no breathing tone unless you choose one"),
    )
    return [words for happens, words in changes if happens]


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
