"""Open pages hear what happens, each thing once, and go on where they were."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import pytest
from studio_here import PATIENCE

from cft_audio.studio.events import KEPT, Events

if TYPE_CHECKING:
    from conftest import Serve


def read(page: Any, count: int) -> list[dict[str, str]]:
    """Return so many events from a page's stream, each as its fields."""
    events: list[dict[str, str]] = []
    event: dict[str, str] = {}
    deadline = time.monotonic() + PATIENCE
    while len(events) < count:
        assert time.monotonic() < deadline, "it was never told"
        line = page.readline().decode()
        assert line, "the stream has ended"
        name, _, value = line.strip().partition(": ")
        if name and name != "retry":
            event[name] = value
        elif event:
            events.append(event)
            event = {}
    return events


def test_every_page_hears_it(serve: Serve) -> None:
    here = serve()
    visitor = here.visitor()
    with visitor.open("/events") as one, visitor.open("/events") as other:
        assert one.readline() == other.readline() == b"retry: 1000\n"
        here.studio.events.tell("made", {"part": 0.5, "of": "Zoë"})
        heard = [read(page, 1) for page in (one, other)]

    assert heard[0] == heard[1]
    assert heard[0][0]["event"] == "made"
    assert heard[0][0]["data"] == '{"part":0.5,"of":"Zoë"}'


@pytest.mark.parametrize("by_header", [True, False])
def test_a_page_goes_on_where_it_was(serve: Serve, *, by_header: bool) -> None:
    here = serve()
    events = here.studio.events
    before = events.now
    for number in range(3):
        events.tell("step", number)
    asked = ("/events", before) if by_header else (f"/events?after={before}", "")
    headers = {"last_event_id": asked[1]} if by_header else {}
    with here.visitor().open(asked[0], **headers) as page:
        first = read(page, 2)
    with here.visitor().open("/events", last_event_id=first[-1]["id"]) as page:
        rest = read(page, 1)

    assert [event["data"] for event in first + rest] == ["0", "1", "2"]
    assert rest[0]["id"] == events.now


@pytest.mark.parametrize("after", ["x", "-1", "0", "00000000-1", "1-", "é", "a" * 10_000])
def test_a_page_of_another_run_reads_itself_anew(serve: Serve, after: str) -> None:
    here = serve()
    here.studio.events.tell("step", 1)
    if not after.isascii():
        after = after.encode().decode("latin-1")
    with here.visitor().open("/events", last_event_id=after) as page:
        (heard,) = read(page, 1)

    assert heard == {"id": here.studio.events.now, "event": "reset", "data": "{}"}


def test_a_page_that_was_away_too_long_reads_itself_anew() -> None:
    events = Events()
    first = events.now
    for number in range(KEPT):
        events.tell("step", number)
    assert heard(events, first).count(b"event: step") == KEPT
    events.tell("step", KEPT)

    assert b"event: reset" in heard(events, first)
    assert b"event: step" not in heard(events, first)


def heard(events: Events, after: str) -> bytes:
    async def second() -> bytes:
        stream = events.stream(after)
        await anext(stream)
        told = await anext(stream)
        await stream.aclose()  # type: ignore[attr-defined]
        return told

    return asyncio.run(second())


def test_a_stream_says_when_the_studio_ends(serve: Serve) -> None:
    here = serve()
    with here.visitor().open("/events") as page:
        here.studio.ending.set()
        (event,) = read(page, 1)
        assert event["event"] == "ended"
        assert page.read() == b""


def test_data_cannot_be_an_event_of_its_own(serve: Serve) -> None:
    here = serve()
    with here.visitor().open("/events") as page:
        here.studio.events.tell("said", "a\n\nevent: made\rdata: x\u2028")
        here.studio.events.tell("done", None)
        heard = read(page, 2)

    assert [event["event"] for event in heard] == ["said", "done"]


def test_no_page_is_kept_once_it_is_gone(serve: Serve) -> None:
    here = serve()
    for _ in range(5):
        with here.visitor().open("/events") as page:
            page.readline()
    here.studio.ending.set()
    here.thread.join(PATIENCE)

    assert here.studio.events._pages == set()


def test_asked_for_its_head_it_ends(serve: Serve) -> None:
    answer = serve().visitor().ask("HEAD", "/events", b"", {})

    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
