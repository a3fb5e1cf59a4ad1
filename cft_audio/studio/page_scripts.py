"""The pages of scripts: each to read, to copy, and an own one to change, check and hear."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route

from cft_audio.application import own_scripts, practices
from cft_audio.application.drafts import SessionDraft
from cft_audio.application.reading import read_session
from cft_audio.errors import CftAudioError, ScriptError
from cft_audio.library.practices import Library
from cft_audio.people.clients.records import NoRecordError
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.practice import TECHNIQUES
from cft_audio.studio.hearing import heard_once, write_part
from cft_audio.studio.page_make import compose_to_look
from cft_audio.studio.pages import all_typed, go_to, page, part, posted, told, workroom_of
from cft_audio.studio.wording import words

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cft_audio.application.own_scripts import ScriptText

_LARGEST_FORM = 1_000_000
"""Bytes of an editor's form: several times the longest script."""

_HEARD_S = 30.0
"""Seconds that are heard from a line on."""


def listing(request: Request, name: str = "", chosen: str = "", error: str = "") -> Response:
    """List the practices, the person's own first."""
    values = {"scripts": own_scripts.list_scripts(workroom_of(request).folders), "error": error}
    values |= {"name": name, "techniques": TECHNIQUES, "chosen": chosen}
    return page(request, "scripts", status=422 if error else 200, **values)


def begin(request: Request, form: FormData) -> Response:
    """Begin a practice from the beginning that every new one has."""
    folders = workroom_of(request).folders
    name, technique = all_typed(form, "practice", "technique")
    try:
        own_scripts.begin_own_script(name, technique, folders, words)
    except CftAudioError as error:
        return listing(request, name, technique, told(error))
    return go_to(f"/scripts/{name}/edit")


def show(request: Request, copied: str | None = None, error: str = "") -> Response:
    """Show a practice as it will be said, at a length and for a difficulty."""
    room, name = workroom_of(request), _name(request)
    chosen = {key: request.query_params.get(key, "") for key in ("minutes", "for")}
    values: dict[str, Any] = {"chapters": (), "shown": None, "wrong": "", "problems": ()}
    try:
        values["shown"] = room.planner.ask(practices.show_practice, name, room.folders)
        session = compose_to_look(room, SessionDraft(name).with_texts(chosen)).request.session
        values["chapters"] = room.planner.ask(read_session, session, room.folders)
    except ScriptError as fault:
        values["problems"] = [one.worded(words) for one in fault.problems]
    except CftAudioError as fault:
        values["wrong"] = told(fault)
    values |= {"name": name, "own": Library(room.folders.scripts).is_own(name), "chosen": chosen}
    values |= {"adaptations": ADAPTATIONS, "copied": copied, "error": error}
    return page(request, "script", status=422 if error or values["wrong"] else 200, **values)


def copy(request: Request, form: FormData) -> Response:
    """Copy a practice among the person's own."""
    (name,) = all_typed(form, "practice")
    try:
        own_scripts.copy_script(_name(request), name, workroom_of(request).folders)
    except CftAudioError as error:
        return show(request, name, told(error))
    return go_to(f"/scripts/{name}/edit")


def edit(request: Request) -> Response:
    """Show an own practice to be changed."""
    script = own_scripts.script_text(_name(request, is_own=True), workroom_of(request).folders)
    return _editor(request, script, {}, saved=request.query_params.get("saved", ""))


def change(request: Request, form: FormData) -> Response:
    """Keep a text, check it, or let it be heard from a line on."""
    folders, name = workroom_of(request).folders, _name(request, is_own=True)
    (do, digest, line), text = all_typed(form, "do", "digest", "line"), str(form.get("text", ""))
    script = own_scripts.script_text(name, folders).changed(text, digest)
    error, found = "", {}
    try:
        if do == "save":
            kept = own_scripts.change_script(name, script, folders).stem
            return go_to(f"/scripts/{kept}/edit?saved={'yes' if kept == name else 'beside'}")
        if do == "hear":
            return go_to(f"/scripts/{name}/heard/{_hear(request, script, line)}")
        found = _check(request, script)
    except ScriptError:
        error, found = "Something in the text has to be put right first.", _check(request, script)
    except CftAudioError as fault:
        error = told(fault)
    if "application/json" not in request.headers.get("accept", ""):
        return _editor(request, script, found, error=error, line=line)
    html = part(request, "problems", **found) if found else ""
    lines = [one.line for one in found.get("problems", ()) if one.line]
    return JSONResponse({"error": error, "problems": html, "lines": lines}, 422 if error else 200)


def heard(request: Request) -> Response:
    """Give what is heard from a line on, by the digest of what it is made of."""
    digest = request.path_params["digest"]
    file = workroom_of(request).passing / f"{digest}.wav"
    if not re.fullmatch(r"[0-9a-f]{24}", digest) or not file.exists():
        raise NoRecordError(digest)
    return FileResponse(file, media_type="audio/wav")


def _editor(request: Request, script: ScriptText, found: dict[str, Any], **more: str) -> Response:
    values = {"problems": None, "saved": "", "error": "", "line": "1", **found, **more}
    values |= {"name": script.path.stem, "script": script}
    return page(request, "edit", status=422 if more.get("error") else 200, **values)


def _check(request: Request, script: ScriptText) -> dict[str, Any]:
    """Return what is found in a text, and that in a sentence."""
    room, name = workroom_of(request), script.path.stem
    voice = room.settings.values.get("voice")
    with own_scripts.as_if_kept(script, room.folders, room.passing) as folders:
        found = room.planner.ask(own_scripts.check_text, name, folders, voice)
    errors = sum(not one.warning for one in found)
    summary = practices.check_summary(1, errors, len(found) - errors)
    return {"problems": found, "summary": summary}


def _hear(request: Request, script: ScriptText, line: str) -> str:
    """Let a text be heard from a line on, and return what the sound is known by."""
    room, number = workroom_of(request), int(line) if re.fullmatch("[0-9]{1,6}", line) else 1
    choice = own_scripts.FromScriptLine(length_s=_HEARD_S, script=script.text, number=number)

    def write(file: Path) -> None:
        with own_scripts.as_if_kept(script, room.folders, room.passing) as folders:
            here = compose_to_look(replace(room, folders=folders), SessionDraft(script.path.stem))
            room.speaker.ask(write_part, choice, here.request, here.folders.for_passing, file)

    made_of = (script.path, choice, sorted(room.settings.values.items()))
    return heard_once(made_of, room.passing, write).stem


def _name(request: Request, *, is_own: bool = False) -> str:
    """Return the practice that a page is of.

    Raises:
        NoRecordError: If there is none, or none of the person's own where it must be.
    """
    name, library = request.path_params["name"], Library(workroom_of(request).folders.scripts)
    if name not in library.practice_files() or (is_own and not library.is_own(name)):
        raise NoRecordError(name)
    return str(name)


_EDIT = posted(change, _LARGEST_FORM)

ROUTES = (
    Route("/scripts", listing),
    Route("/scripts", posted(begin), methods=["POST"]),
    Route("/scripts/{name}", show),
    Route("/scripts/{name}/copy", posted(copy), methods=["POST"]),
    Route("/scripts/{name}/edit", edit),
    Route("/scripts/{name}/edit", _EDIT, methods=["POST"], max_body_size=_LARGEST_FORM),
    Route("/scripts/{name}/heard/{digest}", heard),
)
