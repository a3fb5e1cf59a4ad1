"""Mirrors: other places than their makers' that voices are fetched from, named by variables."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cft_audio.errors import DownloadError, RequestError, VoiceError

if TYPE_CHECKING:
    from collections.abc import Iterator


def mirror_in(variable: str) -> str:
    """Return the address that the environment variable names, without a final slash, or nothing.

    Raises:
        RequestError: If what it holds is no address.
    """
    url = os.environ.get(variable, "").strip().rstrip("/")
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        scheme = ""
    if url and scheme not in ("https", "http", "file"):
        raise RequestError(
            f"'{url}' is not the address of a mirror",
            remedy="Begin it with https://, http:// or file://",
            where=variable,
        )
    return url


@contextmanager
def naming_mirror(variable: str) -> Iterator[None]:
    """Turn the fault of a service into a VoiceError whose remedy mentions mirrors."""
    try:
        yield
    except DownloadError as error:
        if error.where:  # a folder of this machine, for which a mirror is no remedy
            raise
        raise VoiceError(
            error.message,
            remedy=f"{error.remedy}. A mirror can be named in {variable}; voices that are "
            "installed need no network",
        ) from error
