"""16-bit samples and floating-point ones.

Read, full scale is 32,768, so that no sample lies beyond ±1. Written, it is 32,767, the most that
16 bits hold, so that nothing has to be clipped. What is written and read is softer by 0.0003 dB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def to_float(pcm: NDArray[np.int16]) -> NDArray[np.float32]:
    """Return 16-bit samples as floating-point ones, full scale ±1, in the same shape."""
    return pcm.astype(np.float32) / np.float32(32_768)


def to_pcm16(audio: NDArray[np.float32]) -> NDArray[np.int16]:
    """Return floating-point samples as 16-bit ones; what lies beyond full scale is clipped."""
    return np.asarray(np.rint(np.clip(audio, -1.0, 1.0) * 32_767), np.int16)
