"""A short sound file to listen to at once, of the kind that its name says."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.errors import OutputError
from cft_audio.files.faults import output_errors
from cft_audio.files.output import check_writable, new_file
from cft_audio.master.mp3 import Mp3Encoder
from cft_audio.master.ranges import DEFAULT_KBPS
from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.pcm import to_pcm16

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cft_audio.files.output import Destination
    from cft_audio.signal.audio import Mono, Stereo

_WAV, _MP3 = ".wav", ".mp3"


def check_sound_file(destination: Destination) -> None:
    """Check that a sound can be written to ``destination``; leave nothing behind.

    Raises:
        OutputError: If its name ends in neither .wav nor .mp3, or no file can be written there.
    """
    if destination.path.suffix.lower() not in (_WAV, _MP3):
        message = "its name does not say what kind of file it is"
        remedy = "Give a name ending in .wav or .mp3"
        raise OutputError(message, remedy=remedy, where=str(destination.path))
    check_writable(destination)


def write_sound(
    destination: Destination, blocks: Iterable[Mono | Stereo], bitrate_kbps: int = DEFAULT_KBPS
) -> None:
    """Write ``blocks`` as a file that appears complete or not at all.

    Args:
        destination: Where it goes.
        blocks: At least one, all mono or all stereo; an MP3 of mono sounds from both speakers.
        bitrate_kbps: Bit rate of an MP3 in kb/s.

    Raises:
        OutputError: As ``check_sound_file``.
    """
    check_sound_file(destination)
    path = destination.path
    with new_file(destination) as unfinished:
        if path.suffix.lower() == _WAV:
            with output_errors(path):
                _write_wav(unfinished, blocks)
            return
        with Mp3Encoder(unfinished, bitrate_kbps, path) as encoder:
            for block in blocks:
                encoder.write(np.stack([block, block], axis=1) if block.ndim == 1 else block)


def _write_wav(path: Path, blocks: Iterable[Mono | Stereo]) -> None:
    """Write 16 bits, as every player takes them; what lies beyond full scale is clipped."""
    with path.open("wb") as raw, wave.open(raw) as file:
        for block in blocks:
            if not file.getnframes():
                file.setparams((block[:1].size, 2, SAMPLE_RATE, 0, "NONE", ""))
            file.writeframesraw(to_pcm16(block).astype("<i2").tobytes())
