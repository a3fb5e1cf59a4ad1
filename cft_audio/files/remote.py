"""What an address holds: a service on the network, or a folder of this machine."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from cft_audio.errors import DownloadError
from cft_audio.files.network_faults import network_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from requests import Response

PATIENCE_S = 30.0
"""Seconds without a byte after which a service is given up."""

_CONNECTING_S = 10.0
_BLOCK = 1 << 16

_ERROR, _NOT_FOUND, _GONE, _BEYOND_ITS_END = 400, 404, 410, 416
_RANGE = re.compile(r"bytes (\d+)-")


def host_of(url: str) -> str:
    """Return what is connected to for ``url``; the address itself if it is no service."""
    return urlsplit(url).hostname or url


def fetch(url: str, at_most: int) -> bytes:
    """Return what ``url`` holds.

    Args:
        url: The address: https, http, or file.
        at_most: Bytes after which no more is read.

    Raises:
        DownloadError: If it cannot be had.
    """
    content = bytearray()
    with open_remote(url, 0) as (_, blocks):
        for block in blocks:
            content += block
            if len(content) >= at_most:
                break
    return bytes(content[:at_most])


@contextmanager
def open_remote(url: str, start: int) -> Iterator[tuple[int, Iterable[bytes]]]:
    """Give what ``url`` holds, from ``start`` on if possible.

    Args:
        url: The address: https, http, or file. Certificates are checked.
        start: The byte to begin with. A service may begin at 0 all the same.

    Yields:
        The byte that it begins with, and the bytes in blocks.

    Raises:
        DownloadError: If it cannot be had, also while the blocks are taken.
    """
    if urlsplit(url).scheme == "file":
        with _open_here(url) as file:
            file.seek(start)
            yield start, iter(partial(file.read, _BLOCK), b"")
        return
    from requests import RequestException

    try:
        with _ask(url, start) as answer:
            yield _start_of(answer), answer.iter_content(_BLOCK)
    except RequestException as error:
        raise _unreachable(url, error) from error


def _open_here(url: str) -> IO[bytes]:
    from urllib.request import url2pathname

    parts = urlsplit(url)
    host = "" if parts.netloc in ("", "localhost") else f"//{parts.netloc}"
    try:
        return Path(url2pathname(host + parts.path)).open("rb")
    except OSError as error:
        raise _unreachable(url, error) from error


def _ask(url: str, start: int) -> Response:
    import requests

    # Unpacked on the way, an answer would begin elsewhere than it was asked to.
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
    answer = requests.get(url, headers=headers, stream=True, timeout=(_CONNECTING_S, PATIENCE_S))
    if start and (answer.status_code == _BEYOND_ITS_END or _start_of(answer) not in (0, start)):
        answer.close()
        return _ask(url, 0)
    hops = [urlsplit(hop.url).scheme for hop in (*answer.history, answer)]
    if urlsplit(url).scheme == "https" and set(hops) != {"https"}:
        answer.close()
        raise DownloadError(
            f"{host_of(url)} leads on to an address that is not encrypted",
            remedy="Somebody on the network may have a hand in it; try another network",
        )
    if answer.status_code >= _ERROR:
        answer.close()
        is_gone = answer.status_code in (_NOT_FOUND, _GONE)
        raise DownloadError(
            f"{host_of(url)} answered '{answer.status_code} {answer.reason}' for {url}",
            remedy="It does not have that file (any more)" if is_gone else "Try again later",
        )
    return answer


def _start_of(answer: Response) -> int:
    """Return where in the file an answer begins."""
    given = _RANGE.match(answer.headers.get("Content-Range", ""))
    return int(given[1]) if given else 0


def _unreachable(url: str, error: OSError) -> DownloadError:
    message, remedy = network_fault(error, host_of(url))
    usual = "Check the connection, and try again; what has come is kept"
    return DownloadError(message, remedy=remedy or usual)
