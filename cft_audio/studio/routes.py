"""The pages that there are, and those that answer what goes wrong."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Match, Router

from cft_audio.errors import CftAudioError
from cft_audio.people.clients.records import NoRecordError
from cft_audio.studio import page_begin
from cft_audio.studio.pages import page, told_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ExceptionHandler, Receive, Scope, Send


class _PagesBelow(BaseRoute):
    """The pages below an address; their modules are imported when the first of them is asked for.

    So the first page of all is soon there, and what nobody looks at takes no memory.
    """

    def __init__(self, address: str, *modules: str) -> None:
        self._address, self._modules = address, modules

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        path = f"{scope['path']}/"
        return Match.FULL if path.startswith(f"{self._address}/") else Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        router = Router(await run_in_threadpool(self.routes), redirect_slashes=False)
        await router(scope, receive, send)

    def routes(self) -> list[BaseRoute]:
        """Return the routes of these pages."""
        modules = (import_module(f"cft_audio.studio.page_{name}") for name in self._modules)
        return [route for module in modules for route in module.ROUTES]


ROUTES = [
    *page_begin.ROUTES,
    _PagesBelow("/make", "make", "line"),
    _PagesBelow("/jobs", "jobs"),
    _PagesBelow("/clients", "clients", "rosters", "client"),
    _PagesBelow("/recordings", "recordings"),
    _PagesBelow("/scripts", "scripts"),
    _PagesBelow("/voices", "own_voice", "voices"),
]


_SAID = {
    400: "What was sent cannot be read as a form. Go back, and send it again.",
    405: "Something is sent to this address, and nothing is shown at it. Choose a page above.",
    404: "There is no such page. What was here may have been forgotten.",
}
"""What is said to a status."""


def _refused(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 404)
    return page(request, "wrong", status=status, message=_SAID[status])


def _wrong(request: Request, error: Exception) -> Response:
    words = told_whole(error) if isinstance(error, CftAudioError) else ""
    return page(request, "wrong", status=422, message=words)


HANDLERS: Mapping[Any, ExceptionHandler] = {
    **dict.fromkeys((*_SAID, NoRecordError), _refused),
    CftAudioError: _wrong,
}
"""What answers an error, by its class or its status."""
