"""The files that pages are made with, at addresses that hold their digest and so never change."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

_FOLDER = Path(__file__).parent / "static"

_KINDS = {
    ".css": "text/css",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}

_FOR_EVER = "private, max-age=31536000, immutable"


@cache
def _files(folder: Path) -> tuple[str, Mapping[str, bytes]]:
    """Return the digest of all files together, so that one module finds another, and each."""
    names = sorted(path.name for path in folder.iterdir() if path.suffix in _KINDS)
    contents = {name: (folder / name).read_bytes() for name in names}
    digest = hashlib.sha256(repr(contents).encode()).hexdigest()[:16]
    return digest, contents


def static_url(name: str) -> str:
    """Return the address of a file in ``static/``.

    Raises:
        KeyError: If there is none of that name.
    """
    digest, contents = _files(_FOLDER)
    if name not in contents:
        raise KeyError(name)
    return f"/static/{digest}/{name}"


async def _show(request: Request) -> Response:
    digest, contents = _files(_FOLDER)
    name = request.path_params["name"]
    if request.path_params["digest"] != digest or name not in contents:
        raise HTTPException(404)
    kind = _KINDS[Path(name).suffix]
    return Response(contents[name], media_type=kind, headers={"cache-control": _FOR_EVER})


STATIC = Route("/static/{digest}/{name}", _show)
