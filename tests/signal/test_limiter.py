from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from cft_audio.signal.frames import FRAME, ROW
from cft_audio.signal.limiter import limit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Verdict

    from cft_audio.signal.audio import Mono, Stereo

CEILING = -2.0


def run(*blocks: Stereo) -> Stereo:
    return np.concatenate([frame.audio for frame in limit(blocks, CEILING)])


def stereo(wave: Mono) -> Stereo:
    return np.column_stack([wave, wave * np.float32(0.5)])


@pytest.mark.parametrize("gain_db", [0, 6, 15])
def test_no_true_peak_passes_the_ceiling(
    gain_db: float,
    voice: Callable[[float], Mono],
    noise: Callable[[float], Stereo],
    judge: Callable[[Stereo], Verdict],
) -> None:
    for audio in (stereo(voice(8)), noise(8)):
        loud = audio * np.float32(10 ** (gain_db / 20))
        assert judge(loud).dbtp > CEILING + 1
        assert judge(run(loud)).dbtp <= CEILING + 0.1


@pytest.mark.parametrize("place", [0, 5, ROW - 1, ROW, FRAME - 1, FRAME, FRAME + 100, -1])
def test_a_single_peak_anywhere_is_held(place: int, judge: Callable[[Stereo], Verdict]) -> None:
    """At the ends of the recording, of a row and of a frame too."""
    audio = np.full((FRAME + 5_000, 2), 1e-3, np.float32)
    audio[place] = (4.0, -3.0)
    assert judge(run(audio)).dbtp <= CEILING + 0.1


def test_what_stays_below_passes_bit_by_bit(voice: Callable[[float], Mono]) -> None:
    audio = stereo(voice(5)) * np.float32(0.7)
    frames = list(limit([audio], CEILING))
    assert np.array_equal(np.concatenate([frame.audio for frame in frames]), audio)
    assert not any(frame.touched.any() for frame in frames)


def test_the_cut_into_blocks_changes_no_bit(voice: Callable[[float], Mono]) -> None:
    audio = stereo(voice(8)) * np.float32(3)
    whole = run(audio)
    for cuts in ([1, 2, 3], [FRAME], [FRAME - 1, FRAME + 1], list(range(0, len(audio), 9_973))[1:]):
        assert np.array_equal(run(*np.split(audio, cuts)), whole)


def test_only_rows_marked_as_touched_differ(voice: Callable[[float], Mono]) -> None:
    audio = stereo(voice(8)) * np.float32(1.5)
    touched = np.concatenate([frame.touched for frame in limit([audio], CEILING)])
    differs = (run(audio) != audio).any(axis=1)
    assert 0 < touched.sum() < len(touched)
    for row, flag in enumerate(touched):
        assert flag or not differs[row * ROW : (row + 1) * ROW].any()


def test_the_gain_glides_down_before_a_peak_and_back_after_it() -> None:
    """A steady level with one swell of 10 ms shows the gain itself: no jump, gone in a second."""
    audio = np.full((3 * 44_100, 2), 0.25, np.float32)
    burst = slice(44_100, 44_100 + 441)
    audio[burst] *= 1 + 7 * np.hanning(441).astype(np.float32)[:, np.newaxis]
    gain_db = 20 * np.log10(run(audio)[:, 0] / audio[:, 0])
    assert gain_db.min() == pytest.approx(-2.0 - 6.02, abs=0.1)
    assert np.abs(np.diff(gain_db)).max() < 0.1
    before = int(np.flatnonzero(gain_db < 0)[0])
    assert 0 < burst.start - before <= 0.0055 * 44_100
    back = gain_db[burst.stop :]
    assert np.all(np.diff(back[300:]) >= -1e-4)
    assert back[round(0.1 * 44_100)] < -1.5
    assert back[round(0.25 * 44_100)] > -1.0
    assert np.all(back[44_100:] == 0)
