"""A recording of a voice alone, and when something is heard in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from program_runs import decoded

if TYPE_CHECKING:
    from pathlib import Path

VOICE_ALONE = {"tone": "none", "bed": "none", "bells": "none"}

_RATE = 44_100
_FRAME = 220
"""Samples of a level: 5 ms."""

_HEARD_DBFS = -58.0
"""40 dB under the voice; between two sentences there is nothing at all."""

_PARTED = 12
"""Frames of quiet that part what is said: 60 ms."""


def onsets_of(recording: Path) -> np.ndarray:
    """Return where in a recording of a voice alone something is heard after quiet, in seconds."""
    sound = decoded(recording).mean(axis=1).astype(float)
    frames = sound[: len(sound) // _FRAME * _FRAME].reshape(-1, _FRAME)
    loud = 10 * np.log10((frames**2).mean(axis=1) + 1e-12) > _HEARD_DBFS
    begins = np.flatnonzero(loud)
    quiet_before = np.diff(begins, prepend=-_PARTED - 1) > _PARTED
    return begins[quiet_before] * _FRAME / _RATE


def rests_of(recording: Path, longest: float) -> list[tuple[float, float]]:
    """Return each stretch of more than ``longest`` seconds in which nobody speaks."""
    heard = np.flatnonzero(np.abs(decoded(recording)).max(axis=1) > 10 ** (_HEARD_DBFS / 20))
    gaps = np.flatnonzero(np.diff(heard) > longest * _RATE)
    return [(heard[at] / _RATE, heard[at + 1] / _RATE) for at in gaps]
