"""Where Piper's voices come from: a service that is connected to only when a person asks for it."""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from cft_audio.errors import DownloadError, RequestError, VoiceError
from cft_audio.files.download import RemoteFile, download
from cft_audio.files.remote import PATIENCE_S, fetch, host_of
from cft_audio.speech.voices.catalogue import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cft_audio.speech.voices.catalogue import CatalogueFile, CatalogueVoice

HOME = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
"""Where the makers of Piper keep its voices (piper-tts 1.8, ``download_voices``)."""

VARIABLE = "CFT_AUDIO_VOICES_URL"
"""The environment variable that names a mirror: a folder with the same files in it."""

_LARGEST_LIST = 32_000_000
"""Bytes that a list of voices has at most; the one of 2025 has 0.3 million."""


@dataclass(frozen=True)
class CatalogueSource:
    """A place that Piper's voices come from.

    Attributes:
        url: Its address, without a final slash.
        patience: Seconds without a byte after which it is given up.
    """

    url: str
    patience: float = PATIENCE_S

    @property
    def host(self) -> str:
        """What is connected to; the address itself if it is no service."""
        return host_of(self.url)

    def catalogue(self) -> dict[str, CatalogueVoice]:
        """Return the voices there are, by name.

        Raises:
            VoiceError: If the list cannot be had, or is none.
        """
        with _mirror_named():
            content = fetch(self._address("voices.json"), _LARGEST_LIST, self.patience)
        return read_catalogue(content)

    def card(self, voice: CatalogueVoice) -> bytes:
        """Return the model card of ``voice``.

        Raises:
            VoiceError: If it cannot be had, or comes damaged.
        """
        card = self._remote(voice.card)
        with _mirror_named():
            content = fetch(card.url, card.size + 1, self.patience)
            card.check(io.BytesIO(content))
        return content

    def download(
        self, voice: CatalogueVoice, folder: Path, progress: Callable[[int], object]
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
        files = [self._remote(voice.model), self._remote(voice.config)]
        with _mirror_named():
            return download(files, folder, progress, self.patience)

    def _remote(self, file: CatalogueFile) -> RemoteFile:
        return RemoteFile(self._address(file.path), file.size, file.md5, "md5")

    def _address(self, path: str) -> str:
        return f"{self.url}/{quote(path)}"


def choose_source() -> CatalogueSource:
    """Return where voices come from: the mirror that the environment names, or their home.

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
    return CatalogueSource(url)


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
