"""What says how words sound, from the most general to the most particular.

From weakest to strongest: the voice profile, the person's own words (their configuration file's,
then their lexicon), a lexicon file, the client's lexicon, the command line; before all of them
comes what a script says of a word itself.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cft_audio.errors import LockedError, concerning
from cft_audio.people.clients.places import known_clients
from cft_audio.people.lexicons.files import entries
from cft_audio.people.lexicons.places import client_lexicon, file_lexicon, own_lexicon
from cft_audio.speech.text.lexicon import check_entry, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cft_audio.files.folders import Folders
    from cft_audio.people.lexicons.places import LexiconFile


@dataclass(frozen=True)
class Layer:
    """Words and sounds of one origin.

    Attributes:
        origin: Where they come from, in a few words.
        file: The file they stand in; None for the command line.
        table: Sounds by word, each of them checked.
        used: Whether they count in the session that is asked about.
    """

    origin: str
    file: Path | None
    table: Mapping[str, str]
    used: bool = True


@dataclass(frozen=True)
class Scope:
    """Whose words count.

    Attributes:
        configured: The configuration file's table of words and sounds.
        lexicon: A lexicon file besides; None for none.
        client: The client a session is for; None for none.
    """

    configured: Mapping[str, str]
    lexicon: Path | None = None
    client: str | None = None


@dataclass(frozen=True)
class Row:
    """One word of a layer.

    Attributes:
        word: The word as it was written.
        sound: Its sound.
        layer: Where it comes from.
        used: Whether it is this sound that is said, and not a stronger layer's.
    """

    word: str
    sound: str
    layer: Layer
    used: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """Its row in a list: word, sound, whose it is, file."""
        return self.word, self.sound, self.layer.origin, str(self.layer.file)

    def as_object(self) -> dict[str, object]:
        """Return it as one object of plain values, for JSON."""
        keys = ("word", "sound", "origin", "file")
        return dict(zip(keys, self.cells, strict=True)) | {"used": self.used}


def kept_layers(scope: Scope, folders: Folders) -> list[Layer]:
    """Return the layers that are kept in files, the stronger later.

    Raises:
        RequestError: If a word or sound is none, or the client's name cannot be one.
        LexiconError: If a lexicon cannot be read.
    """
    for word, sound in scope.configured.items():
        with concerning(f"pronounce.{word}"):
            check_entry(word, sound, "")
    configured = Layer("configuration file", folders.config, scope.configured)
    layers = [configured, _layer(own_lexicon(folders.data))]
    if scope.lexicon is not None:
        shared = file_lexicon(scope.lexicon)
        with concerning("lexicon"):
            words = entries(shared, needed=True)
        layers.append(Layer("lexicon file", shared.file, words))
    if scope.client is not None:
        layers.append(_layer(client_lexicon(scope.client, folders.data, folders.keys)))
    return layers


def other_clients(scope: Scope, folders: Folders) -> list[Layer]:
    """Return the lexicons of all clients where ``scope`` names none; none of them counts.

    Nobody is asked to unlock them for that: locked ones are left out.
    """
    names = known_clients(folders.data) if scope.client is None else []
    layers = list[Layer]()
    for name in names:
        with suppress(LockedError):
            layers.append(replace(_layer(client_lexicon(name, folders.data)), used=False))
    return layers


def _layer(lexicon: LexiconFile) -> Layer:
    return Layer(lexicon.name, lexicon.file, entries(lexicon))


def rows(layers: Sequence[Layer]) -> list[Row]:
    """Return every word of ``layers``, sorted; of one word's sounds the one that is said first."""
    said = {key_of(word): layer for layer in layers if layer.used for word in layer.table}
    every = (
        Row(word, sound, layer, said.get(key_of(word)) is layer)
        for layer in reversed(layers)
        for word, sound in layer.table.items()
    )
    return sorted(every, key=lambda row: (key_of(row.word), not row.used))
