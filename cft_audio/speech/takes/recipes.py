"""What a clip is made of, for whoever mixes it without a voice: takes by their keys, and rests."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from cft_audio.errors import LostTakeError
from cft_audio.speech.takes.clips import Clip, join
from cft_audio.speech.takes.entry import enter, find_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from cft_audio.speech.takes.clips import ClipLayout
    from cft_audio.speech.takes.entry import Entry
    from cft_audio.speech.takes.rests import Rests
    from cft_audio.speech.takes.take import Take

_KNOWN = 5000
"""Clips of which it is known how they come in: those of a hundred practices, in 5 MB."""

CLIP_VERSION = 1
"""Raised whenever ``clips`` or ``entry`` change what they make of the same takes."""


class TakeStore(Protocol):
    """Gives takes by their keys."""

    def get(self, key: str) -> Take | None:
        """Return the take kept under ``key``, or None where there is none that is whole."""


class TakeStores(Protocol):
    """Gives the store that a take is in."""

    def of(self, personal: bool) -> TakeStore:  # noqa: FBT001 -- a fact of a take, and not a mode
        """Return where a take is kept, by whether something personal is said in it."""


@dataclass(frozen=True)
class KeptTake:
    """A take that is kept.

    Attributes:
        text: The sentence, as an engine was given it.
        key: Its key.
        personal: Whether something of a person's own is said in it.
    """

    text: str = field(repr=False)
    key: str
    personal: bool


@dataclass(frozen=True)
class ClipRecipe:
    """What the clip of a line is made of.

    Attributes:
        takes: Its takes in order.
        rests: How long the voice rests between and within them.
    """

    takes: tuple[KeptTake, ...]
    rests: Rests

    @property
    def sha256(self) -> str:
        """SHA-256, in hex, of all that the clip is made of."""
        keys = [take.key for take in self.takes]
        return hashlib.sha256(repr((CLIP_VERSION, keys, self.rests)).encode()).hexdigest()

    def make(self, stores: TakeStores, entries: Entries) -> Clip:
        """Return the clip, as it is mixed.

        Args:
            stores: Where its takes are kept.
            entries: Finds out how it comes in.

        Raises:
            LostTakeError: If a take is not there any more.
        """
        said = []
        for kept in self.takes:
            take = stores.of(kept.personal).get(kept.key)
            if take is None:
                raise LostTakeError("a spoken line was removed while it was needed")
            said.append((kept.text, take))
        clip = join(said, self.rests)
        return Clip(entries.enter(self, clip.pcm), clip.sentences)


class Entries:
    """Has clips come in gently; how each does is found out once, which takes most of the time.

    Whoever mixes for many people has most lines in common with them.
    """

    def __init__(self) -> None:
        self._known: dict[ClipRecipe, Entry] = {}

    def enter(self, recipe: ClipRecipe, pcm: NDArray[np.int16]) -> NDArray[np.int16]:
        """Return the clip of a recipe, its takes joined as ``pcm``, as it is mixed."""
        if known := self._known.get(recipe):
            return enter(pcm, known)
        entered, entry = find_entry(pcm)
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._known[recipe] = entry
        return entered


@dataclass(frozen=True)
class SpokenClip:
    """What is known of the clip of a line that was spoken, without its samples.

    Attributes:
        layout: How it is laid out.
        recipe: What it is made of.
        sha256: SHA-256, in hex, of what is heard of it.
    """

    layout: ClipLayout
    recipe: ClipRecipe
    sha256: str


def spoken_clip(said: Sequence[tuple[str, Take]], recipe: ClipRecipe) -> SpokenClip:
    """Return what is known of the clip that ``recipe`` makes.

    Args:
        said: Text and take of each of its sentences.
        recipe: The recipe.
    """
    heard = hashlib.sha256(repr((CLIP_VERSION, recipe.rests)).encode())
    for _, take in said:
        heard.update(repr((len(take.pcm), take.breaks)).encode())
        heard.update(take.pcm.tobytes())
    return SpokenClip(join(said, recipe.rests).layout, recipe, heard.hexdigest())
