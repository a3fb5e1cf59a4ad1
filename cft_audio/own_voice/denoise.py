"""Steady noise under a voice lowered a little, where there is enough of it to be heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono

WANTED_DB = 55.0
"""How far below the voice noise is left alone: at a session's level it then lies near -75 dBFS,
under any bed and under the noise of a quiet room."""

MOST_DB = 15.0
"""How far noise is lowered at most: further, and what is left of it begins to warble. Of 53 lines
with pink noise 35 dB below them the intelligibility (STOI, Taal et al., 2011) is 0.985 with it and
0.985 without; it is 0.967 before hum and rumble are taken out."""

_POINTS, _HOP = 1024, 256
_FEWEST = 24
"""Spectra that a noise is told from: 0.15 s of it."""

_CARRIED = 0.98
"""Share of the last frame's voice in the estimate of this one's (Ephraim and Malah, "Speech
enhancement using a minimum mean-square error short-time spectral amplitude estimator", 1984):
what keeps the remaining noise from turning into tones."""


def noise_spectrum(silences: Sequence[Mono]) -> NDArray[np.float64] | None:
    """Return the mean power spectrum of silences, or None where they are too short to tell."""
    found = [_transformed(silence) for silence in silences if len(silence) >= _POINTS]
    if sum(map(len, found)) < _FEWEST:
        return None
    power = np.square(np.abs(np.concatenate(found)))
    # The median, so that a click is no noise; that of an exponential distribution is ln 2 of its
    # mean.
    return np.asarray(np.median(power, axis=0) / np.log(2) + 1e-12)


def lowered(speech: Mono, noise: NDArray[np.float64], most_db: float) -> Mono:
    """Return ``speech`` with its noise lowered by up to ``most_db``.

    Args:
        speech: Mono.
        noise: The noise's power spectrum, from ``noise_spectrum``.
        most_db: At most ``MOST_DB``; 0 or less leaves everything as it is.
    """
    if most_db <= 0:
        return speech
    ends = _POINTS
    padded = np.pad(speech, (ends, ends + _HOP))
    found = _transformed(padded)
    ratio = np.square(np.abs(found)) / noise
    least = 10 ** (-most_db / 20)
    gains = np.empty_like(ratio)
    before = np.ones(ratio.shape[1])
    for frame, posterior in enumerate(ratio):
        prior = _CARRIED * before + (1 - _CARRIED) * np.maximum(posterior - 1, 0)
        gains[frame] = np.maximum(prior / (1 + prior), least)
        before = np.square(gains[frame]) * posterior
    return _joined(found * gains, len(padded))[ends : ends + len(speech)]


def _window() -> NDArray[np.float64]:
    return np.sqrt(np.hanning(_POINTS + 1)[:-1])


def _transformed(audio: Mono) -> NDArray[np.complex128]:
    frames = np.lib.stride_tricks.sliding_window_view(audio, _POINTS)[::_HOP]
    return np.asarray(np.fft.rfft(frames * _window(), axis=1))


def _joined(spectrum: NDArray[np.complex128], length: int) -> Mono:
    frames = np.fft.irfft(spectrum, _POINTS, axis=1) * _window()
    out = np.zeros((len(frames) + _POINTS // _HOP, _HOP))
    for part in range(_POINTS // _HOP):
        out[part : part + len(frames)] += frames[:, part * _HOP : (part + 1) * _HOP]
    # Squared Hann windows, four to a window's length, add up to 2 (they are each 1/2 on average).
    return np.pad(out.ravel() / 2.0, (0, _POINTS))[:length].astype(np.float32)
