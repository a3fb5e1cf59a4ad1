"""What a listener hears again and again, and in what kind of sentences: measures of plans.

Each reads timelines alone, so that what it says of a practice is what will be heard. Breath cues
are none of the words.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from cft_audio.languages.registry import ENGLISH
from cft_audio.signal.audio import seconds
from cft_audio.timeline.events import SayEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cft_audio.timeline.events import Timeline

SETTLING = ("settling", "your steady place")
"""The chapters of the frame between the first and the practice, in small letters."""

RUN = 6
"""Words in a row that two techniques share before a listener recognises them."""

LONG_SENTENCE = 18
"""Words beyond which a sentence carries a whole out-breath."""

LONG_QUIET_S = 90.0


def lines_of(timeline: Timeline, *, refrains: bool = True) -> list[str]:
    """Return everything that is said, a paragraph each, in order; perhaps without refrains."""
    return [
        event.line.text
        for event in timeline.events
        if isinstance(event, SayEvent) and (refrains or not event.line.is_refrain)
    ]


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return re.findall(r"[\w']+", text.lower().replace("’", "'"))


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [found for found in re.split(r"(?<=[.!?…])[\"”]?\s+", text) if words_of(found)]


def identical_share(one: Timeline, other: Timeline) -> float:
    """Return which share of the words of the shorter telling stands in lines that both have."""
    a, b = (Counter(lines_of(timeline)) for timeline in (one, other))
    shared = sum(len(words_of(line)) * min(count, b[line]) for line, count in a.items())
    least = min(sum(len(words_of(x)) * n for x, n in c.items()) for c in (a, b))
    return shared / least


def shared_runs(one: Timeline, other: Timeline) -> float:
    """Return which share of the words of ``one`` stands in runs of ``RUN`` that ``other`` has."""
    theirs = set(_runs(words_of(" ".join(lines_of(other)))))
    said = words_of(" ".join(lines_of(one)))
    inside = [False] * len(said)
    for at, run in enumerate(_runs(said)):
        if run in theirs:
            inside[at : at + RUN] = [True] * RUN
    return sum(inside) / len(said)


def _runs(said: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1))


def long_sentences(timeline: Timeline) -> float:
    """Return which share of the sentences has more than ``LONG_SENTENCE`` words."""
    said = [sentence for line in lines_of(timeline) for sentence in sentences_of(line)]
    return sum(len(words_of(sentence)) > LONG_SENTENCE for sentence in said) / len(said)


def tics(timelines: Iterable[Timeline]) -> dict[str, float]:
    """Return how often each turn of phrase of the language pack is said.

    In a thousand words; those that are counted by time in five minutes.
    """
    counts: Counter[str] = Counter()
    words, minutes = 0, 0.0
    for timeline in timelines:
        said = " ".join(lines_of(timeline, refrains=False))
        words += len(words_of(said))
        minutes += seconds(timeline.length) / 60
        for tic in ENGLISH.checks.tics:
            counts[tic.name] += len(re.findall(tic.pattern, said, re.IGNORECASE))
    return {
        tic.name: counts[tic.name] * (5 / minutes if tic.most_in_five_minutes else 1000 / words)
        for tic in ENGLISH.checks.tics
    }


def long_quiet_s(timeline: Timeline) -> float:
    """Return the seconds that lie in stretches of ``LONG_QUIET_S`` or more with no voice."""
    edges = [0, *(at for said in timeline.speech for at in (said.start, said.start + said.length))]
    edges.append(timeline.length)
    gaps = (seconds(edges[at + 1] - edges[at]) for at in range(0, len(edges), 2))
    return sum(gap for gap in gaps if gap >= LONG_QUIET_S)


def chapters_of(timeline: Timeline) -> dict[str, list[str]]:
    """Return the lines of each chapter by its title."""
    chapters: dict[str, list[str]] = {chapter.title: [] for chapter in timeline.chapters}
    for event in timeline.events:
        if isinstance(event, SayEvent):
            chapters[timeline.chapters[event.chapter].title].append(event.line.text)
    return chapters


def same_chapters(longer: Timeline, shorter: Timeline) -> list[str]:
    """Return the chapters of ``longer`` that ``shorter`` says in the same words."""
    said = set(map(tuple, chapters_of(shorter).values()))
    return [title for title, lines in chapters_of(longer).items() if lines and tuple(lines) in said]


def frame_share(timeline: Timeline) -> float:
    """Return which share of the session its frame takes.

    That is the first chapter, in which one arrives, those in which one settles, and the last, in
    which one comes back.
    """
    ends = [*(chapter.start for chapter in timeline.chapters[1:]), timeline.length]
    taken = 0
    for number, (chapter, end) in enumerate(zip(timeline.chapters, ends, strict=True)):
        is_edge = number in (0, len(ends) - 1)
        if is_edge or chapter.title.casefold() in SETTLING:
            taken += end - chapter.start
    return taken / timeline.length
