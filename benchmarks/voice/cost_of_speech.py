"""What a voice costs: CPU seconds of one core for each second of speech, on one thread.

    python benchmarks/voice/cost_of_speech.py                every voice that speaks here offline
    python benchmarks/voice/cost_of_speech.py heart joe      any voices

Each says every eighth of the lines of lines.txt, whole, once its model is loaded.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from cft_audio.files.folders import default_folders
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.voices.listing import list_voices
from cft_audio.speech.voices.profiles import load_profile

EVERY = 8


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("voices", nargs="*", help="profiles' names or files")
    for voice in parser.parse_args().voices or offline_voices():
        print(f"{voice:12} {cost(voice):.2f} s a second of speech", flush=True)


def offline_voices() -> list[str]:
    """Return the voices that are installed and send nothing."""
    listed = list_voices(default_folders().voices)
    return [voice.name for voice in listed if voice.state == "installed" and not voice.online]


def cost(voice: str) -> float:
    """Return the CPU seconds that ``voice`` takes for each second it speaks."""
    engine = load_profile(voice, default_folders().voices).make_engine()
    lines = (Path(__file__).parent / "lines.txt").read_text(encoding="utf-8").splitlines()
    engine.speak(Sentence((Fragment("Welcome."),)), 1.0)
    began, seconds = cpu(), 0.0
    for line in lines[::EVERY]:
        spoken = engine.speak(Sentence((Fragment(line.partition(": ")[2]),)), 1.0)
        seconds += len(spoken.samples) / spoken.sample_rate
    return (cpu() - began) / seconds


def cpu() -> float:
    """Return the CPU seconds of this process and of the programs it ran."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
