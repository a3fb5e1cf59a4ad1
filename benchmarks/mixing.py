"""Mix the same ten minutes, in blocks as the program does, or the obvious pydub way.

The obvious way overlays each clip and each breath on a whole session's silence.
"""

from __future__ import annotations

import sys
import warnings
from functools import cache

import numpy as np

from cft_audio.mix.mixer import mix
from cft_audio.mix.plan import MixPlan, Sounds, plan_mix
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import SAMPLE_RATE, samples, seconds
from cft_audio.sound.beds.registry import open_bed
from cft_audio.sound.tones.registry import breath_sound
from cft_audio.timeline.events import Breath, Chapter, SayEvent, Timeline
from cft_audio.timeline.pace import PRESETS

LENGTH = samples(600)


def session() -> MixPlan:
    """Return ten minutes with a five-second line every ten seconds over paced breathing."""
    line = Line((Span("a line"),))
    events = tuple(SayEvent(samples(10 * n + 2), samples(5), 0, line) for n in range(59))
    breaths: list[Breath] = []
    position = 0
    while position < LENGTH - samples(12):
        breaths.append(PRESETS["gentle"].breath(position, position))
        position += breaths[-1].length
    timeline = Timeline(LENGTH, (Chapter("All", 0),), events, tuple(breaths))
    return plan_mix(timeline, Sounds("swell", "brown"))


@cache
def read_clip(_: Line) -> np.ndarray:
    """Return five seconds of noise."""
    noise = np.random.default_rng(0).standard_normal(samples(5)) * 3000 / 32768
    return noise.clip(-1, 1).astype(np.float32)


def blocks(plan: MixPlan) -> None:
    """Mix as the program does."""
    for _ in mix(plan, read_clip):
        pass


def overlay(plan: MixPlan) -> None:
    """Mix by overlaying everything on one long segment."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment

    def segment(audio: np.ndarray) -> AudioSegment:
        pcm = (audio * 32767).clip(-32768, 32767).astype("<i2")
        channels = 1 if pcm.ndim == 1 else 2
        return AudioSegment(
            pcm.tobytes(), sample_width=2, frame_rate=SAMPLE_RATE, channels=channels
        )

    with open_bed(plan.sounds.bed, plan.sounds.seed) as bed:
        assert bed is not None
        whole = segment(bed(0, LENGTH))
    for breath in plan.timeline.breaths:
        sound = segment(breath_sound(plan.sounds.tone, breath, plan.sounds.seed))
        whole = whole.overlay(sound, position=round(seconds(breath.start) * 1000))
    for placed in plan.timeline.speech:
        clip = segment(read_clip(placed.line))
        whole = whole.overlay(clip, position=round(seconds(placed.start) * 1000))


if __name__ == "__main__":
    {"blocks": blocks, "overlay": overlay}[sys.argv[1]](session())
