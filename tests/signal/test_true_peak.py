from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cft_audio.signal.true_peak import TruePeakMeter

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Verdict

    from cft_audio.signal.audio import Mono, Stereo


def measured(*blocks: Stereo) -> float:
    meter = TruePeakMeter()
    for block in blocks:
        meter.feed(block)
    return meter.dbtp()


def test_a_peak_between_samples_is_found() -> None:
    """A tone at a quarter of the sample rate whose samples all miss its peak by 3 dB."""
    wave = np.sin(np.pi / 2 * np.arange(44_100) + np.pi / 4) * np.hanning(44_100)
    audio = np.column_stack([wave * 0.1, wave]).astype(np.float32)
    assert 20 * math.log10(np.abs(audio).max()) == pytest.approx(-3.01, abs=0.01)
    assert measured(audio) == pytest.approx(0.0, abs=0.1)


def test_voice_and_noise_read_as_ffmpeg_reads_them(
    voice: Callable[[float], Mono],
    noise: Callable[[float], Stereo],
    judge: Callable[[Stereo], Verdict],
) -> None:
    said = voice(10)
    for audio in (np.column_stack([said, said * np.float32(0.3)]), noise(10) * np.float32(0.5)):
        assert measured(audio) == pytest.approx(judge(audio).dbtp, abs=0.15)


def test_the_cut_into_blocks_changes_nothing(noise: Callable[[float], Stereo]) -> None:
    audio = noise(3)
    whole = measured(audio)
    for cuts in ([1, 2, 3], [40_001], list(range(0, len(audio), 997))[1:]):
        assert measured(*np.split(audio, cuts)) == whole


def test_a_peak_on_the_last_sample_counts() -> None:
    audio = np.zeros((1000, 2), np.float32)
    audio[-1, 1] = -0.5
    assert measured(audio) == pytest.approx(-6.02, abs=0.01)


def test_silence_has_no_peak() -> None:
    assert measured(np.zeros((100, 2), np.float32)) == -math.inf
    assert measured() == -math.inf
