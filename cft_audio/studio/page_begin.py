"""The first pages: three questions that choose a practice, the shelf of all of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.background import BackgroundTask
from starlette.routing import Route

from cft_audio.application.drafts import SessionDraft, draft_from
from cft_audio.application.fields import FIELDS
from cft_audio.application.recommending import DIFFICULTIES, EXPERIENCE, Wish, recommend
from cft_audio.errors import CftAudioError, RequestError
from cft_audio.library.practices import Library
from cft_audio.people.clients.records import NoRecordError
from cft_audio.studio.pages import all_typed, go_to, page, posted, told, typed, workroom_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cft_audio.studio.workroom import Workroom

_MOST_DRAFTS = 12
"""Drafts that are kept: the oldest beyond these are forgotten."""

_USUAL = {"minutes": "5", "practised": "new"}

_PREPARED = "soothing-rhythm-breathing"
"""A practice whose session is drawn beforehand: what loads with it, every other one needs too."""


def begin(request: Request, errors: Mapping[str, str] | None = None, **typed: str) -> Response:
    """Ask the three questions, with what was typed, and list what was begun before."""
    room = workroom_of(request)
    answer = page(
        request,
        "begin",
        status=422 if errors else 200,
        difficulties=DIFFICULTIES,
        experience=EXPERIENCE,
        errors=errors or {},
        typed={**_USUAL, **typed},
        drafts=list(begun(room)),
    )
    answer.background = BackgroundTask(_prepare, room)  # while the questions are read
    return answer


def _prepare(room: Workroom) -> None:
    """Load what the page of a session takes, and let the planner do so."""
    from cft_audio.studio.page_make import look_at

    look_at(room, SessionDraft(_PREPARED))


def choose(request: Request, form: FormData) -> Response:
    """Begin with the practice that suits three answers."""
    hard, minutes, practised = all_typed(form, "hard", "minutes", "practised")
    room = workroom_of(request)
    try:
        proposal = recommend(Wish.of(hard, minutes or _USUAL["minutes"], practised), room.folders)
    except RequestError as error:
        errors = {error.field: told(error)}
        return begin(request, errors, minutes=minutes, practised=practised)
    texts = {"minutes": f"{proposal.minutes:g}", "for": proposal.adaptation}
    more = [("also", practice.id) for practice in proposal.others]
    more += [("minutes", minutes)] * bool(proposal.note)
    draft = SessionDraft(proposal.practice.id).with_texts(texts)
    return begin_with_draft(room, draft, f"?{urlencode(more)}")


def practices(request: Request) -> Response:
    """Show every practice, and what it is for; each begins with the minutes that one has."""
    found, wrong = Library(workroom_of(request).folders.scripts).practices()
    problems = [str(one) for one in wrong]
    length_s = asked_length_s(request)
    minutes = f"{length_s / 60:g}" if length_s else ""
    return page(request, "practices", practices=found, problems=problems, minutes=minutes)


def asked_length_s(request: Request) -> float:
    """Return the seconds that an address asks for in minutes; 0 where it asks for none."""
    with suppress(RequestError):
        return float(FIELDS["minutes"].parse(request.query_params.get("minutes", "")))
    return 0.0


def begin_practice(request: Request, form: FormData) -> Response:
    """Begin with a practice that was chosen from the shelf."""
    room, name = workroom_of(request), typed(form, "practice")
    library = Library(room.folders.scripts)
    if name not in library.practice_files():
        return go_to("/practices")
    usual = f"{library.open(name).practice().natural_s / 60:g}"
    texts = {"minutes": typed(form, "minutes") or usual, "for": typed(form, "for")}
    return begin_with_draft(room, SessionDraft(name).with_texts(texts))


def forget_drafts(request: Request) -> Response:
    """Forget every draft."""
    drafts = workroom_of(request).drafts
    for identity in drafts.by_age():
        with suppress(NoRecordError):
            drafts.remove(identity)
    return go_to("/")


def begun(room: Workroom) -> Iterator[tuple[str, str, str]]:
    """Yield each draft that can be read: its id, what is practised, and for whom."""
    if not (drafts := room.drafts.by_age()):
        return  # every practice would be read for nothing
    titles = {one.id: one.title for one in Library(room.folders.scripts).practices()[0]}
    for identity in drafts:
        with suppress(NoRecordError, CftAudioError):
            draft = draft_from(room.drafts.read(identity))
            if draft.practice in titles:
                whom = draft.client or draft.texts.get("name", "")
                yield identity, titles[draft.practice], whom


def begin_with_draft(room: Workroom, draft: SessionDraft, more: str = "") -> Response:
    """Keep a new draft, with its client's things if it has one, and go to its page.

    Args:
        room: What the pages work with.
        draft: The draft.
        more: The query of the page's address; empty for none.
    """
    drafts = room.drafts
    identity = drafts.add(draft.as_object(), draft.client)
    for old in drafts.by_age()[_MOST_DRAFTS:]:
        with suppress(NoRecordError):
            drafts.remove(old)
    return go_to(f"/make/{identity}{more}")


ROUTES = (
    Route("/", begin),
    Route("/choose", posted(choose), methods=["POST"]),
    Route("/practices", practices),
    Route("/begin", posted(begin_practice), methods=["POST"]),
    Route("/forget-drafts", forget_drafts, methods=["POST"]),
)
