"""Serves a studio until it ends: by Ctrl-C, from its page, or once nobody has been there for long.

Whatever ends it, it takes less than a second, whoever still listens or loads something.
"""

from __future__ import annotations

import logging
import signal
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import h11
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from cft_audio.studio.guard import HEADERS, LARGEST_HEADERS, NOT_KEPT

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from starlette.types import ASGIApp

    from cft_audio.studio.state import Studio

NOBODY_S = 2 * 60 * 60.0
"""Seconds without an open page or work after which a studio ends by itself."""

_PARTING_S = 0.3
"""Seconds in which answers that were begun are sent to their end."""

_KEEP_ALIVE_S = 60

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def serve(
    opened: socket.socket, app: ASGIApp, studio: Studio, *, nobody_s: float = NOBODY_S
) -> None:
    """Serve until the studio ends.

    Args:
        opened: The socket, at which it listens already.
        app: What answers.
        studio: What it is ended by.
        nobody_s: Seconds after which it ends by itself.
    """
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # a log could name somebody
    config = Config(
        app,
        loop="asyncio",
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        workers=1,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_PARTING_S,  # type: ignore[arg-type] # it may be a fraction
        h11_max_incomplete_event_size=LARGEST_HEADERS,
    )
    _Server(config, studio, nobody_s).run([opened])


class _Server(Server):
    """Uvicorn's server, which ends as a studio does.

    Args:
        config: How it serves.
        studio: What it is ended by.
        nobody_s: Seconds after which it ends by itself.
    """

    def __init__(self, config: Config, studio: Studio, nobody_s: float) -> None:
        super().__init__(config)
        self._studio = studio
        self._nobody_s = nobody_s

    async def on_tick(self, counter: int) -> bool:
        """Return whether it is time to end; asked ten times a second."""
        if self._studio.is_busy():
            self._studio.activity.note()
        is_left = self._studio.activity.idle_s > self._nobody_s
        if is_left or self._studio.ending.is_set():
            self.should_exit = True
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End streams, which would never end by themselves, and then everything else."""
        self._studio.ending.set()
        self._studio.events.close()
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            transport: Any = connection.transport
            transport.abort()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let every signal that asks for the end be a good end, which nothing is told of after."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {}
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            # Under nohup a closed terminal is nothing to end for, and in the background Ctrl-C.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, self.handle_exit)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class _Protocol(H11Protocol):
    """Uvicorn's reader of requests, which answers what is no request with a bare status."""

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 -- uvicorn's words
        """Answer, if an answer is not on its way already, and hang up."""
        headers = [*HEADERS, NOT_KEPT, (b"content-length", b"0"), (b"connection", b"close")]
        with suppress(h11.LocalProtocolError):
            for event in (h11.Response(status_code=400, headers=headers), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event))
        self.transport.close()
