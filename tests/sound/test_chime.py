"""The chime: soft, wide, rings for seconds, clicks nowhere."""

import numpy as np
import pytest

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.loudness import LoudnessMeter
from cft_audio.sound.chime import chime_sound


def momentary(audio: np.ndarray) -> float:
    meter = LoudnessMeter()
    meter.feed(np.ascontiguousarray(audio))
    return meter.integrated()


def peak(audio: np.ndarray) -> float:
    return float(np.abs(audio).max())


def test_its_loudest_moment_lies_six_lu_below_the_voice() -> None:
    sound = chime_sound()
    loudest = max(momentary(sound[at : at + samples(0.4)]) for at in range(0, samples(1), 4410))

    assert loudest == pytest.approx(-26, abs=0.5)


def test_it_speaks_softly_and_rings_for_seconds() -> None:
    sound = chime_sound()

    assert peak(sound[: samples(0.002)]) < 0.1 * peak(sound)
    assert 20 * np.log10(peak(sound[samples(2) : samples(2.2)]) / peak(sound)) > -30
    assert peak(sound[samples(4) : samples(5)]) < peak(sound[samples(1) : samples(2)])


def test_it_begins_and_ends_in_silence_and_jumps_nowhere() -> None:
    sound = chime_sound()
    jumps = np.abs(np.diff(sound, axis=0)).max(axis=1)

    assert peak(sound[0]) == 0
    assert peak(sound[-1]) < 1e-6
    assert jumps.max() < 0.25 * peak(sound)
    assert jumps[: samples(0.003)].max() < 0.5 * jumps[samples(0.02) : samples(0.2)].max()


def test_it_is_wide_and_whole_in_mono() -> None:
    left, right = chime_sound()[: samples(1)].astype(np.float64).T
    middle, difference = (((left + right) / 2) ** 2).mean(), (((left - right) / 2) ** 2).mean()

    assert abs(10 * np.log10(middle / difference)) < 3
    assert middle > 0.3 * (left**2).mean()


def test_its_partials_are_those_of_a_bowl_and_not_of_a_string() -> None:
    sound = chime_sound()[:, 0].astype(np.float64)
    power = np.abs(np.fft.rfft(sound)) ** 2
    frequencies = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)

    def around(hertz: float) -> float:
        return float(power[np.abs(frequencies - hertz) < 12].max())

    assert around(220 * 2.77) > 100 * around(220 * 2)
    assert around(220 * 5.18) > 100 * around(220 * 5.6)
    assert power[frequencies > 12_500].sum() < 1e-8 * power.sum()
