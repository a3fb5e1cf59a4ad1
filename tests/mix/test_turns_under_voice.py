"""Turns of the breath, found again in an MP3 while a voice speaks over them."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from cft_audio.mix.mixer import mix
from cft_audio.mix.plan import MixPlan, plan_mix
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.loudness import LoudnessMeter
from cft_audio.signal.reference_levels import TAKE_LUFS
from cft_audio.timeline.events import Breath, Chapter, Placed, SayEvent, Timeline

LINE = Line((Span("a long story"),))
INHALE, HOLD, EXHALE = samples(4), samples(2), samples(6)
BREATHS = 6
PITCHES = {"swell": (880.0, 659.3), "ocean": (880.0, 659.3), "bowls": (261.6, 196.0)}
"""Hertz of what is struck at the turn to the inhale and to the exhale."""


def at_the_level_of_takes(voice: np.ndarray) -> np.ndarray:
    meter = LoudnessMeter()
    meter.feed(np.stack([voice, voice], axis=1))
    level = db_to_gain(TAKE_LUFS - meter.integrated())
    return (voice * level).clip(-1, 1).astype(np.float32)


def spoken_over(tone: str, spoken: int) -> MixPlan:
    """Return paced breathing under a line of ``spoken`` samples, which does not stop before it."""
    length = INHALE + HOLD + EXHALE
    breaths = tuple(
        Breath(samples(4) + n * length, INHALE, HOLD, EXHALE, 0) for n in range(BREATHS)
    )
    total = samples(12) + BREATHS * length
    event = SayEvent(samples(1), spoken, 0, LINE)
    return plan_mix(Timeline(total, (Chapter("A", 0),), (event,), breaths), tone, "none", 1)


def through_mp3(audio: np.ndarray, file: Path) -> Path:
    form = ("-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", "pipe:0")
    subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", *form, "-b:a", "128k", file],
        input=audio.tobytes(),
        check=True,
    )
    return file


def struck_at(sound: np.ndarray, hertz: float, near: int) -> int:
    """Return the sample within 0.3 s of ``near`` at which ``hertz`` rises most steeply."""
    margin, window = samples(0.02), samples(0.012)
    start = near - samples(0.3) - margin
    part = sound[start : near + samples(0.3) + margin]
    wave = np.exp(-2j * np.pi * hertz * np.arange(len(part)) / SAMPLE_RATE)
    level = np.abs(np.convolve(part * wave, np.hanning(window), "same"))
    rise = np.convolve(np.diff(level), np.ones(window // 2), "same")
    # The ends of the stretch are no rise of the sound.
    return start + margin + int(np.argmax(rise[margin:-margin]))


@pytest.mark.parametrize("tone", ["swell", "ocean", "bowls"])
def test_every_turn_is_found_in_the_mp3_under_continuous_speech(
    tone: str,
    voice: Callable[[float], np.ndarray],
    decode: Callable[[Path], np.ndarray],
    tmp_path: Path,
) -> None:
    """The voice stands in the middle; what is struck at a turn is wide."""
    clip = at_the_level_of_takes(voice(BREATHS * 12 + 5))
    plan = spoken_over(tone, len(clip))
    audio = np.concatenate(list(mix(plan, lambda _: clip)))
    decoded = decode(through_mp3(audio, tmp_path / "a.mp3"))
    wide = decoded[:, 0] - decoded[:, 1]

    into, out = PITCHES[tone]
    turns = [
        turn
        for breath in plan.timeline.breaths
        for turn in ((breath.start, into), (breath.exhale_start, out))
    ]
    off = [abs(struck_at(wide, hertz, at) - at) for at, hertz in turns]
    assert len(off) == 2 * BREATHS
    assert max(off) < samples(0.020)


def test_a_cue_that_begins_on_a_turn_does_not_move_it() -> None:
    """Ducking comes and goes around the turn, and the turn stays where it is."""
    silent = np.zeros(samples(2), np.float32)
    breath = Breath(samples(12), INHALE, 0, EXHALE, 0)
    cue = SayEvent(breath.start, len(silent), 0, LINE)
    timeline = Timeline(samples(40), (Chapter("A", 0),), (cue,), (breath,))
    assert timeline.speech == (Placed(LINE, breath.start, len(silent)),)
    plan = plan_mix(timeline, "swell", "none", 1)
    audio = np.concatenate(list(mix(plan, lambda _: silent)))

    assert abs(struck_at(audio[:, 0], 880.0, breath.start) - breath.start) < samples(0.020)
    assert abs(struck_at(audio[:, 0], 659.3, breath.exhale_start) - breath.exhale_start) < samples(
        0.020
    )
