"""The first pages: three questions that choose a practice, the shelf of all of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.routing import Route

from cft_audio.application.recommending import DIFFICULTIES, EXPERIENCE, Wish, recommend
from cft_audio.errors import CftAudioError, RequestError
from cft_audio.library.practices import Library
from cft_audio.people.clients.records import NoRecordError
from cft_audio.studio.drafts import Draft, draft_from
from cft_audio.studio.pages import all_typed, go_to, page, posted, told, typed, workroom_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cft_audio.studio.workroom import Workroom

_MOST_DRAFTS = 12
"""Drafts that are kept: the oldest beyond these are forgotten."""

_PRACTISED, _MINUTES = "new", "5"


def begin(
    request: Request, minutes: str = _MINUTES, practised: str = _PRACTISED, error: str = ""
) -> Response:
    """Ask the three questions, and list what was begun before."""
    return page(
        request,
        "begin",
        status=422 if error else 200,
        difficulties=DIFFICULTIES,
        experience=EXPERIENCE,
        minutes=minutes,
        practised=practised,
        error=error,
        drafts=list(begun(workroom_of(request))),
    )


def choose(request: Request, form: FormData) -> Response:
    """Begin with the practice that suits three answers."""
    hard, minutes, practised = all_typed(form, "hard", "minutes", "practised")
    room = workroom_of(request)
    try:
        proposal = recommend(Wish.of(hard, minutes or _MINUTES, practised), room.folders)
    except RequestError as error:
        return begin(request, minutes, practised, told(error))
    texts = {"minutes": f"{proposal.minutes:g}", "for": proposal.adaptation}
    return begin_with_draft(room, Draft(proposal.practice.id).with_texts(texts))


def practices(request: Request) -> Response:
    """Show every practice, and what it is for."""
    found, problems = Library(workroom_of(request).folders.scripts).practices()
    return page(request, "practices", practices=found, problems=[str(one) for one in problems])


def begin_practice(request: Request, form: FormData) -> Response:
    """Begin with a practice that was chosen from the shelf."""
    room, name = workroom_of(request), typed(form, "practice")
    library = Library(room.folders.scripts)
    if name not in library.practice_files():
        return go_to("/practices")
    minutes = library.open(name).practice().natural_s / 60
    return begin_with_draft(room, Draft(name, {"minutes": f"{minutes:g}"}))


def forget_drafts(request: Request) -> Response:
    """Forget every draft."""
    drafts = workroom_of(request).drafts
    for identity in drafts.by_age():
        with suppress(NoRecordError):
            drafts.remove(identity)
    return go_to("/")


def begun(room: Workroom) -> Iterator[tuple[str, str, str]]:
    """Yield each draft that can be read: its id, what is practised, and for whom."""
    titles = {one.id: one.title for one in Library(room.folders.scripts).practices()[0]}
    for identity in room.drafts.by_age():
        with suppress(NoRecordError, CftAudioError):
            draft = draft_from(room.drafts.read(identity))
            if draft.practice in titles:
                whom = draft.client or draft.texts.get("name", "")
                yield identity, titles[draft.practice], whom


def begin_with_draft(room: Workroom, draft: Draft) -> Response:
    """Keep a new draft, with its client's things if it has one, and go to its page."""
    drafts = room.drafts
    identity = drafts.add(draft.as_object(), draft.client)
    for old in drafts.by_age()[_MOST_DRAFTS:]:
        with suppress(NoRecordError):
            drafts.remove(old)
    return go_to(f"/make/{identity}")


ROUTES = (
    Route("/", begin),
    Route("/choose", posted(choose), methods=["POST"]),
    Route("/practices", practices),
    Route("/begin", posted(begin_practice), methods=["POST"]),
    Route("/forget-drafts", forget_drafts, methods=["POST"]),
)
