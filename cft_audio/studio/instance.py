"""One studio at a time: a lock, and a private file by which a second start finds the first."""

from __future__ import annotations

import json
import secrets
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from cft_audio.errors import CftAudioError
from cft_audio.files.locks import hold_lock_if_free
from cft_audio.files.private import make_private, write_private
from cft_audio.studio.address import HOST, link, same_origin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANOTHER_CODE = "/enter/again"
"""Where a second start asks the first for a code."""

_PATIENCE_S = 10.0
"""Seconds in which a studio that begins, or ends, has begun or ended."""

_ANSWER_S = 5.0
"""Seconds in which a studio answers, whatever else it is doing."""

_POLL_S = 0.1


@dataclass(frozen=True)
class RunPassword:
    """What the second start says to the first, and the first to the second.

    Attributes:
        port: Where the first listens.
        key: What the second says.
        answer: What the first says: a program that has come to have the port does not know it.
    """

    port: int
    key: str = field(default_factory=secrets.token_urlsafe, repr=False)
    answer: str = field(default_factory=secrets.token_urlsafe, repr=False)


@contextmanager
def only_studio(folder: Path) -> Iterator[str]:
    """Be the only studio during the block, or give a link to the one that runs.

    Args:
        folder: What a person keeps for their studio; it need not exist.

    Yields:
        The link to the studio that runs; empty where this is the only one.

    Raises:
        CftAudioError: If one runs and does not answer.
        OSError: If the disk does not allow it.
    """
    make_private(folder)
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        with hold_lock_if_free(folder, "studio") as is_held:
            if is_held:
                # What a killed one has left: who asks there must not be answered by another.
                _file(folder).unlink(missing_ok=True)
                try:
                    yield ""
                finally:
                    _file(folder).unlink(missing_ok=True)
                return
        if found := _ask(folder):
            yield found
            return
        if time.monotonic() > deadline:
            message = "the studio is open already, and does not answer"
            raise CftAudioError(message, remedy="End the process that runs it, and try again")
        time.sleep(_POLL_S)


def announce(folder: Path, port: int) -> RunPassword:
    """Let a second start find the studio that listens at ``port``.

    Raises:
        OSError: If the disk does not allow it.
    """
    password = RunPassword(port)
    write_private(_file(folder), json.dumps(asdict(password)))
    return password


def _file(folder: Path) -> Path:
    return folder / "running.json"


def _ask(folder: Path) -> str:
    """Return a new link from the studio that runs; empty if none answers as it should."""
    import http.client

    with suppress(OSError, ValueError, TypeError, KeyError, http.client.HTTPException):
        password = RunPassword(**json.loads(_file(folder).read_text("utf-8")))
        asked = http.client.HTTPConnection(HOST, password.port, timeout=_ANSWER_S)
        try:
            headers = {**same_origin(password.port), "Authorization": f"Bearer {password.key}"}
            asked.request("POST", ANOTHER_CODE, headers=headers)
            told = json.loads(asked.getresponse().read(4096))
        finally:
            asked.close()
        if secrets.compare_digest(str(told["answer"]), password.answer):
            return link(password.port, str(told["code"]))
    return ""
