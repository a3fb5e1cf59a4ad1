"""A person's own file as a bed: any name, any length, any level, and nothing left behind."""

import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from cft_audio.errors import SoundError
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.reference_levels import BED_LUFS
from cft_audio.sound.own_file import open_own_file


def write(path: Path, audio: np.ndarray) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((audio * 32767).astype("<i2").tobytes())
    return path


def hiss(seconds: float, level: float = 0.1) -> np.ndarray:
    return np.random.default_rng(2).standard_normal(samples(seconds)).clip(-5, 5) * level


@pytest.mark.skipif(sys.platform == "win32", reason="no colon in its file names")
@pytest.mark.parametrize("name", ["12:30 rain.wav", "http:x.wav", "-y.wav", "100%d é.wav"])
def test_a_file_may_have_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path(name), hiss(5))

    with open_own_file(Path(name), BED_LUFS) as bed:
        assert np.abs(bed.read(0, 1000)).max() > 0


def test_a_bump_in_a_nearly_silent_file_is_not_raised_past_full_scale(tmp_path: Path) -> None:
    audio = hiss(60, 4e-4)
    audio[samples(30) : samples(30) + 2] = 0.99, -0.99

    with open_own_file(write(tmp_path / "bump.wav", audio), BED_LUFS) as bed:
        assert np.abs(bed.read(0, samples(60))).max() == pytest.approx(0.25, abs=0.01)


def test_its_level_stays_even_across_the_seam(tmp_path: Path) -> None:
    with open_own_file(write(tmp_path / "hiss.wav", hiss(10)), BED_LUFS) as bed:
        audio = bed.read(0, samples(40)).astype(np.float64)
    level = 10 * np.log10((audio[:, 0].reshape(-1, samples(0.5)) ** 2).mean(axis=1))

    assert level.max() - level.min() < 1.0


def test_a_long_file_is_decoded_as_far_as_it_is_needed(tmp_path: Path) -> None:
    """From the place on where the beginning and the end of a loop have passed, the same sound."""
    path = write(tmp_path / "hiss.wav", hiss(150))
    with open_own_file(path, BED_LUFS, samples(70)) as bed:
        short = bed.read(samples(2), samples(68))
        taken = bed._pcm.seek(0, 2) / 4
    with open_own_file(path, BED_LUFS) as bed:
        whole = bed.read(samples(2), samples(68))

    assert taken == samples(72)
    loudest = float(np.abs(whole).max())
    assert np.abs(short - whole).max() < 0.01 * loudest


def test_a_file_that_is_needed_whole_is_the_same_to_the_sample(tmp_path: Path) -> None:
    path = write(tmp_path / "hiss.wav", hiss(7))
    with open_own_file(path, BED_LUFS, samples(20)) as bed, open_own_file(path, BED_LUFS) as usual:
        assert np.array_equal(bed.read(0, samples(20)), usual.read(0, samples(20)))


def test_parts_of_any_size_are_parts_of_one_sound(tmp_path: Path) -> None:
    with open_own_file(write(tmp_path / "hiss.wav", hiss(7)), BED_LUFS) as bed:
        whole = bed.read(0, samples(20))
        parts = [bed.read(at, 12_345) for at in range(0, samples(20), 12_345)]

    assert np.array_equal(np.concatenate(parts)[: len(whole)], whole)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files")
def test_a_full_disk_is_told_and_not_taken_for_a_short_file(tmp_path: Path) -> None:
    path = write(tmp_path / "hiss.wav", hiss(20))
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from cft_audio.errors import SoundError\n"
        "from cft_audio.sound.own_file import open_own_file\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))\n"
        "try:\n"
        "    with open_own_file(Path(sys.argv[1]), -43.0): print('used')\n"
        "except SoundError as error: print(error)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, path], capture_output=True, text=True, check=True
    ).stdout

    assert "could not be decoded to its end" in said
    assert "Make room" in said


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    path = write(tmp_path / "hiss.wav", hiss(5))
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF")

    def used_until_it_fails() -> None:
        with open_own_file(path, BED_LUFS) as bed:
            bed.read(0, 10)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        used_until_it_fails()
    with pytest.raises(SoundError), open_own_file(broken, BED_LUFS):
        pass
    assert not list(temporary.iterdir())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no figures of a process's memory")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Resident memory, so that a memory map of the file would count."""
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from cft_audio.sound.own_file import open_own_file\n"
        "with open_own_file(Path(sys.argv[1]), -43.0) as bed: bed.read(0, 44100)\n"
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(peak / (2**20 if sys.platform == 'darwin' else 2**10))\n"
    )

    def peak_mb(minutes: int) -> float:
        path = tmp_path / f"{minutes}.wav"
        source = ("-f", "lavfi", "-i", f"anoisesrc=duration={minutes * 60}:sample_rate=11025")
        subprocess.run([get_ffmpeg_exe(), "-v", "error", *source, path], check=True)
        command = [sys.executable, "-c", program, path]
        return float(subprocess.run(command, capture_output=True, check=True).stdout)

    # Twenty minutes decode to 212 MB.
    assert peak_mb(20) - peak_mb(1) < 30
