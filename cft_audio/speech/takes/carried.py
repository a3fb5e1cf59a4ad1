"""Takes to be carried to another machine, where the caches that they are kept in cannot be read."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.errors import LostTakeError
from cft_audio.speech.takes.take import Take

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cft_audio.speech.takes.recipes import ClipRecipe, TakeStores

_LEVEL = 1
"""Of zlib. 622 s of the default voice, 55 MB: 44 % in 0.9 s with third differences, 78 % in 1.0 s
without; level 6 gains nothing. FLAC gets it to 33 %, but by a process of ffmpeg for each take."""

_ORDER = 3
"""How often neighbouring samples are subtracted; a fourth time gains nothing (likewise)."""


@dataclass(frozen=True)
class CarriedTakes:
    """Takes that travel with what they are needed for; they can be pickled.

    Attributes:
        packed: Each take by its key, without loss in less than half of its bytes.
    """

    packed: Mapping[str, bytes] = field(repr=False)

    def of(self, personal: bool) -> CarriedTakes:  # noqa: FBT001, ARG002 -- as ``TakeStores``
        """Return where a take is: all of them are here."""
        return self

    def get(self, key: str) -> Take | None:
        """Return the take that was kept under ``key``; None where it was not taken along."""
        return _unpack(self.packed[key]) if key in self.packed else None


def carry(recipes: Iterable[ClipRecipe], stores: TakeStores) -> CarriedTakes:
    """Return every take that ``recipes`` need, each once.

    Args:
        recipes: What clips are made of.
        stores: Where their takes are kept.

    Raises:
        LostTakeError: If a take is not there any more.
    """
    packed: dict[str, bytes] = {}
    for kept in (kept for recipe in recipes for kept in recipe.takes):
        if kept.key not in packed:
            take = stores.of(kept.personal).get(kept.key)
            if take is None:
                raise LostTakeError("a spoken line was removed while it was needed")
            packed[kept.key] = _pack(take)
    return CarriedTakes(packed)


def _pack(take: Take) -> bytes:
    """Return a take as few bytes.

    Speech changes slowly from sample to sample: what is left of it after differences is mostly
    small. The sign goes into the lowest bit, and all upper bytes, nearly zero, stand together.
    """
    head = np.array([len(take.breaks), *take.breaks], "<u4").tobytes()
    left = np.diff(take.pcm, _ORDER, prepend=np.zeros(_ORDER, np.int16))
    small = ((left << 1) ^ (left >> 15)).astype("<i2")
    return zlib.compress(head + small.view(np.uint8).reshape(-1, 2).T.tobytes(), _LEVEL)


def _unpack(packed: bytes) -> Take:
    content = zlib.decompress(packed)
    count = int(np.frombuffer(content, "<u4", 1)[0])
    breaks = np.frombuffer(content, "<u4", count, offset=4)
    halves = np.frombuffer(content, np.uint8, offset=4 + 4 * count).reshape(2, -1)
    small = np.ascontiguousarray(halves.T).view("<u2").reshape(-1)
    pcm = (small >> 1).astype(np.int16) ^ -(small & 1).astype(np.int16)
    for _ in range(_ORDER):
        pcm = np.cumsum(pcm, dtype=np.int16)
    return Take(pcm, tuple(breaks.tolist()))
