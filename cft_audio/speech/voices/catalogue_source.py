"""Where Piper's voices come from: a service that is connected to when a person says so."""

from __future__ import annotations

import hashlib
import http.client
import os
import socket
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

from cft_audio.errors import RequestError, VoiceError
from cft_audio.speech.voices.catalogue import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cft_audio.speech.voices.catalogue import CatalogueFile, CatalogueVoice

HOME = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
"""Where the makers of Piper keep its voices (piper-tts 1.8, ``download_voices``)."""

VARIABLE = "CFT_AUDIO_VOICES_URL"
"""The environment variable that names a mirror: a folder with the same files in it."""

_PATIENCE = 30.0
"""Seconds without an answer, or without a byte more of one, after which a service is given up."""

_LARGEST_LIST = 32_000_000
"""Bytes that a list of voices has at most; the one of 2025 has 0.3 million."""

_PATHS = "{lang_family}/{lang_code}/{voice_name}/{voice_quality}/"
_FILES = "{lang_code}-{voice_name}-{voice_quality}{extension}"

_FAULTS = (URLError, TimeoutError, ConnectionError, http.client.HTTPException)


@dataclass(frozen=True)
class Source:
    """A place that Piper's voices are had from.

    Attributes:
        url: Its address, without a final slash.
    """

    url: str

    @property
    def host(self) -> str:
        """What is connected to, in few words; the address itself where that is no service."""
        return urlsplit(self.url).hostname or self.url

    def catalogue(self) -> dict[str, CatalogueVoice]:
        """Return what there is, by name.

        Raises:
            VoiceError: If it cannot be had.
        """
        return read_catalogue(self._fetched("voices.json", _LARGEST_LIST))

    def card(self, voice: CatalogueVoice) -> bytes:
        """Return the model card of ``voice``.

        Raises:
            VoiceError: If it cannot be had, or comes damaged.
        """
        content = self._fetched(voice.card.path, voice.card.size + 1)
        check_whole(voice.card, len(content), hashlib.md5(content, usedforsecurity=False))
        return content

    def download(
        self, voice: CatalogueVoice, folder: Path, progress: Callable[[int], None]
    ) -> tuple[Path, Path]:
        """Put model and config of ``voice`` into ``folder`` by Piper's own downloader.

        Args:
            voice: Which.
            folder: An empty folder.
            progress: Told how many bytes there are so far, now and then.

        Returns:
            The two files, as they came.

        Raises:
            VoiceError: If the service fails.
            OSError: If the disk does.
        """
        # Piper's downloader gives letters beyond ASCII to the service as they are, which no
        # service takes; escaped, they are taken.
        name = quote(voice.name)
        with self._speaking_for_piper(), _told(folder, progress), _clear_faults(self):
            from piper import download_voices

            download_voices.download_voice(name, folder)
        return folder / f"{name}.onnx", folder / f"{name}.onnx.json"

    @contextmanager
    def _speaking_for_piper(self) -> Iterator[None]:
        """Let Piper's downloader take from here, and not wait for ever."""
        from piper import download_voices

        if not isinstance(getattr(download_voices, "URL_FORMAT", None), str):
            raise VoiceError("this version of piper-tts cannot be told where its voices are")
        address, patience = download_voices.URL_FORMAT, socket.getdefaulttimeout()
        download_voices.URL_FORMAT = f"{_literal(self.url)}/{_PATHS}{_FILES}"
        socket.setdefaulttimeout(_PATIENCE)
        try:
            yield
        finally:
            download_voices.URL_FORMAT = address
            socket.setdefaulttimeout(patience)

    def _fetched(self, path: str, most: int) -> bytes:
        with _clear_faults(self), urlopen(f"{self.url}/{quote(path)}", timeout=_PATIENCE) as answer:  # noqa: S310 -- the scheme was checked
            content: bytes = answer.read(most)
        return content


def source() -> Source:
    """Return where voices come from: the mirror of the environment, or their home.

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
    return Source(url)


def check_whole(file: CatalogueFile, size: int, digest: hashlib._Hash) -> None:
    """Return if a file came as the catalogue has it.

    Raises:
        VoiceError: If it didn't.
    """
    if (size, digest.hexdigest()) != (file.size, file.md5):
        name = file.path.rpartition("/")[2]
        raise VoiceError(
            f"{name} came damaged: {size} bytes where the catalogue says {file.size}"
            if size != file.size
            else f"{name} came damaged: its checksum is not the catalogue's",
            remedy="Try again; nothing was installed",
        )


@contextmanager
def _clear_faults(source: Source) -> Iterator[None]:
    """Turn what a network does into what a person can act on."""
    try:
        yield
    except HTTPError as error:
        error.close()  # it is an answer as well, and keeps its connection open
        gone = error.code in (404, 410)
        raise VoiceError(
            f"{source.host} answered '{error.code} {error.reason}' for {error.url}",
            remedy="It does not have that file (any more)" if gone else "Try again later",
        ) from None
    except _FAULTS as error:
        why = error.reason if isinstance(error, URLError) else error
        raise VoiceError(
            f"{source.host} cannot be reached: {why or type(error).__name__}",
            remedy=f"Check the connection, or name a mirror in {VARIABLE}; voices that are "
            "installed need no network",
        ) from None


@contextmanager
def _told(folder: Path, progress: Callable[[int], None]) -> Iterator[None]:
    """Tell ``progress`` how much has come into ``folder`` while the block runs."""
    done = Event()

    def tell() -> None:
        with suppress(OSError):
            progress(sum(path.stat().st_size for path in folder.iterdir()))

    def watch() -> None:
        while not done.wait(0.2):
            tell()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        tell()


def _literal(text: str) -> str:
    """Return ``text`` as a part of a format that stands for itself."""
    return text.replace("{", "{{").replace("}", "}}")
