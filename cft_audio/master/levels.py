"""How much to turn a session up or down so that its voice has its loudness after limiting.

The anchor is the voice and not the whole (AES TD1008, recommendation for speech): what lies under
it and between its lines may then be as loud as it should be, and changes nothing of the voice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.errors import RequestError
from cft_audio.signal.decibels import db_to_gain, db_to_power
from cft_audio.signal.frames import HOP, ROW
from cft_audio.signal.limiter import limit
from cft_audio.signal.loudness import HISTORY, as_complex, gated_loudness, hop_powers, rows_of
from cft_audio.signal.reference_levels import VOICE_LUFS
from cft_audio.signal.true_peak import TruePeakMeter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cft_audio.master.spool import Spool
    from cft_audio.signal.audio import Stereo

_TOLERANCE_LU = 0.25
"""How near is near enough. Encoding moves the loudness of voice and tones by less than 0.1 LU, that
of noise by up to 1.1 (white noise at 128 kb/s), since it cuts off the highest band."""

_ATTEMPTS = 5
_LEAST_SLOPE = 0.25
"""Where a decibel of gain adds less than this to the loudness, the limiter takes all the rest, and
a larger step would only squash the voice further."""

_HOPS_PER_ROW = ROW // HOP


@dataclass(frozen=True)
class Measured:
    """What was measured of a session.

    Attributes:
        hops: The K-weighted energy of each whole 100 ms, as the loudness meter gives it.
        voice_hops: That of its voice alone, before any stepping down.
        true_peak_dbtp: Its true peak.
    """

    hops: NDArray[np.float64]
    voice_hops: NDArray[np.float64]
    true_peak_dbtp: float

    @cached_property
    def voice_lufs(self) -> float | None:
        """The integrated loudness of its voice; None where nobody speaks."""
        loudness = gated_loudness(self.voice_hops)
        return loudness if np.isfinite(loudness) else None


@dataclass(frozen=True)
class Level:
    """A level for a session.

    Attributes:
        gain: What to multiply it by before the limiter.
        ceiling_dbtp: The true peak that may be encoded.
        limits: Whether the limiter has anything to do.
        voice_lufs: The integrated loudness of its voice after the limiter; None without a voice.
        loudness_lufs: The integrated loudness of the whole, likewise.
        true_peak_dbtp: Its true peak after the limiter.
    """

    gain: float
    ceiling_dbtp: float
    limits: bool
    voice_lufs: float | None
    loudness_lufs: float
    true_peak_dbtp: float


def find_level(spool: Spool, mix: Measured, target_lufs: float, ceiling_dbtp: float) -> Level:
    """Return the level at which the voice in ``spool`` has its loudness after limiting.

    A session without a voice gets the level that a voice would have got.

    Args:
        spool: The session.
        mix: What was measured of it.
        target_lufs: The loudness wanted.
        ceiling_dbtp: The true peak that may be encoded.

    Raises:
        RequestError: If it is silent, or its peaks stand too high for this loudness.
    """
    if not np.isfinite(gated_loudness(mix.hops)):
        remedy = "Choose a breathing tone, a bed or a practice that speaks"
        raise RequestError("there is nothing to hear in this session", remedy=remedy)
    voice = VOICE_LUFS if mix.voice_lufs is None else mix.voice_lufs
    # Rounded, since the last bits of a sum may differ from one processor to the next.
    gain_db = round(target_lufs - voice, 3)
    tried: list[tuple[float, float]] = []
    for _ in range(_ATTEMPTS):
        limits = mix.true_peak_dbtp + gain_db > ceiling_dbtp
        if limits:
            reached = _measure_limited(spool, mix, gain_db, ceiling_dbtp)
        else:
            reached = _add_gain(mix, gain_db)
        after = None if mix.voice_lufs is None else _voice_after(mix, reached)
        if after is None or abs(after - target_lufs) <= _TOLERANCE_LU:
            whole = gated_loudness(reached.hops)
            peak_dbtp = reached.true_peak_dbtp
            return Level(db_to_gain(gain_db), ceiling_dbtp, limits, after, whole, peak_dbtp)
        tried.append((gain_db, after))
        gain_db = round(gain_db + (target_lufs - after) / _slope(tried[-2:]), 3)
    message = f"the peaks of this session stand too high for {target_lufs:g} LUFS"
    remedy = f"Ask for at most {np.floor(tried[-1][1]):.0f} LUFS"
    raise RequestError(message, remedy=remedy, field="loudness")


def _voice_after(mix: Measured, reached: Measured) -> float:
    """Return the loudness of the voice where each 100 ms of it became as much louder as the mix."""
    risen = reached.hops / np.maximum(mix.hops, np.finfo(np.float64).tiny)
    return gated_loudness(mix.voice_hops * risen)


def apply_level(spool: Spool, level: Level) -> Iterator[Stereo]:
    """Yield the session in ``spool`` as it is encoded."""
    frames = spool.frames(level.gain)
    if not level.limits:
        return frames
    return (frame.audio for frame in limit(frames, level.ceiling_dbtp))


def _slope(tried: list[tuple[float, float]]) -> float:
    """Return by how much the last decibel of gain changed the loudness; 1 where none is known."""
    if len(tried) == 1:
        return 1.0
    (gain_before, before), (gain_now, now) = tried
    return max(_LEAST_SLOPE, (now - before) / (gain_now - gain_before))


def _add_gain(mix: Measured, gain_db: float) -> Measured:
    hops = mix.hops * db_to_power(gain_db)
    return replace(mix, hops=hops, true_peak_dbtp=mix.true_peak_dbtp + gain_db)


def _measure_limited(spool: Spool, mix: Measured, gain_db: float, ceiling_dbtp: float) -> Measured:
    """Return what is measured after gain and limiter, whose every change is measured anew."""
    hops = _add_gain(mix, gain_db).hops
    by_row = np.pad(hops, (0, _HOPS_PER_ROW - len(hops) % _HOPS_PER_ROW)).reshape(-1, _HOPS_PER_ROW)
    peak = TruePeakMeter()
    history = np.zeros(HISTORY, np.complex64)
    first_row = 0
    last_touched = np.zeros(1, np.bool_)
    for frame in limit(spool.frames(db_to_gain(gain_db)), ceiling_dbtp):
        peak.feed(frame.audio)
        # A row's filtered energy depends on the row before it as well.
        changed = frame.touched | np.concatenate([last_touched, frame.touched[:-1]])
        audio = as_complex(frame.audio)
        if changed.any():
            missing = np.zeros(-len(audio) % ROW, np.complex64)
            rows = rows_of(np.concatenate([history, audio, missing]))
            by_row[first_row + np.flatnonzero(changed)] = hop_powers(rows[changed])
        history = np.concatenate([history, audio[-HISTORY:]])[-HISTORY:]
        last_touched = frame.touched[-1:]
        first_row += len(frame.touched)
    return replace(mix, hops=by_row.reshape(-1)[: len(hops)], true_peak_dbtp=peak.dbtp())
