"""Breathing tones: told apart with eyes closed, turns to the sample, no clicks."""

import numpy as np
import pytest

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.loudness import LoudnessMeter
from cft_audio.signal.reference_levels import LOUDEST_TONE_LUFS
from cft_audio.sound.names import TONES
from cft_audio.sound.tone import breath_sound
from cft_audio.timeline.events import Breath

CHARACTERS = [tone for tone in TONES if tone != "none"]
BREATH = Breath(samples(7.3), samples(4), samples(2), samples(5), samples(2))


def part(sound: np.ndarray, start: float, end: float) -> np.ndarray:
    return sound[samples(start) : samples(end)].astype(np.float64)


def level_db(sound: np.ndarray) -> float:
    return 10 * np.log10(np.mean(sound**2) + 1e-12)


def centroid_hz(sound: np.ndarray) -> float:
    power = np.abs(np.fft.rfft(sound[:, 0] * np.hanning(len(sound)))) ** 2
    frequencies = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    return float((power * frequencies).sum() / power.sum())


@pytest.mark.parametrize("character", CHARACTERS)
@pytest.mark.parametrize("seconds", [(1.5, 0, 1.5, 0), (4, 0, 6, 0), (4, 7, 8, 7), (8, 2, 12, 2)])
def test_nothing_clicks(character: str, seconds: tuple[float, ...]) -> None:
    """The largest jump between samples is one that its own highest partials make."""
    sound = breath_sound(character, Breath(0, *(samples(s) for s in seconds)), 1)
    jumps = np.abs(np.diff(sound, axis=0, prepend=np.zeros((1, 2)), append=np.zeros((1, 2))))
    turns = {0, samples(seconds[0]), samples(seconds[0]) + samples(seconds[1])}
    at_turns = max(float(jumps[max(0, turn - 2) : turn + 3].max()) for turn in turns)
    for turn in turns:
        jumps[max(0, turn - 2) : turn + 3] = 0

    assert float(jumps[-1].max()) < 1e-5
    assert at_turns <= float(jumps.max())
    assert float(jumps.max()) < 0.35 * float(np.abs(sound).max())


@pytest.mark.parametrize("character", CHARACTERS)
def test_nothing_lies_near_the_end_of_the_band(character: str) -> None:
    spectrum = np.abs(np.fft.rfft(breath_sound(character, BREATH, 1)[:, 0])) ** 2
    high = spectrum[int(16_000 / (SAMPLE_RATE / 2) * len(spectrum)) :].sum()

    assert 10 * np.log10(high / spectrum.sum()) < -60


@pytest.mark.parametrize("character", CHARACTERS)
def test_its_loudest_moment_lies_where_the_mix_expects_it(character: str) -> None:
    sound = breath_sound(character, BREATH, 1)
    loudest = -100.0
    for start in range(0, len(sound) - samples(0.4), samples(0.1)):
        meter = LoudnessMeter()
        meter.feed(np.ascontiguousarray(sound[start : start + samples(0.4)]))
        loudest = max(loudest, meter.integrated())

    assert loudest == pytest.approx(LOUDEST_TONE_LUFS, abs=1.0)


def test_the_swell_rises_with_the_inhale_and_falls_with_the_exhale() -> None:
    sound = breath_sound("swell", BREATH, 1)

    assert centroid_hz(part(sound, 2.5, 3.9)) > 1.1 * centroid_hz(part(sound, 1.3, 2.2))
    assert centroid_hz(part(sound, 9.5, 10.5)) < 0.9 * centroid_hz(part(sound, 7.5, 8.5))
    assert level_db(part(sound, 3, 3.9)) > level_db(part(sound, 1, 1.9)) + 6
    assert level_db(part(sound, 11.7, 12.9)) < level_db(part(sound, 3, 4)) - 40


def test_the_swells_hold_flutters_and_its_phases_do_not() -> None:
    sound = breath_sound("swell", BREATH, 1)

    def flutter(start: float, end: float) -> float:
        frames = part(sound, start, end)[:, 0].reshape(-1, samples(0.05))[:, :]
        level = np.sqrt((frames**2).mean(axis=1))
        return float(np.abs(np.diff(level, 2)).mean() / level.mean())

    assert flutter(4.7, 5.7) > 2 * flutter(2.5, 3.5)


