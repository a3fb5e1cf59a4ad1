"""Where a studio is reached: a port of this machine's own address, and nothing else."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from cft_audio.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

HOST = "127.0.0.1"

LOWEST_PORT, HIGHEST_PORT = 1024, 65535
"""Below are the system's own; of 80, browsers would leave the number out of what they send."""


def listen(port: int) -> socket.socket:
    """Return a socket that browsers can connect to from now on; they wait until it is served.

    Args:
        port: The port, or 0 for one that is free.

    Raises:
        RequestError: If the port is not to be had.
    """
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # Windows would share a port that is asked for in this way; elsewhere it is had again
        # at once after the last studio.
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        reuse = socket.SO_REUSEADDR if exclusive is None else exclusive
        opened.setsockopt(socket.SOL_SOCKET, reuse, 1)
        opened.bind((HOST, port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        taken = error.errno in {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", None)}
        why = "is used by another program" if taken else f"is not to be had: {error.strerror}"
        message = f"the port {port} {why}"
        raise RequestError(
            message, remedy="Choose another, or leave ‹port› out for one that is free", field="port"
        ) from error
    return opened


def origin(port: int) -> str:
    """Return what browsers call the studio at ``port``, in every request that can do something."""
    return f"http://{HOST}:{port}"


def link(port: int, code: str) -> str:
    """Return the link by which a person enters the studio at ``port`` with a one-time code."""
    return f"{origin(port)}/enter?{urlencode({'code': code})}"


def port_of(opened: socket.socket) -> int:
    """Return the port that a socket listens at."""
    return int(opened.getsockname()[1])


def same_origin(port: int) -> Mapping[str, str]:
    """Return the headers that a program of ours sends with a request to the studio at ``port``."""
    return {"Host": f"{HOST}:{port}", "Origin": origin(port)}
