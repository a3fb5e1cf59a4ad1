"""Captions: each sentence of a session, or part of one, with when it is heard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cft_audio.captions.cutting import LONGEST, cut_in_two, cut_sentences
from cft_audio.signal.audio import samples
from cft_audio.timeline.events import BreatheEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cft_audio.captions.cutting import Part
    from cft_audio.script.cues import Line, Speaker
    from cft_audio.speech.takes.clips import ClipLayout
    from cft_audio.timeline.events import Timeline

    Shown = Callable[[Line, int, int], str]
    """Gives the text from one character of a line to another, as it may be shown."""

SHORTEST = samples(1.0)
"""A caption stands for a second at least (BBC Subtitle Guidelines 1.2.3, "Minimum timing" asks for
one and more), or until the next one begins."""

_LINGERS = samples(0.3)
"""How long it stands after its last sound, so that it does not go before it was heard out."""


@dataclass(frozen=True)
class Caption:
    """What is said at a time. All figures are in samples.

    Attributes:
        text: The words, of 84 characters at most: two lines of a screen.
        start: Where its first sound is.
        stop: Where it goes; at most where the next one begins.
        speaker: Who says it.
        chapter: The number of its chapter, from 0.
        begins_line: Whether a line begins with it.
        is_cue: Whether it is a breath cue.
    """

    text: str
    start: int
    stop: int
    speaker: Speaker = "guide"
    chapter: int = 0
    begins_line: bool = True
    is_cue: bool = False


def captions_of(
    timeline: Timeline, clips: Mapping[Line, ClipLayout], shown: Shown
) -> tuple[Caption, ...]:
    """Return the captions of a session, in order, breath cues among them.

    Args:
        timeline: The session.
        clips: How the clip of each of its lines is laid out.
        shown: Gives what may be shown of a line.
    """
    cues = {
        cue.start
        for event in timeline.events
        if isinstance(event, BreatheEvent)
        for cue in event.cues
    }
    found: list[Caption] = []
    chapters = [chapter.start for chapter in timeline.chapters]
    for placed in timeline.speech:
        chapter = sum(start <= placed.start for start in chapters) - 1
        for part in _parts(placed.line, clips[placed.line]):
            text = " ".join(shown(placed.line, part.first, part.last).split())
            if not text:
                continue
            start = placed.start + part.start
            stop = placed.start + part.stop
            begins = part.first == 0
            found.append(
                Caption(
                    text, start, stop, placed.line.speaker, chapter, begins, placed.start in cues
                )
            )
    return tuple(_hold(list(_gather(found)), timeline.length))


def _parts(line: Line, clip: ClipLayout) -> Iterator[Part]:
    """Yield each sentence of a line, a long one cut where the voice rests."""
    for part in cut_sentences(line.text, clip.sentences):
        yield from cut_in_two(line.text, part)


def _gather(found: Sequence[Caption]) -> Iterator[Caption]:
    """Yield the captions, those of a line together that would each be gone too soon."""
    held: Caption | None = None
    for caption in found:
        if held and not caption.begins_line and caption.start - held.start < SHORTEST:
            text = f"{held.text} {caption.text}"
            if len(text) <= LONGEST:
                held = replace(held, text=text, stop=caption.stop)
                continue
        if held:
            yield held
        held = caption
    if held:
        yield held


def _hold(found: Sequence[Caption], length: int) -> Iterator[Caption]:
    """Yield the captions, each for as long as it needs, and gone when the next begins."""
    for caption, following in zip(found, [*found[1:], None], strict=True):
        until = following.start if following else length
        stop = max(caption.stop + _LINGERS, caption.start + SHORTEST)
        yield replace(caption, stop=min(stop, until))
