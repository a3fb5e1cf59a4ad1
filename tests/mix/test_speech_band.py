"""The band of speech of a bed: what lies in it, exactly, in any blocks."""

import numpy as np
import pytest

from cft_audio.mix.speech_band import SpeechBand
from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.frames import FRAME


def tones(*hertz: float) -> np.ndarray:
    """Return four frames of tones, the first on the left and all on the right."""
    time = np.arange(4 * FRAME) / SAMPLE_RATE
    each = [np.sin(2 * np.pi * one * time) for one in hertz]
    return np.stack([each[0], np.sum(each, axis=0)], axis=1).astype(np.float32)


def band_of(audio: np.ndarray) -> SpeechBand:
    return SpeechBand(lambda start, length: audio[start : start + length])


def test_what_lies_in_the_band_is_itself_and_the_rest_is_gone() -> None:
    inside, outside = tones(1000.0, 600.0, 3500.0), tones(100.0, 60.0, 8000.0)
    heard = band_of(inside + outside).read(FRAME, 2 * FRAME)

    assert np.abs(heard - inside[FRAME : 3 * FRAME]).max() < 1e-2


def test_it_falls_by_half_at_its_edges() -> None:
    for hertz in (180.0, 4600.0):
        heard = band_of(tones(hertz)).read(FRAME, FRAME)
        assert heard[:, 0] == pytest.approx(0.5 * tones(hertz)[FRAME : 2 * FRAME, 0], abs=0.01)


def test_it_is_the_same_in_blocks_of_any_size() -> None:
    audio = np.random.default_rng(1).standard_normal((4 * FRAME, 2)).astype(np.float32)
    whole = band_of(audio).read(0, 3 * FRAME)
    band, start = band_of(audio), 0
    for size in (1, 999, FRAME, FRAME + 3, 50_000):
        assert np.array_equal(band.read(start, size), whole[start : start + size])
        start += size
    assert np.array_equal(band.read(10, 100), whole[10:110])
