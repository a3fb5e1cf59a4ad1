"""All that a person wants to see of one client at once: what is kept, and what was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.application.clients.found_recordings import find_recordings
from cft_audio.application.clients.kept import kept_client
from cft_audio.application.clients.packing import files_made_for
from cft_audio.application.clients.typed_files import texts_of
from cft_audio.people.clients.codes import is_code
from cft_audio.people.clients.made import read_handed_over
from cft_audio.people.lexicons.files import entries
from cft_audio.people.lexicons.places import lexicon_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cft_audio.application.clients.found_recordings import FoundRecording
    from cft_audio.application.clients.kept import Kept
    from cft_audio.files.folders import Folders
    from cft_audio.people.clients.made import HandedOver


@dataclass(frozen=True)
class Overview:
    """What is there of one client.

    Attributes:
        kept: What is kept.
        texts: What their file says as it is typed, for every field.
        words: How their words are said.
        recordings: What was made for them and is there, the latest first.
        handed: What was put together to be handed over.
    """

    kept: Kept
    texts: Mapping[str, str] = field(repr=False)
    words: Mapping[str, str] = field(repr=False)
    recordings: Sequence[FoundRecording]
    handed: Sequence[HandedOver]

    @property
    def called(self) -> str:
        """Their code, or the name that words are kept under."""
        return self.kept.place.called

    @property
    def has_code(self) -> bool:
        """Whether they are called by a code."""
        return is_code(self.called)

    @property
    def has_file(self) -> bool:
        """Whether there is a file of them."""
        return self.kept.place.file.exists()


def overview_of(client: str, folders: Folders) -> Overview:
    """Return what is there of a client.

    Raises:
        CftAudioError: As ``kept_client``, or if what was made for them cannot be read.
    """
    kept = kept_client(client, folders)
    place = kept.place
    made = [note.path for note in files_made_for(kept)]
    return Overview(
        kept,
        texts_of(kept.client),
        entries(lexicon_at(place)),
        find_recordings(made, kept.folders(folders))[::-1],
        read_handed_over(place.made, place.seal),
    )
