"""Hum is found and removed from a recording, noise is reduced, and speech is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from recording_cases import HUM_HARMONICS, RATE, VOICE_RMS, hum_of, in_blocks, pink

from cft_audio.own_voice.denoise import MOST_DB, estimate_noise, reduce_noise
from cft_audio.own_voice.hum import Hum, find_hum, remove_hum
from cft_audio.own_voice.sound_on_disk import store_on_disk

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.signal.audio import Mono


def clean(sound: Mono) -> tuple[Hum, Mono]:
    with store_on_disk(in_blocks(sound)) as raw:
        hum = find_hum(raw)
        return hum, np.concatenate(list(remove_hum(raw, hum)))


def level_db(sound: Mono) -> float:
    return float(10 * np.log10(np.square(sound).mean()))


@pytest.fixture
def speech(voice: Callable[[float], Mono]) -> Mono:
    """Twenty seconds of it at a usual level."""
    spoken = voice(20.0)
    return np.asarray(spoken * VOICE_RMS / np.sqrt(np.square(spoken).mean()), np.float32)


@pytest.mark.parametrize("mains", [49.8, 50.0, 59.9, 60.0])
def test_hum_is_found_to_a_twentieth_of_a_hertz(speech: Mono, mains: float) -> None:
    hum, _ = clean(speech + hum_of(mains, len(speech)))

    expected = [mains * number for number in HUM_HARMONICS]
    assert hum.mains == round(mains, -1)
    assert hum.frequencies[:3] == pytest.approx(expected[:3], abs=0.05)


def test_hum_is_lowered_by_25_db_from_the_first_moment(speech: Mono) -> None:
    hum = hum_of(50.0, len(speech))
    detected, both = clean(speech + hum)
    with store_on_disk(in_blocks(speech)) as alone:
        without = np.concatenate(list(remove_hum(alone, detected)))
    left = both - without

    assert level_db(left) < level_db(hum) - 25
    assert level_db(left[: RATE // 2]) < level_db(hum) - 25


def test_no_hum_is_found_in_a_voice_without_any(speech: Mono) -> None:
    rng = np.random.Generator(np.random.PCG64(1))

    assert find_hum_in(speech) == Hum()
    assert find_hum_in(speech + 0.001 * pink(len(speech), rng)) == Hum()


def find_hum_in(sound: Mono) -> Hum:
    with store_on_disk(in_blocks(sound)) as raw:
        return find_hum(raw)


def test_removing_hum_hardly_changes_speech(speech: Mono) -> None:
    """Its power above 150 Hz changes by less than a third of a dB, with five notches."""
    hum, both = clean(speech + hum_of(50.0, len(speech)))

    def high(sound: Mono) -> float:
        power = np.square(np.abs(np.fft.rfft(sound)))
        return float(10 * np.log10(power[int(150 * len(sound) / RATE) :].sum()))

    assert len(hum.frequencies) >= 4
    assert abs(high(both) - high(speech)) < 0.33


def test_noise_is_reduced_by_as_much_as_asked() -> None:
    rng = np.random.Generator(np.random.PCG64(2))
    noise = 0.01 * pink(4 * RATE, rng)
    spectrum = estimate_noise([noise[:RATE], noise[RATE : 2 * RATE]])
    assert spectrum is not None
    for most in (6.0, MOST_DB):
        quieter = reduce_noise(noise, spectrum, most)[RATE:]
        assert level_db(quieter) - level_db(noise[RATE:]) == pytest.approx(-most, abs=1.5)


def test_reducing_noise_keeps_the_speech_above_it(speech: Mono) -> None:
    """What changes lies 17 dB below the voice: less than the noise masks."""
    rng = np.random.Generator(np.random.PCG64(2))
    noise = np.float32(VOICE_RMS * 10 ** (-35 / 20)) * pink(len(speech), rng)
    spectrum = estimate_noise([noise[: 2 * RATE]])
    assert spectrum is not None
    out = reduce_noise(speech + noise, spectrum, MOST_DB)

    assert level_db(out - speech) < level_db(speech) - 17
    assert level_db(out) == pytest.approx(level_db(speech), abs=0.3)


def test_reducing_noise_by_0_db_changes_nothing(speech: Mono) -> None:
    spectrum = estimate_noise([speech[:RATE]])
    assert spectrum is not None
    assert reduce_noise(speech, spectrum, 0.0) is speech


def test_noise_is_not_estimated_from_too_short_a_silence() -> None:
    assert estimate_noise([np.zeros(500, np.float32), np.zeros(2000, np.float32)]) is None
