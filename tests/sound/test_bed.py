"""Beds: endless, seamless, level, and a person's own file looped without a seam."""

import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from cft_audio.errors import SoundError
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.loudness import LoudnessMeter
from cft_audio.signal.reference_levels import BED_LUFS
from cft_audio.sound.bed import open_bed

MADE = ["brown", "rain", "drone"]
LOOP = samples(47.25)


def loudness(audio: np.ndarray) -> float:
    meter = LoudnessMeter()
    meter.feed(audio)
    return meter.integrated()


def jump(audio: np.ndarray) -> float:
    return float(np.abs(np.diff(audio, axis=0)).max())


@pytest.mark.parametrize("name", MADE)
def test_a_bed_repeats_without_a_seam(name: str) -> None:
    with open_bed(name, 3) as bed:
        assert bed is not None
        once = bed(0, LOOP)
        seam = bed(LOOP - 500, 1000)

    assert jump(seam) <= 1.05 * jump(once)
    assert np.array_equal(seam[500:], once[:500])


@pytest.mark.parametrize("name", MADE)
def test_a_bed_is_level_stereo_and_inside_the_band(name: str) -> None:
    with open_bed(name, 3) as bed:
        assert bed is not None
        audio = bed(0, LOOP)

    assert loudness(audio) == pytest.approx(BED_LUFS, abs=0.5)
    left, right = audio.T.astype(np.float64)
    assert abs(np.corrcoef(left, right)[0, 1]) < 0.9
    spectrum = np.abs(np.fft.rfft(left)) ** 2
    high = spectrum[int(16_000 / (SAMPLE_RATE / 2) * len(spectrum)) :].sum()
    assert high / spectrum.sum() < 1e-10


def test_beds_are_told_apart_by_where_their_sound_lies() -> None:
    def share_above_500(name: str) -> float:
        with open_bed(name, 3) as bed:
            assert bed is not None
            power = np.abs(np.fft.rfft(bed(0, samples(10))[:, 0])) ** 2
        return float(power[5000:].sum() / power.sum())

    assert share_above_500("rain") > 0.3
    assert share_above_500("brown") < 0.1
    assert share_above_500("drone") < 0.01


def test_another_seed_is_another_rain() -> None:
    with open_bed("rain", 1) as one, open_bed("rain", 2) as two:
        assert one is not None
        assert two is not None
        assert not np.array_equal(one(0, 1000), two(0, 1000))


def test_single_drops_stand_out_of_the_rain_and_startle_nobody() -> None:
    with open_bed("rain", 3) as bed:
        assert bed is not None
        sound = bed(0, 1024 * 1000)[:, 0]
    frames = sound.reshape(-1, 1024) * np.hanning(1024)
    power = np.abs(np.fft.rfft(frames, axis=1)[:, 19:93]) ** 2
    standing_out = power / np.median(power, axis=0)

    # In noise alone, 20 times the median comes up less than once in a million.
    assert (standing_out > 20).any(axis=1).sum() > 30
    assert np.abs(sound).max() < 15 * sound.std()


def test_no_bed_is_none() -> None:
    with open_bed("none", 1) as bed:
        assert bed is None


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """Six seconds of a rising tone in mono at another sample rate: its end is not its start."""
    time = np.arange(6 * 22_050) / 22_050
    tone = np.sin(2 * np.pi * (200 + 40 * time) * time)
    path = tmp_path / "own.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22_050)
        file.writeframes((tone * 20_000).astype("<i2").tobytes())
    return path


@pytest.mark.parametrize("ending", ["wav", "mp3", "flac"])
def test_a_file_of_ones_own_is_looped_without_a_seam(own_file: Path, ending: str) -> None:
    path = own_file.with_suffix(f".{ending}")
    if ending != "wav":
        subprocess.run([get_ffmpeg_exe(), "-v", "error", "-i", own_file, path], check=True)
    with open_bed(str(path), 0) as bed:
        assert bed is not None
        audio = bed(0, samples(30))
        again = bed(samples(11), samples(5))

    assert loudness(audio) == pytest.approx(BED_LUFS, abs=1.0)
    assert jump(audio) <= 1.3 * jump(audio[samples(2) : samples(3.9)])
    assert np.array_equal(again, audio[samples(11) : samples(16)])


@pytest.mark.parametrize("kind", ["missing", "text", "short", "silent"])
def test_a_file_that_cannot_be_a_bed_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "bed.wav"
    if kind == "text":
        path.write_text("not sound at all")
    elif kind in ("short", "silent"):
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(bytes(2 * 8000 * (1 if kind == "short" else 10)))

    with pytest.raises(SoundError, match=r"bed\.wav"), open_bed(str(path), 0):
        pass
