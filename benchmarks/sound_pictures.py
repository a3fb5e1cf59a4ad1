"""Draw a spectrogram of every tone and bed.

    python benchmarks/sound_pictures.py docs/sounds          draw them, and list them on a page
    python benchmarks/sound_pictures.py docs/sounds --check  fail where one shows another sound

It needs one package of its own: pip install -r benchmarks/sound_model/pictures-requirements.txt

A tone is shown in one steady breath of 12 s at 4:2:6:2, a bed for a minute. A check lets two pixels
of a hundred differ, since another machine rounds otherwise.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.sound.beds.registry import open_bed
from cft_audio.sound.names import BEDS, TONES
from cft_audio.sound.tones.registry import breath_sound
from cft_audio.timeline.events import Breath

try:
    from PIL import Image
except ImportError as error:
    needed = "benchmarks/sound_model/pictures-requirements.txt"
    sys.exit(f"{error}.\nInstall what it needs: pip install -r {needed}")

from sound_model.spectrogram import draw, levels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BREATH = Breath(0, *(samples(12 * part / 14) for part in (4, 2, 6, 2)))
BED_S = 60.0
SEED = 0
PAGE = "README.md"
MOST_DIFFERENT = 0.02
"""Share of the pixels of a picture whose colour may be another than the one that is drawn now."""


def main() -> None:
    """Draw, or check."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="where the pictures are")
    parser.add_argument("--check", action="store_true", help="compare, and draw nothing")
    options = parser.parse_args()
    pictures = {options.folder / f"{name}.png": picture for name, picture in all_pictures()}
    page = options.folder / PAGE
    if not options.check:
        options.folder.mkdir(parents=True, exist_ok=True)
        for file, picture in pictures.items():
            picture.save(file, optimize=True)
        page.write_text(list_pictures(pictures), encoding="utf-8")
        return
    stale = [file for file, picture in pictures.items() if not shows(file, picture)]
    stale += sorted(set(options.folder.glob("*.png")) - set(pictures))
    if not page.is_file() or page.read_text(encoding="utf-8") != list_pictures(pictures):
        stale.append(page)
    if stale:
        drawn = f"Draw them anew: python benchmarks/sound_pictures.py {options.folder}"
        sys.exit(f"They show other sounds: {', '.join(map(str, stale))}.\n{drawn}")


def all_pictures() -> Iterator[tuple[str, Image.Image]]:
    """Yield the name and the picture of each tone and bed."""
    turns = np.cumsum([0, BREATH.inhale, BREATH.full_hold, BREATH.exhale]) / SAMPLE_RATE
    phases = list(zip(turns.tolist(), ("in", "held", "out", "rest"), strict=True))
    for tone in TONES:
        if tone != "none":
            sound = breath_sound(tone, BREATH, SEED)[: BREATH.length]
            sound = np.pad(sound, ((0, BREATH.length - len(sound)), (0, 0)))
            title = f"{tone}: one breath of 12 s"
            yield f"tone-{tone}", draw(levels(sound), title, BREATH.length / SAMPLE_RATE, phases)
    for bed in BEDS:
        with open_bed(bed, SEED) as read:
            if read:
                yield (
                    f"bed-{bed}",
                    draw(levels(read(0, samples(BED_S))), f"{bed}: a minute", BED_S, ()),
                )


def list_pictures(files: Iterable[Path]) -> str:
    """Return a page in Markdown with all pictures."""
    head = (
        "# What the sounds look like\n\nA tone in one steady breath, a bed for a minute: frequency "
        "in octaves, a lighter colour for each 3 dB.\nDrawn by `benchmarks/sound_pictures.py`.\n"
    )
    return "\n".join([head, *(f"![{file.stem}]({file.name})\n" for file in files)])


def shows(file: Path, picture: Image.Image) -> bool:
    """Whether the picture in ``file`` is the one given, but for rounding."""
    if not file.is_file():
        return False
    with Image.open(file) as kept:
        there, drawn = (np.asarray(image.convert("P"), int) for image in (kept, picture))
    return there.shape == drawn.shape and bool((there != drawn).mean() <= MOST_DIFFERENT)


if __name__ == "__main__":
    main()
