"""The page of one line: it can be heard, left out, rested after, and said otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from cft_audio.application.drafts import draft_from
from cft_audio.errors import RequestError
from cft_audio.people.clients.records import NoRecordError
from cft_audio.script.edits import LONGER_S, LineEdit
from cft_audio.studio.controls import Control
from cft_audio.studio.page_make import look_at
from cft_audio.studio.pages import all_typed, go_to, page, posted, told, workroom_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cft_audio.application.plan_lines import PlannedLine


def show(request: Request) -> Response:
    """Show a line of a session, and what can be done with it."""
    return _page(request, {}, {})


def change(request: Request, form: FormData) -> Response:
    """Keep what is changed of a line."""
    room, identity = workroom_of(request), request.path_params["id"]
    line, errors = request.path_params["line"], dict[str, str]()
    longer, word, sound, out = all_typed(form, "longer", "word", "sound", "out")
    draft = draft_from(room.drafts.read(identity)).without_edit(line)
    try:
        if longer or out:
            draft = draft.with_edit(LineEdit(line, bool(out), _seconds(longer)))
    except RequestError as error:
        errors["longer"] = told(error)
    if word or sound:
        kept = draft.texts.get("pronounce", "")
        draft = draft.with_texts({"pronounce": f"{kept}\n{word}={sound}"})
    looked = look_at(room, draft)
    for field, name in (("pronounce", "sound"), ("edits", "longer")):
        if field in looked.errors:
            errors[name] = told(looked.errors[field])
    if errors:
        return _page(request, errors, {"longer": longer, "word": word, "sound": sound})
    room.drafts.change(identity, draft.as_object(), draft.kept_with(room.folders))
    return go_to(f"/make/{identity}#line-{line}")


def _seconds(text: str) -> float:
    try:
        return float(text.replace(",", ".") or 0)
    except ValueError as error:
        least, most = LONGER_S
        message, remedy = f"'{text}' is not a number", f"Give {least:g} to {most:g} seconds"
        raise RequestError(message, remedy=remedy, field="edits") from error


def _page(request: Request, errors: Mapping[str, str], typed: Mapping[str, str]) -> Response:
    room, identity = workroom_of(request), request.path_params["id"]
    line = _line(request)
    longer = typed.get("longer", f"{line.longer_s:g}" if line.longer_s else "")
    least, most = LONGER_S
    return page(
        request,
        "line",
        status=422 if errors else 200,
        id=identity,
        line=line,
        errors=errors,
        longer=Control("longer", f"Seconds, {least:g} to {most:g}", value=longer),
        word=Control("word", "The word", value=typed.get("word", "")),
        sound=Control(
            "sound",
            "How it sounds",
            value=typed.get("sound", ""),
            help="Spelled as it is said (see-oh-MAR-ah), or in IPA between slashes (/ˈiːfə/).",
        ),
        kept=room.drafts.read(identity)["texts"].get("pronounce", ""),
    )


def _line(request: Request) -> PlannedLine:
    """Return the line that a page is about.

    Raises:
        NoRecordError: If the session does not have it.
    """
    room = workroom_of(request)
    drawn = look_at(room, draft_from(room.drafts.read(request.path_params["id"]))).drawn
    for line in drawn.lines if drawn else ():
        if line.id == request.path_params["line"]:
            return line
    raise NoRecordError(request.path_params["line"])


ROUTES = (
    Route("/make/{id}/line/{line}", show),
    Route("/make/{id}/line/{line}", posted(change), methods=["POST"]),
)
