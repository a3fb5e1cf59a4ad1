"""What is heard in a sound file: how loud it is from second to second, and what its bands do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.files.decoding import open_as_samples
from cft_audio.inspection.bands import BandMeter
from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.frames import FRAME
from cft_audio.signal.loudness import LoudnessMeter, gated_loudness, loudness_of_power
from cft_audio.signal.true_peak import TruePeakMeter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo

_BYTES = FRAME * 2 * 4
_HOPS_A_SECOND = 10
_SILENT_LUFS = -60.0
"""What is softer counts as silence, whatever the file: 10 LU over the absolute gate of BS.1770."""


@dataclass(frozen=True)
class Heard:
    """What was measured of a sound.

    Attributes:
        length_s: Its length in seconds, as it decodes.
        loudness_lufs: Its integrated loudness; minus infinity for silence.
        true_peak_dbtp: Its true peak.
        seconds: Its loudness in LUFS, second by second, at least -70.
        silent_share: The share of its seconds that are silent.
        bands: Levels of its bands, ten times a second: see ``bands.BandMeter``.
    """

    length_s: float
    loudness_lufs: float
    true_peak_dbtp: float
    seconds: tuple[float, ...] = field(repr=False)
    silent_share: float
    bands: NDArray[np.float32] = field(repr=False)


def listen(file: Path, progress: Callable[[float], None], length_s: float, *, mono: bool) -> Heard:
    """Return what is measured of a sound file, which is decoded once.

    Args:
        file: The file.
        progress: Told the share of it that was heard, 0 to 1.
        length_s: About how long it is, in seconds; 0 if that is not known.
        mono: Whether it has one channel.

    Raises:
        OSError: If the decoder does not start.
    """
    loudness, peak, bands, count = LoudnessMeter(), TruePeakMeter(), BandMeter(), 0
    for audio in _decoded(file, mono=mono):
        loudness.feed(audio)
        peak.feed(audio)
        bands.feed(audio)
        count += len(audio)
        if length_s:
            progress(min(1.0, count / SAMPLE_RATE / length_s))
    hops = loudness.hops()
    each = level_by_second(hops)
    return Heard(
        count / SAMPLE_RATE,
        gated_loudness(hops) if len(hops) >= 4 else -np.inf,  # noqa: PLR2004 -- a block of 400 ms
        peak.dbtp(),
        tuple(each),
        float(np.mean(np.asarray(each) < _SILENT_LUFS)) if len(each) else 1.0,
        bands.levels(),
    )


def measure_blocks(blocks: Iterable[Stereo]) -> tuple[float, ...]:
    """Return the loudness of audio in LUFS, second by second."""
    meter = LoudnessMeter()
    for audio in blocks:
        meter.feed(audio)
    return tuple(level_by_second(meter.hops()))


def level_by_second(hops: NDArray[np.float64]) -> list[float]:
    """Return the loudness of each second, in LUFS and at least -70, of the energies of 100 ms."""
    whole = hops[: len(hops) // _HOPS_A_SECOND * _HOPS_A_SECOND].reshape(-1, _HOPS_A_SECOND)
    power = whole.sum(axis=1) / SAMPLE_RATE
    return [max(-70.0, round(float(level), 1)) for level in loudness_of_power(power)]


def _decoded(file: Path, *, mono: bool) -> Iterator[Stereo]:
    with open_as_samples(file, mono=mono) as stream:
        while data := stream.read(_BYTES):
            yield np.frombuffer(data[: len(data) // 8 * 8], np.float32).reshape(-1, 2)
