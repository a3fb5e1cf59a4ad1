"""The page at which a one-time code is traded for the cookie, and the code for a second start."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from cft_audio.studio.instance import ANOTHER_CODE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import Receive, Scope, Send

    from cft_audio.studio.state import Studio

_FOLDER = Path(__file__).parent / "entrance_page"

_PARTS = {"/enter/page.css": "text/css", "/enter/page.js": "text/javascript"}

_LONGEST = 1024
"""Bytes of the form with the code."""


async def enter(
    studio: Studio, shown: Sequence[str], scope: Scope, receive: Receive, send: Send
) -> None:
    """Answer a request for the entrance, which needs no cookie.

    Args:
        studio: The studio.
        shown: The cookies of it that came with the request.
        scope: The request.
        receive: Gives its body.
        send: Takes the answer.
    """
    request = Request(scope, receive)
    path = request.url.path
    if request.method != "POST":
        answer = _show(studio, shown, path, request.query_params.get("code", ""))
    elif path == ANOTHER_CODE:
        answer = _another_code(studio, request.headers.get("authorization", ""))
    elif path == "/enter":
        answer = _let_in(studio, shown, await _code_in(request))
    else:
        answer = invite(studio)
    await answer(scope, receive, send)


def invite(studio: Studio) -> Response:
    """Return what whoever may not come in is told: the way in, and nothing else."""
    # Of a body that is still to come nothing is read.
    return PlainTextResponse(studio.invitation, 403, headers={"connection": "close"})


def _show(studio: Studio, shown: Sequence[str], path: str, code: str) -> Response:
    """Return the page, or a part of it, for whoever has a code; the code stays as it is."""
    if not studio.entrance.is_good(code):
        studio.entrance.shut_out(code, shown)
        return invite(studio)
    if path == "/enter":
        page = (_FOLDER / "page.html").read_text("utf-8")
        return HTMLResponse(page.replace("CODE", code))
    if path in _PARTS:
        return Response((_FOLDER / Path(path).name).read_bytes(), media_type=_PARTS[path])
    return invite(studio)


def _let_in(studio: Studio, shown: Sequence[str], code: str) -> Response:
    cookie = studio.entrance.trade(code)
    if not cookie:
        studio.entrance.shut_out(code, shown)
        return invite(studio)
    studio.activity.note()
    answer = RedirectResponse("/", 303)
    name = studio.entrance.cookie_name
    answer.set_cookie(name, cookie, path="/", httponly=True, samesite="strict")
    return answer


def _another_code(studio: Studio, said: str) -> Response:
    known = f"Bearer {studio.password.key}"
    if not secrets.compare_digest(said.encode("latin-1"), known.encode("latin-1")):
        return invite(studio)
    studio.activity.note()
    return JSONResponse({"code": studio.entrance.new_code(), "answer": studio.password.answer})


async def _code_in(request: Request) -> str:
    """Return the code of the form that was sent; empty where there is none."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST:
            return ""
    return parse_qs(body.decode("latin-1")).get("code", [""])[0]
