"""Sounds that pace no breath: music, the sea and speech, each made here from a seed."""

from __future__ import annotations

import subprocess
import wave
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Sound = NDArray[np.float64]

RATE = 22_050
SECONDS = 150
_COUNT = RATE * SECONDS
_AT = np.arange(_COUNT) / RATE

_CHORDS = ((57, 60, 64), (53, 57, 60), (48, 55, 64), (55, 59, 62))


def _hz(note: float) -> float:
    return 440 * 2 ** ((note - 69) / 12)


def _note(note: float, length_s: float, decay_s: float) -> Sound:
    at = np.arange(int(length_s * RATE)) / RATE
    partials = sum(np.sin(2 * np.pi * _hz(note) * k * at) / k**2 for k in (1, 2, 3, 4))
    rise = np.minimum(1, at / 0.01)
    return np.asarray(partials * rise * np.exp(-at / decay_s))


def _lay(sound: Sound, piece: Sound, at_s: float, gain: float = 1.0) -> None:
    start = int(at_s * RATE)
    piece = piece[: max(0, len(sound) - start)]
    sound[start : start + len(piece)] += gain * piece


def _chords(each_s: float, decay_s: float, *, bass: bool = False) -> Sound:
    sound = np.zeros(_COUNT)
    for place, start_s in enumerate(np.arange(0, SECONDS, each_s)):
        for note in _CHORDS[place % len(_CHORDS)]:
            _lay(sound, _note(note, each_s * 1.2, decay_s), start_s)
        if bass:
            _lay(sound, _note(_CHORDS[place % len(_CHORDS)][0] - 24, each_s, 2.0), start_s, 1.5)
    return sound


def _pad(swell_s: float, seed: int, *, evenness: float = 0.75) -> Sound:
    """Return chords that swell and sink, each as a player holds it: never two alike."""
    rng = np.random.default_rng(seed)
    sound, start_s, place = np.zeros(_COUNT), 0.0, 0
    while start_s < SECONDS:
        length_s = swell_s * (evenness + rng.random() * 2 * (1 - evenness))
        at = np.arange(int(length_s * 1.3 * RATE)) / RATE
        swell = np.sin(np.pi * np.minimum(1, at / at[-1])) ** 2
        for note in _CHORDS[place % len(_CHORDS)]:
            detune = 1 + rng.normal(0, 0.001)
            tone = sum(np.sin(2 * np.pi * _hz(note) * detune * k * at) / k for k in (1, 2, 3))
            _lay(sound, np.asarray(tone * swell), start_s)
        start_s, place = start_s + length_s, place + 1
    return sound


