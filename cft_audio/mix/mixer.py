"""The mix: stems of a block at a time, laid over one another by pydub."""

from __future__ import annotations

import warnings
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cft_audio.mix.balance import ambience_gain
from cft_audio.mix.ducking import Ducking
from cft_audio.mix.ends import closing, opening
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.frames import FRAME, amplified
from cft_audio.sound.bed import open_bed
from cft_audio.sound.chime import chime_sound
from cft_audio.sound.tone import breath_sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from cft_audio.script.cues import Line
    from cft_audio.signal.audio import Stereo
    from cft_audio.sound.bed import Bed
    from cft_audio.speech.takes.clips import Clip
    from cft_audio.timeline.events import Timeline

BLOCK = FRAME
"""Samples of a block: as the master takes them, so that none is copied. Mixing whole sessions grows
with the square of their length; in blocks it takes the same time a minute at any length."""

_SCALE = np.float32(2**29)
"""Full scale of a stem among pydub's 32-bit samples: four times below theirs, so that the sum of
the stems cannot reach it."""

_WHOLE = 441
"""Samples in 10 ms: pydub counts in whole milliseconds, and would cut a block elsewhere."""

_LONGEST_RING = samples(10)
"""Samples that a breath or a chime may sound beyond its own length, at most."""


@dataclass(frozen=True)
class Session:
    """Everything the mix is made from.

    Attributes:
        timeline: Where everything lies.
        clips: The clip of each line.
        tone: Character of the breathing tone, one of ``sound.names.TONES``.
        bed: One of ``sound.names.BEDS``, or a sound file.
        seed: Decides the noises.
    """

    timeline: Timeline
    clips: Mapping[Line, Clip]
    tone: str
    bed: str
    seed: int


def mixed(
    session: Session, block: int = BLOCK, *, stretch: range | None = None
) -> Iterator[Stereo]:
    """Yield the session's mix in consecutive blocks, in memory that its length doesn't change.

    Args:
        session: What to mix.
        block: Samples of a block; the mix is the same for any.
        stretch: The samples of it that are wanted; None for all.

    Raises:
        SoundError: If the bed's file cannot be used.
    """
    wanted = range(session.timeline.length) if stretch is None else stretch
    with open_bed(session.bed, session.seed) as bed:
        mixer = _Mixer(session, bed)
        for start in range(wanted.start, wanted.stop, block):
            yield mixer.block(start, min(block, wanted.stop - start))


class _Mixer:
    def __init__(self, session: Session, bed: Bed | None) -> None:
        self._session = session
        self._bed = bed
        self._speech = session.timeline.speech
        self._speech_starts = [placed.start for placed in self._speech]
        self._longest_line = max((placed.length for placed in self._speech), default=0)
        self._breaths = session.timeline.breaths if session.tone != "none" else ()
        self._breath_starts = [breath.start for breath in self._breaths]
        self._longest_breath = max((breath.length for breath in self._breaths), default=0)
        self._ducking = Ducking(self._speech)
        self._ambience_gain = np.asarray(ambience_gain(session.timeline), np.float32)
        self._chime = chime_sound()
        self._chimes = session.timeline.chimes
        self._segment = _audio_segment()

    def block(self, start: int, length: int) -> Stereo:
        padded = -(-length // _WHOLE) * _WHOLE
        closes = closing(start, padded, self._session.timeline.length)
        around = (self._ducking.gain(start, padded), opening(start, padded), closes)
        stems = (
            (self._ambience(start, padded), (self._ambience_gain, *around)),
            (self._voice(start, padded), ()),
            (self._chimed(start, padded), (closes,)),
        )
        segments = [self._as_segment(stem, gains) for stem, gains in stems if stem is not None]
        if not segments:
            return np.zeros((length, 2), np.float32)
        mix = segments[0]
        for segment in segments[1:]:
            mix = mix.overlay(segment)
        return _from_segment(mix)[:length]

    def _ambience(self, start: int, length: int) -> Stereo | None:
        """Return tone and bed together: they share their gain."""
        breath = self._breath(start, length)
        bed = None if self._bed is None else self._bed.read(start, length)
        if bed is None or breath is None:
            return breath if bed is None else bed
        breath += bed
        return breath

    def _voice(self, start: int, length: int) -> Stereo | None:
        stem = None
        first = bisect_left(self._speech_starts, start - self._longest_line)
        last = bisect_left(self._speech_starts, start + length)
        for placed in self._speech[first:last]:
            clip = self._session.clips[placed.line].samples[:, np.newaxis]
            gain = np.float32(10 ** (placed.gain_db / 20))
            stem = _added(stem, length, clip * gain, placed.start - start)
        return None if stem is None else np.stack([stem[:, 0], stem[:, 0]], axis=1)

    def _chimed(self, start: int, length: int) -> Stereo | None:
        stem = None
        for place in self._chimes:
            stem = _added(stem, length, self._chime, place - start)
        return stem

    def _breath(self, start: int, length: int) -> Stereo | None:
        stem = None
        first = bisect_left(self._breath_starts, start - self._longest_breath - _LONGEST_RING)
        last = bisect_left(self._breath_starts, start + length)
        for breath in self._breaths[first:last]:
            sound = breath_sound(self._session.tone, breath, self._session.seed)
            stem = _added(stem, length, sound, breath.start - start)
        return stem

    def _as_segment(self, stem: Stereo, gains: tuple[NDArray[np.float32] | None, ...]) -> Any:
        product = np.full(len(stem), _SCALE)
        for gain in gains:
            if gain is not None:
                product *= gain
        # Seen as bytes, not copied: the copies would take as long as the mixing.
        pcm = amplified(stem, product).astype("<i4").reshape(-1).view(np.uint8).data
        return self._segment(data=pcm, sample_width=4, frame_rate=SAMPLE_RATE, channels=2)


def _added(stem: Stereo | None, length: int, sound: Stereo, place: int) -> Stereo | None:
    """Return a stem of ``length`` samples with the part of ``sound`` that falls into it added."""
    begin, end = max(0, place), min(length, place + len(sound))
    if begin >= end:
        return stem
    if stem is None:
        stem = np.zeros((length, sound.shape[1]), np.float32)
    stem[begin:end] += sound[begin - place : end - place]
    return stem


def _audio_segment() -> Any:
    with warnings.catch_warnings():
        # pydub looks for an ffmpeg on the path, which is not the one used here, and says so.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    return AudioSegment


def _from_segment(segment: Any) -> Stereo:
    pcm = np.frombuffer(segment.raw_data, "<i4").reshape(-1, 2)
    return pcm.astype(np.float32) * (1 / _SCALE)
