"""The pages of an own voice: a sheet read aloud line by line, or from files, and made into one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile
from starlette.responses import FileResponse
from starlette.routing import Route

from cft_audio.application.drafts import SessionDraft, compose_draft
from cft_audio.application.reading_aloud import begin_sheet, keep_recording, read_aloud
from cft_audio.errors import CftAudioError
from cft_audio.library.practices import Library
from cft_audio.own_voice.sheet_file import LINES
from cft_audio.own_voice.voice_files import lines_of, profile_of
from cft_audio.people.clients.records import NoRecordError, Records
from cft_audio.speech.voices.listing import list_voices
from cft_audio.studio.page_voices import OWN_VOICE, READINGS, folder_of
from cft_audio.studio.pages import all_typed, go_to, page, posted, told, workroom_of
from cft_audio.studio.wording import words

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cft_audio.application.reading_aloud import ReadAloud
    from cft_audio.studio.workroom import Workroom

_LARGEST = 64 * 1024 * 1024
"""Bytes of what is sent at once: ten minutes of sound that is not compressed."""

_CHOSEN = {"practice": "", "minutes": "10", "name": "", "voice": "my-voice"}
"""What is asked for to begin with, and what it usually is."""


def start(
    request: Request, chosen: dict[str, str] = _CHOSEN, errors: dict[str, str] | None = None
) -> Response:
    """Ask what is to be read, and list what was begun."""
    room, records = workroom_of(request), _records(workroom_of(request))
    values: dict[str, Any] = {"chosen": chosen, "errors": errors or {}}
    values["begun"] = [(one, records.read(one)) for one in records.by_age()]
    found, _ = Library(room.folders.scripts).practices()
    values["practices"] = [(practice.id, practice.title) for practice in found]
    return page(request, "own_voice", status=422 if errors else 200, **values)


def begin(request: Request, form: FormData) -> Response:
    """Begin to read a sheet aloud: of a voice that is there, the lines that it lacks."""
    room, records = workroom_of(request), _records(workroom_of(request))
    chosen, folders = dict(zip(_CHOSEN, all_typed(form, *_CHOSEN), strict=True)), room.folders
    texts = {name: chosen[name] for name in ("minutes", "name") if chosen[name]}
    try:
        profile_of(chosen["voice"], folders.own_voices)
        if lines_of(chosen["voice"], folders.voices) is not None:
            texts["voice"] = chosen["voice"]
        composed = compose_draft(SessionDraft(chosen["practice"], texts), room.settings, folders)
        identity = records.add(chosen, "")
        folder = folder_of(identity, folders)
        try:
            if room.planner.ask(begin_sheet, composed.request, folder, folders, words):
                return go_to(f"/voices/own/{identity}/1")
            errors = {"voice": "This voice has every line of the session already."}
        finally:
            if not (folder / LINES).exists():
                records.remove(identity)
                shutil.rmtree(folder, ignore_errors=True)
    except CftAudioError as error:
        errors = {error.field if error.field in _CHOSEN else "": told(error)}
    return start(request, chosen, errors)


def show(request: Request, error: str = "") -> Response:
    """Show a sheet and which of its lines are recorded; or one of its lines, to be read."""
    (identity, reading, about), number = _reading(request), request.path_params.get("number", 0)
    if number > len(reading.sheet.lines):
        raise NoRecordError(str(number))
    voices = list_voices(workroom_of(request).folders.voices)
    values = {"id": identity, "reading": reading, "about": about, "number": number, "error": error}
    speaking = (v for v in voices if v.online is False and v.state == "installed")
    values["voices"] = [v.name for v in speaking if lines_of(v.name, [v.file.parent]) is None]
    template = "sheet_line" if number else "sheet"
    return page(request, template, status=422 if error else 200, **values)


def keep(request: Request, form: FormData) -> Response:
    """Keep recordings: of one line, where the address names it, or of any."""
    (_, reading, _), number = _reading(request), request.path_params.get("number", 0)
    files = [one for one in form.getlist("sound") if isinstance(one, UploadFile) and one.filename]
    try:
        for file in files:
            keep_recording(reading, str(file.filename), file.file, number)
    except CftAudioError as error:
        return show(request, told(error))
    return _back(request) if files else show(request, "No file was chosen.")


def listen(request: Request) -> Response:
    """Give the recording of a line."""
    number, (_, reading, _) = request.path_params["number"], _reading(request)
    if number not in reading.takes:
        raise NoRecordError(str(number))
    return FileResponse(reading.takes[number])


def change(request: Request, form: FormData) -> Response:
    """Have the voice made, delete one recording or those of no line, or forget everything."""
    (do, fallback), room = all_typed(form, "do", "fallback"), workroom_of(request)
    (identity, reading, about), number = _reading(request), request.path_params.get("number", 0)
    if do == "make":
        wanted = {"reading": identity, "voice": about["voice"], "fallback": fallback}
        return go_to(f"/jobs/{room.queue.add(OWN_VOICE, wanted, '')}")
    if do == "forget":
        for job, made in room.queue.all():  # what came of it holds its lines
            if made.wanted.get("reading") == identity:
                room.queue.forget(job)
        shutil.rmtree(reading.folder, ignore_errors=True)
        _records(room).remove(identity)
        return go_to("/voices/own")
    for file in [reading.takes[number]] if number in reading.takes else reading.others:
        file.unlink(missing_ok=True)
    return _back(request)


def _reading(request: Request) -> tuple[str, ReadAloud, dict[str, Any]]:
    """Return the id of a sheet that is read aloud, it, and what was chosen for it."""
    room, identity = workroom_of(request), request.path_params["id"]
    about = _records(room).read(identity)
    return identity, read_aloud(folder_of(identity, room.folders)), about


def _records(room: Workroom) -> Records:
    return Records(room.folders, READINGS)


def _back(request: Request) -> Response:
    return go_to("/voices/own/" + "/".join(map(str, request.path_params.values())))


_KEEP, _CHANGE = posted(keep), posted(change)

ROUTES = (
    Route("/voices/own", start),
    Route("/voices/own", posted(begin), methods=["POST"]),
    Route("/voices/own/{id}", show),
    Route("/voices/own/{id}", _CHANGE, methods=["POST"]),
    Route("/voices/own/{id}/files", _KEEP, methods=["POST"], max_body_size=_LARGEST),
    Route("/voices/own/{id}/{number:number}", show),
    Route("/voices/own/{id}/{number:number}", _CHANGE, methods=["POST"]),
    Route("/voices/own/{id}/{number:number}/take", listen),
    Route("/voices/own/{id}/{number:number}/take", _KEEP, methods=["POST"], max_body_size=_LARGEST),
)
