"""Recordings as people make them: another voice in a room with a fan, a fridge and a mouse."""

from __future__ import annotations

import shutil
import subprocess
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soxr
from imageio_ffmpeg import get_ffmpeg_exe

from cft_audio.files.folders import default_folders
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from cft_audio.signal.audio import Mono

RATE = 44_100
VOICE_RMS = 0.05
HUM_HARMONICS = {1: -12.0, 2: -20.0, 3: -16.0, 5: -26.0}
"""Levels against the voice, in dB, of the hum's harmonics."""


def higher_reader() -> Callable[[str], Mono]:
    """The default voice as somebody else: quicker, a fifth smaller, and higher by as much."""
    engine = load_profile("joe", default_folders().voices).make_engine()

    def read(text: str) -> Mono:
        spoken = engine.speak(Sentence((Fragment(text),)), 0.9)
        return soxr.resample(spoken.samples.astype(np.float32), spoken.sample_rate * 1.2, RATE)

    return read


def other_reader() -> Callable[[str], Mono]:
    """Another synthesiser altogether: the program espeak-ng."""

    def read(text: str) -> Mono:
        done = subprocess.run(
            [str(shutil.which("espeak-ng")), "-v", "en-us+f3", "-s", "115", "--stdout", "--stdin"],
            input=text.encode(),
            capture_output=True,
            check=True,
        )
        pcm = np.frombuffer(done.stdout[44:], "<i2").astype(np.float32) / 32768
        return soxr.resample(pcm, int.from_bytes(done.stdout[24:28], "little"), RATE)

    return read


def pink(count: int, rng: np.random.Generator) -> Mono:
    spectrum = np.fft.rfft(rng.standard_normal(count))
    spectrum /= np.sqrt(np.arange(len(spectrum)) + 1.0)
    noise = np.fft.irfft(spectrum, count)
    return np.asarray(noise / noise.std(), np.float32)


def hum_of(mains: float, count: int) -> Mono:
    at = np.arange(count) / RATE
    tones = [
        10 ** (level / 20) * np.sqrt(2) * np.sin(2 * np.pi * mains * number * at + number)
        for number, level in HUM_HARMONICS.items()
    ]
    return np.asarray(VOICE_RMS * np.sum(tones, axis=0), np.float32)


@dataclass(frozen=True)
class Room:
    """A recording as the microphone had it, the voice alone in it, and when each text begins."""

    recorded: Mono
    voice: Mono
    starts: tuple[float, ...]


def record(  # noqa: PLR0913 -- each a way for a recording to be bad
    texts: Sequence[str],
    read: Callable[[str], Mono],
    *,
    snr_db: float = 35.0,
    mains: float = 50.0,
    clicks: int = 4,
    seed: int = 3,
) -> Room:
    """Record ``texts`` in one go: with gaps of 1 to 6 s, and levels off by up to 8 dB."""
    rng = np.random.Generator(np.random.PCG64(seed))
    sounds: list[Mono] = [np.zeros(RATE, np.float32)]
    gaps: list[tuple[int, int]] = []
    starts: list[float] = []
    for text in texts:
        starts.append(sum(map(len, sounds)) / RATE)
        speech = read(text)
        level = VOICE_RMS / np.sqrt(np.square(speech[np.abs(speech) > 0.02]).mean())
        sounds.append(np.float32(level * 10 ** (rng.uniform(-8, 8) / 20)) * speech)
        gap = int(rng.uniform(1, 6) * RATE)
        gaps.append((sum(map(len, sounds)), gap))
        sounds.append(np.zeros(gap, np.float32))
    voice = np.concatenate(sounds)
    sound = voice + pink(len(voice), rng) * np.float32(VOICE_RMS * 10 ** (-snr_db / 20))
    if mains:
        sound += hum_of(mains, len(voice))
    for start, gap in gaps[:clicks]:
        place = start + gap // 2
        sound[place : place + 40] += 0.3 * rng.standard_normal(40)
    return Room(np.clip(sound, -1, 1), voice, tuple(starts))


def write(path: Path, sound: Mono) -> None:
    """Write ``sound`` in the format that ``path`` ends in."""
    plain = path.with_suffix(".wav")
    with wave.open(str(plain), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(np.round(np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    if path != plain:
        subprocess.run(
            [get_ffmpeg_exe(), "-v", "error", "-y", "-i", str(plain), str(path)], check=True
        )
        plain.unlink()


def in_blocks(sound: Mono, length: int = 100_000) -> Iterator[Mono]:
    for start in range(0, len(sound), length):
        yield sound[start : start + length]
