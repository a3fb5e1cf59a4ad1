"""How words are said: kept, forgotten, listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.application.requests import scope_of
from cft_audio.errors import RequestError
from cft_audio.people.clients.places import known_place
from cft_audio.people.lexicons.files import entries, remove_entry
from cft_audio.people.lexicons.layers import Layer, Row, kept_layers, other_clients, rows
from cft_audio.people.lexicons.places import client_lexicon, file_lexicon, own_lexicon
from cft_audio.schema.suggest import did_you_mean
from cft_audio.speech.text.lexicon import check_entry, key_of, merge_tables
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.application.choices import Choices
    from cft_audio.files.folders import Folders
    from cft_audio.people.lexicons.places import LexiconFile


def lexicon_file(client: str | None, lexicon: Path | None, folders: Folders) -> LexiconFile:
    """Return the one lexicon that is meant: a client's, a file, or the person's own.

    Raises:
        RequestError: If two are named, or the client's name cannot be one.
    """
    if client is not None and lexicon is not None:
        message = "‹client› and ‹lexicon› name two lexicons"
        raise RequestError(message, remedy="Give one of them", field="client")
    if lexicon is not None:
        return file_lexicon(lexicon)
    return (
        own_lexicon(folders.data)
        if client is None
        else client_lexicon(client, folders.data, folders.keys)
    )


def forget_word(place: LexiconFile, word: str, choices: Choices, folders: Folders) -> str:
    """Forget how ``word`` is said in a lexicon, and return the sound that was kept for it.

    Raises:
        LexiconError: If the file cannot be read or written.
        RequestError: If it is not in it.
    """
    before = remove_entry(place, word, folders.data)
    if before is None:
        configured = {key_of(other) for other in choices.settings.get("pronounce") or {}}
        known = entries(place)
        remedy = did_you_mean(word, known) if known else "See ‹list words›"
        if not place.field and key_of(word) in configured:
            remedy = f"It stands in {folders.config}; remove its line there"
        raise RequestError(f"'{word}' is not in {place.file}", remedy=remedy, field="word")
    return before


def list_words(choices: Choices, folders: Folders) -> list[Row]:
    """Return every word that is kept, sorted; of one word's sounds the one that is said first.

    Raises:
        RequestError: If nothing is kept for the client.
        LexiconError: If a lexicon cannot be read.
        VoiceError: If the voice is not there.
    """
    return rows(_layers(choices, folders))


def sounds_said(choices: Choices, folders: Folders, word: str, sound: str | None) -> dict[str, str]:
    """Return how words are said with these choices, ``word`` as ``sound`` where that is given.

    Raises:
        RequestError: If they are no word and no sound.
        LexiconError: If a lexicon cannot be read.
    """
    if not any(letter.isalnum() for letter in word):
        message = f"'{word}' is no word: no letter and no figure is in it"
        raise RequestError(message, remedy="Give the word to hear", field="word")
    if sound is not None:
        check_entry(word, sound, "")
    return merge_tables(sounds_of_words(choices, folders), {word: sound} if sound else {})


def sounds_of_words(choices: Choices, folders: Folders) -> dict[str, str]:
    """Return how words are said with these choices, the voice's own among them.

    Raises:
        RequestError: If nothing is kept for the client.
        LexiconError: If a lexicon cannot be read.
        VoiceError: If the voice is not there.
    """
    return merge_tables(*(layer.table for layer in _layers(choices, folders) if layer.used))


def _layers(choices: Choices, folders: Folders) -> list[Layer]:
    """Return the layers that count with these choices, the voice's first, then others' words."""
    scope = scope_of(choices)
    if scope.client is not None:
        known_place(scope.client, folders.data)
    profile = load_profile(choices["voice"], folders.voices)
    spoken = Layer(f"voice {choices['voice']}", profile.file, profile.pronounce)
    return [*other_clients(scope, folders), spoken, *kept_layers(scope, folders)]
