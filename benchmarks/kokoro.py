"""What Kokoro costs, all figures from one run on this machine, where it has to be installed.

    python benchmarks/kokoro.py             some ten minutes
    python benchmarks/kokoro.py michael     another of its voices

(a) CPU of a cold ten-minute session over speaking its lines alone, and how many cores were busy.
(b) CPU seconds for each second of speech, on one thread.
(c) Peak memory of speaking 200 lines of all lengths, after the longest and at the end.

CPU is user and system time of a process and everything it started.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cost import Bench

from cft_audio.files.folders import default_folders
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.voices.profiles import load_profile

HERE = Path(__file__).parent
LINES = 200


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("voice", nargs="?", default="heart", help="one that speaks with Kokoro")
    parser.add_argument("--memory", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory:
        memory(options.voice)
        return
    with tempfile.TemporaryDirectory() as folder:
        # Voices are also looked for where one works; the home of a measurement is empty.
        (Path(folder) / "voices").symlink_to(default_folders().own_voices)
        session(Bench(Path(folder), options.voice))
    subprocess.run([sys.executable, __file__, options.voice, "--memory"], check=True)


def session(bench: Bench) -> None:
    """Measure (a)."""
    began = time.monotonic()
    cold, peak = bench.cpu("build", "--name", "Sam", "-o", str(bench.recording))
    took = time.monotonic() - began
    speak = bench.speaking("Sam", "")
    print(f"cold build                 {cold:6.1f} s CPU, {peak:.0f} MB, {cold / took:.2f} cores")
    print(f"  speaking its lines alone {speak:6.1f} s CPU")
    print(f"(a) cold build over speaking: {cold / speak:.2f} (at most 1.15)\n", flush=True)


def memory(voice: str) -> None:
    """Measure (b) and (c)."""
    engine = load_profile(voice, default_folders().voices).make_engine()
    texts = [line.partition(": ")[2] for line in (HERE / "voice" / "lines.txt").open()]
    sentences = [part.strip() + "." for text in texts for part in text.split(".") if part.strip()]
    # A whole line, since some voices say the sentences of one together.
    engine.speak(Sentence((Fragment(max(texts, key=len)),)), 1.0)
    after_longest, used, seconds = peak_mb(), time.process_time(), 0.0
    for number in range(LINES):
        text = sentences[number % len(sentences)]
        # None is said twice the same way, as in a session.
        spoken = engine.speak(Sentence((Fragment(text),)), 1.0 + 0.05 * (number // len(sentences)))
        seconds += len(spoken.samples) / spoken.sample_rate
    cpu = time.process_time() - used
    print(f"(b) CPU seconds a second of speech: {cpu / seconds:.2f} (at most 0.65)")
    print(f"    {LINES} lines, {seconds:.0f} s of speech")
    print(
        f"(c) memory: {after_longest:.0f} MB after the longest line, {peak_mb():.0f} MB at the end"
    )
    print("    (at most 1000, and flat)")


def peak_mb() -> float:
    """Return the most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
