"""How loud what a voice says is: as loud as all it says, and leaving a master nothing to limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.limiter import limit
from cft_audio.signal.loudness import clip_loudness
from cft_audio.signal.reference_levels import TAKE_LUFS

if TYPE_CHECKING:
    from cft_audio.signal.audio import Mono

MOST_GAIN_DB = 24.0
"""Gain a take gets at most: more would lift an engine's noise instead of its voice."""

CEILING_DBTP = TAKE_LUFS + 14.0
"""True peak of a take. A master at the default loudness leaves 15 dB between a session's loudness
and its peaks, and a voice's peaks stand 14 to 19 dB above its own; limited here, once a take and in
one channel, they leave that master nothing to limit, which saves 0.4 s of CPU for ten minutes, and
every line stays as loud as the others."""

HIGHEST_SAMPLE = db_to_gain(CEILING_DBTP - 0.5)
"""Sample peak from which a take may pass the ceiling between two samples: speech, band-limited by
its engine to half this rate, peaks less than 0.5 dB above its samples."""

_NEAR_ENOUGH_LU = 0.15
_ATTEMPTS = 3
_RAISED = 1.5
"""A take whose peaks are limited is softer for it; it is raised and limited again until it is this
near to its loudness, or so often. Half as much again as is missing, since the limiter takes a third
of it."""


def bring_to(speech: Mono, loudness: float) -> Mono:
    """Return ``speech`` at ``loudness``, or as near to it as ``CEILING_DBTP`` and the gain allow.

    Args:
        speech: Shape (samples,), not silent.
        loudness: Integrated (ITU-R BS.1770-4), in LUFS, of the clip in one channel.
    """
    return find_level(speech, loudness)[0]


def find_level(speech: Mono, loudness: float) -> tuple[Mono, float]:
    """Return ``speech`` as ``bring_to`` does, and the gain in dB with which ``raised`` gives it."""
    now = clip_loudness(speech)
    next_db = min(loudness - now, MOST_GAIN_DB)
    wanted = now + next_db
    for _ in range(_ATTEMPTS):
        gain_db = next_db
        levelled, is_limited = _raised(speech, gain_db)
        if not is_limited:
            break
        missing = wanted - clip_loudness(levelled)
        if missing <= _NEAR_ENOUGH_LU:
            break
        next_db += missing * _RAISED
    return levelled, gain_db


def raised(speech: Mono, gain_db: float) -> Mono:
    """Return ``speech`` louder by a gain, and limited where that lifts it over ``CEILING_DBTP``."""
    return _raised(speech, gain_db)[0]


def _raised(speech: Mono, gain_db: float) -> tuple[Mono, bool]:
    levelled = speech * np.float32(db_to_gain(gain_db))
    if float(np.abs(levelled).max()) <= HIGHEST_SAMPLE:
        return levelled, False
    limited = limit([levelled[:, np.newaxis]], CEILING_DBTP)
    return np.concatenate([frame.audio[:, 0] for frame in limited]), True
