"""One recording read: what lines it holds, cut out of it as takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import soxr

from cft_audio.own_voice.alignment import SURE, Match
from cft_audio.own_voice.cutting import Cutter
from cft_audio.own_voice.hum import Hum, filtered, find_hum
from cft_audio.own_voice.likeness import RATE, spectra
from cft_audio.own_voice.matching import Spoken
from cft_audio.own_voice.pieces import listen
from cft_audio.own_voice.sound_on_disk import decoded, written
from cft_audio.signal.audio import SAMPLE_RATE, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cft_audio.own_voice.matching import Matcher
    from cft_audio.own_voice.pieces import Heard, Piece
    from cft_audio.own_voice.sound_on_disk import Sound
    from cft_audio.speech.takes.take import Take

_NOT_SURE = "it may not be this line"
_OTHER = "most of what is said in this recording is none of the lines"
_LEAST_SHARE = 0.5
"""Share of lines in what is said, below which a recording may belong to another sheet: of ninety
other sentences, six to nine are each like some line of a sheet by chance."""

_SEVERAL = 2
"""Other lines that a recording named by one line's number holds where its name is chance."""

_REMARK_GAP_S = 1.5
"""Seconds of silence after which something else is said."""

_REMARK_S = 0.5
"""Seconds of speech that are worth a mention: shorter is a cough, or a chair."""


@dataclass(frozen=True)
class Reading:
    """A line as it was read once.

    Attributes:
        line: The line's index.
        start_s: Where in the recording it begins.
        likeness: How like the line it sounds.
        doubts: What is doubtful about it, each as a sentence without its full stop.
        take: It, ready to be used.
    """

    line: int
    start_s: float
    likeness: float
    doubts: tuple[str, ...]
    take: Take


@dataclass(frozen=True)
class Remark:
    """Speech that is none of the lines.

    Attributes:
        start_s: Where in the recording it begins.
        length_s: How long it is.
        after: The index of the line read before it; -1 for none.
        before: The index of the line read after it; the number of lines for none.
    """

    start_s: float
    length_s: float
    after: int
    before: int


@dataclass(frozen=True)
class Recording:
    """What a recording holds.

    Attributes:
        file: The recording.
        named: The index of the line it is named by; None where it holds several.
        length_s: How long it is.
        hum: The hum that was taken out of it.
        snr_db: How far its noise lies below its voice; 0 where nothing is said.
        readings: The lines in it, in its order.
        remarks: What else is said in it.
    """

    file: Path
    named: int | None
    length_s: float
    hum: Hum
    snr_db: float
    readings: tuple[Reading, ...]
    remarks: tuple[Remark, ...]


def read_recording(path: Path, matcher: Matcher, named: int | None) -> Recording:
    """Return what the recording ``path`` holds; the file itself is only read.

    Args:
        path: The recording.
        matcher: What tells the lines from one another.
        named: The index of the line it is named by; None where it is not.

    Raises:
        SoundError: If it cannot be read as sound.
    """
    with decoded(path) as raw:
        hum = find_hum(raw)
        with written(filtered(raw, hum)) as clean:
            heard = listen(clean)
            pieces = [_compared(clean, piece) for piece in heard.pieces]
            found = matcher.matches(pieces)
            others = {match.line for match in found if match.likeness >= SURE} - {named}
            if len(others) >= _SEVERAL:
                named = None
            if named is not None:
                found = _of_one(matcher, pieces, found, named)
            cutter = Cutter(raw, clean, heard)
            is_other = named is None and _share(heard.pieces, found) < _LEAST_SHARE
            return Recording(
                path,
                named,
                seconds(raw.length),
                hum,
                _snr(heard, clean.length),
                tuple(_reading(cutter, match, named, is_other=is_other) for match in found),
                () if named is not None else tuple(_remarks(heard.pieces, found, matcher.lines)),
            )


def _compared(clean: Sound, piece: Piece) -> Spoken:
    speech = clean.read(piece.start, piece.stop)
    low = soxr.resample(speech, SAMPLE_RATE, RATE, quality="MQ")
    return Spoken(seconds(piece.start), seconds(piece.stop), spectra(low))


def _of_one(
    matcher: Matcher, pieces: Sequence[Spoken], found: Sequence[Match], named: int
) -> list[Match]:
    """Return the readings of a recording that is named by one line's number.

    Its name counts for more than its sound, unless it sounds like another line.
    """
    own = [match for match in found if match.line == named]
    other = [match for match in found if match.likeness >= SURE]
    if own or other or not pieces:
        return own or other
    return [Match(named, 0, len(pieces) - 1, float(matcher.likeness(pieces)[named]))]


def _share(pieces: Sequence[Piece], found: Sequence[Match]) -> float:
    """Return how much of what is said is lines, from 0 to 1."""
    lengths = [piece.stop - piece.start for piece in pieces]
    read = sum(sum(lengths[match.first : match.last + 1]) for match in found)
    return read / max(1, sum(lengths))


def _reading(cutter: Cutter, match: Match, named: int | None, *, is_other: bool) -> Reading:
    doubts = [*cutter.doubts(match.first, match.last)]
    if is_other:
        doubts.insert(0, _OTHER)
    if named is not None and match.line != named:
        doubts.insert(0, f"it is named as line {named + 1}")
    elif match.likeness < SURE:
        doubts.insert(0, _NOT_SURE)
    return Reading(
        match.line,
        seconds(cutter.heard.pieces[match.first].start),
        match.likeness,
        tuple(doubts),
        cutter.take(match.first, match.last),
    )


def _snr(heard: Heard, length: int) -> float:
    return heard.voice_db(0, length) - heard.noise_db(0, length) if heard.pieces else 0.0


def _remarks(pieces: Sequence[Piece], found: Sequence[Match], lines: int) -> Iterator[Remark]:
    """Yield what ``found`` leaves over, pieces close to one another as one."""
    owner = {piece: m.line for m in found for piece in range(m.first, m.last + 1)}
    waiting: list[Piece] = []
    after = -1
    for number, piece in enumerate(pieces):
        if number in owner:
            yield from _remark(waiting, after, owner[number])
            waiting, after = [], owner[number]
            continue
        if waiting and seconds(piece.start - waiting[-1].stop) > _REMARK_GAP_S:
            before = next((owner[n] for n in range(number, len(pieces)) if n in owner), lines)
            yield from _remark(waiting, after, before)
            waiting = []
        waiting.append(piece)
    yield from _remark(waiting, after, lines)


def _remark(pieces: Sequence[Piece], after: int, before: int) -> Iterator[Remark]:
    spoken = sum(seconds(piece.stop - piece.start) for piece in pieces)
    if spoken >= _REMARK_S:
        length = seconds(pieces[-1].stop - pieces[0].start)
        yield Remark(seconds(pieces[0].start), length, after, before)
