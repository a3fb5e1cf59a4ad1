"""Filters pass and lower what they should, however the audio is cut into blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.filters import FirFilter, band_pass, high_pass, notch

if TYPE_CHECKING:
    from numpy.typing import NDArray

SECOND = SAMPLE_RATE


def gain_db(response: NDArray[np.complex128], frequency: float) -> float:
    """Measure how much louder a tone is once its filter has settled."""
    points = 2 * (len(response) - 1)
    tone = np.sin(2 * np.pi * frequency * np.arange(points + SECOND) / SAMPLE_RATE)
    before = tone[-SECOND:]
    after = FirFilter(response).apply(tone.astype(np.float32))[-SECOND:]
    return float(10 * np.log10(np.square(after).mean() / np.square(before).mean()))


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_a_high_pass_lowers_by_3_db_at_its_corner_and_falls_by_6_db_an_octave_an_order(
    order: int,
) -> None:
    response = high_pass(1000.0, order, 8192)

    assert gain_db(response, 1000) == pytest.approx(-3.01, abs=0.02)
    assert gain_db(response, 120) - gain_db(response, 60) == pytest.approx(6 * order, abs=0.1)
    assert gain_db(response, 8000) == pytest.approx(0, abs=0.1)


def test_a_band_pass_lowers_by_3_db_at_both_edges_and_passes_what_lies_between() -> None:
    response = band_pass(200.0, 5000.0, 2, 8192)

    assert gain_db(response, 200) == pytest.approx(-3.01, abs=0.02)
    assert gain_db(response, 5000) == pytest.approx(-3.01, abs=0.02)
    assert [gain_db(response, f) for f in (500, 1000, 2000)] == pytest.approx([0] * 3, abs=0.15)
    assert gain_db(response, 100) - gain_db(response, 50) == pytest.approx(12, abs=0.5)
    assert gain_db(response, 15_000) < -20


@pytest.mark.parametrize("frequency", [50.0, 60.0, 400.0])
def test_a_notch_takes_out_one_frequency_and_leaves_its_neighbours(frequency: float) -> None:
    response = notch(frequency, 2.0, 1 << 17)

    assert gain_db(response, frequency) < -60
    assert gain_db(response, frequency - 1) == pytest.approx(-3.01, abs=0.1)
    assert gain_db(response, frequency + 1) == pytest.approx(-3.01, abs=0.1)
    neighbours = (frequency - 10, frequency + 10, 2 * frequency)
    assert [gain_db(response, f) for f in neighbours] == pytest.approx([0] * 3, abs=0.1)


def test_a_filter_is_the_convolution_with_its_impulse_response() -> None:
    response = band_pass(300.0, 3000.0, 2, 2048)
    audio = np.random.default_rng(4).standard_normal(10_000).astype(np.float32)
    expected = np.convolve(audio, np.fft.irfft(response)[:1024])[: len(audio)]

    assert np.allclose(FirFilter(response).apply(audio), expected, atol=1e-5)


@given(st.lists(st.integers(0, 4000), max_size=8))
def test_it_does_not_matter_how_the_audio_is_cut_into_blocks(lengths: list[int]) -> None:
    response = high_pass(500.0, 4, 1024)
    audio = np.random.default_rng(5).standard_normal(sum(lengths)).astype(np.float32)
    whole = FirFilter(response).apply(audio)
    stream = FirFilter(response)
    blocks = [stream.apply(block) for block in np.split(audio, np.cumsum(lengths))]

    assert [len(block) for block in blocks] == [*lengths, 0]
    assert np.allclose(np.concatenate(blocks), whole, atol=1e-5)
