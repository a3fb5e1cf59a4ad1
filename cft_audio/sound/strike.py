"""A struck bowl: the sound of the chime, of the bowls tone and, tiny, of every turn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.gain import fade_in, fade_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo

    Waves = NDArray[np.complex64]
    """A sound before it is given width: its real part is the middle; shape (samples,)."""

_PARTIALS = (
    (1.0, 1.0, 1.0, 0.6),
    (2.77, 0.42, 0.55, 0.9),
    (5.18, 0.14, 0.3, 1.3),
    (8.16, 0.04, 0.18, 1.9),
)
"""Frequency, level and ring of each partial against the first, and the Hz at which it beats. The
ratios are those of a thin vibrating shell: Inácio, Henrique and Antunes, "The dynamics of Tibetan
singing bowls" (Acta Acustica 92, 2006), measured 1 : 2.7 : 5.1 : 8."""

_PAIR = (0.8, 0.2)
"""Each partial of a real bowl is a pair, since no bowl is quite round, and beats. As one of them is
four times as strong, the level swings by 4.4 dB and never sinks to nothing. Both channels beat
alike: where they did so in turn, their sum fell silent whenever the pair was at one."""

WIDTH = np.deg2rad(48.0)
"""Radians of phase between its channels, the partials ahead on the left and on the right in turn.
It is wide without being drawn to a side, and 0.8 dB lower in mono. A sixth of its power lies in the
difference of the channels, where a voice is absent, so that a turn is found under speech."""

_HIGHEST_HZ = 12_000.0
"""No partial lies above: far below half the sample rate, and nothing shrill."""

_GONE_DB = 75.0
"""What has fallen so far is left out."""

_THUD_HZ, _THUD_RING = (110.0, 650.0), 0.07
"""Between which frequencies a mallet of felt is heard itself, and for how many seconds."""

_RUBBED = 3
"""Partials that rubbing makes sound."""

_ROW = 512
"""Samples that are worked out together; a power of two of about the square root of a ring."""


@dataclass(frozen=True)
class Blow:
    """How a bowl is struck: a hand strikes no two blows alike.

    Attributes:
        levels: Factors on its partials.
        turns: By which each partial is ahead.
        beats: Turns by which the weaker of each pair is ahead of the stronger.
        thuds: Frequency in Hz and level of what is heard of the mallet.
    """

    levels: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)
    turns: tuple[float, ...] = (0.75, 0.75, 0.75, 0.75)
    beats: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    thuds: tuple[tuple[float, float], ...] = ()


def draw_blow(draw: np.random.Generator) -> Blow:
    """Return a blow as a hand would strike it: mostly the brightness differs."""
    count = len(_PARTIALS)
    levels = 10 ** (draw.uniform(-1, 1, count) * np.linspace(0.5, 3.5, count) / 20)
    low, high = np.log(_THUD_HZ)
    thuds = zip(np.exp(draw.uniform(low, high, 6)), draw.uniform(0.02, 0.09, 6), strict=True)
    return Blow(
        tuple(levels),
        tuple(draw.random(count)),
        tuple(draw.uniform(-0.17, 0.17, count)),
        tuple(thuds),
    )


@lru_cache(maxsize=16)
def strike(frequency: float, ring: float, attack: float = 0.006) -> Stereo:
    """Return one strike of a bowl, its peak at full scale; not to be written to.

    Args:
        frequency: Of its lowest partial, in Hz.
        ring: Seconds in which the lowest partial falls by 60 dB; the sound is as long.
        attack: Seconds it takes to speak: long enough not to click, short enough to be a
            definite moment.
    """
    sound = widen(strike_bowl(frequency, ring, attack, Blow()))
    sound /= np.abs(sound).max()
    sound.flags.writeable = False
    return sound


def strike_bowl(frequency: float, ring: float, attack: float, blow: Blow) -> Waves:
    """Return one blow on a bowl, at its own level: about full scale.

    Args:
        frequency: Of its lowest partial, in Hz.
        ring: Seconds in which the lowest partial falls by 60 dB; the sound is as long.
        attack: Seconds it takes to speak.
        blow: How it is struck.
    """
    waves = np.zeros(samples(ring), np.complex64)
    for number, (_, _, share, _) in enumerate(_PARTIALS):
        decay = -np.log(1000) / (ring * share)
        heard = waves[: samples(ring * share * _GONE_DB / 60)]
        _add_partial(heard, number, frequency, decay, blow)
    for hertz, level in blow.thuds:
        rate = complex(-np.log(1000) / _THUD_RING, 2 * np.pi * hertz) / SAMPLE_RATE
        add_decay(waves[: samples(2 * _THUD_RING)], -1j * level, rate)
    rise, fall = samples(attack), samples(min(0.3, ring / 4))
    waves[:rise] *= fade_in(rise)
    waves[-fall:] *= fade_out(fall)
    return waves


def rub_bowl(frequency: float, length: int, blow: Blow) -> Waves:
    """Return a bowl that is rubbed and never falls, in step with its ring after the same ``blow``.

    Args:
        frequency: Of its lowest partial, in Hz.
        length: Samples.
        blow: How it was struck before. Since both have one phase, neither takes from the other.
    """
    waves = np.zeros(length, np.complex64)
    for number in range(_RUBBED):
        _add_partial(waves, number, frequency, 0.0, blow)
    return waves


def _add_partial(waves: Waves, number: int, frequency: float, decay: float, blow: Blow) -> None:
    """Add a partial of a bowl, with its pair; ``decay`` is the exponent a second, 0 or less."""
    ratio, level, _, beat = _PARTIALS[number]
    if ratio * frequency > _HIGHEST_HZ:
        return
    side = 1 - 2 * (number % 2)
    for share, apart, ahead in zip(_PAIR, (0.5, -0.5), (0.0, blow.beats[number]), strict=True):
        hertz = ratio * frequency + apart * beat
        turn = side * 2j * np.pi * (blow.turns[number] + ahead)
        start = level * blow.levels[number] * share * np.exp(turn)
        add_decay(waves, start, complex(decay, side * 2 * np.pi * hertz) / SAMPLE_RATE)


def add_decay(waves: Waves, start: complex, rate: complex) -> None:
    """Add ``start · exp(rate · n)`` to ``waves``, n being the sample."""
    rows = -(-len(waves) // _ROW)
    # A product of two short exponentials: a tenth of the CPU of one long one.
    coarse = (start * np.exp(rate * _ROW * np.arange(rows))).astype(np.complex64)
    fine = np.exp(rate * np.arange(_ROW)).astype(np.complex64)
    whole = len(waves) // _ROW
    body = waves[: whole * _ROW].reshape(whole, _ROW)
    body += coarse[:whole, None] * fine
    rest = waves[whole * _ROW :]
    rest += (coarse[-1] * fine)[: len(rest)]


def widen(waves: Waves) -> Stereo:
    """Return both channels of ``waves``, ``WIDTH`` of phase between them."""
    middle, side = np.float32(np.cos(WIDTH / 2)), np.float32(np.sin(WIDTH / 2))
    sound = np.empty((len(waves), 2), np.float32)
    centre, across = waves.real * middle, waves.imag * side
    np.subtract(centre, across, out=sound[:, 0])
    np.add(centre, across, out=sound[:, 1])
    return sound
