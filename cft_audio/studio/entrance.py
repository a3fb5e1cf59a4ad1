"""One-time codes, and the cookie that each is traded for."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CODE_S = 60.0
"""Seconds in which a code can be traded: a browser on a slow machine takes twenty to start."""


@dataclass
class _Code:
    text: str
    ends: float
    cookie: str = ""


class Entrance:
    """Knows who may come in: whoever holds a cookie that a code of this run was traded for.

    A link can be seen by others: of a browser's arguments, in a list of processes. So a code is
    good once, and if it is shown a second time within its minute by somebody without its cookie,
    two have had it, of whom one must be a stranger: then the cookie is good no more.

    Args:
        port: The port; cookies of this machine are called by it, since they know no ports.
        clock: Seconds from any moment on, which never go back.
    """

    def __init__(self, port: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.cookie_name = f"cft-{port}"
        self._clock = clock
        self._codes: list[_Code] = []

    def new_code(self) -> str:
        """Return a code that can be traded once, for a minute."""
        now = self._clock()
        self._codes = [code for code in self._codes if code.cookie or code.ends > now]
        self._codes.append(_Code(secrets.token_urlsafe(32), now + CODE_S))
        return self._codes[-1].text

    def is_good(self, code: str) -> bool:
        """Return whether ``code`` can be traded."""
        found = self._find(code)
        return found is not None and not found.cookie and found.ends > self._clock()

    def trade(self, code: str) -> str:
        """Return a new cookie for a code; empty for one that is not good."""
        found = self._find(code)
        if found is None or found.cookie or found.ends <= self._clock():
            return ""
        found.cookie = secrets.token_urlsafe(32)
        return found.cookie

    def shut_out(self, code: str, shown: Iterable[str]) -> None:
        """Take back what ``code`` was traded for, where another shows it within its minute.

        Args:
            code: A code that is not good.
            shown: The cookies that came with it.
        """
        found = self._find(code)
        if found is None or not found.cookie or found.ends <= self._clock():
            return
        if not any(_same(cookie, found.cookie) for cookie in shown):
            self._codes.remove(found)

    def lets_in(self, shown: Iterable[str]) -> bool:
        """Return whether one of the cookies that are shown is good."""
        good = [code.cookie for code in self._codes if code.cookie]
        return any(_same(cookie, kept) for cookie in shown for kept in good)

    def _find(self, code: str) -> _Code | None:
        return next((known for known in self._codes if _same(code, known.text)), None)


def _same(shown: str, kept: str) -> bool:
    """Return whether two secrets are the same, in a time that tells nothing of them."""
    return secrets.compare_digest(shown.encode(errors="replace"), kept.encode())
