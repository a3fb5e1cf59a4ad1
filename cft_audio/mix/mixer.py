"""The mix: stems of a block at a time, laid over one another by pydub.

Nothing is decided here: a ``MixPlan`` says what sounds where and how loud.
"""

from __future__ import annotations

import warnings
from bisect import bisect_left
from functools import partial, reduce
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from cft_audio.mix.bed_stem import BedStem
from cft_audio.mix.ducking import ducking_gain
from cft_audio.mix.ends import closing_gain, opening_gain, stepping_gain
from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.frames import FRAME, Block
from cft_audio.signal.gain import apply_gain
from cft_audio.sound.beds.registry import open_bed
from cft_audio.sound.bells import SOFTER, read_bell
from cft_audio.sound.names import BEDS
from cft_audio.sound.room import put_in_room, ring_length
from cft_audio.sound.tones.registry import breath_sound
from cft_audio.sound.tones.stem import BreathStem
from cft_audio.sound.tones.ticks import count_ticks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from cft_audio.files.kept_files import KeptFiles
    from cft_audio.mix.plan import MixPlan
    from cft_audio.script.cues import Line
    from cft_audio.signal.audio import Mono, Stereo
    from cft_audio.sound.beds.registry import Bed
    from cft_audio.timeline.events import Placed

    ReadClip: TypeAlias = Callable[[Line], Mono]
    """Gives the samples of a line's clip, as many as the timeline has for it."""

_SCALE = np.float32(2**29)
"""Full scale of a stem among pydub's 32-bit samples: four times below theirs, so that the sum of
the stems cannot reach it."""

_WHOLE = 441
"""Samples in 10 ms: pydub counts in whole milliseconds, and would cut a block elsewhere."""


def mix(
    plan: MixPlan,
    read_clip: ReadClip,
    block: int = FRAME,
    part: range | None = None,
    kept: KeptFiles | None = None,
) -> Iterator[Block]:
    """Yield the mix of a session in consecutive blocks, in memory that its length doesn't change.

    Args:
        plan: What to mix.
        read_clip: Gives a line's clip, of which only those that sound in a block are kept.
        block: Samples of a block; the mix is the same for any. By default as the master takes
            them, so that none is copied. Mixing whole sessions grows with the square of their
            length; in blocks it takes the same time a minute at any length.
        part: The samples of it that are wanted; None for all.
        kept: Where beds are kept for other sessions; None for nowhere.

    Raises:
        SoundError: If the bed's file cannot be used.
    """
    wanted = range(plan.timeline.length) if part is None else part
    sounds = plan.sounds
    with open_bed(sounds.bed, sounds.seed, plan.timeline.length) as bed:
        mixer = _Mixer(plan, read_clip, _stem_of(bed, plan, kept))
        for start in range(wanted.start, wanted.stop, block):
            yield mixer.mix_block(start, min(block, wanted.stop - start))


class _Mixer:
    def __init__(self, plan: MixPlan, read_clip: ReadClip, bed: BedStem | None) -> None:
        self._plan = plan
        self._read_clip = read_clip
        self._bed = bed
        self._clips: dict[Line, Stereo] = {}
        self._speech = plan.timeline.speech
        self._longest_line = max((placed.length for placed in self._speech), default=0)
        sounds, balance = plan.sounds, plan.sounds.balance
        breaths = () if sounds.tone == "none" else plan.timeline.breaths
        self._tone = BreathStem(breaths, partial(breath_sound, sounds.tone, seed=sounds.seed))
        counted = plan.timeline.breaths if sounds.ticks else ()
        self._ticks = BreathStem(counted, partial(count_ticks, seed=sounds.seed))
        self._bed_gain, self._tone_gain, bell_gain = (
            np.float32(db_to_gain(level)) for level in (balance.bed, balance.tone, balance.bell)
        )
        struck = put_in_room(read_bell(sounds.bell)) * bell_gain
        touched = struck * np.float32(SOFTER)
        self._chimes = [
            *((place, struck) for place in plan.bells),
            *((place, touched) for place in plan.timeline.soft_chimes),
        ]
        self._segment = _load_audio_segment()

    def mix_block(self, start: int, length: int) -> Block:
        plan = self._plan
        opens, closes = opening_gain(start, length), closing_gain(plan, start, length)
        chimes = ((place - start, sound) for place, sound in self._chimes)
        voice = self._voice_stem(start, length)
        stems = (
            (
                None if self._bed is None else self._bed.read(start, length),
                (self._bed_gain, ducking_gain(plan.bed_dips, start, length), opens, closes),
            ),
            (
                self._tone.read(start, length),
                (self._tone_gain, ducking_gain(plan.tone_dips, start, length), opens, closes),
            ),
            (self._ticks.read(start, length), (self._tone_gain, closes)),
            (voice, (stepping_gain(plan.steps, start, length),)),
            (_lay(length, chimes), (closes,)),
        )
        segments = [self._as_segment(stem, gains) for stem, gains in stems if stem is not None]
        if not segments:
            return Block(np.zeros((length, 2), np.float32))
        mix = reduce(lambda below, above: below.overlay(above), segments)
        pcm = np.frombuffer(mix.raw_data, "<i4").reshape(-1, 2)[:length]
        return Block(pcm.astype(np.float32) * (1 / _SCALE), voice)

    def _voice_stem(self, start: int, length: int) -> Stereo | None:
        ring = ring_length()
        near = _starting_in(self._speech, start - self._longest_line - ring, start + length)
        heard = [placed for placed in near if placed.start + placed.length + ring > start]
        self._read_clips(placed.line for placed in heard)
        return _lay(length, (self._spoken(placed, start, length) for placed in heard))

    def _spoken(self, placed: Placed, start: int, length: int) -> tuple[int, Stereo]:
        """Return what a block has of a clip, at its level, and where in the block it begins."""
        clip, place = self._clips[placed.line], placed.start - start
        part = clip[max(0, -place) : max(0, length - place)]
        return max(0, place), part * np.float32(db_to_gain(placed.gain_db))

    def _read_clips(self, lines: Iterable[Line]) -> None:
        """Hold the clips of a block and no others; those of the block before are there."""
        before = self._clips
        self._clips = {
            line: before[line] if line in before else self._heard_in_room(line)
            for line in dict.fromkeys(lines)
        }

    def _heard_in_room(self, line: Line) -> Stereo:
        return put_in_room(self._read_clip(line)[:, np.newaxis])

    def _as_segment(
        self, stem: Stereo, gains: tuple[NDArray[np.float32] | np.float32 | None, ...]
    ) -> Any:
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


def _stem_of(bed: Bed | None, plan: MixPlan, kept: KeptFiles | None) -> BedStem | None:
    """Return a bed as it is mixed; one of a file of somebody's own is not kept."""
    if bed is None:
        return None
    name, seed = plan.sounds.bed, plan.sounds.seed
    place = (kept, f"{name}-{seed}") if kept and name in BEDS else None
    return BedStem(bed, plan.speech_band_dips, place)


def _starting_in(events: Sequence[Placed], start: int, stop: int) -> Sequence[Placed]:
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
