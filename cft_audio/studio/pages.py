"""Pages: how an answer is written from its template, and what every page is given."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse

from cft_audio.errors import sentences
from cft_audio.references import replace_references
from cft_audio.schema.durations import clock
from cft_audio.studio.static_files import static_url
from cft_audio.studio.wording import words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from cft_audio.errors import CftAudioError
    from cft_audio.studio.workroom import Workroom

_TEMPLATES = Path(__file__).with_name("templates")


def workroom_of(request: Request) -> Workroom:
    """Return what the pages work with."""
    room: Workroom = request.app.state.workroom
    return room


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """Return a page.

    Args:
        request: What it answers.
        template: The template's name, without its ending.
        status: The status of the answer; 422 where something that was typed is wrong.
        **values: What the template is given.
    """
    return HTMLResponse(part(request, template, **values), status)


def part(request: Request, template: str, **values: Any) -> str:
    """Return the text of a page, or of a part of one."""
    known = {"path": request.url.path, "static": static_url}
    return _environment().get_template(f"{template}.html.jinja").render(**known, **values)


def posted(
    answer: Callable[[Request, FormData], Response], largest: int = 256 * 1024
) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a form: it reads the form, and lets a thread answer.

    Args:
        answer: What answers, of the request and its form.
        largest: Bytes of the longest text that the form may have.
    """

    async def endpoint(request: Request) -> Response:
        async with request.form(max_part_size=largest) as form:
            return await run_in_threadpool(answer, request, form)

    return endpoint


def typed(form: FormData, name: str) -> str:
    """Return what was typed or chosen in a field; of several choices, with commas between them."""
    texts = (each for each in form.getlist(name) if isinstance(each, str))
    return ", ".join(texts).replace("\r\n", "\n").strip()


def all_typed(form: FormData, *names: str) -> list[str]:
    """Return what was typed or chosen in each of these fields."""
    return [typed(form, name) for name in names]


def go_to(path: str) -> Response:
    """Return an answer that leads to another page, whatever was sent to this one."""
    return RedirectResponse(path, 303)


def told(error: CftAudioError) -> str:
    """Return an error in the words of the studio, without the field beside which it stands."""
    field, error.field = error.field, ""
    try:
        said = error.worded(words)
    finally:
        error.field = field
    return said[:1].upper() + said[1:]


def told_whole(error: CftAudioError) -> str:
    """Return an error in the words of the studio, with what it is about."""
    said = error.worded(words)
    return said[:1].upper() + said[1:]


def told_by_field(errors: Mapping[str, CftAudioError]) -> dict[str, str]:
    """Return the words of errors by the fields beside which they stand."""
    return {field: told(error) for field, error in errors.items()}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clock"] = lambda seconds: clock(round(seconds))
    environment.filters["sentences"] = lambda parts: sentences(*parts)
    environment.filters["worded"] = lambda text: replace_references(text, words)
    return environment
