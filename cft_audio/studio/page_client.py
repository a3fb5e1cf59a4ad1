"""The pages of one client: their file, what was made for them, handing over, forgetting."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING

from starlette.routing import Route

from cft_audio.application.clients.files import ClientFiles
from cft_audio.application.clients.forgetting import client_to_forget, forget_client
from cft_audio.application.clients.handing_over import HAND_OVER, HandOverForm
from cft_audio.application.clients.overview import Overview, overview_of
from cft_audio.application.clients.packing import pack_client, typed_form
from cft_audio.application.clients.typed_files import change_to
from cft_audio.application.drafts import SessionDraft
from cft_audio.application.listening import read_listening
from cft_audio.application.requests import recording_date
from cft_audio.errors import CftAudioError, ClientError
from cft_audio.library.practices import Library
from cft_audio.people.clients.records import NoRecordError
from cft_audio.studio.client_ids import place_with_id
from cft_audio.studio.controls import client_controls
from cft_audio.studio.page_begin import begin_with_draft, begun
from cft_audio.studio.page_clients import UNLOCK, is_closed, once_open
from cft_audio.studio.page_jobs import RECORDING
from cft_audio.studio.pages import (
    go_to,
    page,
    posted,
    told,
    told_by_field,
    typed,
    workroom_of,
)
from cft_audio.studio.recordings import id_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response


def show(request: Request) -> Response:
    """Show a client's file, and what was made for them."""
    return _page(request, {}, {})


def save(request: Request, form: FormData) -> Response:
    """Change what is kept of a client to what was typed."""
    return _keep(request, form) or go_to(f"{request.url.path}?kept=yes")


def _keep(request: Request, form: FormData) -> Response | None:
    """Keep what was typed into a client's file; return the page that tells what is wrong."""
    room = workroom_of(request)
    person, more = client_controls({}, room.folders)
    asked = chain(person, *(group.controls for group in more))
    texts = {one.name: typed(form, one.name) for one in asked}
    files = ClientFiles(room.folders, room.settings)
    errors = change_to(files, _seen(request).kept, texts)
    return _page(request, texts, told_by_field(errors)) if errors else None


def begin(request: Request, form: FormData) -> Response:
    """Begin a recording for a client, whose file is kept first where it was sent along."""
    room, practice = workroom_of(request), typed(form, "practice")
    if practice not in Library(room.folders.scripts).practice_files():
        raise NoRecordError(practice)
    if "kept" in form and (wrong := _keep(request, form)):
        return wrong
    return begin_with_draft(room, SessionDraft(practice, {"client": _seen(request).called}))


def hand_over(request: Request, form: FormData) -> Response:
    """Put together what a client gets, in the folder of recordings."""
    room, kept = workroom_of(request), _seen(request).kept
    hidden = room.settings.for_client(kept.client).choices({})["no_name"]
    hidden, place = hidden or form.get("no_name") == "yes", room.output / HAND_OVER
    try:
        packed = pack_client(kept, place, form_of(form), room.folders, no_name=hidden)
    except CftAudioError as error:
        beside = error.field * bool(_seen(request).recordings)  # else nothing of it is asked
        return _page(request, {}, {beside: told(error)})
    return page(request, "handed", each=[packed], back=f"/clients/{request.path_params['id']}")


def form_of(form: FormData) -> HandOverForm:
    """Return what becomes of hand-overs, as it was asked for.

    Raises:
        CftAudioError: As ``typed_form``.
    """
    kind, password, again = (str(form.get(n, "")) for n in ("kind", "password_file", "again"))
    return typed_form(kind, password, again, recording_date(os.environ))


def ask_to_forget(request: Request) -> Response:
    """Show what would go, and ask."""
    folders, identity = workroom_of(request).folders, request.path_params["id"]
    kept = client_to_forget(place_with_id(identity, folders).called, folders)
    receipt = forget_client(kept, folders, recordings=False, dry_run=True)
    return page(request, "client_forget", receipt=receipt, id=identity)


def forget(request: Request, form: FormData) -> Response:
    """Remove all that is kept of a client, and show what became of it."""
    room, recordings = workroom_of(request), form.get("recordings") == "yes"
    if recordings and is_closed(room):
        return go_to(UNLOCK)  # which they are is locked
    called = place_with_id(request.path_params["id"], room.folders).called
    for identity, job in list(room.queue.all()):
        with suppress(NoRecordError):
            if job.client == called:
                room.queue.forget(identity)
            elif job.kind != RECORDING:  # the copies of rosters go, which may be about them
                room.queue.stop(identity)
    kept = client_to_forget(called, room.folders)
    receipt = forget_client(kept, room.folders, recordings=recordings)
    return page(request, "client_forget", receipt=receipt, id="")


def _page(request: Request, texts: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    room, identity = workroom_of(request), request.path_params["id"]
    try:
        seen = _seen(request)
    except ClientError as error:
        return page(request, "client_wrong", status=422, id=identity, problems=error.problems)
    made = [id_of(found.files[0]) for found in seen.recordings]
    person, more = client_controls({**seen.texts, **texts}, room.folders)
    values = {
        "notes": {one: read_listening(one, room.folders)["notes"][:1] for one in made},
        "person": person,
        "more": more,
        "was_kept": request.query_params.get("kept") == "yes",
        "begun": [draft for draft in begun(room) if draft[2] == seen.called],
        "practices": Library(room.folders.scripts).practices()[0],
    }
    status = 422 if errors else 200
    shown = {"id": identity, "seen": seen, "id_of": id_of, "errors": errors}
    return page(request, "client", status=status, **shown, **values)


def _seen(request: Request) -> Overview:
    folders = workroom_of(request).folders
    return overview_of(place_with_id(request.path_params["id"], folders).called, folders)


ROUTES = (
    Route("/clients/{id}", once_open(show)),
    Route("/clients/{id}", posted(once_open(save)), methods=["POST"]),
    Route("/clients/{id}/begin", posted(once_open(begin)), methods=["POST"]),
    Route("/clients/{id}/hand-over", posted(once_open(hand_over)), methods=["POST"]),
    Route("/clients/{id}/forget", ask_to_forget),
    Route("/clients/{id}/forget", posted(forget), methods=["POST"]),
)
