"""Where a cluster is, and whether what goes there can be read on the way."""

from __future__ import annotations

import ipaddress
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from cft_audio.errors import RequestError
from cft_audio.files.folders import expanded

_ENCRYPTED, _CLEAR = "tls", "tcp"

_BARE = re.compile(r"[\w.-]+:\d{1,5}|\[[\da-fA-F:.]+\]:\d{1,5}", re.ASCII)
"""An address as people leave it: a host and a port."""

_BEGINNINGS = "It begins with tls:// or tcp://, and its port is mostly 8786"


def find_scheduler(text: str) -> str:
    """Return the address of the scheduler that a person means.

    Args:
        text: Its address, or the path of a scheduler file, as ``dask scheduler`` writes it.

    Raises:
        RequestError: If it is neither.
    """
    if "://" in text:
        return _checked(text.strip(), text)
    if _BARE.fullmatch(text) and not Path(text).exists():
        return _checked(f"{_CLEAR}://{text}", text)
    return _address_in(expanded(text))


def check_way(address: str, *, insecure: bool) -> None:
    """Check that nobody on the way to ``address`` can read along.

    Args:
        address: A scheduler's or a worker's.
        insecure: Whether a person said that it may go in clear.

    Raises:
        RequestError: If somebody can, and nobody said so.
    """
    parts = urlsplit(address)
    if insecure or parts.scheme == _ENCRYPTED or _is_here(parts.hostname or ""):
        return
    raise RequestError(
        f"{address} is on another machine and not encrypted: names, letters and the spoken voice "
        "would travel in clear, for anybody on the network to read, and whoever reaches that "
        "address can run programs there",
        remedy="Set the cluster up with TLS, and give its tls:// address. Where nobody else is on "
        "that network, you may choose ‹insecure_cluster›",
        field="cluster",
    )


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _checked(address: str, text: str) -> str:
    try:
        parts = urlsplit(address)
        is_address = parts.hostname is not None and parts.port is not None
    except ValueError:
        parts, is_address = urlsplit(""), False
    if parts.scheme in ("http", "https"):
        message = f"'{text}' is a page to look at, such as a cluster's dashboard"
        raise RequestError(
            message, remedy=f"Give the scheduler's address. {_BEGINNINGS}", field="cluster"
        )
    if not is_address or parts.scheme not in (_ENCRYPTED, _CLEAR):
        message = f"'{text}' is no address of a scheduler"
        raise RequestError(message, remedy=_BEGINNINGS, field="cluster")
    return address


def _address_in(file: Path) -> str:
    """Return the address in a scheduler file."""
    try:
        address = json.loads(file.read_bytes())["address"]
    except OSError as error:
        raise RequestError(
            f"'{file}' is neither an address nor a scheduler file that can be read: "
            f"{error.strerror}",
            remedy=f"Give the scheduler's address, or the file that it wrote. {_BEGINNINGS}",
            field="cluster",
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise RequestError(
            f"'{file}' is no scheduler file",
            remedy="Give the file that 'dask scheduler' writes with its option scheduler-file",
            field="cluster",
        ) from error
    return _checked(str(address), str(address))
