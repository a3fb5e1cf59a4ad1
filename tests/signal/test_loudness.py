from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cft_audio.signal import loudness
from cft_audio.signal.loudness import LoudnessMeter, clip_loudness

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Verdict

    from cft_audio.signal.audio import Mono, Stereo

RATE = 44_100


def tone(dbfs: float, seconds: float, frequency: float = 1000.0) -> Stereo:
    at = np.arange(round(seconds * RATE)) / RATE
    wave = 10 ** (dbfs / 20) * np.sin(2 * np.pi * frequency * at)
    return np.column_stack([wave, wave]).astype(np.float32)


def measured(*blocks: Stereo) -> float:
    meter = LoudnessMeter()
    for block in blocks:
        meter.feed(block)
    return meter.integrated()


@pytest.mark.parametrize(
    ("parts", "lufs"),
    [
        ([(-23, 20)], -23),
        ([(-33, 20)], -33),
        ([(-36, 10), (-23, 60), (-36, 10)], -23),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23),
    ],
)
def test_the_signals_of_ebu_tech_3341_read_as_it_says(
    parts: list[tuple[float, float]], lufs: float
) -> None:
    """EBU Tech 3341, table 1, cases 1 to 5: within 0.1 LU."""
    assert measured(*(tone(*part) for part in parts)) == pytest.approx(lufs, abs=0.1)


def test_one_channel_of_a_full_scale_tone_reads_minus_3_01() -> None:
    """ITU-R BS.1770-4: 997 Hz at 0 dBFS in one channel."""
    at = np.arange(RATE * 5) / RATE
    assert clip_loudness(np.sin(2 * np.pi * 997 * at).astype(np.float32)) == pytest.approx(
        -3.01, abs=0.02
    )


@pytest.mark.parametrize("frequency", [25.0, 60.0, 300.0, 4000.0, 15_000.0])
def test_every_pitch_is_weighted_as_ffmpeg_weights_it(
    frequency: float, judge: Callable[[Stereo], Verdict]
) -> None:
    audio = tone(-6, 5, frequency)
    assert measured(audio) == pytest.approx(judge(audio).lufs, abs=0.1)


def test_voice_and_noise_read_as_ffmpeg_reads_them(
    voice: Callable[[float], Mono],
    noise: Callable[[float], Stereo],
    judge: Callable[[Stereo], Verdict],
) -> None:
    said = voice(20)
    for audio in (np.column_stack([said, said * np.float32(0.3)]), noise(20) * np.float32(0.2)):
        assert measured(audio) == pytest.approx(judge(audio).lufs, abs=0.1)


def test_the_cut_into_blocks_changes_nothing(noise: Callable[[float], Stereo]) -> None:
    audio = noise(5)
    whole = measured(audio)
    for cuts in ([1, 2, 3], [4409, 13_231, 100_000], list(range(0, len(audio), 997))[1:]):
        assert measured(*np.split(audio, cuts)) == pytest.approx(whole, abs=1e-6)


@pytest.mark.parametrize("seconds", [0.1, 0.25, 0.399, 0.4, 0.7, 2.0])
def test_a_clip_of_any_length_reads_as_its_sound(seconds: float) -> None:
    assert clip_loudness(tone(-20, seconds)[:, 0].copy()) == pytest.approx(-23.01, abs=0.1)


def test_silence_and_nothing_have_no_loudness() -> None:
    for count in (0, 1, 4_000, 100_000):
        assert clip_loudness(np.zeros(count, np.float32)) == -math.inf
    assert measured(tone(-80, 3)) == -math.inf


def test_rows_of_silence_are_passed_over_and_what_is_measured_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    audio = np.zeros((RATE * 30, 2), np.float32)
    audio[RATE * 3 + 777] = 0.5  # one sample, where nobody glances
    audio[RATE * 10 : RATE * 14] = tone(-20, 4)
    audio[RATE * 22 + 1] = 0.1, 0.0

    def hops() -> list[float]:
        meter = LoudnessMeter()
        meter.feed(audio)
        return list(meter.hops())

    passed_over = hops()
    monkeypatch.setattr(loudness, "_sounding", lambda windows: np.arange(len(windows)))
    assert passed_over == hops()
    assert sum(hop > 0 for hop in passed_over) < len(passed_over) / 3
