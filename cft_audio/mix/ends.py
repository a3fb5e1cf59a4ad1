"""The ends of a session: bed and tone come up gently, and what still sounds dies away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.mix.plan import FADE_IN_S
from cft_audio.signal.audio import samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.gain import rise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.mix.plan import MixPlan, VoiceSteps

_FADE_IN = samples(FADE_IN_S)


def opening_gain(start: int, length: int) -> NDArray[np.float32] | None:
    """Return the gain of ``length`` samples from ``start`` on, or None where it is 1."""
    if start >= _FADE_IN:
        return None
    return _ramp(np.arange(start, start + length) / _FADE_IN)


def closing_gain(plan: MixPlan, start: int, length: int) -> NDArray[np.float32] | None:
    """Return the gain before the end of a session, likewise; beyond the end, it is 0."""
    end = plan.timeline.length
    if start + length <= end - plan.fade_out:
        return None
    return _ramp((end - np.arange(start, start + length)) / plan.fade_out)


def stepping_gain(steps: VoiceSteps | None, start: int, length: int) -> NDArray[np.float32] | None:
    """Return the gain of a voice that becomes softer, likewise."""
    if steps is None:
        return None
    way = np.minimum(np.arange(start, start + length) / steps.stop, 1.0)
    level = steps.first_db + (steps.last_db - steps.first_db) * way
    return db_to_gain(level).astype(np.float32)


def _ramp(way: NDArray[np.float64]) -> NDArray[np.float32]:
    return rise(np.clip(way, 0.0, 1.0)).astype(np.float32)
