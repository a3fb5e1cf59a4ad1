"""What happens, told to every open page as server-sent events."""

from __future__ import annotations

import json
import secrets
import threading
from collections import deque
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator, Iterator

KEPT = 500
"""Events that are kept for pages that were away for a moment."""

QUIET_S = 15.0
"""Seconds after which a page hears something though nothing happened, so that it is known to be
there: shorter than the thirty after which some systems take a silent connection for a dead one."""

_AGAIN_MS = 1000


class Events:
    """Tells pages what happens. Anything may tell, from any thread.

    An event has a name, plain values, and an id. A page that was away asks for what came after the
    last id it has seen; where that is not kept, it hears ``reset``, and reads itself anew. The last
    that a page hears of a studio is ``ended``.
    """

    def __init__(self) -> None:
        self._run = secrets.token_hex(4)
        self._told: deque[bytes] = deque(maxlen=KEPT)
        self._count = 0
        self._lock = threading.Lock()
        self._pages: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._is_closed = False

    @property
    def now(self) -> str:
        """The id of the last event, for a page that is written now to go on from."""
        return self._id(self._count)

    def tell(self, name: str, data: object) -> None:
        """Tell every page that something happened.

        Args:
            name: What happened, in letters and dashes.
            data: Plain values, for JSON; nothing that names a client.
        """
        told = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        with self._lock:
            self._count += 1
            event = f"id: {self._id(self._count)}\nevent: {name}\ndata: {told}\n\n"
            self._told.append(event.encode())
            self._wake()

    def close(self) -> None:
        """End every stream, those to come too."""
        with self._lock:
            self._is_closed = True
            self._wake()

    def stream(self, after: str = "") -> AsyncIterator[bytes]:
        """Return events as they go to a page, of which none after this call is missed.

        Args:
            after: The id of the last that the page knows; empty for what happens from now on.
        """
        return self._stream(self._number(after))

    async def _stream(self, at: int) -> AsyncIterator[bytes]:
        import asyncio

        with self._page() as wake:
            yield f"retry: {_AGAIN_MS}\n\n".encode()
            while True:
                wake.clear()
                news, at = self._since(at)
                if news:
                    yield news
                if self._is_closed:
                    yield b"event: ended\ndata: {}\n\n"
                    return
                try:
                    await asyncio.wait_for(wake.wait(), QUIET_S)
                except TimeoutError:
                    yield b": nothing new\n\n"

    @contextmanager
    def _page(self) -> Iterator[asyncio.Event]:
        import asyncio

        page = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._pages.add(page)
        try:
            yield page[1]
        finally:
            with self._lock:
                self._pages.discard(page)

    def _wake(self) -> None:
        for loop, wake in self._pages:
            with suppress(RuntimeError):  # a loop that has ended
                loop.call_soon_threadsafe(wake.set)

    def _id(self, number: int) -> str:
        return f"{self._run}-{number}"

    def _number(self, after: str) -> int:
        """Return the number of the event with an id; -1 if it is none of this run's."""
        if not after:
            return self._count
        with self._lock:
            known = range(self._count - len(self._told), self._count + 1)
        return next((number for number in known if self._id(number) == after), -1)

    def _since(self, at: int) -> tuple[bytes, int]:
        """Return what was told after the event of that number, and the number of the last."""
        with self._lock:
            missed = self._count - at
            if at < 0 or missed > len(self._told):
                reset = f"id: {self._id(self._count)}\nevent: reset\ndata: {{}}\n\n"
                return reset.encode(), self._count
            return b"".join(list(self._told)[len(self._told) - missed :]), self._count
