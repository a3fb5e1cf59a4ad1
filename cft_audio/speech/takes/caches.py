"""Where the takes of a session are kept: what anybody could hear together, the rest apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.speech.takes.cache import ClipCache

if TYPE_CHECKING:
    from cft_audio.files.folders import Folders


@dataclass(frozen=True)
class Caches:
    """The caches of a session.

    Attributes:
        shared: Takes in which nothing of a person's own is said.
        personal: The others; it may be the same.
    """

    shared: ClipCache
    personal: ClipCache

    @classmethod
    def open(cls, folders: Folders) -> Caches:
        """Return the caches in ``folders``."""
        shared, place = ClipCache(folders.cache), folders.personal
        if place is None:
            return cls(shared, shared)
        return cls(shared, ClipCache(place.folder, seal=place.seal))

    def of(self, personal: bool) -> ClipCache:  # noqa: FBT001 -- a fact of a take, and not a mode
        """Return where a take is kept, by whether something personal is said in it."""
        return self.personal if personal else self.shared

    def prune(self) -> None:
        """Remove the takes used longest ago until the rest fits."""
        self.shared.prune()
        if self.personal is not self.shared:
            self.personal.prune()
