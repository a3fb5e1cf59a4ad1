"""A count for those who want one: each second of each phase, its pitch telling the phase."""

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.sound.tones.marks import PITCHES
from cft_audio.sound.tones.ticks import count_ticks
from cft_audio.timeline.events import Breath

BREATH = Breath(samples(7.3), samples(4), samples(1.8), samples(5.4), samples(0.3))


def peak(sound: np.ndarray, start: float, end: float) -> float:
    return float(np.abs(sound[samples(start) : samples(end)]).max())


def test_each_second_of_each_phase_is_counted_but_none_just_before_a_turn() -> None:
    level = np.abs(count_ticks(BREATH, 1)).max(axis=1)
    loud = np.flatnonzero(level > 0.1 * level.max())
    begins = loud[np.diff(loud, prepend=-SAMPLE_RATE) > samples(0.3)] / SAMPLE_RATE

    expected = [0, 1, 2, 3, 4, 5, 5.8, 6.8, 7.8, 8.8, 9.8]
    assert np.allclose(begins, expected, atol=0.004)


def test_the_first_of_a_phase_is_the_loudest_and_has_the_pitch_of_its_mark() -> None:
    ticks = count_ticks(BREATH, 1)

    for start, following, phase in ((0, 1, "inhale"), (4, 5, "full hold"), (5.8, 6.8, "exhale")):
        assert peak(ticks, start, start + 0.2) > 1.3 * peak(ticks, following, following + 0.2)
        knock = ticks[samples(start) : samples(start + 0.15)].mean(axis=1)
        power = np.abs(np.fft.rfft(knock, 1 << 15))
        hertz = float(np.argmax(power)) * SAMPLE_RATE / (1 << 15)
        assert abs(hertz / PITCHES[phase] - 1) < 0.03


def test_a_knock_is_short_soft_and_whole_in_mono() -> None:
    ticks = count_ticks(BREATH, 1)
    stereo, mono = np.square(ticks).mean(), np.square(ticks.mean(axis=1)).mean()

    assert 10 * np.log10(mono / stereo) > -1
    assert peak(ticks, 0.12, 0.9) < 0.01 * peak(ticks, 0, 0.1)
    assert np.abs(np.diff(ticks, axis=0)).max() < 0.25 * np.abs(ticks).max()
    assert np.abs(ticks[0]).max() < 1e-4
    assert np.array_equal(ticks, count_ticks(BREATH, 1))
