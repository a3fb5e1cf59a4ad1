"""A bed by its name, or a person's own file looped without a seam."""

import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from cft_audio.errors import SoundError
from cft_audio.signal.audio import samples
from cft_audio.signal.loudness import LoudnessMeter
from cft_audio.signal.reference_levels import BED_LUFS
from cft_audio.sound.beds.registry import open_bed


def loudness(audio: np.ndarray) -> float:
    meter = LoudnessMeter()
    meter.feed(audio)
    return meter.integrated()


def jump(audio: np.ndarray) -> float:
    return float(np.abs(np.diff(audio, axis=0)).max())


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
