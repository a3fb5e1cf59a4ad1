"""The pages of recordings: all of them, and each to listen to, with how it was."""

from __future__ import annotations

import re
import shlex
from contextlib import suppress
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from starlette.responses import FileResponse, Response
from starlette.routing import Route

from cft_audio.application.again import read_again, typed_again
from cft_audio.application.beside.pictures import picture_of_contents
from cft_audio.application.clients.found_recordings import files_beside
from cft_audio.application.drafts import SLOT, SessionDraft, draft_from
from cft_audio.application.how_it_was import LONGEST, WORDS, note_of
from cft_audio.application.listening import change_listening, read_listening
from cft_audio.application.shelf import contents_of, made_for
from cft_audio.application.tags import AGAIN_TAG
from cft_audio.errors import LockedError, RequestError, SoundError
from cft_audio.files.file_manager import show_file
from cft_audio.library.practices import Library
from cft_audio.master.formats import known_format
from cft_audio.people.clients.records import NoRecordError
from cft_audio.pictures.drawing import describe, draw_strip
from cft_audio.signal.audio import seconds
from cft_audio.studio.pages import go_to, page, posted, told, typed, workroom_of
from cft_audio.studio.recordings import all_recordings, find_file, find_recording
from cft_audio.studio.wording import LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from cft_audio.application.listening import Change
    from cft_audio.studio.recordings import ListedRecording
    from cft_audio.studio.workroom import Workroom


def show_all(request: Request) -> Response:
    """Show every recording, those of an album together."""
    room = workroom_of(request)
    found = sorted(all_recordings(room), key=lambda one: one.file)
    together = [[*them] for _, them in groupby(found, lambda one: one.file.parent)]
    albums = [them for them in together if len(them) > 1 and them[0].file.parent != room.output]
    singles = [one for them in together if them not in albums for one in them]
    singles.sort(key=lambda one: one.made_at, reverse=True)
    albums.sort(key=lambda them: max(one.made_at for one in them), reverse=True)
    return page(request, "recordings", singles=singles, albums=albums, when=_when)


def show(
    request: Request, problem: str = "", error: str = "", texts: Mapping[str, str] | None = None
) -> Response:
    """Show a recording, to listen to it; with what was typed where that is wrong."""
    room = workroom_of(request)
    recording = find_recording(room, request.path_params["id"])
    file, found, contents, locked = recording.file, recording.found, None, ""
    kept: dict[str, Any] = {"stopped_s": 0.0, "notes": []}
    is_changed = recording.is_changed
    try:
        kept = read_listening(recording.id, room.folders)
        _, made = made_for(file, room.folders)
        is_changed |= bool(found and made and made.bytes != found.size)
    except LockedError as fault:
        locked = told(fault)
    try:
        contents = contents_of(file) if found else None
    except SoundError as fault:
        problem = told(fault)
    drawn = contents and picture_of_contents(contents, file.stem, room.folders)
    status = 422 if error else 200 if found else 404
    return page(
        request,
        "listen",
        status=status,
        recording=recording,
        is_changed=is_changed,
        contents=contents,
        described=describe(drawn) if drawn and drawn.length else "",
        fields=_told(recording)[1],
        labels=LABELS,
        beside=files_beside(file, room.folders),
        draft=_draft(recording, room),
        commands=[shlex.join(["cft-audio", do, str(file)]) for do in ("play", "inspect")],
        kept=kept,
        locked=locked,
        problem=problem,
        error=error,
        typed=texts or {},
        **_WORDED,
    )


def audio(request: Request) -> Response:
    """Give the sound of a recording, or any part of it."""
    file = _file(request)
    return FileResponse(file, media_type=known_format(file.suffix).media_type)


def picture(request: Request) -> Response:
    """Give the picture of a recording to seek in."""
    file = _file(request)
    drawn = picture_of_contents(contents_of(file), file.stem, workroom_of(request).folders)
    return Response(draw_strip(drawn), media_type="image/svg+xml")


def save(request: Request) -> Response:
    """Give a recording, or what lies beside it, to be saved: no page of it is the studio's own."""
    file = _file(request)
    offered = dict(enumerate([file, *files_beside(file, workroom_of(request).folders)]))
    if (chosen := offered.get(request.path_params["number"])) is None:
        raise NoRecordError(request.path_params["id"])
    return FileResponse(chosen, media_type="application/octet-stream", filename=chosen.name)


def show_folder(request: Request) -> Response:
    """Show a recording where it lies; the page stays as it is, and what is heard goes on."""
    if problem := show_file(_file(request)):
        return show(request, problem=f"The folder could not be opened: {problem}.")
    return Response(status_code=204)


