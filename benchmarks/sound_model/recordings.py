"""Samples through the program's own encoder and back."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from imageio_ffmpeg import get_ffmpeg_exe

from cft_audio.master.encoder import Encoder
from cft_audio.master.formats import Coding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.signal.audio import Stereo


def decode(file: Path) -> Stereo:
    """Return the samples of a sound file."""
    command = [get_ffmpeg_exe(), "-v", "error", "-i", str(file), "-f", "f32le", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.float32).reshape(-1, 2)


def through_mp3(blocks: Iterable[Stereo], gain: float) -> Stereo:
    """Return what is decoded of an MP3 of ``blocks`` times ``gain``, as long as they are."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stem.mp3"
        with Encoder(file, Coding(), file) as encoder:
            for block in blocks:
                encoder.write(block * np.float32(gain))
        return decode(file)
