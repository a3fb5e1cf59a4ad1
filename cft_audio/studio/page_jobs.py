"""The page of what is being made, or was: how far it is, stopping it, making it again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.routing import Route

from cft_audio.application.drafts import compose_draft, draft_from
from cft_audio.application.jobs import FAILED, MADE, RUNNING, STOPPED, WAITING, Job
from cft_audio.application.recordings import build_to_keep
from cft_audio.application.requests import recording_date
from cft_audio.errors import CftAudioError
from cft_audio.library.practices import Library
from cft_audio.people.clients.records import NoRecordError
from cft_audio.running.making import Making
from cft_audio.studio.pages import go_to, page, told, workroom_of
from cft_audio.studio.recordings import id_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cft_audio.application.settings import Settings
    from cft_audio.files.folders import Folders

RECORDING = "recording"
"""The kind of job that makes one recording of a draft."""

_STAGES = {
    "": "Getting ready; the first line takes longest",
    "planning": "Planning it",
    "speaking": "Speaking the lines",
    "mixing": "Mixing voice, breath and sound",
    "encoding": "Writing the file",
}

_HEADINGS = {
    WAITING: "It waits",
    RUNNING: "It is being made",
    MADE: "It is made",
    FAILED: "It could not be made",
    STOPPED: "Stopped",
}


def show(request: Request) -> Response:
    """Show how far a job is, or what came of it: a recording, at its own page."""
    room, identity = workroom_of(request), request.path_params["id"]
    job, standing = room.queue.get(identity), room.queue.standing(identity)
    if job.kind == RECORDING and job.state == MADE:
        return go_to(f"/recordings/{id_of(Path(job.made['file']))}")
    return page(
        request,
        "job",
        id=identity,
        job=job,
        standing=standing or {"share": 0.0, "left_s": None},
        stage=_STAGES.get(standing.stage if standing else "", "At work"),
        heading=f"{_HEADINGS[job.state]}: {_title(job, room.folders)}",
        error=told(CftAudioError.from_object(job.error)) if job.error else "",
        rows=job.made.get("rows") or (standing.so_far if standing else None) or [],
    )


def stop(request: Request) -> Response:
    """Stop a job."""
    identity = request.path_params["id"]
    workroom_of(request).queue.stop(identity)
    return go_to(f"/jobs/{identity}")


def again(request: Request) -> Response:
    """Begin anew with what a job was made of."""
    room = workroom_of(request)
    job = room.queue.get(request.path_params["id"])
    if "roster" in job.wanted:
        return go_to(f"/clients/roster/{job.wanted['roster']}" + "?sends=yes" * job.wanted["sends"])
    if job.kind != RECORDING:
        raise NoRecordError(request.path_params["id"])
    return go_to(f"/make/{room.drafts.add(job.wanted, job.client)}")


def making_of(job: Job, settings: Settings, folders: Folders, output: Path) -> Making:
    """Return the process that makes the recording of a draft.

    Raises:
        CftAudioError: If the draft cannot be made of any more.
    """
    made_on = recording_date(os.environ)
    composed = compose_draft(draft_from(job.wanted), settings, folders, made_on)
    return Making(build_to_keep, composed.request, output, composed.folders)


def _title(job: Job, folders: Folders) -> str:
    if job.kind == RECORDING:
        return Library(folders.scripts).open(job.wanted["practice"]).practice().title
    return f"the voice {job.wanted['voice']}" if "voice" in job.wanted else "a roster"


ROUTES = (
    Route("/jobs/{id}", show),
    Route("/jobs/{id}/stop", stop, methods=["POST"]),
    Route("/jobs/{id}/again", again, methods=["POST"]),
)
