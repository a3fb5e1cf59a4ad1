"""Every bed: endless, the same in any blocks, as loud as it should be, and never a fright."""

import hashlib
import subprocess
import sys
import tracemalloc
from functools import cache

import numpy as np
import pytest

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.decibels import power_to_db
from cft_audio.signal.loudness import LoudnessMeter, loudness_of_power
from cft_audio.signal.reference_levels import BED_LUFS
from cft_audio.sound.beds.about import ABOUT_BEDS
from cft_audio.sound.beds.cells import CELL
from cft_audio.sound.beds.registry import _MAKERS, open_bed
from cft_audio.sound.names import BEDS
from cft_audio.sound.sound_info import SoundInfo

MADE = [bed.name for bed in ABOUT_BEDS]
CHORDS = ["drone", "pad"]
HALF = 10 * CELL


def read(name: str, start: int, length: int, seed: int = 3) -> np.ndarray:
    with open_bed(name, seed) as bed:
        assert bed is not None
        return bed(start, length)


@cache
def half_a_minute(name: str) -> np.ndarray:
    return read(name, 0, HALF)


def loudness_of_tenths(audio: np.ndarray) -> np.ndarray:
    meter = LoudnessMeter()
    meter.feed(audio)
    return loudness_of_power(meter.hops() / (SAMPLE_RATE / 10))


