"""One recording: which lines it holds, cut out of it as takes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cft_audio.own_voice.alignment import SURE, Match
from cft_audio.own_voice.cutting import Cutter
from cft_audio.own_voice.hum import Hum, find_hum, remove_hum
from cft_audio.own_voice.likeness import compute_power_spectra
from cft_audio.own_voice.matching import Segment, measure_gaps
from cft_audio.own_voice.sound_on_disk import decode_to_disk, store_on_disk
from cft_audio.own_voice.speech_detection import detect_speech
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cft_audio.own_voice.matching import Matcher
    from cft_audio.own_voice.speech_detection import Piece
    from cft_audio.speech.takes.take import Take

_OTHER = "most of what is said in this recording is none of the lines"
_LEAST_SHARE = 0.5
"""Share of lines in the speech below which a recording may belong to another sheet: of ninety other
sentences, six to nine are each like some line of a sheet by chance."""

_SEVERAL = 2
"""Other lines that a recording holds, at least, if the line's number in its name is chance."""

_OTHER_GAP_S = 1.5
"""Seconds of silence that divide other speech in two."""

_LEAST_OTHER_S = 0.5
"""Seconds of other speech that are worth a mention: shorter is a cough, or a chair."""


@dataclass(frozen=True)
class Reading:
    """A line as it was read once.

    Attributes:
        line: The line's index.
        start_s: Where in the recording it begins, in seconds.
        likeness: How like the line it sounds.
        doubts: What is doubtful about it, each as a sentence without its full stop.
        take: The reading, ready to be used.
    """

    line: int
    start_s: float
    likeness: float
    doubts: tuple[str, ...]
    take: Take


@dataclass(frozen=True)
class OtherSpeech:
    """Speech that is none of the lines.

    Attributes:
        start_s: Where in the recording it begins, in seconds.
        after: The index of the line read before it; -1 if there is none.
        before: The index of the line read after it; the number of lines if there is none.
    """

    start_s: float
    after: int
    before: int


@dataclass(frozen=True)
class RecordingContents:
    """What a recording holds.

    Attributes:
        file: The recording.
        named: The index of the line whose number it is named by; None if it has another name, or
            holds several lines.
        length_s: How long it is, in seconds.
        hum: The hum that was removed from it.
        snr_db: How far its noise lies below its voice; 0 if there is no speech.
        readings: The lines in it, in its order.
        other_speech: What else is said in it.
    """

    file: Path
    named: int | None
    length_s: float
    hum: Hum
    snr_db: float
    readings: tuple[Reading, ...]
    other_speech: tuple[OtherSpeech, ...]


def read_recording(path: Path, matcher: Matcher, named: int | None) -> RecordingContents:
    """Find the lines in the recording ``path``; the file is not changed.

    Args:
        path: The recording.
        matcher: Compares speech with the lines.
        named: The index of the line whose number it is named by; None if it has another name.

    Raises:
        SoundError: If it cannot be read as sound.
    """
    with decode_to_disk(path) as raw:
        hum = find_hum(raw)
        with store_on_disk(remove_hum(raw, hum)) as clean:
            speech = detect_speech(clean)
            powers = [compute_power_spectra(clean.read(p.start, p.stop)) for p in speech.pieces]
            segments = list(map(Segment, speech.pieces, powers))
            matches = matcher.find_matches(segments)
            sure = {match.line for match in matches if match.likeness >= SURE}
            if len(sure - {named}) >= _SEVERAL:
                named = None
            if named is not None:
                matches = _match_named_line(matcher, segments, matches, named)
            is_other = named is None and _measure_share(speech.pieces, matches) < _LEAST_SHARE
            doubts = [_OTHER] if is_other else []
            cutter = Cutter(raw, clean, speech)
            readings = tuple(_cut_reading(cutter, match, named, doubts) for match in matches)
            others = _find_other_speech(segments, matches, matcher.lines) if named is None else ()
            snr_db = speech.measure_snr_db(0, clean.length) if speech.pieces else 0.0
            return RecordingContents(
                path, named, seconds(raw.length), hum, snr_db, readings, tuple(others)
            )


def _match_named_line(
    matcher: Matcher, segments: Sequence[Segment], matches: Sequence[Match], named: int
) -> list[Match]:
    """Find the readings in a recording that is named by one line's number.

    Its name counts for more than its sound, unless it sounds like another line.
    """
    own = [match for match in matches if match.line == named]
    other = [match for match in matches if match.likeness >= SURE]
    if own or other or not segments:
        return own or other
    likeness = float(matcher.measure_likeness(segments)[named])
    return [Match(named, 0, len(segments) - 1, likeness)]


def _measure_share(pieces: Sequence[Piece], matches: Sequence[Match]) -> float:
    """Measure how much of the speech is lines, from 0 to 1."""
    lengths = [piece.stop - piece.start for piece in pieces]
    read = sum(sum(lengths[match.first : match.last + 1]) for match in matches)
    return read / max(1, sum(lengths))


def _cut_reading(cutter: Cutter, match: Match, named: int | None, doubts: Sequence[str]) -> Reading:
    """Cut out a reading, of whose recording there may be ``doubts``."""
    doubts = [*doubts, *cutter.find_doubts(match.first, match.last)]
    if named is not None and match.line != named:
        doubts.insert(0, f"it is named as line {named + 1}")
    elif match.likeness < SURE:
        doubts.insert(0, "it may not be this line")
    start_s = seconds(cutter.speech.pieces[match.first].start)
    take = cutter.cut(match.first, match.last)
    return Reading(match.line, start_s, match.likeness, tuple(doubts), take)


def _find_other_speech(
    pieces: Sequence[Segment], matches: Sequence[Match], lines: int
) -> Iterator[OtherSpeech]:
    """Yield the speech between ``matches`` that is worth a mention, neighbouring pieces as one."""
    begin, end = Match(-1, -1, -1, 0.0), Match(lines, len(pieces), len(pieces), 0.0)
    for before, after in pairwise([begin, *matches, end]):
        others = pieces[before.last + 1 : after.first]
        seams = [n for n, gap in enumerate(measure_gaps(others), 1) if gap > _OTHER_GAP_S]
        for start, stop in pairwise([0, *seams, len(others)]):
            stretch = [other.piece for other in others[start:stop]]
            if sum(seconds(piece.stop - piece.start) for piece in stretch) >= _LEAST_OTHER_S:
                yield OtherSpeech(seconds(stretch[0].start), before.line, after.line)
