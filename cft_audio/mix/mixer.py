"""The mix: stems of a block at a time, laid over one another by pydub.

Nothing is decided here: a ``MixPlan`` says what sounds where and how loud.
"""

from __future__ import annotations

import warnings
from bisect import bisect_left
from functools import reduce
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np

from cft_audio.mix.ducking import ducking_gain
from cft_audio.mix.ends import closing_gain, opening_gain
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.frames import FRAME
from cft_audio.signal.gain import apply_gain
from cft_audio.sound.bed import open_bed
from cft_audio.sound.chime import chime_sound, soft_chime_sound
from cft_audio.sound.tone import breath_sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from cft_audio.mix.plan import MixPlan
    from cft_audio.script.cues import Line
    from cft_audio.signal.audio import Mono, Stereo
    from cft_audio.sound.bed import Bed
    from cft_audio.timeline.events import Breath, Placed

    _Event = TypeVar("_Event", Breath, Placed)

    ReadClip: TypeAlias = Callable[[Line], Mono]
    """Gives the samples of a line's clip, as many as the timeline has for it."""

_SCALE = np.float32(2**29)
"""Full scale of a stem among pydub's 32-bit samples: four times below theirs, so that the sum of
the stems cannot reach it."""

_WHOLE = 441
"""Samples in 10 ms: pydub counts in whole milliseconds, and would cut a block elsewhere."""

_LONGEST_RING = samples(10)
"""Samples that a breath or a chime may sound beyond its own length, at most."""


def mix(
    plan: MixPlan, read_clip: ReadClip, block: int = FRAME, part: range | None = None
) -> Iterator[Stereo]:
    """Yield the mix of a session in consecutive blocks, in memory that its length doesn't change.

    Args:
        plan: What to mix.
        read_clip: Gives a line's clip, of which only those that sound in a block are kept.
        block: Samples of a block; the mix is the same for any. By default as the master takes
            them, so that none is copied. Mixing whole sessions grows with the square of their
            length; in blocks it takes the same time a minute at any length.
        part: The samples of it that are wanted; None for all.

    Raises:
        SoundError: If the bed's file cannot be used.
    """
    wanted = range(plan.timeline.length) if part is None else part
    with open_bed(plan.bed, plan.seed, plan.timeline.length) as bed:
        mixer = _Mixer(plan, read_clip, bed)
        for start in range(wanted.start, wanted.stop, block):
            yield mixer.mix_block(start, min(block, wanted.stop - start))


class _Mixer:
    def __init__(self, plan: MixPlan, read_clip: ReadClip, bed: Bed | None) -> None:
        self._plan = plan
        self._read_clip = read_clip
        self._bed = bed
        self._clips: dict[Line, Mono] = {}
        self._speech = plan.timeline.speech
        self._longest_line = max((placed.length for placed in self._speech), default=0)
        self._breaths = () if plan.tone == "none" else plan.timeline.breaths
        self._longest_breath = max((breath.length for breath in self._breaths), default=0)
        self._ambience_gain = np.asarray(db_to_gain(plan.ambience_gain_db), np.float32)
        struck, touched = chime_sound(), soft_chime_sound()
        self._chimes = [
            *((place, struck) for place in plan.timeline.chimes),
            *((place, touched) for place in plan.timeline.soft_chimes),
        ]
        self._segment = _load_audio_segment()

    def mix_block(self, start: int, length: int) -> Stereo:
        closes = closing_gain(start, length, self._plan.timeline.length)
        ducks, opens = ducking_gain(self._plan.ducked, start, length), opening_gain(start, length)
        chimes = ((place - start, sound) for place, sound in self._chimes)
        stems = (
            (self._ambience_stem(start, length), (self._ambience_gain, ducks, opens, closes)),
            (self._voice_stem(start, length), ()),
            (_lay(length, chimes), (closes,)),
        )
        segments = [self._as_segment(stem, gains) for stem, gains in stems if stem is not None]
        if not segments:
            return np.zeros((length, 2), np.float32)
        mix = reduce(lambda below, above: below.overlay(above), segments)
        pcm = np.frombuffer(mix.raw_data, "<i4").reshape(-1, 2)[:length]
        return pcm.astype(np.float32) * (1 / _SCALE)

    def _ambience_stem(self, start: int, length: int) -> Stereo | None:
        """Return tone and bed together: they share their gain."""
        tone = self._tone_stem(start, length)
        if self._bed is None:
            return tone
        bed = self._bed(start, length)
        return bed if tone is None else tone + bed

    def _voice_stem(self, start: int, length: int) -> Stereo | None:
        near = _starting_in(self._speech, start - self._longest_line, start + length)
        heard = [placed for placed in near if placed.start + placed.length > start]
        self._read_clips(placed.line for placed in heard)
        stem = _lay(length, ((placed.start - start, self._spoken(placed)) for placed in heard))
        return None if stem is None else np.stack([stem[:, 0], stem[:, 0]], axis=1)

    def _spoken(self, placed: Placed) -> Stereo:
        """Return a clip at its level, as one channel."""
        return self._clips[placed.line][:, np.newaxis] * np.float32(db_to_gain(placed.gain_db))

    def _read_clips(self, lines: Iterable[Line]) -> None:
        """Hold the clips of a block and no others; those of the block before are there."""
        before = self._clips
        self._clips = {
            line: before[line] if line in before else self._read_clip(line)
            for line in dict.fromkeys(lines)
        }

    def _tone_stem(self, start: int, length: int) -> Stereo | None:
        earliest = start - self._longest_breath - _LONGEST_RING
        tone, seed = self._plan.tone, self._plan.seed
        near = _starting_in(self._breaths, earliest, start + length)
        return _lay(length, ((b.start - start, breath_sound(tone, b, seed)) for b in near))

    def _as_segment(self, stem: Stereo, gains: tuple[NDArray[np.float32] | None, ...]) -> Any:
        product = np.full(len(stem), _SCALE)
        for gain in gains:
            if gain is not None:
                product *= gain
        pcm = apply_gain(stem, product).astype("<i4")
        if missing := -len(pcm) % _WHOLE:
            pcm = np.pad(pcm, ((0, missing), (0, 0)))
        # Seen as bytes, not copied: the copies would take as long as the mixing.
        data = pcm.reshape(-1).view(np.uint8).data
        return self._segment(data=data, sample_width=4, frame_rate=SAMPLE_RATE, channels=2)


def _starting_in(events: Sequence[_Event], start: int, stop: int) -> Sequence[_Event]:
    """Return those of ``events``, in order, that start in a range of samples."""
    starts = attrgetter("start")
    return events[bisect_left(events, start, key=starts) : bisect_left(events, stop, key=starts)]


def _lay(length: int, sounds: Iterable[tuple[int, Stereo]]) -> Stereo | None:
    """Return a stem of ``length`` samples with the parts of ``sounds`` that fall into it, if any.

    Args:
        length: Samples of the stem.
        sounds: Where each begins, counted from the stem's first sample, and its samples.
    """
    stem = None
    for place, sound in sounds:
        begin, end = max(0, place), min(length, place + len(sound))
        if begin < end:
            stem = np.zeros((length, sound.shape[1]), np.float32) if stem is None else stem
            stem[begin:end] += sound[begin - place : end - place]
    return stem


def _load_audio_segment() -> Any:
    with warnings.catch_warnings():
        # pydub looks for an ffmpeg on the path, which is not the one used here, and says so.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    return AudioSegment