def mean_db(loudness: np.ndarray, count: int) -> np.ndarray:
    """Return the loudness of each ``count`` tenths of a second together."""
    power = 10 ** (loudness[: len(loudness) // count * count] / 10)
    return 10 * np.log10(power.reshape(-1, count).mean(axis=1))


def band_db(audio: np.ndarray, low: float, high: float) -> float:
    """Return how far a band lies below all that sounds, by power, in dB."""
    frames = audio[: len(audio) // 8192 * 8192].mean(axis=1).reshape(-1, 8192) * np.hanning(8192)
    power = (np.abs(np.fft.rfft(frames, axis=1)) ** 2).mean(axis=0)
    hertz = np.fft.rfftfreq(8192, 1 / SAMPLE_RATE)
    return power_to_db(power[(hertz >= low) & (hertz < high)].sum() / power.sum())


def test_what_is_said_of_beds_is_said_of_all_that_can_be_made() -> None:
    assert list(_MAKERS) == MADE
    assert ("none", *MADE) == BEDS
    assert all(bed.kind == "bed" and bed.title and bed.about for bed in ABOUT_BEDS)
    assert all(word == word.lower() for bed in ABOUT_BEDS for word in bed.words)


@pytest.mark.parametrize("name", MADE)
def test_a_bed_is_the_same_in_blocks_of_any_size_and_from_any_sample_on(name: str) -> None:
    start, sizes = 2 * CELL - 20_011, (1, 977, 20_000, CELL, 44_100, CELL + 7)
    whole = read(name, 0, 5 * CELL)
    with open_bed(name, 3) as bed:
        assert bed is not None
        for size in sizes:
            assert np.array_equal(bed(start, size), whole[start : start + size])
            start += size
        # Back again: what was read last changes nothing.
        assert np.array_equal(bed(5000, 1000), whole[5000:6000])


def test_two_processes_make_the_same_beds_and_another_seed_other_ones() -> None:
    program = (
        "import hashlib, sys\n"
        "from cft_audio.sound.beds.registry import open_bed\n"
        "for name in sys.argv[1:]:\n"
        "    with open_bed(name, 3) as bed:\n"
        "        print(hashlib.sha256(bed(1_000_000, 50_000).tobytes()).hexdigest())\n"
    )
    command = [sys.executable, "-c", program, *MADE]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    for seed, expected in ((3, True), (4, False)):
        ours = [read(name, 1_000_000, 50_000, seed).tobytes() for name in MADE]
        same = [
            hashlib.sha256(own).hexdigest() == one for own, one in zip(ours, theirs, strict=True)
        ]
        assert same == [expected] * len(MADE)


@pytest.mark.parametrize("name", MADE)
def test_a_bed_is_as_loud_as_it_should_be_and_startles_nobody(name: str) -> None:
    tenths = loudness_of_tenths(half_a_minute(name))
    mean = mean_db(tenths, len(tenths))[0]

    assert mean == pytest.approx(BED_LUFS + _MAKERS[name](3).beside_db, abs=3.0)
    assert tenths.max() < mean + 8
    assert mean_db(tenths, 10).max() < mean + 6
    sound = half_a_minute(name).astype(np.float64)
    assert power_to_db(np.square(sound).max() / np.square(sound).mean()) < 23


@pytest.mark.slow
@pytest.mark.parametrize("name", MADE)
def test_ten_minutes_of_any_bed_are_as_loud_within_a_loudness_unit(name: str) -> None:
    meter = LoudnessMeter()
    with open_bed(name, 5) as bed:
        assert bed is not None
        for cell in range(200):
            meter.feed(bed(cell * CELL, CELL))

    expected = BED_LUFS + _MAKERS[name](5).beside_db
    assert meter.integrated() == pytest.approx(expected, abs=1.0)


@pytest.mark.parametrize("name", MADE)
def test_a_bed_leaves_speech_its_consonants_and_keeps_inside_the_band(name: str) -> None:
    """As measured, beds of such spectra leave speech an ESTOI of 0.97 at 25 LU below it."""
    assert band_db(half_a_minute(name), 2000, 5000) < -17
    assert band_db(half_a_minute(name), 15_000, 22_050) < -65
    assert np.abs(half_a_minute(name).mean(axis=0)).max() < 1e-3 * half_a_minute(name).std()


@pytest.mark.parametrize("name", MADE)
def test_a_bed_is_wide_and_loses_little_where_both_channels_are_added(name: str) -> None:
    left, right = half_a_minute(name).astype(np.float64).T
    both, apart = np.square((left + right) / 2), (np.square(left) + np.square(right)) / 2
    seconds = np.stack([both, apart]).reshape(2, -1, SAMPLE_RATE).mean(axis=2)
    loss = -10 * np.log10(seconds[0] / seconds[1])

    assert power_to_db(apart.mean() / both.mean()) < 1.2
    assert loss.max() < 2.0
    assert np.corrcoef(left, right)[0, 1] < 0.92


def likeness(audio: np.ndarray, length: int, *, whiten: bool) -> float:
    """Return how like any stretch of ``length`` samples is to another: 1 for the same.

    Args:
        audio: Mono.
        length: Samples of a stretch.
        whiten: Whether all frequencies count alike, so that a noise is like no other.
    """
    count = len(audio)
    spectrum = np.fft.rfft(audio)
    if whiten:
        power = np.abs(spectrum) ** 2
        smooth = np.convolve(power, np.ones(2001) / 2001, "same")
        spectrum /= np.sqrt(np.maximum(smooth, 1e-7 * smooth.max()))
        audio = np.fft.irfft(spectrum, count)
    energy = np.cumsum(np.concatenate([[0.0], audio**2]))
    energy = energy[length:] - energy[:-length]
    most = 0.0
    for start in np.linspace(0.05, 0.9, 4) * count:
        first = int(start)
        piece = np.zeros(count)
        piece[:length] = audio[first : first + length]
        match = np.fft.irfft(spectrum * np.fft.rfft(piece).conj(), count)[: len(energy)]
        match = np.abs(match) / np.sqrt(energy * energy[first])
        match[max(0, first - 2 * length) : first + 2 * length] = 0
        most = max(most, float(match.max()))
    return most


def sparse(name: str, cells: int) -> tuple[np.ndarray, int]:
    """Return the left channel below 5 kHz of so many cells, and its sample rate."""
    with open_bed(name, 3) as bed:
        assert bed is not None
        left = np.concatenate([bed(cell * CELL, CELL)[:, 0] for cell in range(cells)])
    spectrum = np.fft.rfft(left)
    kept = CELL * cells // 4
    return np.fft.irfft(spectrum[: kept // 2 + 1], kept), SAMPLE_RATE // 4


@pytest.mark.slow
@pytest.mark.parametrize("name", MADE)
def test_nothing_repeats_within_five_minutes(name: str) -> None:
    """Of a chord that stays, any second is like any other; ten seconds of it are not."""
    audio, rate = sparse(name, 100)

    if name in CHORDS:
        assert likeness(audio, 10 * rate, whiten=False) < 0.85
    else:
        assert likeness(audio, rate, whiten=True) < 0.25


def test_a_repeat_would_be_noticed() -> None:
    audio, rate = sparse("brown", 5)
    audio[10 * rate : 11 * rate] = audio[rate : 2 * rate]

    assert likeness(np.tile(audio, 2), rate, whiten=True) > 0.9


def test_memory_does_not_grow_with_what_is_read() -> None:
    with open_bed("forest", 3) as bed:
        assert bed is not None
        bed(0, CELL)
        tracemalloc.start()
        for cell in range(1, 12):
            bed(cell * CELL, CELL)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert peak < 20e6


def phone_bands(audio: np.ndarray) -> int:
    """Return how many bands of hearing a phone's speaker gives back in a quiet room.

    The default voice plays at 62 dB SPL, where it has -23.3 dBFS at -20 LUFS, and the bed 15 LU
    below it. The speaker leaves out what is below 450 Hz, 3.5 dB of the voice, and is turned up by
    as much. The room has 35 dBA, falling as f^(-5/3), and masks what is less than 3 dB below it;
    the threshold in quiet is Terhardt's (J. Acoust. Soc. Am. 71, 1982).
    """
    audio = audio.astype(np.float64) * 10 ** ((-35 - BED_LUFS + 62 + 23.3 + 3.5) / 20)
    frames = audio[: len(audio) // 4410 * 4410].mean(axis=1).reshape(-1, 4410) * np.hanning(4410)
    power = (np.abs(np.fft.rfft(frames, axis=1)) ** 2).mean(axis=0)[1:]
    hertz = np.fft.rfftfreq(4410, 1 / SAMPLE_RATE)[1:]
    power *= np.square(audio.mean(axis=1)).mean() / power.sum() / (1 + (450 / hertz) ** 8)
    weight = 12194**2 * hertz**4 / (hertz**2 + 20.6**2) / (hertz**2 + 12194**2)
    weight /= np.sqrt((hertz**2 + 107.7**2) * (hertz**2 + 737.9**2))
    room = hertz ** (-5 / 3)
    room *= 10 ** ((35 - 2) / 10) / (room * weight**2).sum()
    rate = 21.4 * np.log10(1 + 0.00437 * hertz)
    bands = np.clip(1 - np.abs(rate - np.arange(2, 36)[:, None]), 0, 1)
    khz = (10 ** (np.arange(2, 36) / 21.4) - 1) / 4.37
    quiet = 3.64 * khz**-0.8 - 6.5 * np.exp(-0.6 * (khz - 3.3) ** 2) + 0.001 * khz**4
    threshold = np.maximum(10 * np.log10(bands @ room) - 3, quiet)
    return int((10 * np.log10(bands @ power) > threshold + 6).sum())


@pytest.mark.parametrize("bed", ABOUT_BEDS, ids=MADE)
def test_what_is_heard_on_a_phone_is_said(bed: SoundInfo) -> None:
    heard = phone_bands(half_a_minute(bed.name)[: 5 * CELL])

    assert heard >= 5 if bed.heard_on_phone else heard == 0
