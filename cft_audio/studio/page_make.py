"""The page of a session: everything that can be chosen, how it will be, and each line of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route

from cft_audio.application.drafts import SLOT, compose_draft, draft_from, parse_draft
from cft_audio.application.drawn import draw
from cft_audio.application.excerpts import prepare_excerpts
from cft_audio.application.fields import SESSION_FIELDS
from cft_audio.application.recommending import note_of_length
from cft_audio.errors import CftAudioError, MissingError, RequestError
from cft_audio.library.documents.reading import LARGEST
from cft_audio.library.letters import letter_of
from cft_audio.library.practices import Library
from cft_audio.script.sample import sample_answers
from cft_audio.speech.takes.session_voices import check_voices
from cft_audio.studio.controls import controls_of
from cft_audio.studio.hearing import hear
from cft_audio.studio.page_begin import asked_length_s
from cft_audio.studio.pages import (
    go_to,
    page,
    part,
    posted,
    told,
    told_by_field,
    typed,
    workroom_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cft_audio.application.composing import Composed
    from cft_audio.application.drafts import SessionDraft
    from cft_audio.application.drawn import Drawn
    from cft_audio.script.practice import Practice
    from cft_audio.studio.workroom import Workroom

_NO_ANSWER = "This needs an answer."


def show(request: Request) -> Response:
    """Show a draft, and how its session will be."""
    room, draft = workroom_of(request), _draft(request)
    looked = look_at(room, draft)
    with suppress(CftAudioError):  # the page tells it
        composed = compose_to_look(room, draft)
        room.speaker.prepare(prepare_excerpts, composed.request, composed.folders.for_passing)
    return _page(request, draft, looked)


def change(request: Request, form: FormData) -> Response:
    """Keep what was typed; then show how it will be, make it, or let it be heard."""
    room, identity, draft = workroom_of(request), request.path_params["id"], _draft(request)
    names = set(_names(draft, room))
    if "only" in form:  # what another window has changed is not taken back
        names &= set(typed(form, "only").split(","))
    draft = draft.with_texts({name: typed(form, name) for name in names})
    _keep(room, identity, draft)
    room.events.tell("draft", {"id": identity, "by": typed(form, "by")})
    if form.get("hear"):
        return go_to(f"/make/{identity}/hear/{'name' if form['hear'] == 'name' else 'sound'}")
    if form.get("do") == "make":
        return _make(request, draft)
    looked, place = look_at(room, draft), f"/make/{identity}#session"
    if "application/json" not in request.headers.get("accept", ""):
        return _page(request, draft, looked) if looked.errors else go_to(place)
    html = part(request, "session", **_shown(room, identity, draft, looked))
    return JSONResponse({"errors": told_by_field(looked.errors), "session": html})


def listen(request: Request) -> Response:
    """Give what is heard of a session: the name, the sounds, a line."""
    room = workroom_of(request)
    composed = compose_to_look(room, _draft(request))
    file = hear(request.path_params["what"], composed, room.speaker, room.passing)
    return FileResponse(file, media_type="audio/wav")


def ask_letter(request: Request) -> Response:
    """Ask for the file of a letter."""
    _draft(request)  # there is one by that id
    return page(request, "letter", id=request.path_params["id"], error="")


def take_letter(request: Request, form: FormData) -> Response:
    """Take the words of a letter from the file that is sent."""
    room, identity, draft = workroom_of(request), request.path_params["id"], _draft(request)
    slot, file = _letter_slot(_practice(draft, room)), form.get("file")
    try:
        letter = letter_of(file.file.read() if isinstance(file, UploadFile) else b"", "the letter")
    except RequestError as error:
        return page(request, "letter", status=422, id=identity, error=told(error))
    if slot:
        _keep(room, identity, draft.with_texts({SLOT + slot: letter.text}))
    return go_to(f"/make/{identity}")


def _make(request: Request, draft: SessionDraft) -> Response:
    """Ask for the recording to be made; where something is missing, show the page again."""
    room, missing = workroom_of(request), dict[str, str]()
    looked = look_at(room, draft)
    try:
        compose_draft(draft, room.settings, room.folders)
    except MissingError as error:
        practice = _practice(draft, room)
        missing = {_control(field, practice): _NO_ANSWER for field in error.fields}
    except CftAudioError as error:
        looked = looked if looked.errors else LookedDraft(None, {"": error})
    if looked.errors or missing:
        return _page(request, draft, looked, missing)
    job = room.queue.add("recording", draft.as_object(), draft.kept_with(room.folders))
    return go_to(f"/jobs/{job}")


@dataclass(frozen=True)
class LookedDraft:
    """A draft that was looked at.

    Attributes:
        drawn: How its session will be; None where that cannot be told.
        errors: What is wrong, by the control that it stands beside; by nothing for what is above.
    """

    drawn: Drawn | None
    errors: Mapping[str, CftAudioError] = field(default_factory=dict)


def look_at(room: Workroom, draft: SessionDraft) -> LookedDraft:
    """Return how the session of a draft will be, and what is wrong with it.

    A name that is not there yet, and every other answer, has something that stands for it.
    """
    _, errors = parse_draft(draft)
    try:
        composed = compose_to_look(room, draft)
        drawn = room.planner.ask(draw, composed.request, composed.folders)
    except CftAudioError as error:
        field = _control(error.field, _practice(draft, room))
        return LookedDraft(None, {field: error} | errors)
    try:
        check_voices(composed.request.voicing, composed.folders)
    except CftAudioError as error:  # the session is drawn all the same
        errors |= {error.field: error}
    return LookedDraft(drawn, errors)


def compose_to_look(room: Workroom, draft: SessionDraft) -> Composed:
    """Return the session of a draft, with something in the place of each answer that is missing.

    Raises:
        CftAudioError: If something of it cannot be meant.
    """
    stand_ins = _stand_ins(_practice(draft, room))
    return compose_draft(draft, room.settings, room.folders, stand_ins=stand_ins)


def _stand_ins(practice: Practice) -> dict[str, str]:
    """Return what stands for each answer that a practice needs, until it is there."""
    samples = sample_answers(practice, full=True)
    required = [slot.name for slot in practice.slots.values() if slot.default is None]
    return {name: samples[name] for name in required}


def _page(
    request: Request,
    draft: SessionDraft,
    looked: LookedDraft,
    missing: Mapping[str, str] | None = None,
) -> Response:
    room = workroom_of(request)
    practice = _practice(draft, room)
    shelf = {one.id: one for one in Library(room.folders.scripts).practices()[0]}
    controls = controls_of(draft, practice, room.folders)
    errors = {**told_by_field(looked.errors), **(missing or {})}
    asked_s = asked_length_s(request)
    return page(
        request,
        "make",
        status=422 if errors else 200,
        **_shown(room, request.path_params["id"], draft, looked),
        practice=practice,
        texts=draft.texts,
        note=note_of_length(asked_s) if asked_s else "",
        also=[one for one in map(shelf.get, request.query_params.getlist("also")) if one],
        controls=controls,
        errors=errors,
        letter=_letter_slot(practice),
    )


def _shown(
    room: Workroom, identity: str, draft: SessionDraft, looked: LookedDraft
) -> dict[str, Any]:
    """Return what the session as it will be is shown with."""
    practice, texts = _practice(draft, room), draft.texts
    missing = _stand_ins(practice).items() if not draft.client else ()
    stand_ins = [
        (practice.slots[name].ask, stands)
        for name, stands in missing
        if practice.slots[name].type != "letter" and not {name, SLOT + name} & texts.keys()
    ]
    return {"id": identity, "drawn": looked.drawn, "stand_ins": stand_ins}


def _draft(request: Request) -> SessionDraft:
    return draft_from(workroom_of(request).drafts.read(request.path_params["id"]))


def _practice(draft: SessionDraft, room: Workroom) -> Practice:
    return Library(room.folders.scripts).open(draft.practice).practice()


def _keep(room: Workroom, identity: str, draft: SessionDraft) -> None:
    room.drafts.change(identity, draft.as_object(), draft.kept_with(room.folders))


def _names(draft: SessionDraft, room: Workroom) -> list[str]:
    slots = _practice(draft, room).slots
    return [*SESSION_FIELDS, *(SLOT + name for name in slots)]


def _letter_slot(practice: Practice) -> str:
    """Return the slot of a practice that takes a letter; empty if none does."""
    letters = (slot.name for slot in practice.slots.values() if slot.type == "letter")
    return next(letters, "")


def _control(field: str, practice: Practice) -> str:
    """Return the control that an error about a field stands beside; empty for none."""
    return SLOT + _letter_slot(practice) if field == "letter" else field


ROUTES = (
    Route("/make/{id}", show),
    Route("/make/{id}", posted(change), methods=["POST"]),
    Route("/make/{id}/letter", ask_letter),
    Route(
        "/make/{id}/letter", posted(take_letter), methods=["POST"], max_body_size=LARGEST + 10_000
    ),
    Route("/make/{id}/hear/{what}", listen),
)
