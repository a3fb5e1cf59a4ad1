"""What the sounds cost: CPU of a session now over the same with an earlier state of the program.

    python benchmarks/sound_cost.py REF                 REF is any commit, such as main~20
    python benchmarks/sound_cost.py REF --rounds 9
    python benchmarks/sound_cost.py REF --tones swell --beds rain

Both speak the practices and the voices of this checkout, in the default voice, ten minutes of each.
(a) a cold session with the default sounds over such a session then: at most 1.08.
(b) a warm one, its clips in the cache, over a warm one then: at most 1.25.
(c) a warm one with any other tone or bed over a warm default one then: at most 1.40.
CPU is the user time of the program and everything it starts. In every round each is measured once,
one after the other, and the ratios are within a round; printed is their median, and how far apart
they lie.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from cft_audio.sound.names import BEDS, DEFAULT_BED, DEFAULT_TONE, TONES

CHECKOUT = Path(__file__).parent.parent
PRACTICE = "soothing-rhythm-breathing"
DEFAULT = (DEFAULT_TONE, DEFAULT_BED)

_WATCHER = """
import json, resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(json.dumps([status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime]))
"""


@dataclass
class Program:
    """One state of the program, with a home of its own.

    Attributes:
        tree: The folder with its package, scripts and voices.
        folder: Where it keeps everything.
    """

    tree: Path
    folder: Path
    _homes: itertools.count[int] = field(default_factory=itertools.count)

    def warm(self, tone: str, bed: str, minutes: float) -> float:
        """Return the CPU seconds of a session whose clips are in the cache."""
        return self._build(self.folder / "warm", tone, bed, minutes)

    def cold(self, tone: str, bed: str, minutes: float) -> float:
        """Return the CPU seconds of a session of which nothing is there."""
        home = self.folder / f"cold-{next(self._homes)}"
        used = self._build(home, tone, bed, minutes)
        shutil.rmtree(home)
        return used

    def _build(self, home: Path, tone: str, bed: str, minutes: float) -> float:
        home.mkdir(parents=True, exist_ok=True)
        (home / "made.mp3").unlink(missing_ok=True)
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "CFT_"))
        }
        environment = kept | {"HOME": str(home), "PYTHONPATH": str(self.tree)}
        program = [sys.executable, "-m", "cft_audio", "build", PRACTICE, "--name", "Sam"]
        program += ["-m", f"{minutes:g}", "--tone", tone, "--bed", bed, "-o", "made.mp3"]
        done = subprocess.run(
            [sys.executable, "-c", _WATCHER, *program],
            cwd=home,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
        )
        status, used = json.loads(done.stdout)
        if status:
            sys.exit(f"{' '.join(program)} failed:\n{done.stderr}")
        return float(used)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("reference", metavar="REF", help="the commit to compare with")
    parser.add_argument("--tones", default=",".join(TONES), help="comma-separated")
    parser.add_argument("--beds", default=",".join(BEDS), help="comma-separated")
    parser.add_argument("--minutes", type=float, default=10.0, help="length of each session")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured")
    options = parser.parse_args()
    others = [(tone, DEFAULT_BED) for tone in options.tones.split(",") if tone != DEFAULT_TONE]
    others += [(DEFAULT_TONE, bed) for bed in options.beds.split(",") if bed != DEFAULT_BED]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        then = Program(unpack(options.reference, folder / "tree"), folder / "then")
        now = Program(CHECKOUT, folder / "now")
        for program in (then, now):
            # Fills the cache, and lets Python compile what it imports.
            program.warm(*DEFAULT, options.minutes)
        compare_cold(then, now, options.minutes, options.rounds)
        compare_warm(then, now, others, options.minutes, options.rounds)


def unpack(reference: str, tree: Path) -> Path:
    """Put the package of a commit into ``tree``, beside the scripts and voices of this checkout."""
    archive = subprocess.run(
        ["git", "archive", reference, "cft_audio"], cwd=CHECKOUT, capture_output=True, check=False
    )
    if archive.returncode:
        sys.exit(archive.stderr.decode().strip())
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as packed:
        packed.extractall(tree, filter="data")
    for words in ("scripts", "voices"):
        shutil.copytree(CHECKOUT / words, tree / words)
    return tree


def compare_cold(then: Program, now: Program, minutes: float, rounds: int) -> None:
    """Measure (a)."""
    pairs = [(now.cold(*DEFAULT, minutes), then.cold(*DEFAULT, minutes)) for _ in range(rounds)]
    tell("(a) cold, default sounds", pairs, 1.08)


def compare_warm(
    then: Program, now: Program, others: list[tuple[str, str]], minutes: float, rounds: int
) -> None:
    """Measure (b) and (c)."""
    pairs: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for _ in range(rounds):
        before = then.warm(*DEFAULT, minutes)
        for sounds in (DEFAULT, *others):
            pairs.setdefault(sounds, []).append((now.warm(*sounds, minutes), before))
    tell("(b) warm, default sounds", pairs[DEFAULT], 1.25)
    for sounds in others:
        tell(f"(c) warm, {' and '.join(sounds)}", pairs[sounds], 1.40)


def tell(what: str, pairs: list[tuple[float, float]], most: float) -> None:
    """Print a ratio."""
    ratios = [now / then for now, then in pairs]
    now, then = (statistics.median(times) for times in zip(*pairs, strict=True))
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    ratio = f"{statistics.median(ratios):.2f} (at most {most:.2f}; {spread})"
    print(f"{what:34} {ratio}   {now:.1f} s over {then:.1f} s", flush=True)


if __name__ == "__main__":
    main()
