"""More voices: what a catalogue offers, and one of them installed after its licence was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cft_audio.speech.voices.catalogue import find_voice, select_language
from cft_audio.speech.voices.catalogue_source import choose_source, fetch_card, fetch_catalogue
from cft_audio.speech.voices.installing import check_free, install, is_installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.files.folders import Folders
    from cft_audio.speech.voices.catalogue import CatalogueVoice


def list_catalogue(language: str | None, folders: Folders) -> list[dict[str, Any]]:
    """Return the voices that can be installed, for a language or all of them, as plain objects.

    Each says whether it is ``installed`` already.

    Raises:
        VoiceError: If the catalogue cannot be had.
        RequestError: If there is none for the language.
    """
    catalogue = fetch_catalogue(choose_source())
    voices = select_language(catalogue, language) if language else list(catalogue.values())
    return [_listed(voice, folders.own_voices) for voice in voices]


def offer_voice(name: str, folders: Folders) -> tuple[CatalogueVoice, bytes]:
    """Return the voice called ``name`` and its model card, as it came, before it is fetched.

    Raises:
        VoiceError: If it is installed already, or the catalogue cannot be had.
        RequestError: If there is no such voice.
    """
    check_free(name, folders.own_voices)
    voice = find_voice(fetch_catalogue(choose_source()), name)
    check_free(voice.name, folders.own_voices)
    return voice, fetch_card(voice)


def install_offered(
    voice: CatalogueVoice, card: bytes, folders: Folders, progress: Callable[[int], None]
) -> Path:
    """Install the ``voice`` whose model card was shown, all or nothing; return its profile.

    Raises:
        VoiceError: If it cannot be had, comes damaged, or cannot speak.
    """
    own, downloads = folders.own_voices, folders.downloads
    return install(voice, card, folder=own, downloads=downloads, progress=progress)


def _listed(voice: CatalogueVoice, own: Path) -> dict[str, Any]:
    keys = ("language", "language_name", "country", "quality", "speakers", "bytes")
    known = {key: getattr(voice, key) for key in keys}
    return {"voice": voice.name, **known, "installed": is_installed(voice.name, own)}
