"""Periodic sounds at a pitch that may change, read from one period as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.sound.tones.curves import STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono
    from cft_audio.sound.tones.curves import Points

    Table: TypeAlias = NDArray[np.complex64] | NDArray[np.complex128]
    """One period of two waves, as a complex number's parts, or of four; shape (_SIZE,)."""

    Spectrum: TypeAlias = NDArray[np.float64]
    """Level of each harmonic, shape (harmonics,)."""

_SIZE = 2**14
"""Entries of a table. The nearest one is read: what that adds lies 68 dB below the sound."""

_TYPES = {2: np.complex64, 4: np.complex128}
"""What holds as many numbers of single precision, so that one look-up fetches them all."""


def make_table(spectra: Sequence[Spectrum], draw: np.random.Generator) -> Table:
    """Return one period of two or four waves that are read together.

    Args:
        spectra: Of each wave, with as many harmonics.
        draw: Decides by how much each harmonic is ahead, in all the waves alike. In step they
            would buzz.
    """
    count = len(spectra[0])
    ahead = np.exp(2j * np.pi * draw.random(count))
    bins = np.zeros((len(spectra), _SIZE // 2 + 1), np.complex128)
    bins[:, 1 : count + 1] = np.stack(spectra) * ahead / 2
    waves = np.fft.irfft(bins, _SIZE, norm="forward").astype(np.float32)
    table: Table = np.ascontiguousarray(waves.T).view(_TYPES[len(spectra)])[:, 0]
    return table


def turns_at(hertz: Points, start: float, length: int) -> Mono:
    """Return how many turns a wave has taken at each sample, whole ones left out now and then.

    Args:
        hertz: Its pitch.
        start: Turns at its first sample.
        length: Samples.
    """
    # The sum needs double precision, and so much of it that only points are added up.
    steps = (hertz[:-1] + hertz[1:]).astype(np.float64) / (2 * SAMPLE_RATE)
    turns = start + np.concatenate([[0.0], np.cumsum(steps[:-1])]) * STEP
    turns -= np.floor(turns)
    within = steps.astype(np.float32)[:, None] * np.arange(STEP, dtype=np.float32)
    within += turns.astype(np.float32)[:, None]
    return np.asarray(within.reshape(-1)[:length], np.float32)


def read_waves(table: Table, turns: Mono) -> NDArray[np.float32]:
    """Return the waves of ``table`` at ``turns``, shape (samples, waves)."""
    entries = (turns * np.float32(_SIZE)).astype(np.intp)
    entries &= _SIZE - 1
    waves: NDArray[np.float32] = table.take(entries).view(np.float32)
    return waves.reshape(len(turns), -1)
