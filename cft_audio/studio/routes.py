"""The pages that there are, and those that answer what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.errors import CftAudioError
from cft_audio.people.clients.records import NoRecordError
from cft_audio.studio import (
    page_begin,
    page_client,
    page_clients,
    page_jobs,
    page_line,
    page_make,
    page_own_voice,
    page_recordings,
    page_rosters,
    page_scripts,
    page_voices,
)
from cft_audio.studio.pages import page, told_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ExceptionHandler

ROUTES = (
    *page_begin.ROUTES,
    *page_make.ROUTES,
    *page_line.ROUTES,
    *page_jobs.ROUTES,
    *page_clients.ROUTES,
    *page_rosters.ROUTES,
    *page_client.ROUTES,
    *page_recordings.ROUTES,
    *page_scripts.ROUTES,
    *page_own_voice.ROUTES,
    *page_voices.ROUTES,
)


def _not_there(request: Request, _: Exception) -> Response:
    message = "There is no such page. What was here may have been forgotten."
    return page(request, "wrong", status=404, message=message)


def _wrong(request: Request, error: Exception) -> Response:
    words = told_whole(error) if isinstance(error, CftAudioError) else ""
    return page(request, "wrong", status=422, message=words)


HANDLERS: Mapping[Any, ExceptionHandler] = {
    404: _not_there,
    NoRecordError: _not_there,
    CftAudioError: _wrong,
}
"""What answers an error, by its class or its status."""
