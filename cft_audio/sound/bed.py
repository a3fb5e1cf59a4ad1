"""Beds: the ambient sound under a session, made here or a person's own file."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from cft_audio.audio import SAMPLE_RATE, samples
from cft_audio.errors import SoundError
from cft_audio.loudness import LoudnessMeter
from cft_audio.sound.names import BEDS
from cft_audio.sound.noise import band, looped, noise_loop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cft_audio.audio import Stereo

BED_LUFS = -43.0
"""Loudness of a bed: 23 LU below the voice, there in the silences, masking nothing."""

_LOOP = 2_083_725
"""Samples of the beds made here: 47.25 s, no round number of anything else in a session, and a
product of small primes (3·3·3·3·3·5·5·7·7·7), which the transform that makes it likes."""

_SEAM = samples(2.0)
"""Samples over which the end of a person's own file passes into its beginning."""

_SHORTEST = samples(4.0)
_MEASURED = samples(30.0)
"""Samples of a file measured at a time."""


_CHORD = ((55.0, 0.8), (82.4, 0.5), (110.0, 1.0), (164.8, 0.55), (220.0, 0.3), (329.6, 0.1))
"""Hertz and level of the drone's partials: A and E over three octaves, in tune with the swell."""


class Bed(Protocol):
    """An endless sound."""

    def read(self, start: int, length: int) -> Stereo:
        """Return ``length`` samples from ``start`` on; not to be written to."""


@contextlib.contextmanager
def open_bed(name: str, seed: int) -> Iterator[Bed | None]:
    """Give the bed ``name``, one of ``names.BEDS`` or a sound file, for as long as it is used.

    Raises:
        SoundError: If the file is not there, is not sound, or is too short to loop.
    """
    if name == "none":
        yield None
    elif name in BEDS:
        yield _Loop(_at_level(_MADE[name](seed)))
    else:
        with _decoded(Path(name)) as file:
            yield file


class _Loop:
    def __init__(self, loop: Stereo) -> None:
        self._loop = loop

    def read(self, start: int, length: int) -> Stereo:
        return looped(self._loop, start, length)


class _File:
    """A file's samples on disk, looped with a crossfade of equal power at its seam."""

    def __init__(self, pcm: np.memmap[tuple[int, int], np.dtype[np.int16]]) -> None:
        self._pcm = pcm
        self._period = len(pcm) - _SEAM
        angle = (np.arange(_SEAM, dtype=np.float32) + 0.5) / _SEAM * (np.pi / 2)
        self._in, self._out = np.sin(angle)[:, None], np.cos(angle)[:, None]
        self._gain = np.float32(1.0)
        self._gain = self._levelling()

    def read(self, start: int, length: int) -> Stereo:
        parts = []
        while length > 0:
            at = start % self._period
            part = self._once(at, min(length, self._period - at))
            parts.append(part)
            start += len(part)
            length -= len(part)
        return np.concatenate(parts) * self._gain

    def _once(self, at: int, length: int) -> Stereo:
        part = self._pcm[at : at + length].astype(np.float32) / np.float32(32768)
        if at < _SEAM:
            end = min(_SEAM, at + length)
            tail = self._pcm[self._period + at : self._period + end].astype(np.float32)
            tail /= np.float32(32768)
            part[: end - at] *= self._in[at:end]
            part[: end - at] += tail * self._out[at:end]
        return part

    def _levelling(self) -> np.float32:
        meter = LoudnessMeter()
        for start in range(0, self._period, _MEASURED):
            meter.feed(self.read(start, min(_MEASURED, self._period - start)))
        loudness = meter.integrated()
        if not np.isfinite(loudness):
            raise SoundError("the file is silent", remedy="Choose another, or --bed none")
        return np.float32(10 ** ((BED_LUFS - loudness) / 20))


