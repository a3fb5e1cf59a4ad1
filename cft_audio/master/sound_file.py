"""A short sound file to listen to at once, of the kind that its name says."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.errors import OutputError
from cft_audio.files.faults import output_errors
from cft_audio.files.output import check_writable, new_file
from cft_audio.master.encoder import Encoder
from cft_audio.master.formats import SUFFIXES, WAV, Coding, format_named
from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.pcm import to_pcm16

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cft_audio.files.output import Destination
    from cft_audio.master.formats import Format
    from cft_audio.signal.audio import Mono, Stereo


def check_sound_file(destination: Destination) -> Format:
    """Return the format that a sound is written in to ``destination``; leave nothing behind.

    Raises:
        OutputError: If its name ends like that of no format, or no file can be written there.
    """
    format_ = format_named(destination.path.suffix)
    if format_ is None:
        message = "its name does not say what kind of file it is"
        *most, last = SUFFIXES
        remedy = f"Give a name ending in {', '.join(most)} or {last}"
        raise OutputError(message, remedy=remedy, where=str(destination.path))
    check_writable(destination)
    return format_


def write_sound(destination: Destination, blocks: Iterable[Mono | Stereo]) -> None:
    """Write ``blocks`` as a file that appears complete or not at all.

    Args:
        destination: Where it goes.
        blocks: At least one, all mono or all stereo; mono sounds from both speakers.

    Raises:
        OutputError: As ``check_sound_file``.
    """
    format_, path = check_sound_file(destination), destination.path
    with new_file(destination) as unfinished:
        if format_ is WAV:
            with output_errors(path):
                _write_wav(unfinished, blocks)
            return
        with Encoder(unfinished, Coding(format_), path) as encoder:
            for block in blocks:
                encoder.write(np.stack([block, block], axis=1) if block.ndim == 1 else block)


def _write_wav(path: Path, blocks: Iterable[Mono | Stereo]) -> None:
    """Write 16 bits, as every player takes them; what lies beyond full scale is clipped."""
    with path.open("wb") as raw, wave.open(raw) as file:
        for block in blocks:
            if not file.getnframes():
                file.setparams((block[:1].size, 2, SAMPLE_RATE, 0, "NONE", ""))
            file.writeframesraw(to_pcm16(block).astype("<i2").tobytes())
