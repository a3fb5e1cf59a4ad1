"""Decibels, fades and 16-bit samples, worked out in one place for the whole program."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.signal.decibels import db_to_gain, db_to_power, gain_to_db, power_to_db
from cft_audio.signal.gain import apply_gain, fade_in, fade_out, interpolate
from cft_audio.signal.pcm import to_float, to_pcm16


@given(st.floats(-120, 60))
def test_decibels_come_back_as_they_went_in(level_db: float) -> None:
    assert gain_to_db(db_to_gain(level_db)) == pytest.approx(level_db, abs=1e-9)
    assert power_to_db(db_to_power(level_db)) == pytest.approx(level_db, abs=1e-9)
    assert db_to_gain(level_db) ** 2 == pytest.approx(db_to_power(level_db))


def test_silence_is_minus_infinity() -> None:
    assert gain_to_db(0.0) == power_to_db(0.0) == -math.inf


@given(st.integers(1, 5000))
def test_a_fade_out_is_a_fade_in_turned_round(length: int) -> None:
    rising = fade_in(length)

    assert rising[0] == 0
    assert (np.diff(rising) > 0).all()
    assert np.array_equal(fade_out(length), rising[::-1])


def test_what_is_written_as_16_bits_is_read_back_a_step_softer_at_full_scale() -> None:
    audio = np.linspace(-1, 1, 1001, dtype=np.float32)

    assert to_float(to_pcm16(audio)) == pytest.approx(audio * 32767 / 32768, abs=0.5 / 32768)


def test_nothing_written_as_16_bits_turns_over_at_full_scale() -> None:
    written = to_pcm16(np.array([1.5, 1.0, -1.0, -9.0], np.float32))

    assert list(written) == [32767, 32767, -32767, -32767]


def test_points_are_joined_by_straight_lines() -> None:
    line = interpolate(np.array([0, 1, -1], np.float32), 4)

    assert line == pytest.approx([0, 0.25, 0.5, 0.75, 1, 0.5, 0, -0.5])


@pytest.mark.parametrize("channels", [1, 2])
def test_a_gain_counts_for_every_channel(channels: int) -> None:
    audio = np.random.default_rng(1).standard_normal((50, channels)).astype(np.float32)
    gain = np.linspace(0, 1, 50, dtype=np.float32)

    assert np.array_equal(apply_gain(audio, gain), audio * gain[:, np.newaxis])
