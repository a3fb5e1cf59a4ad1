"""Every bed by its name."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.signal.reference_levels import BED_LUFS
from cft_audio.sound.beds.brown import Brown
from cft_audio.sound.beds.cells import Endless
from cft_audio.sound.beds.drone import Drone
from cft_audio.sound.beds.fire import Fire
from cft_audio.sound.beds.forest import Forest
from cft_audio.sound.beds.night import Night
from cft_audio.sound.beds.pad import Pad
from cft_audio.sound.beds.rain import Rain
from cft_audio.sound.beds.stream import Stream
from cft_audio.sound.own_file import open_own_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cft_audio.signal.audio import Stereo
    from cft_audio.sound.beds.cells import CellMaker

    Bed: TypeAlias = Callable[[int, int], Stereo]
    """An endless sound: gives, from a sample on, so many samples, not to be written to."""

_MAKERS: Mapping[str, Callable[[int], CellMaker]] = {
    "brown": Brown,
    "rain": Rain,
    "stream": Stream,
    "fire": Fire,
    "night": Night,
    "forest": Forest,
    "drone": Drone,
    "pad": Pad,
}
"""What makes the cells of each, given a seed from 0 on."""


@contextlib.contextmanager
def open_bed(name: str, seed: int, needed: int | None = None) -> Iterator[Bed | None]:
    """Give the bed ``name``, one of ``names.BEDS`` or a sound file, for as long as it is used.

    Args:
        name: The bed.
        seed: Decides about chance in it.
        needed: Samples that will be read; None for any number.

    Raises:
        SoundError: If the file cannot be used: see ``own_file.open_own_file``.
    """
    if name == "none":
        yield None
    elif name in _MAKERS:
        yield Endless(_MAKERS[name](seed)).read
    else:
        with open_own_file(Path(name), BED_LUFS, needed) as file:
            yield file.read