def _arpeggio(step_s: float) -> Sound:
    sound = np.zeros(_COUNT)
    for place, start_s in enumerate(np.arange(0, SECONDS, step_s)):
        chord = _CHORDS[place // 16 % len(_CHORDS)]
        _lay(sound, _note(chord[place % 3] + 12 * (place // 3 % 2), 1.0, 0.3), start_s)
    return sound


def _drums(beat_s: float, seed: int) -> Sound:
    rng = np.random.default_rng(seed)
    sound = np.zeros(_COUNT)
    at = np.arange(int(0.25 * RATE)) / RATE
    kick = np.sin(2 * np.pi * 60 * at * (1 + np.exp(-at * 40))) * np.exp(-at * 18)
    for place, start_s in enumerate(np.arange(0, SECONDS, beat_s / 2)):
        hiss = rng.standard_normal(len(at)) * np.exp(-at * (60 if place % 4 else 20))
        _lay(sound, kick if place % 4 == 0 else hiss * 0.4, start_s)
    return sound


def _waltz(beat_s: float) -> Sound:
    sound = np.zeros(_COUNT)
    for place, start_s in enumerate(np.arange(0, SECONDS, beat_s)):
        chord = _CHORDS[place // 12 % len(_CHORDS)]
        notes = (chord[0] - 12,) if place % 3 == 0 else chord
        for note in notes:
            _lay(sound, _note(note, 1.0, 0.4), start_s)
    return sound


def _drone(*notes: float) -> Sound:
    return np.asarray(sum(np.sin(2 * np.pi * _hz(note) * _AT) for note in notes))


def _sea(wave_s: float, seed: int) -> Sound:
    """Return surf: waves that come when they come, each of its own height."""
    rng = np.random.default_rng(seed)
    level, start_s = np.full(_COUNT, 0.15), 0.0
    while start_s < SECONDS:
        at = np.arange(int(12 * RATE)) / RATE
        shape = (at / 3) * np.exp(1 - at / 3)
        _lay(level, shape, start_s, 0.3 + rng.random())
        start_s += wave_s * (0.5 + rng.random())
    return np.asarray(rng.standard_normal(_COUNT) * level)


def _bells(seed: int) -> Sound:
    rng = np.random.default_rng(seed)
    sound, start_s = np.zeros(_COUNT), 0.0
    while start_s < SECONDS:
        _lay(sound, _note(rng.integers(60, 84), 8.0, 2.5), start_s)
        start_s += 1 + rng.exponential(4)
    return sound


MUSIC: dict[str, Callable[[], Sound]] = {
    "a loop of four chords": lambda: _chords(2.0, 1.5),
    "a loop of four chords as long as a breath": lambda: _chords(2.5, 2.0),
    "slow chords over a bass": lambda: _chords(5.0, 4.0, bass=True),
    "a chord every ten seconds": lambda: _chords(10.0, 5.0),
    "a pad that swells every ten seconds": lambda: _pad(10.0, 1),
    "a pad that swells every seven seconds": lambda: _pad(7.0, 2),
    "a pad that swells slowly": lambda: _pad(18.0, 3),
    "an arpeggio": lambda: _arpeggio(0.25),
    "a quick arpeggio": lambda: _arpeggio(0.15),
    "drums": lambda: _drums(0.5, 4),
    "drums under slow chords": lambda: _drums(0.6, 5) + 0.5 * _chords(4.8, 3.0),
    "a waltz": lambda: _waltz(0.45),
    "a drone": lambda: _drone(45, 52, 57),
    "a drone that beats": lambda: _drone(45, 45.03, 52, 52.04),
    "the sea": lambda: _sea(9.0, 6),
    "a rough sea": lambda: _sea(6.0, 7),
    "bells in the wind": lambda: _bells(8),
}
"""What each is, and how it is made."""

_TALK = (
    (
        "The harbour was busy that morning. Boats came in, one after the other, and people called "
        "out across the water. A man with a red cap counted boxes. Nobody looked at the sky. "
    ),
    (
        "First chop the onions. Then warm the oil, slowly, until it shines. Add the onions. Stir. "
        "After ten minutes they are soft. Add salt. Now the tomatoes, and a little sugar. "
    ),
    "One. Two. Three. Four. Five. Six. Seven. Eight. Nine. Ten. ",
)

SPEECH = {
    "a story": ("en", 160, 0),
    "a recipe, read slowly": ("en", 110, 1),
    "numbers, read slowly": ("en", 90, 2),
    "a story in another voice": ("en-us", 200, 0),
}
"""The voice of espeak-ng, its words a minute, and which of the texts it reads."""


def write_music(name: str, file: Path) -> None:
    """Write one of ``MUSIC`` to a WAV file."""
    _write(MUSIC[name](), file)


def write_speech(name: str, file: Path) -> None:
    """Write one of ``SPEECH`` to a WAV file."""
    voice, rate, text = SPEECH[name]
    command = ["espeak-ng", "-v", voice, "-s", str(rate), "-w", str(file), "--stdin"]
    words = _TALK[text] * (SECONDS * rate // 60 // len(_TALK[text].split()) + 1)
    subprocess.run(command, input=words.encode(), check=True)


def _write(sound: Sound, file: Path) -> None:
    noise = np.random.default_rng(0).standard_normal(len(sound)) * 1e-3
    loud = np.asarray(sound) / np.abs(sound).max() * 0.5 + noise
    write_wave(loud, file, RATE)


def write_wave(samples: Sequence[float] | Sound, file: Path, rate: int) -> None:
    """Write samples between -1 and 1 to a WAV file of one channel."""
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((np.asarray(samples) * 32_767).astype("<i2").tobytes())