def test_the_ocean_swells_murmurs_and_runs_out() -> None:
    sound = breath_sound("ocean", BREATH, 1)

    assert level_db(part(sound, 3.2, 3.9)) > level_db(part(sound, 0.8, 1.4)) + 4
    assert level_db(part(sound, 4.8, 5.2)) < level_db(part(sound, 3.5, 3.9)) - 5
    assert centroid_hz(part(sound, 6.1, 6.8)) > 1.3 * centroid_hz(part(sound, 9.5, 10.5))
    assert level_db(part(sound, 11.8, 12.8)) < level_db(part(sound, 3.5, 3.9)) - 25


def test_bowls_are_struck_at_each_turn_and_told_apart_by_pitch() -> None:
    sound = breath_sound("bowls", BREATH, 1)

    def pitch(start: float) -> float:
        spectrum = np.abs(np.fft.rfft(part(sound, start + 0.1, start + 1.1)[:, 0]))
        return float(np.argmax(spectrum)) / 1.0

    inhale, exhale = pitch(0), pitch(6)
    assert inhale > 1.2 * exhale
    assert level_db(part(sound, 4.0, 4.5)) > level_db(part(sound, 3.4, 3.9))


def test_breaths_of_one_shape_sound_alike_wherever_they_start() -> None:
    elsewhere = Breath(
        samples(99), BREATH.inhale, BREATH.full_hold, BREATH.exhale, BREATH.empty_hold
    )

    for character in ("swell", "bowls"):
        assert np.array_equal(
            breath_sound(character, BREATH, 1), breath_sound(character, elsewhere, 1)
        )


@pytest.mark.parametrize("character", CHARACTERS)
@pytest.mark.parametrize("seconds", [(1.5, 0, 1.5, 0), (4, 0, 6, 0), (4, 2, 5, 2)])
def test_breaths_join_without_a_click(character: str, seconds: tuple[float, ...]) -> None:
    """Around a join it bends no more sharply than in its interior, tails of earlier ones added."""
    phases = tuple(samples(s) for s in seconds)
    period = sum(phases)
    joined = np.zeros((samples(9) + 6 * period, 2), np.float32)
    for n in range(6):
        sound = breath_sound(character, Breath(n * period, *phases), 1)
        place = n * period
        joined[place : place + len(sound)] += sound[: len(joined) - place]

    bends = np.abs(np.diff(joined[3 * period - 10 : 5 * period], 2, axis=0)).max(axis=1)
    at_joins = max(bends[:20].max(), bends[period : period + 20].max())
    assert at_joins <= bends[20:period].max()


@pytest.mark.parametrize("character", CHARACTERS)
def test_every_turn_stands_out_of_its_context_at_its_own_pitch(character: str) -> None:
    pitches = {"inhale": 880.0, "exhale": 659.3}
    if character == "bowls":
        pitches = {"inhale": 261.6, "exhale": 196.0}
    sound = breath_sound(character, BREATH, 1)
    turn = samples(6)

    def level(pitch: float, start: int) -> float:
        stretch = sound[start : start + samples(0.15), 0] * np.hanning(samples(0.15))
        wave = np.exp(-2j * np.pi * pitch * np.arange(len(stretch)) / SAMPLE_RATE)
        return 20 * float(np.log10(np.abs((stretch * wave).sum())))

    before, after = (level(pitches["exhale"], at) for at in (turn - samples(0.2), turn))
    assert after > before + 10
    assert level(pitches["inhale"], 0) > level(pitches["exhale"], 0) + 10


@pytest.mark.parametrize("character", CHARACTERS)
def test_a_phase_may_last_from_one_and_a_half_to_twelve_seconds(character: str) -> None:
    for phase in (1.5, 12.0):
        breath = Breath(samples(3), samples(phase), samples(phase), samples(phase), samples(phase))
        sound = breath_sound(character, breath, 1)
        assert len(sound) >= breath.length
        assert np.isfinite(sound).all()
        assert 0.01 < np.abs(sound).max() < 0.1
