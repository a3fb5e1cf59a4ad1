"""The pages of rosters: a template, everything wrong at its cell, what it comes to, making it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cft_audio.application.batches import kept_rosters
from cft_audio.application.batches.kept_rosters import LookedRoster, RosterWork, roster_with_id
from cft_audio.application.batches.roster_template import roster_template
from cft_audio.application.requests import recording_date
from cft_audio.errors import CftAudioError
from cft_audio.rosters.file_kinds import LARGEST
from cft_audio.running.making import Making
from cft_audio.studio.page_client import form_of
from cft_audio.studio.page_clients import once_open
from cft_audio.studio.pages import go_to, page, posted, told, workroom_of
from cft_audio.studio.wording import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from cft_audio.application.jobs import Job
    from cft_audio.application.settings import Settings
    from cft_audio.files.folders import Folders

BATCH = "batch"
"""The kind of job that makes a roster."""

_TEMPLATES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml",
}

_MOST_BYTES = LARGEST + 100_000
"""Bytes of the form with a file, of which little is anything else."""


def ask(request: Request) -> Response:
    """Offer a template, and ask for a roster."""
    return _asked(request, LookedRoster(), {})


def template(request: Request) -> Response:
    """Give a roster to begin with."""
    ending = request.path_params["ending"]
    if ending not in _TEMPLATES:
        raise HTTPException(404)
    content = roster_template(ending, workroom_of(request).folders, words)
    headers = {"content-disposition": f'attachment; filename="clients.{ending}"'}
    return Response(content, media_type=_TEMPLATES[ending], headers=headers)


def upload(request: Request, form: FormData) -> Response:
    """Keep a roster, and go to what it comes to; where something is wrong with it, tell that."""
    room, roster = workroom_of(request), form.get("roster")
    if not (isinstance(roster, UploadFile) and roster.filename):
        return _asked(request, LookedRoster(), form, "Choose the file of a roster first.")
    content = roster.file.read(LARGEST + 1)
    identity, error = kept_rosters.keep_roster(content, roster.filename, room.folders), ""
    work = _work(request, identity, form)
    try:
        looked = room.planner.ask(kept_rosters.look_at, work)
    except CftAudioError as fault:
        looked, error = LookedRoster(), told(fault)
    if looked.problems or error:
        work.file.unlink(missing_ok=True)
        return _asked(request, looked, form, error)
    return go_to(f"/clients/roster/{identity}" + "?sends=yes" * work.sends)


def show(request: Request) -> Response:
    """Show what a roster comes to."""
    return _shown(request, request.query_params, {})


def make(request: Request, form: FormData) -> Response:
    """Ask for a roster to be made."""
    identity = request.path_params["id"]
    wanted = {"roster": identity, "sends": _work(request, identity, form).sends}
    return go_to(f"/jobs/{workroom_of(request).queue.add(BATCH, wanted, '')}")


def pack(request: Request, form: FormData) -> Response:
    """Put together for each client of a roster what they get."""
    identity = request.path_params["id"]
    work = _work(request, identity, form)
    try:
        each = workroom_of(request).planner.ask(kept_rosters.hand_over, work, form_of(form))
    except CftAudioError as error:
        return _shown(request, form, {error.field: told(error)})
    return page(request, "handed", each=each, back=f"/clients/roster/{identity}")


def remove(request: Request) -> Response:
    """Remove the copy of a roster."""
    roster_with_id(request.path_params["id"], workroom_of(request).folders).unlink(missing_ok=True)
    return go_to("/clients")


def making_of(job: Job, settings: Settings, folders: Folders, output: Path) -> Making:
    """Return the process that makes a roster.

    Raises:
        CftAudioError: If its copy is not there any more.
    """
    file, made_on = roster_with_id(job.wanted["roster"], folders), recording_date(os.environ)
    work = RosterWork(file, job.wanted["sends"], settings, folders, output, made_on)
    return Making(kept_rosters.make_roster, work)


def _asked(
    request: Request, looked: LookedRoster, form: Mapping[str, object], error: str = ""
) -> Response:
    values = {"looked": looked, "sends": form.get("sends") or "", "error": error}
    return page(request, "roster", status=422 if looked.problems or error else 200, **values)


def _shown(request: Request, form: Mapping[str, object], errors: Mapping[str, str]) -> Response:
    work = _work(request, request.path_params["id"], form)
    looked = workroom_of(request).planner.ask(kept_rosters.look_at, work)
    status = 422 if errors else 200
    if looked.problems:
        return _asked(request, looked, form)
    values = {"id": request.path_params["id"], "sends": work.sends, "errors": errors}
    return page(request, "roster_plan", status=status, looked=looked, **values)


def _work(request: Request, identity: str, form: Mapping[str, object]) -> RosterWork:
    room, sends = workroom_of(request), form.get("sends") == "yes"
    file, made_on = roster_with_id(identity, room.folders), recording_date(os.environ)
    return RosterWork(file, sends, room.settings, room.folders, room.output, made_on)


_upload = posted(once_open(upload))

ROUTES = (
    Route("/clients/roster", once_open(ask)),
    Route("/clients/roster", _upload, methods=["POST"], max_body_size=_MOST_BYTES),
    Route("/clients/roster/template.{ending}", template),
    Route("/clients/roster/{id}", once_open(show)),
    Route("/clients/roster/{id}", posted(once_open(make)), methods=["POST"]),
    Route("/clients/roster/{id}/hand-over", posted(once_open(pack)), methods=["POST"]),
    Route("/clients/roster/{id}/remove", remove, methods=["POST"]),
)
