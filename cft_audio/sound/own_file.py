"""A sound file of a person's own as an endless sound, in memory that its length doesn't change."""

from __future__ import annotations

import contextlib
import tempfile
from typing import IO, TYPE_CHECKING

import numpy as np

from cft_audio.errors import SoundError
from cft_audio.files.decoding import decode
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.gain import fade_out
from cft_audio.signal.loudness import LoudnessMeter
from cft_audio.signal.pcm import to_float
from cft_audio.sound.names import BEDS, BELLS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.signal.audio import Stereo

_SEAM = samples(2.0)
"""Samples over which the end of the file passes into its beginning."""

_SHORTEST = samples(4.0)
_MEASURED = samples(30.0)
"""Samples that are measured at a time."""

_LEAST = samples(60.0)
"""Samples that are decoded however short a session is, so that a file has its usual level in it."""

_HIGHEST_PEAK = db_to_gain(-12.0)
"""No sample is raised above it. Loudness leaves out what is short: a bump in a recording that is
otherwise nearly silent would be raised with it, past full scale."""

_FRAME_BYTES = 4

_LONGEST_BELL, _BEFORE_BELL, _BELL_FADE = samples(30.0), samples(0.005), samples(0.5)
"""Samples of a person's own bell that are heard, that are kept before it is struck, and over which
it dies away where its file ends."""

_QUIETEST_BELL, _SILENCE = db_to_gain(-60.0), db_to_gain(-70.0)
"""Level against its peak below which a bell has not begun or is over, and of a file's peak below
which there is none in it."""


class OwnFile:
    """Decoded samples, looped with a crossfade of equal power at the seam.

    Args:
        path: The file it comes from, for a person to know it by.
        pcm: 16-bit little-endian stereo at the session's sample rate. It is read piece by piece;
            a memory map of it would stay resident, 1 GB for each 1.5 hours.
        length: Its samples, above twice the seam.
        lufs: The integrated loudness it is brought to.

    Raises:
        SoundError: If there is nothing to hear in it.
    """

    def __init__(self, path: Path, pcm: IO[bytes], length: int, lufs: float) -> None:
        self._path = path
        self._pcm = pcm
        self._period = length - _SEAM
        angle = (np.arange(_SEAM, dtype=np.float32) + 0.5) / _SEAM * (np.pi / 2)
        self._in, self._out = np.sin(angle)[:, None], np.cos(angle)[:, None]
        self._gain = self._find_gain(lufs)

    def read(self, start: int, length: int) -> Stereo:
        """Return ``length`` samples from ``start`` on."""
        return self._read_loop(start, length) * self._gain

    def _read_loop(self, start: int, length: int) -> Stereo:
        pieces, stop = [], start + length
        while start < stop:
            at = start % self._period
            pieces.append(self._read_period(at, min(stop - start, self._period - at)))
            start += len(pieces[-1])
        return np.concatenate(pieces)

    def _read_period(self, at: int, length: int) -> Stereo:
        piece = self._read_pcm(at, length)
        if at < _SEAM:
            end = min(_SEAM, at + length)
            tail = self._read_pcm(self._period + at, end - at)
            piece[: end - at] *= self._in[at:end]
            piece[: end - at] += tail * self._out[at:end]
        return piece

    def _read_pcm(self, at: int, length: int) -> Stereo:
        self._pcm.seek(at * _FRAME_BYTES)
        pcm = np.frombuffer(self._pcm.read(length * _FRAME_BYTES), "<i2").reshape(-1, 2)
        return to_float(pcm)

    def _find_gain(self, lufs: float) -> np.float32:
        meter, peak = LoudnessMeter(), 0.0
        for start in range(0, self._period, _MEASURED):
            piece = self._read_loop(start, min(_MEASURED, self._period - start))
            meter.feed(piece)
            peak = max(peak, float(np.abs(piece).max()))
        loudness = meter.integrated()
        if not np.isfinite(loudness):
            message = f"there is nothing to hear in '{self._path}'"
            raise _refusal(message, "Choose another, or none for ‹bed›", "bed")
        return np.float32(min(db_to_gain(lufs - loudness), _HIGHEST_PEAK / peak))


@contextlib.contextmanager
def open_own_file(path: Path, lufs: float, needed: int | None = None) -> Iterator[OwnFile]:
    """Give the sound of ``path`` at ``lufs`` for as long as it is used.

    It is decoded into a temporary file, which is gone afterwards whatever happens. Of a file that
    is longer than what is needed only that is decoded, measured and looped.

    Args:
        path: The file.
        lufs: The integrated loudness that what is used of it is brought to.
        needed: Samples that will be read; None for any number.

    Raises:
        SoundError: If the file is not there, is not sound, is silent, is too short to loop, or
            if there is no room for what it decodes to.
    """
    with tempfile.TemporaryFile() as pcm:
        most = None if needed is None else max(needed, _LEAST) + _SEAM
        length = _decode_into(pcm, path, most, "bed", BEDS)
        if length < _SHORTEST:
            remedy = f"Choose a file of at least {_SHORTEST // SAMPLE_RATE} seconds"
            raise _refusal(f"'{path}' is too short to loop", remedy, "bed")
        yield OwnFile(path, pcm, length, lufs)


def read_own_bell(path: Path) -> Stereo:
    """Return the sound of a person's own bell, from its first sample until it has died away.

    Of a long file only the beginning is heard, which dies away.

    Raises:
        SoundError: If the file is not there, is not sound, or is silent.
    """
    with tempfile.TemporaryFile() as pcm:
        _decode_into(pcm, path, _LONGEST_BELL, "bell", BELLS)
        pcm.seek(0)
        sound = to_float(np.frombuffer(pcm.read(), "<i2").reshape(-1, 2))
    loudest = np.abs(sound).max(axis=1)
    heard = np.flatnonzero(loudest > _QUIETEST_BELL * loudest.max(initial=0.0))
    if not len(heard) or loudest.max() < _SILENCE:
        raise _refusal(f"there is nothing to hear in '{path}'", "Choose another", "bell")
    # Its beginning is kept: that is where it is struck.
    bell = sound[max(0, int(heard[0]) - _BEFORE_BELL) : int(heard[-1]) + 1].copy()
    ending = min(len(bell), _BELL_FADE)
    bell[-ending:] *= fade_out(ending)[:, None]
    return bell


def _decode_into(
    pcm: IO[bytes], path: Path, most: int | None, field: str, names: tuple[str, ...]
) -> int:
    """Decode ``path`` into ``pcm`` and return its samples, at most ``most``.

    Raises:
        SoundError: If the file is not there, is not sound, or if there is no room for it.
    """
    if not path.is_file():
        remedy = f"Check the path, or choose one of {', '.join(names)}"
        raise _refusal(f"there is no sound file '{path}'", remedy, field)
    reason = decode(path, pcm, "s16le", 2, None if most is None else most / SAMPLE_RATE)
    length = pcm.seek(0, 2) // _FRAME_BYTES
    if reason and length:
        remedy = f"Make room in '{tempfile.gettempdir()}', or choose another file"
        raise _refusal(f"'{path}' could not be decoded to its end", remedy, field)
    if reason:
        message = f"'{path}' cannot be read as sound: {reason}"
        raise _refusal(message, "Choose a WAV, MP3, FLAC, OGG or M4A file", field)
    return length


def _refusal(message: str, remedy: str, field: str) -> SoundError:
    return SoundError(message, remedy=remedy, field=field)
