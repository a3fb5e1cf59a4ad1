"""Where Piper's voices come from: a service that is connected to only when a person asks for it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from cft_audio.files.download import download
from cft_audio.files.remote import fetch
from cft_audio.speech.voices.catalogue import read_catalogue
from cft_audio.speech.voices.mirrors import mirror_in, naming_mirror

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.speech.voices.catalogue import CatalogueVoice

HOME = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
"""Where the makers of Piper keep its voices (piper-tts 1.8, ``download_voices``)."""

VARIABLE = "CFT_AUDIO_VOICES_URL"
"""The environment variable that names a mirror: a folder with the same files in it."""

_LARGEST_LIST = 32_000_000
"""Bytes that a list of voices has at most; the one of 2025 has 0.3 million."""


def choose_source() -> str:
    """Return the address that voices come from, without a final slash.

    It is the mirror that the environment names, or the home of Piper's voices.

    Raises:
        RequestError: If the environment names no address.
    """
    return mirror_in(VARIABLE) or HOME


@naming_mirror(VARIABLE)
def fetch_catalogue(url: str) -> dict[str, CatalogueVoice]:
    """Return the voices that there are at the address ``url``, by name.

    Raises:
        VoiceError: If the list cannot be had, or is none.
    """
    return read_catalogue(fetch(f"{url}/voices.json", _LARGEST_LIST), url)


@naming_mirror(VARIABLE)
def fetch_card(voice: CatalogueVoice) -> bytes:
    """Return the model card of ``voice``.

    Raises:
        VoiceError: If it cannot be had, or comes damaged.
    """
    content = fetch(voice.card.url, voice.card.size + 1)
    voice.card.check(io.BytesIO(content))
    return content


@naming_mirror(VARIABLE)
def download_voice(
    voice: CatalogueVoice, folder: Path, progress: Callable[[int], object]
) -> list[Path]:
    """Download model and config of ``voice`` into ``folder``, and return the two files.

    Args:
        voice: The voice.
        folder: A folder for this voice alone, in which an earlier run is continued.
        progress: Called with the bytes that have come so far.

    Raises:
        VoiceError: If the service fails, or a file comes damaged.
        DownloadError: If there is no room, or the disk fails.
    """
    return download([voice.model, voice.config], folder, progress)
