"""A studio ends when it is asked to, or when nobody is there, whoever still listens or loads."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from starlette.responses import FileResponse, PlainTextResponse
from starlette.routing import Route
from studio_here import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Serve
    from studio_here import Serving

SOON_S = 5.0
"""Far more than it takes, for machines that do something else; test_studio_command.py measures."""


def ended_within(here: Serving, seconds: float) -> bool:
    here.thread.join(seconds)
    return not here.thread.is_alive()


def test_it_ends_with_open_streams_and_downloads(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(50_000_000))
    here = serve([Route("/large", lambda _: FileResponse(tmp_path / "large"))])
    visitor = here.visitor()
    with ExitStack() as stack:
        for path in ("/events",) * 7 + ("/large",) * 3:
            stack.enter_context(visitor.open(path)).read(1)
        began = time.monotonic()
        here.studio.ending.set()

        assert ended_within(here, SOON_S)
        assert time.monotonic() - began < SOON_S


def test_it_ends_from_its_page_which_says_so(serve: Serve) -> None:
    here = serve()
    answer = here.visitor().post("/end", {})

    assert "has ended" in answer.text
    assert ended_within(here, SOON_S)


def test_an_answer_that_was_begun_is_sent_to_its_end(serve: Serve) -> None:
    begun = threading.Event()

    def slow(request: object) -> PlainTextResponse:
        begun.set()
        time.sleep(0.1)
        return PlainTextResponse("done")

    here = serve([Route("/", slow)])
    visitor, told = here.visitor(), []
    asking = threading.Thread(target=lambda: told.append(visitor.get("/").text))
    asking.start()
    assert begun.wait(PATIENCE)
    here.studio.ending.set()
    asking.join()

    assert told == ["done"]


def test_it_ends_once_nobody_is_there(serve: Serve) -> None:
    began = time.monotonic()
    here = serve(nobody_s=0.3)

    assert ended_within(here, SOON_S)
    assert time.monotonic() - began >= 0.3


@pytest.mark.parametrize("path", ["/events", "/here"])
def test_it_does_not_end_while_a_page_is_open(serve: Serve, path: str) -> None:
    """A page that listens is there; one in the background says so from time to time."""
    here = serve(nobody_s=1.0)
    visitor = here.visitor()
    with visitor.open("/events") if path == "/events" else ExitStack():
        for _ in range(15):
            time.sleep(0.1)
            if path == "/here":
                visitor.get("/here")
        assert here.thread.is_alive()

    assert ended_within(here, SOON_S)


def test_it_does_not_end_while_something_is_made(serve: Serve) -> None:
    is_busy = threading.Event()
    is_busy.set()
    here = serve(nobody_s=0.3, is_busy=is_busy.is_set)
    assert not ended_within(here, 1.0)
    is_busy.clear()

    assert ended_within(here, SOON_S)


def test_strangers_do_not_keep_it_open(serve: Serve) -> None:
    here = serve(nobody_s=0.5)
    deadline = time.monotonic() + SOON_S
    while here.thread.is_alive() and time.monotonic() < deadline:
        try:
            here.stranger().get("/")
        except OSError:
            break

    assert ended_within(here, SOON_S)
