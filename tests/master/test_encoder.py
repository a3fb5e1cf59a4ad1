from __future__ import annotations

import math
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from cft_audio.errors import OutputError
from cft_audio.master.encoder import Encoder
from cft_audio.master.formats import FORMATS, MONO, MP3, STEREO, Coding
from cft_audio.signal.loudness import LoudnessMeter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Verdict

    from cft_audio.signal.audio import Stereo


CODINGS = [Coding(one, kbps) for one in FORMATS.values() for kbps in one.bitrates or (0,)]


def named(coding: Coding) -> str:
    return f"{coding.format.name}-{coding.kbps}-{coding.channels}-{coding.rate}"


def encode(audio: Stereo, file: Path, coding: Coding = Coding()) -> None:  # noqa: B008 -- frozen
    with Encoder(file, coding, file) as encoder:
        encoder.write(audio)


@pytest.mark.parametrize(
    "length", [1, 46, 47, 1151, 1152, 1153, 1199, 44_100, 132_307, 200_002, 200_003]
)
def test_decoding_an_mp3_gives_exactly_as_many_samples_at_their_places(
    length: int, tmp_path: Path, decode: Callable[[Path], Stereo], noise: Callable[[float], Stereo]
) -> None:
    audio = noise(5)[:length] * np.float32(0.3)
    encode(audio, tmp_path / "a.mp3")
    back = decode(tmp_path / "a.mp3")
    assert len(back) == length
    if length > 40_000:
        # Shifted by a single sample, they would agree far less.
        right = np.vdot(audio, back)
        assert right > np.vdot(audio[1:], back[:-1])
        assert right > np.vdot(audio[:-1], back[1:])


@pytest.mark.parametrize("length", [44_100 * 3, 1152 * 30 + 10])
def test_the_header_is_an_info_frame_with_frames_bytes_and_gapless_figures(
    length: int, tmp_path: Path, noise: Callable[[float], Stereo]
) -> None:
    """For the second length, the figures that ffmpeg writes are 37 samples too long."""
    audio = noise(3)[:length]
    file = tmp_path / "a.mp3"
    encode(audio, file)
    data = file.read_bytes()
    assert data[:2] == b"\xff\xfb"
    at = data.index(b"Info")
    assert at == 36
    crc = 0
    for bit in np.unpackbits(np.frombuffer(data[:190], np.uint8), bitorder="little"):
        crc = crc >> 1 ^ (0xA001 if (crc ^ int(bit)) & 1 else 0)
    assert int.from_bytes(data[190:192], "big") == crc
    frames, size = (int.from_bytes(data[at + 8 + 4 * i : at + 12 + 4 * i], "big") for i in (0, 1))
    assert size == len(data)
    figures = int.from_bytes(data[at + 141 : at + 144], "big")
    delay, padding = figures >> 12, figures & 0xFFF
    assert frames * 1152 - delay - padding == len(audio)


@pytest.mark.parametrize("coding", CODINGS, ids=named)
def test_decoding_gives_the_level_that_went_in_at_every_bit_rate(
    coding: Coding, tmp_path: Path, judge_file: Callable[[Path], Verdict]
) -> None:
    at = np.arange(44_100 * 4) / 44_100
    wave = 0.1 * np.sin(2 * np.pi * 300 * at) + 0.05 * np.sin(2 * np.pi * 2000 * at)
    audio = np.column_stack([wave, wave]).astype(np.float32)
    meter = LoudnessMeter()
    meter.feed(audio)
    file = tmp_path / f"a{coding.format.suffix}"
    encode(audio, file, coding)
    assert judge_file(file).lufs == pytest.approx(meter.integrated(), abs=0.1)
    if coding.format is MP3:
        assert file.stat().st_size == pytest.approx(4 * coding.kbps * 125, rel=0.03)


@pytest.mark.parametrize(
    "coding",
    [
        *(Coding(one) for one in FORMATS.values()),
        *(Coding(one, channels=MONO) for one in FORMATS.values()),
        Coding(MP3, rate=48_000),
        Coding(MP3, 64, MONO, 48_000),
        Coding(FORMATS["m4a"], 64, STEREO, 48_000),
        Coding(FORMATS["flac"], channels=MONO, rate=48_000),
    ],
    ids=named,
)
@pytest.mark.parametrize("length", [47, 5_000, 132_307])
def test_every_format_is_as_long_as_what_went_in(
    coding: Coding, length: int, tmp_path: Path, noise: Callable[[float], Stereo]
) -> None:
    file = tmp_path / f"a{coding.format.suffix}"
    encode(noise(4)[:length] * np.float32(0.3), file, coding)
    command = [get_ffmpeg_exe(), "-v", "error", "-i", str(file), "-f", "s16le", "-"]
    decoded = subprocess.run(command, capture_output=True, check=True).stdout
    count = len(decoded) // 2 // coding.channel_count
    assert count == math.ceil(length * coding.rate / 44_100)


def test_two_equal_channels_become_one_without_loss(
    tmp_path: Path, decode: Callable[[Path], Stereo], noise: Callable[[float], Stereo]
) -> None:
    one = noise(2)[:, :1] * np.float32(0.3)
    encode(np.repeat(one, 2, axis=1), tmp_path / "a.wav", Coding(FORMATS["wav"], channels=MONO))
    back = decode(tmp_path / "a.wav").reshape(-1, 1)
    assert np.abs(back - one).max() < 1e-4


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_audio_gives_the_same_bytes(
    name: str, tmp_path: Path, noise: Callable[[float], Stereo]
) -> None:
    audio = noise(3) * np.float32(0.3)
    files = [tmp_path / f"{number}.{name}" for number in range(2)]
    for file in files:
        encode(audio, file, Coding(FORMATS[name]))
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /dev/full")
def test_a_full_disk_is_named_as_the_cause(
    tmp_path: Path, noise: Callable[[float], Stereo]
) -> None:
    full = tmp_path / "full"
    full.symlink_to("/dev/full")
    audio = noise(2)

    def fill() -> None:
        with Encoder(full, Coding(), tmp_path / "sam.mp3") as encoder:
            for _ in range(60):
                encoder.write(audio)

    with pytest.raises(OutputError, match=r"sam\.mp3: .*the disk is full"):
        fill()


def test_a_place_that_went_away_is_named_as_the_cause(
    tmp_path: Path, noise: Callable[[float], Stereo]
) -> None:
    with pytest.raises(OutputError, match=r"sam\.mp3: .*"):
        encode(noise(1), tmp_path / "gone" / "sam.mp3")


def test_an_encoder_that_is_missing_is_reported_with_its_remedy(
    tmp_path: Path, noise: Callable[[float], Stereo], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "no-ffmpeg"))
    with pytest.raises(OutputError, match="does not start") as raised:
        encode(noise(1), tmp_path / "a.mp3")
    assert "imageio-ffmpeg" in raised.value.remedy


@pytest.mark.parametrize("before", ["start(thread)", "pass"])
def test_an_interrupt_while_the_encoder_starts_ends_it(tmp_path: Path, before: str) -> None:
    """In a process of its own, which would wait for ever at its end for an encoder that waits."""
    code = f"""
from pathlib import Path
from threading import Thread
from cft_audio.master.encoder import Encoder
from cft_audio.master.formats import Coding

def interrupted(thread, start=Thread.start):
    {before}
    raise KeyboardInterrupt

Thread.start = interrupted
with Encoder(Path("a.mp3"), Coding(), Path("a.mp3")):
    raise AssertionError("it was not interrupted")
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stderr.rstrip().endswith("KeyboardInterrupt")