@contextlib.contextmanager
def _decoded(path: Path) -> Iterator[_File]:
    from imageio_ffmpeg import get_ffmpeg_exe

    if not path.is_file():
        raise SoundError(
            f"there is no sound file '{path}'",
            remedy=f"Check the path, or choose one of {', '.join(BEDS)}",
            where="--bed",
        )
    with tempfile.TemporaryFile() as file:
        done = subprocess.run(  # noqa: S603 -- the program the package ships, no shell
            [
                get_ffmpeg_exe(),
                *("-v", "error", "-nostdin", "-protocol_whitelist", "file", "-i", str(path)),
                *("-vn", "-f", "s16le", "-ac", "2", "-ar", str(SAMPLE_RATE), "-"),
            ],
            stdout=file,
            stderr=subprocess.PIPE,
            check=False,
        )
        file.seek(0, 2)
        length = file.tell() // 4
        if done.returncode and not length:
            reason = done.stderr.decode(errors="replace").strip().split("\n")[-1]
            raise SoundError(
                f"'{path}' cannot be read as sound: {reason}",
                remedy="Choose a WAV, MP3, FLAC, OGG or M4A file",
                where="--bed",
            )
        if length < _SHORTEST:
            raise SoundError(
                f"'{path}' is too short to loop",
                remedy=f"Choose a file of at least {_SHORTEST // SAMPLE_RATE} seconds",
                where="--bed",
            )
        yield _File(np.memmap(file, dtype="<i2", mode="r", shape=(length, 2)))


def _at_level(loop: Stereo) -> Stereo:
    meter = LoudnessMeter()
    meter.feed(loop)
    made = loop * np.float32(10 ** ((BED_LUFS - meter.integrated()) / 20))
    made.flags.writeable = False
    return made


def _brown(seed: int) -> Stereo:
    return noise_loop(_LOOP, band(40, 1800, tilt=-1.0), seed * 4 + 1)


def _rain(seed: int) -> Stereo:
    """Return a steady fall of rain with single drops near by."""
    loop = 0.9 * noise_loop(_LOOP, band(500, 6500, tilt=-0.6), seed * 4 + 2)
    loop += 0.25 * noise_loop(_LOOP, band(120, 600, tilt=-0.5), seed * 4 + 3)
    draw = np.random.Generator(np.random.PCG64(seed * 4 + 2))
    length = samples(0.06)
    time = np.arange(length) / SAMPLE_RATE
    for place in draw.integers(0, _LOOP, 420):
        frequency = draw.uniform(900, 3800)
        decay = np.exp(-time * draw.uniform(90, 220)) * np.sin(
            np.pi * np.minimum(1, time / 0.004) / 2
        )
        drop = draw.uniform(0.3, 1.6) * decay * np.sin(2 * np.pi * frequency * time)
        drop *= 0.5 + 0.5 * np.cos(np.pi * time / time[-1])
        side = draw.uniform(0.15, 0.85)
        at = np.arange(place, place + length) % _LOOP
        loop[at] += (drop[:, None] * np.sqrt([1 - side, side])).astype(np.float32)
    return np.asarray(loop, np.float32)


def _drone(seed: int) -> Stereo:
    """Return a warm chord; every partial and every swell fits the loop a whole number of times."""
    from scipy.fft import irfft

    draw = np.random.Generator(np.random.PCG64(seed * 4 + 3))
    spectrum = np.zeros((2, _LOOP // 2 + 1), np.complex64)
    for hertz, level in _CHORD:
        for channel, detune in ((0, -0.11), (0, 0.26), (1, -0.22), (1, 0.13)):
            cycles = round((hertz + detune) * _LOOP / SAMPLE_RATE)
            swells = int(draw.integers(1, 5))
            wave = level * np.exp(2j * np.pi * draw.random())
            breath = 0.2 * np.exp(2j * np.pi * draw.random())
            # A partial that swells is three lines: itself, and one on either side.
            spectrum[channel, cycles] += wave
            spectrum[channel, cycles + swells] += wave * breath
            spectrum[channel, cycles - swells] += wave * np.conj(breath)
    return np.ascontiguousarray(irfft(spectrum, _LOOP, norm="forward").T, np.float32) * np.float32(
        0.1
    )


_MADE: dict[str, Callable[[int], Stereo]] = {"brown": _brown, "rain": _rain, "drone": _drone}
