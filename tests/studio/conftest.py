"""A studio to visit, and its pages by themselves."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from batch_cases import desk_in
from client_pages import open_pages
from studio_here import Serving, studio_here

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from client_pages import Pages
    from starlette.routing import BaseRoute

    class Serve(Protocol):
        """Serves a studio with these routes; ``more`` is that of ``studio_here``."""

        def __call__(self, routes: Sequence[BaseRoute] = (), **more: Any) -> Serving:
            """Return the studio, which is being served."""


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Serve a studio with these routes until the test is done."""
    with ExitStack() as stack:
        yield lambda routes=(), **more: stack.enter_context(studio_here(tmp_path, routes, **more))


@pytest.fixture
def pages(tmp_path: Path, warm_clips: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a studio in an empty home, with two short practices and warm clips."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    opened = open_pages(desk_in(tmp_path, warm_clips))
    yield opened
    opened.room.end()
