"""Songs of birds as heard from far away: a dove, a thrush and a tit, all soft and short."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples

if TYPE_CHECKING:
    from cft_audio.signal.audio import Mono


class _Note(NamedTuple):
    """One whistle.

    Attributes:
        start: Seconds from the beginning of the song.
        length: Seconds.
        hertz: Its pitch at its beginning.
        last_hertz: That at its end.
        tremble: The share of its pitch by which it trembles.
        octave: How loud its octave is beside it.
    """

    start: float
    length: float
    hertz: float
    last_hertz: float
    tremble: float = 0.0
    octave: float = 0.0


_COOS = (
    ((0.0, 0.22, 1.0), (0.3, 0.5, 1.12), (0.88, 0.4, 1.02)),
    ((0.0, 0.3, 1.0), (0.38, 0.6, 1.1)),
)
"""Start, length and pitch of the notes of a dove's calls."""


def draw_song(draw: np.random.Generator) -> Mono:
    """Return a song of at most 2.5 s, its peak about full scale.

    None has a tone between 2 and 5 kHz, where most birds sing: speech is told from speech there.
    """
    notes = (_coo, _flute, _flute, _thin)[int(draw.integers(4))](draw)
    song = np.zeros(samples(max(note.start + note.length for note in notes)) + 1, np.float32)
    for note in notes:
        sound, place = _whistle(note), samples(note.start)
        song[place : place + len(sound)] += sound
    return song


def _coo(draw: np.random.Generator) -> list[_Note]:
    """A dove."""
    low = draw.uniform(400, 480)
    return [
        _Note(start, length, low * pitch, 0.96 * low * pitch, 0.02, 0.15)
        for start, length, pitch in _COOS[int(draw.integers(len(_COOS)))]
    ]


def _flute(draw: np.random.Generator) -> list[_Note]:
    """A thrush, at the low end of what it sings."""
    scale = draw.uniform(1300, 1500) * np.array([1, 9 / 8, 5 / 4, 4 / 3])
    notes, start = [], 0.0
    for _ in range(int(draw.integers(2, 5))):
        hertz, length = float(draw.choice(scale)), draw.uniform(0.16, 0.34)
        last = hertz * float(draw.choice([0.93, 1.0, 1.06]))
        notes.append(_Note(start, length, hertz, min(last, 1990.0), float(draw.choice([0, 0.012]))))
        start += length + draw.uniform(0.02, 0.12)
    return notes


def _thin(draw: np.random.Generator) -> list[_Note]:
    """A tit."""
    hertz = draw.uniform(5600, 6800)
    return [
        _Note(0.24 * number, 0.12, hertz, 0.94 * hertz)
        for number in range(int(draw.integers(2, 5)))
    ]


def _whistle(note: _Note) -> Mono:
    way = np.arange(samples(note.length)) / samples(note.length)
    hertz = note.hertz + (note.last_hertz - note.hertz) * way**1.5
    hertz += note.hertz * note.tremble * np.sin(2 * np.pi * 9 * note.length * way)
    angle = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE
    wave = np.sin(angle) + note.octave * np.sin(2 * angle)
    return np.asarray(wave * np.sin(np.pi * way**0.8) ** 2, np.float32)
