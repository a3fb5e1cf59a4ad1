"""How a session's sounds are heard: everything measured on MP3s as the program makes them, decoded.

    python benchmarks/sound.py                          every tone and bed, a few minutes
    python benchmarks/sound.py --tones swell --beds brown,rain
    python benchmarks/sound.py --minutes 10             longer sessions
    python benchmarks/sound.py --markdown FILE --json FILE

It needs two packages of its own: pip install -r benchmarks/sound_model/requirements.txt

Each tone is measured in a session with the default bed, each bed in one with the default tone; what
is measured, and how, is told in ``sound_model``. It fails where something lies outside the bounds
of ``sound_model/goals.py``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from cft_audio.signal.memory import keep_freed_memory
from cft_audio.sound.names import BEDS, DEFAULT_BED, DEFAULT_TONE, TONES

try:
    import pystoi  # noqa: F401 -- asked for before minutes are spent
except ImportError as error:
    sys.exit(
        f"{error}.\nInstall what it needs: pip install -r benchmarks/sound_model/requirements.txt"
    )

from sound_model.figures import Figures
from sound_model.goals import goals
from sound_model.measuring import (
    Bench,
    keep_voice,
    measure_bed,
    measure_others,
    measure_standing,
    measure_tone,
)
from sound_model.report import as_markdown, as_object


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--tones", type=_names, default=TONES, help="comma-separated")
    parser.add_argument("--beds", type=_names, default=BEDS, help="comma-separated")
    parser.add_argument("--minutes", type=float, default=5.0, help="length of each session")
    parser.add_argument("--jobs", type=int, default=2, help="measured at the same time")
    parser.add_argument("--json", type=Path, help="write every figure here")
    parser.add_argument("--markdown", type=Path, help="write the tables here")
    options = parser.parse_args()
    tones = {DEFAULT_TONE, *options.tones} - {"none"}
    beds = {DEFAULT_BED, *options.beds}
    keep_freed_memory()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.minutes)
        figures = measure(
            bench, sorted(tones, key=TONES.index), sorted(beds, key=BEDS.index), options.jobs
        )
    tables = as_markdown(figures)
    print(tables)
    if options.markdown:
        options.markdown.write_text(tables, encoding="utf-8")
    if options.json:
        options.json.write_text(json.dumps(as_object(figures), indent=1), encoding="utf-8")
    sys.exit(not all(goal.met for goal in goals(figures)))


def measure(bench: Bench, tones: list[str], beds: list[str], jobs: int) -> Figures:
    """Measure every tone and bed, several at a time."""
    keep_voice(bench)
    with ProcessPoolExecutor(jobs) as pool:
        of_beds = dict(zip(beds, pool.map(partial(measure_bed, bench), beds), strict=True))
        powers = {bed: figures.powers for bed, figures in of_beds.items()}
        found = pool.map(partial(measure_tone, bench, beds=powers), tones)
        of_tones = dict(zip(tones, found, strict=True))
    under, over = of_beds[DEFAULT_BED], of_tones[DEFAULT_TONE]
    return Figures(
        of_tones,
        of_beds,
        {name: measure_standing(bench, t, under, t.session) for name, t in of_tones.items()},
        {name: measure_standing(bench, over, b, b.session) for name, b in of_beds.items()},
        *measure_others(bench),
    )


def _names(text: str) -> tuple[str, ...]:
    """Return comma-separated names, each of which has to be one of a tone or a bed."""
    names = tuple(text.split(","))
    if unknown := set(names) - {*TONES, *BEDS}:
        raise argparse.ArgumentTypeError(f"there is no {' or '.join(sorted(unknown))}")
    return names


if __name__ == "__main__":
    main()
