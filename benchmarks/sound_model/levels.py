"""Loudness and peaks: the project's own meter for stems, ffmpeg's ebur128 for whole recordings."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from imageio_ffmpeg import get_ffmpeg_exe

from cft_audio.signal.loudness import LoudnessMeter, gated_loudness

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo


@dataclass(frozen=True)
class Mastering:
    """What ffmpeg's ebur128 says of a file as decoded.

    Attributes:
        lufs: Integrated loudness.
        range_lu: Loudness range (EBU Tech 3342).
        peak_dbtp: True peak.
    """

    lufs: float
    range_lu: float
    peak_dbtp: float


def judge(file: Path) -> Mastering:
    """Return loudness, its range and the true peak of a sound file."""
    command = [get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(file), "-vn", "-af"]
    command += ["ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    found = (re.search(form, said) for form in (r"I:\s+(\S+) LUFS", r"LRA:\s+(\S+) LU"))
    lufs, range_lu = (float(match[1]) for match in found if match)
    peaks = re.findall(r"Peak:\s+(\S+) dBFS", said)
    return Mastering(lufs, range_lu, max(map(float, peaks)))


def hops_of(audio: Stereo) -> NDArray[np.float64]:
    """Return the K-weighted energy of each 100 ms, both channels added."""
    meter = LoudnessMeter()
    meter.feed(audio)
    return meter.hops()


def loudness_of(audio: Stereo) -> float:
    """Return the gated integrated loudness, in LUFS (ITU-R BS.1770-4)."""
    return gated_loudness(hops_of(np.asarray(audio, np.float32)))
