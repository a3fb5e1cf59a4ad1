"""The studio as one application: the guard, and behind it the pages and what every page needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from cft_audio.studio.guard import Guard
from cft_audio.studio.pages import telling_of_size
from cft_audio.studio.static_files import STATIC, static_url

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, ExceptionHandler

    from cft_audio.studio.state import Studio
    from cft_audio.studio.workroom import Workroom

USUAL_BODY = 256 * 1024
"""Bytes of a body that a route takes unless it says otherwise by ``max_body_size``."""

_ENDED = f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>cft-audio</title><link rel="stylesheet" href="{static_url("studio.css")}"></head>
<body><main><h1>The studio has ended.</h1><p>You can close this page. Your recordings stay where
they are; whatever was still to be made goes on when you start the studio again.</p></main></body>
</html>
"""


def make_app(
    studio: Studio,
    routes: Sequence[BaseRoute],
    handlers: Mapping[Any, ExceptionHandler] | None,
    workroom: Workroom,
) -> ASGIApp:
    """Return the application.

    Behind its own routes it has ``/static/…``, ``/events`` (see ``Events``), ``/here``, by which a
    page that listens to no events says that it is open, and ``POST /end``.

    Args:
        studio: What the pages share; they find it as ``request.app.state.studio``.
        routes: The pages. A route takes 256 KB unless it says otherwise by ``max_body_size``, and
            64 MB at most. Functions that are not ``async`` run in threads.
        handlers: What answers an error, by its class or its status.
        workroom: What the pages work with; they find it as ``request.app.state.workroom``.
    """
    every = [*routes, STATIC, *_ROUTES]
    app = Starlette(routes=every, exception_handlers=handlers, max_body_size=USUAL_BODY)
    app.router.redirect_slashes = False
    app.state.studio = studio
    app.state.workroom = workroom
    return Guard(telling_of_size(app), studio)


async def _events(request: Request) -> Response:
    if request.method == "HEAD":
        return Response(media_type="text/event-stream")
    after = request.headers.get("last-event-id") or request.query_params.get("after", "")
    stream = request.app.state.studio.events.stream(after)
    return StreamingResponse(stream, media_type="text/event-stream")


async def _here(request: Request) -> Response:  # noqa: ARG001 -- that it came is all
    return Response(status_code=204)


async def _end(request: Request) -> Response:
    request.app.state.studio.ending.set()
    return HTMLResponse(_ENDED)


_ROUTES = [
    Route("/events", _events),
    Route("/here", _here),
    Route("/end", _end, methods=["POST"]),
]
