"""More voices: what a catalogue offers, and one of them installed after its licence was shown."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from cft_audio.errors import RequestError, VoiceError
from cft_audio.own_voice.voice_files import lines_of
from cft_audio.own_voice.voice_files import remove_voice as remove_own
from cft_audio.speech.voices.catalogue import find_voice, select_language
from cft_audio.speech.voices.catalogue_source import choose_source, fetch_card, fetch_catalogue
from cft_audio.speech.voices.installing import check_free, install, is_installed, remove
from cft_audio.speech.voices.kokoro.installing import NAME as KOKORO
from cft_audio.speech.voices.kokoro.installing import install_kokoro, offer_kokoro, remove_kokoro
from cft_audio.speech.voices.profiles import load_profile, profile_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.application.progress import Progress
    from cft_audio.files.folders import Folders
    from cft_audio.speech.voices.catalogue import CatalogueVoice
    from cft_audio.speech.voices.kokoro.installing import Offer


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


def kokoro_to_install(folders: Folders) -> Offer | None:
    """Return what it takes to install Kokoro; None where it is, or where it cannot be.

    Raises:
        RequestError: If the environment names no address for a mirror.
    """
    with suppress(VoiceError):
        return offer_kokoro(folders.own_voices, folders.downloads)
    return None


def card_digest(card: bytes) -> str:
    """Return what tells a model card from any other: what somebody agreed to is known by it."""
    return hashlib.sha256(card).hexdigest()


def install_agreed(progress: Progress, name: str, agreed: str, folders: Folders) -> dict[str, Any]:
    """Install a voice to whose licence somebody has agreed; return its name, as plain values.

    Args:
        progress: Told how much of it was fetched.
        name: The voice; ``kokoro`` for all of Kokoro's.
        agreed: The digest of its model card as it was shown; of Kokoro's, which never changes,
            anything.
        folders: Where voices are kept.

    Raises:
        RequestError: If its model card is another now, or there is no such voice.
        VoiceError: If it cannot be had, comes damaged, cannot speak, or is installed already.
        DownloadError: If there is no room for it, or the disk fails.
    """
    own, downloads = folders.own_voices, folders.downloads
    if name == KOKORO:
        offer = offer_kokoro(own, downloads)
        size = offer.bytes
        install_kokoro(offer, own, downloads, lambda done: progress("fetching", done / size))
        return {"voice": name}
    voice, card = offer_voice(name, folders)
    if card_digest(card) != agreed:
        message, remedy = "its licence is not the one that was shown", "Look at it again"
        raise RequestError(message, remedy=remedy)
    size = voice.bytes
    install_offered(voice, card, folders, lambda done: progress("fetching", done / size))
    return {"voice": voice.name}


def cells_of(listed: dict[str, Any]) -> tuple[str, ...]:
    """Return the row of one of ``list_catalogue``'s voices, its size in MB."""
    keys = ("voice", "language_name", "country", "quality", "speakers")
    size, state = f"{listed['bytes'] / 1e6:.0f}", "installed" if listed["installed"] else ""
    return (*(str(listed[key] or "-") for key in keys), size, state)


def is_kokoro(name: str, folders: Folders) -> bool:
    """Return whether ``name`` is Kokoro, or a voice that speaks with it.

    Raises:
        VoiceError: If the profile of that voice is wrong.
    """
    if name == KOKORO:
        return True
    files = profile_files(folders.voices)
    return name in files and load_profile(name, folders.voices).engine == KOKORO


def remove_voice(name: str, folders: Folders, agree: Callable[[str], bool]) -> None:
    """Remove a voice that was installed, or one that was made of recordings, which stay.

    Args:
        name: The voice.
        folders: Where voices are kept.
        agree: Asks a person about a voice of their own, and returns whether they agree.

    Raises:
        VoiceError: If there is no such voice, or it cannot be removed.
        RequestError: If they do not agree, or the voice shares what it speaks with.
    """
    if name == KOKORO:
        remove_kokoro(folders.own_voices)
        return
    lines = lines_of(name, folders.voices)
    if lines is None and is_kokoro(name, folders):
        message = f"'{name}' shares a model with Kokoro's other voices"
        raise RequestError(message, remedy=f"Remove all of them by ‹remove voice:{KOKORO}›")
    if lines is None:
        remove(name, folders.own_voices)
    elif agree(f"'{name}' has {lines} lines that you read aloud. Remove it?"):
        remove_own(name, folders.voices)
    else:
        message = f"'{name}' was made of your own recordings, and nobody was asked about it"
        raise RequestError(message, remedy="Agree to its end: ‹agree to its removal›")


def _listed(voice: CatalogueVoice, own: Path) -> dict[str, Any]:
    keys = ("language", "language_name", "country", "quality", "speakers", "bytes")
    known = {key: getattr(voice, key) for key in keys}
    return {"voice": voice.name, **known, "installed": is_installed(voice.name, own)}
