"""Turns of the breath, found again in an MP3 while a voice speaks over them."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe
from sound_model.turns import turn_errors_s

from cft_audio.mix.mixer import mix
from cft_audio.mix.plan import MixPlan, Sounds, plan_mix
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.loudness import LoudnessMeter
from cft_audio.signal.reference_levels import TAKE_LUFS
from cft_audio.sound.names import TONES
from cft_audio.sound.room import put_in_room
from cft_audio.sound.tones.marks import PITCHES as MARKS
from cft_audio.timeline.events import Breath, Chapter, Placed, SayEvent, Timeline

LINE = Line((Span("a long story"),))
INHALE, HOLD, EXHALE, REST = samples(4), samples(2), samples(5), samples(1)
BREATHS = 3
TONES_HEARD = [tone for tone in TONES if tone != "none"]


def at_the_level_of_takes(voice: np.ndarray) -> np.ndarray:
    meter = LoudnessMeter()
    meter.feed(np.stack([voice, voice], axis=1))
    level = db_to_gain(TAKE_LUFS - meter.integrated())
    return (voice * level).clip(-1, 1).astype(np.float32)


def spoken_over(tone: str, spoken: int) -> MixPlan:
    """Return paced breathing under a line of ``spoken`` samples, which does not stop before it."""
    length = INHALE + HOLD + EXHALE + REST
    breaths = tuple(
        Breath(samples(4) + n * length, INHALE, HOLD, EXHALE, REST) for n in range(BREATHS)
    )
    total = samples(12) + BREATHS * length
    event = SayEvent(samples(1), spoken, 0, LINE)
    timeline = Timeline(total, (Chapter("A", 0),), (event,), breaths)
    return plan_mix(timeline, Sounds(tone, "none", seed=1))


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


@pytest.mark.slow
@pytest.mark.parametrize("tone", TONES_HEARD)
def test_every_turn_is_found_in_the_mp3_under_continuous_speech(
    tone: str,
    voice: Callable[[float], np.ndarray],
    decode: Callable[[Path], np.ndarray],
    tmp_path: Path,
) -> None:
    """By a matched filter for the very sound of each turn, once the known voice is taken away."""
    clip = at_the_level_of_takes(voice(BREATHS * 12 + 5))
    plan = spoken_over(tone, len(clip))
    audio = np.concatenate([block.audio for block in mix(plan, lambda _: clip)])
    unspoken = decode(through_mp3(audio, tmp_path / "a.mp3")).copy()
    said, start = put_in_room(clip[:, np.newaxis]), plan.timeline.speech[0].start
    unspoken[start : start + len(said)] -= said

    off = np.abs(turn_errors_s(plan, unspoken))
    assert len(off) == 3 * BREATHS
    assert off.max() < 0.020


def test_a_cue_that_begins_on_a_turn_does_not_move_it() -> None:
    """Ducking comes and goes around the turn, and the turn stays where it is."""
    silent = np.zeros(samples(2), np.float32)
    breath = Breath(samples(12), INHALE, 0, EXHALE, 0)
    cue = SayEvent(breath.start, len(silent), 0, LINE)
    timeline = Timeline(samples(40), (Chapter("A", 0),), (cue,), (breath,))
    assert timeline.speech == (Placed(LINE, breath.start, len(silent)),)
    plan = plan_mix(timeline, Sounds("swell", "none", seed=1))
    audio = np.concatenate([block.audio for block in mix(plan, lambda _: silent)])

    wide = audio[:, 0] - audio[:, 1]
    for turn, phase in ((breath.start, "inhale"), (breath.exhale_start, "exhale")):
        assert abs(struck_at(wide, MARKS[phase], turn) - turn) < samples(0.020)
