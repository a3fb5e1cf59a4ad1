"""What is no voice in a recording: hum found and taken out, noise lowered, speech left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from recording_cases import HUM_HARMONICS, RATE, VOICE_RMS, hum_of, in_blocks, pink

from cft_audio.own_voice.denoise import MOST_DB, lowered, noise_spectrum
from cft_audio.own_voice.hum import Hum, filtered, find_hum
from cft_audio.own_voice.sound_on_disk import written

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.signal.audio import Mono


def cleaned(sound: Mono) -> tuple[Hum, Mono]:
    with written(in_blocks(sound)) as raw:
        hum = find_hum(raw)
        return hum, np.concatenate(list(filtered(raw, hum)))


def level_db(sound: Mono) -> float:
    return float(10 * np.log10(np.square(sound).mean()))


@pytest.fixture
def speech(voice: Callable[[float], Mono]) -> Mono:
    """Twenty seconds of it at a usual level."""
    said = voice(20.0)
    return np.asarray(said * VOICE_RMS / np.sqrt(np.square(said).mean()), np.float32)


@pytest.mark.parametrize("mains", [49.8, 50.0, 59.9, 60.0])
def test_hum_is_found_to_a_twentieth_of_a_hertz(speech: Mono, mains: float) -> None:
    hum, _ = cleaned(speech + hum_of(mains, len(speech)))

    expected = [mains * number for number in HUM_HARMONICS]
    assert hum.mains == round(mains, -1)
    assert hum.frequencies[:3] == pytest.approx(expected[:3], abs=0.05)


def test_hum_is_lowered_by_25_db_from_its_first_moment(speech: Mono) -> None:
    hum = hum_of(50.0, len(speech))
    found, both = cleaned(speech + hum)
    with written(in_blocks(speech)) as alone:
        without = np.concatenate(list(filtered(alone, found)))
    left = both - without

    assert level_db(left) < level_db(hum) - 25
    assert level_db(left[: RATE // 2]) < level_db(hum) - 25


def test_a_voice_without_hum_has_none(speech: Mono) -> None:
    rng = np.random.Generator(np.random.PCG64(1))

    assert find_hum_in(speech) == Hum()
    assert find_hum_in(speech + 0.001 * pink(len(speech), rng)) == Hum()


def find_hum_in(sound: Mono) -> Hum:
    with written(in_blocks(sound)) as raw:
        return find_hum(raw)


def test_speech_is_hardly_touched_by_what_takes_out_hum(speech: Mono) -> None:
    """Its power above 150 Hz changes by less than a third of a dB with five notches in it."""
    hum, both = cleaned(speech + hum_of(50.0, len(speech)))

    def high(sound: Mono) -> float:
        power = np.square(np.abs(np.fft.rfft(sound)))
        return float(10 * np.log10(power[int(150 * len(sound) / RATE) :].sum()))

    assert len(hum.frequencies) >= 4
    assert abs(high(both) - high(speech)) < 0.33


def test_noise_is_lowered_as_far_as_asked_and_no_further() -> None:
    rng = np.random.Generator(np.random.PCG64(2))
    noise = 0.01 * pink(4 * RATE, rng)
    spectrum = noise_spectrum([noise[:RATE], noise[RATE : 2 * RATE]])
    assert spectrum is not None
    for most in (6.0, MOST_DB):
        quieter = lowered(noise, spectrum, most)[RATE:]
        assert level_db(quieter) - level_db(noise[RATE:]) == pytest.approx(-most, abs=1.5)


def test_speech_above_its_noise_stays(speech: Mono) -> None:
    """Where the voice is, what is changed lies 17 dB below it: less than the noise masks."""
    rng = np.random.Generator(np.random.PCG64(2))
    noise = np.float32(VOICE_RMS * 10 ** (-35 / 20)) * pink(len(speech), rng)
    spectrum = noise_spectrum([noise[: 2 * RATE]])
    assert spectrum is not None
    out = lowered(speech + noise, spectrum, MOST_DB)

    assert level_db(out - speech) < level_db(speech) - 17
    assert level_db(out) == pytest.approx(level_db(speech), abs=0.3)


def test_nothing_to_lower_changes_nothing(speech: Mono) -> None:
    spectrum = noise_spectrum([speech[:RATE]])
    assert spectrum is not None
    assert lowered(speech, spectrum, 0.0) is speech


def test_a_blink_of_silence_tells_no_noise() -> None:
    assert noise_spectrum([np.zeros(500, np.float32), np.zeros(2000, np.float32)]) is None
