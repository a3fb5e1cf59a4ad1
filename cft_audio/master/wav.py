"""A WAV file to listen to at once: 16 bits, as every player takes them."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.files.faults import output_errors
from cft_audio.files.output import new_file
from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.files.output import Destination
    from cft_audio.signal.audio import Mono, Stereo

_FULL = 32_767


def write_wav(destination: Destination, blocks: Iterable[Mono | Stereo]) -> int:
    """Write ``blocks``, which appear at ``destination`` as one file, complete or not at all.

    Args:
        destination: Where it goes.
        blocks: At least one, all mono or all stereo; what lies beyond full scale is clipped.

    Returns:
        The samples written.

    Raises:
        OutputError: If it cannot be written.
    """
    length = 0
    with (
        new_file(destination) as unfinished,
        output_errors(destination.path),
        unfinished.open("wb") as raw,
        wave.open(raw) as file,
    ):
        for block in blocks:
            if not length:
                file.setparams((block[:1].size, 2, SAMPLE_RATE, 0, "NONE", ""))
            pcm = np.rint(np.clip(block, -1.0, 1.0) * _FULL).astype("<i2")
            file.writeframesraw(pcm.tobytes())
            length += len(block)
    return length
