"""More voices: what a catalogue offers, and one of them installed after its licence was shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cft_audio.speech.voices.catalogue import clean_card, find_voice, read_licence, select_language
from cft_audio.speech.voices.catalogue_source import choose_source, fetch_card, fetch_catalogue
from cft_audio.speech.voices.installing import check_free, install, is_installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.files.folders import Folders
    from cft_audio.speech.voices.catalogue import CatalogueVoice


@dataclass(frozen=True)
class Offer:
    """A voice that can be installed under its licence.

    Attributes:
        voice: The voice.
        content: Its model card, as it came.
    """

    voice: CatalogueVoice
    content: bytes

    @property
    def card(self) -> str:
        """The model card as readable text."""
        return clean_card(self.content)

    @property
    def licence(self) -> str:
        """The licence that the model card states."""
        return read_licence(self.card)


def list_catalogue(language: str | None, folders: Folders) -> list[dict[str, Any]]:
    """Return the voices that can be installed, for a language or all of them, as plain objects.

    Each says whether it is ``installed`` already.

    Raises:
        VoiceError: If the catalogue cannot be had.
        RequestError: If there is none for the language.
    """
    catalogue = fetch_catalogue(choose_source())
    voices = select_language(catalogue, language) if language else list(catalogue.values())
    keys = ("language", "language_name", "country", "quality", "speakers", "bytes")
    return [
        {
            "voice": voice.name,
            **{key: getattr(voice, key) for key in keys},
            "installed": is_installed(voice.name, folders.own_voices),
        }
        for voice in voices
    ]


def offer_voice(name: str, folders: Folders) -> Offer:
    """Return what the catalogue says of the voice called ``name``, before it is fetched.

    Raises:
        VoiceError: If it is installed already, or the catalogue cannot be had.
        RequestError: If there is no such voice.
    """
    check_free(name, folders.own_voices)
    voice = find_voice(fetch_catalogue(choose_source()), name)
    check_free(voice.name, folders.own_voices)
    return Offer(voice, fetch_card(voice))


def install_offered(offer: Offer, folders: Folders, progress: Callable[[int], None]) -> Path:
    """Install the voice of ``offer`` and return its profile; all of it, or nothing.

    Raises:
        VoiceError: If it cannot be had, comes damaged, or cannot speak.
    """
    own, downloads = folders.own_voices, folders.downloads
    return install(offer.voice, offer.content, folder=own, downloads=downloads, progress=progress)
