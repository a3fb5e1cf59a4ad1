"""Where Piper's voices come from: a service that is connected to only when a person asks for it."""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cft_audio.errors import DownloadError, RequestError, VoiceError
from cft_audio.files.download import download
from cft_audio.files.remote import fetch
from cft_audio.speech.voices.catalogue import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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
    url = os.environ.get(VARIABLE, "").strip().rstrip("/") or HOME
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        scheme = ""
    if scheme not in ("https", "http", "file"):
        raise RequestError(
            f"'{url}' is not the address of a mirror",
            remedy="Begin it with https://, http:// or file://",
            where=VARIABLE,
        )
    return url


@contextmanager
def _mirror_named() -> Iterator[None]:
    """Turn the fault of a service into a VoiceError whose remedy mentions mirrors."""
    try:
        yield
    except DownloadError as error:
        if error.where:  # a folder of this machine, for which a mirror is no remedy
            raise
        raise VoiceError(
            error.message,
            remedy=f"{error.remedy}. A mirror can be named in {VARIABLE}; voices that are "
            "installed need no network",
        ) from error


@_mirror_named()
def fetch_catalogue(url: str) -> dict[str, CatalogueVoice]:
    """Return the voices that there are at the address ``url``, by name.

    Raises:
        VoiceError: If the list cannot be had, or is none.
    """
    return read_catalogue(fetch(f"{url}/voices.json", _LARGEST_LIST), url)


@_mirror_named()
def fetch_card(voice: CatalogueVoice) -> bytes:
    """Return the model card of ``voice``.

    Raises:
        VoiceError: If it cannot be had, or comes damaged.
    """
    content = fetch(voice.card.url, voice.card.size + 1)
    voice.card.check(io.BytesIO(content))
    return content


@_mirror_named()
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