def again(request: Request) -> Response:
    """Begin anew with what a recording was made of."""
    room = workroom_of(request)
    known = _draft(find_recording(room, request.path_params["id"]), room)
    if known is None:
        return _back(request)
    return go_to(f"/make/{room.drafts.add(known[0].as_object(), known[0].client)}")


def add_note(request: Request, form: FormData) -> Response:
    """Note how it was."""
    texts = {name: typed(form, name) for name in ("before", "after", "text")}
    try:
        note = note_of(datetime.now().astimezone().date(), **texts)
        _change(request, lambda kept: kept["notes"].insert(0, note))
    except (RequestError, LockedError) as error:
        return show(request, error=told(error), texts=texts)
    return _back(request, "#how-it-was")


def remove_note(request: Request) -> Response:
    """Forget a note."""

    def remove(kept: dict[str, Any]) -> None:
        gone = request.path_params["note"]
        kept["notes"] = [note for note in kept["notes"] if note["id"] != gone]

    _change(request, remove)
    return _back(request, "#how-it-was")


def stop_at(request: Request, form: FormData) -> Response:
    """Note where somebody stopped, in seconds, which a page's script tells."""
    at_s = typed(form, "at")
    if not re.fullmatch(r"\d{1,6}(\.\d)?", at_s, re.ASCII):
        return Response(status_code=422)
    with suppress(LockedError):  # then it is not remembered
        _change(request, lambda kept: kept.update(stopped_s=float(at_s)))
    return Response(status_code=204)


def _change(request: Request, change: Change) -> None:
    room, identity = workroom_of(request), request.path_params["id"]
    change_listening(identity, find_file(room, identity), room.folders, change)


def _back(request: Request, place: str = "") -> Response:
    return go_to(f"/recordings/{request.path_params['id']}{place}")


def _file(request: Request) -> Path:
    """Return the file of a recording that is there.

    Raises:
        NoRecordError: If it is not, or none of ours.
    """
    file = find_file(workroom_of(request), request.path_params["id"])
    if not file.is_file():
        raise NoRecordError(request.path_params["id"])
    return file


def _told(recording: ListedRecording) -> tuple[str, dict[str, str], list[str]]:
    """Return the practice of a recording, what was chosen of it, and what it does not keep."""
    with suppress(SoundError):
        if known := read_again(contents_of(recording.file).tags.get(AGAIN_TAG, "")):
            return known.practice, *typed_again(known)
    return "", {}, []


def _draft(recording: ListedRecording, room: Workroom) -> tuple[SessionDraft, list[str]] | None:
    """Return a draft that makes a recording again, and what has to be filled in anew, in words.

    It is None where its script is none of those in the room.
    """
    practice, texts, missing = _told(recording)
    draft = SessionDraft(practice, texts)
    if recording.job:
        draft, missing = draft_from(recording.job.wanted), []
    library = Library(room.folders.scripts)
    if draft.practice not in library.practice_files():
        return None
    if recording.client:
        draft = draft.with_texts({"client": recording.client})
    slots = library.open(draft.practice).practice().slots.values()
    asked = {called: slot.ask for slot in slots for called in (slot.name, SLOT + slot.name)}
    return draft, [asked.get(name) or LABELS.get(name, name) for name in missing]


def _when(moment: float) -> str:
    """Return a moment in words, as the clock shows it where the person is."""
    at = datetime.fromtimestamp(moment).astimezone()
    return f"{_day(at.isoformat())}, {at:%H:%M}" if moment else ""


def _day(moment: str) -> str:
    day = datetime.fromisoformat(moment)
    return f"{day.day} {day:%B %Y}"


_WORDED = {"words": WORDS, "limit": LONGEST, "seconds": seconds, "when": _when, "day": _day}
_ONE = "/recordings/{id}"
ROUTES = (
    Route("/recordings", show_all),
    Route(_ONE, show),
    Route(_ONE + "/audio", audio),
    Route(_ONE + "/picture", picture),
    Route(_ONE + "/save/{number:number}", save),
    Route(_ONE + "/folder", show_folder, methods=["POST"]),
    Route(_ONE + "/again", again, methods=["POST"]),
    Route(_ONE + "/notes", posted(add_note), methods=["POST"]),
    Route(_ONE + "/notes/{note}/delete", remove_note, methods=["POST"]),
    Route(_ONE + "/stopped", posted(stop_at), methods=["POST"]),
)
