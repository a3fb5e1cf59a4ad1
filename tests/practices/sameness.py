"""The goals of the words, and each practice and programme measured against them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from practice_cases import LIBRARY, PRACTICES, planned, practice
from word_measures import (
    frame_share,
    identical_share,
    lines_of,
    long_quiet_s,
    long_sentences,
    same_chapters,
    shared_runs,
    tics,
    words_of,
)

from cft_audio.languages.registry import ENGLISH
from cft_audio.library.programmes import find_programme
from cft_audio.script.form import Form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.timeline.events import Timeline

RETURNING = Form(returning=True)
VARIANTS = range(20)
LONG = 45.0


@dataclass(frozen=True)
class Goal:
    """Where a figure has to lie."""

    least: float = 0.0
    most: float = float("inf")


GOALS = {
    "frame, first time": Goal(most=1 / 3),
    "frame, returning": Goal(most=0.2),
    "same words in two variants, most": Goal(most=0.6),
    "same words in neighbours, most": Goal(most=0.6),
    "minutes of long quiet at 45": Goal(least=8.0),
    "chapters at 45 said at 10": Goal(most=0),
    "sentences over 18 words": Goal(0.10, 0.20),
    "runs shared with another technique": Goal(most=0.15),
    "times a line is heard": Goal(most=3),
    **{tic.name: Goal(most=tic.most_in_five_minutes or tic.most) for tic in ENGLISH.checks.tics},
}


def short_of(name: str) -> float:
    """Return ten minutes, or the shortest length that a practice is offered in."""
    return max(10.0, practice(name).shortest_s / 60)


def tellings(name: str) -> list[Timeline]:
    """Return twenty variants at ten minutes."""
    return [planned(name, short_of(name), seed=seed) for seed in VARIANTS]


def in_cores(name: str, minutes: float) -> list[Timeline]:
    """Return a telling around each core."""
    cores = list(practice(name).cores) or [""]
    return [planned(name, minutes, form=Form(core)) for core in cores]


def measure_practice(name: str) -> tuple[dict[str, float], dict[str, str]]:
    """Return the figures of a practice, each the furthest off, and where it was found."""
    variants = tellings(name)
    short, long = in_cores(name, short_of(name)), in_cores(name, LONG)
    returning = [planned(name, short_of(name), form=RETURNING, seed=seed) for seed in range(6)]
    pairs = {
        (a, b): identical_share(variants[a], variants[b]) for a, b in combinations(VARIANTS, 2)
    }
    worst = max(pairs, key=lambda pair: pairs[pair])
    neighbours = {pair: share for pair, share in pairs.items() if pair[1] - pair[0] == 1}
    near = max(neighbours, key=lambda pair: neighbours[pair])
    least = min(range(len(long)), key=lambda core: long_quiet_s(long[core]))
    repeated = {
        title
        for one, other in product(long, [*short, *variants])
        for title in same_chapters(one, other)
    }
    figures = {
        "frame, first time": max(map(frame_share, variants[:6])),
        "frame, returning": max(map(frame_share, returning)),
        "same words in two variants, most": pairs[worst],
        "same words in neighbours, most": neighbours[near],
        "minutes of long quiet at 45": long_quiet_s(long[least]) / 60,
        "chapters at 45 said at 10": len(repeated),
        "sentences over 18 words": sum(map(long_sentences, variants)) / len(variants),
        **tics([*variants, *long]),
    }
    notes = {
        "same words in two variants, most": f"{worst[0]} and {worst[1]}",
        "same words in neighbours, most": f"{near[0]} and {near[1]}",
        "chapters at 45 said at 10": ", ".join(sorted(repeated)),
        "minutes of long quiet at 45": f"core {(list(practice(name).cores) or [''])[least]}",
    }
    return figures, {name: note for name, note in notes.items() if note}


def measure_pairs(names: Iterable[str]) -> tuple[dict[str, float], dict[str, str]]:
    """Return the most that a practice shares with one of another technique."""
    shares = {
        (one, other): shared_runs(planned(one, short_of(one)), planned(other, short_of(other)))
        for one, other in product(names, PRACTICES)
        if practice(one).technique != practice(other).technique
    }
    worst = max(shares, key=lambda pair: shares[pair])
    return (
        {"runs shared with another technique": shares[worst]},
        {"runs shared with another technique": " and ".join(worst)},
    )


def heard(programme: str) -> Counter[str]:
    """Return how often each line of more than five words is heard in a programme.

    Lines that a script marks as a refrain count for nothing.
    """
    counts: Counter[str] = Counter()
    for session in find_programme(programme, LIBRARY).sessions:
        timeline = planned(
            session.practice,
            session.length_s / 60,
            adaptations=session.adaptations,
            pace=session.pace or "gentle",
            seed=session.seed,
            form=Form(session.core, session.returning, first_words=session.first_words),
            answers=tuple(session.answers.items()),
        )
        counts.update(
            line for line in lines_of(timeline, refrains=False) if len(words_of(line)) > 5
        )
    return counts


def measure_programmes() -> dict[str, tuple[dict[str, float], dict[str, str]]]:
    """Return the figures of each programme."""
    figures = {}
    for name in sorted(LIBRARY.programme_files()):
        (line, count), *_ = heard(name).most_common(1)
        figures[name] = ({"times a line is heard": float(count)}, {"times a line is heard": line})
    return figures
