"""Which words of a line are said when: the text as it is read, cut by the voice's own sentences.

A voice is given other words than a reader sees ("Doctor" for "Dr", "six" for 6), so that the words
of both are matched, and what differs lies between those that don't.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.speech.takes.clips import SpokenSentence

LONGEST = 84
"""Characters of a caption: two lines of 42 (Netflix Timed Text Style Guide, "Character
limitation")."""

_SHORTEST_PART = 12
"""Characters that a part of a sentence has at least, where there is a choice."""

_WORD = re.compile(r"\w+")
_MARK = re.compile(r"[,;:–—…]\W*\s(?=\S)|\s[–—]\s(?=\S)")


@dataclass(frozen=True)
class Part:
    """A stretch of a line.

    Attributes:
        first: Its first character.
        last: The character after its last.
        start: Its first sample in the line's clip.
        stop: The sample after its last.
        rests: Characters before which the voice rests, and the samples at which it goes on.
    """

    first: int
    last: int
    start: int
    stop: int
    rests: tuple[tuple[int, int], ...] = ()


def cut_sentences(text: str, spoken: Sequence[SpokenSentence]) -> list[Part]:
    """Return the parts of ``text`` that the sentences of a voice are, in order.

    Args:
        text: A line as a reader sees it.
        spoken: Its sentences as they were said.
    """
    firsts = [*_firsts(text, spoken), len(text)]
    parts: list[Part] = []
    for sentence, (first, last) in zip(spoken, pairwise(firsts), strict=True):
        if first == last and parts:  # words that a reader does not see
            parts[-1] = replace(parts[-1], stop=sentence.stop)
        else:
            rests = tuple(_rests(text, first, last, sentence))
            parts.append(Part(first, last, sentence.start, sentence.stop, rests))
    return parts


def cut_in_two(text: str, part: Part) -> Iterator[Part]:
    """Yield ``part`` in pieces of ``LONGEST`` characters at most, cut where the voice rests.

    Where it rests nowhere, between two words, at the time when they are about said.
    """
    if part.last - part.first <= LONGEST:
        yield part
        return
    middle = (part.first + part.last) / 2
    fair = [
        rest
        for rest in part.rests
        if min(rest[0] - part.first, part.last - rest[0]) >= _SHORTEST_PART
    ]
    blanks = [found.end() for found in re.finditer(r"\s+", text) if part.first < found.end()]
    # A word that is longer than all of it is cut as well.
    between = [at for at in blanks if at < part.last] or [int(middle)]
    places = fair or [(at, _time_of(at, part)) for at in between]
    at, sample = min(places, key=lambda place: abs(place[0] - middle))
    before = tuple(rest for rest in part.rests if rest[0] < at)
    after = tuple(rest for rest in part.rests if rest[0] > at)
    yield from cut_in_two(text, replace(part, last=at, stop=sample, rests=before))
    yield from cut_in_two(text, replace(part, first=at, start=sample, rests=after))


def _time_of(at: int, part: Part) -> int:
    """Return about when a character is said."""
    share = (at - part.first) / (part.last - part.first)
    return round(part.start + share * (part.stop - part.start))


def _firsts(text: str, spoken: Sequence[SpokenSentence]) -> list[int]:
    """Return the first character of each sentence in ``text``."""
    seen = [(found[0].casefold(), found.start()) for found in _WORD.finditer(text)]
    said: list[str] = []
    begins: list[int] = []
    for sentence in spoken:
        begins.append(len(said))
        said += [found[0].casefold() for found in _WORD.finditer(sentence.text)]
    matcher = SequenceMatcher(None, said, [word for word, _ in seen], autojunk=False)
    same = {
        block.a + offset: block.b + offset
        for block in matcher.get_matching_blocks()
        for offset in range(block.size)
    }
    known = [(-1, -1), *sorted(same.items()), (len(said), len(seen))]
    firsts: list[int] = []
    for begin in begins:
        word = _between(known, begin)
        at = seen[word][1] if word < len(seen) else len(text)
        while 0 < at < len(text) and not text[at - 1].isspace():  # a quotation mark before it
            at -= 1
        firsts.append(max(at, firsts[-1]) if firsts else 0)
    return firsts


def _between(known: Sequence[tuple[int, int]], begin: int) -> int:
    """Return which word of the text the word ``begin`` of what is said is, or about is."""
    after = next(at for at, (word, _) in enumerate(known) if word >= begin)
    (said_before, seen_before), (said_after, seen_after) = known[max(0, after - 1)], known[after]
    if said_after == begin:
        return seen_after
    share = (begin - said_before) / (said_after - said_before)
    return round(seen_before + share * (seen_after - seen_before))


def _rests(text: str, first: int, last: int, sentence: SpokenSentence) -> Iterator[tuple[int, int]]:
    """Yield where in the text a voice rests, and the sample at which it goes on."""
    marks = [found.end() for found in _MARK.finditer(text, first, last)]
    phrases = sentence.phrases
    if len(marks) == len(phrases):
        yield from zip(marks, phrases, strict=True)
        return
    length = max(1, sentence.stop - sentence.start)
    for sample in phrases:
        if not marks:
            return
        about = first + (last - first) * (sample - sentence.start) / length
        nearest = min(marks, key=lambda mark: abs(mark - about))
        marks = [mark for mark in marks if mark > nearest]
        yield nearest, sample
