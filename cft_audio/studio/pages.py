"""Pages: how an answer is written from its template, and what every page is given."""

from __future__ import annotations

from copy import copy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from cft_audio.errors import sentences
from cft_audio.references import replace_references
from cft_audio.schema.durations import clock
from cft_audio.studio.static_files import static_url
from cft_audio.studio.wording import words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.datastructures import FormData
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from cft_audio.errors import CftAudioError
    from cft_audio.studio.workroom import Workroom

_TEMPLATES = Path(__file__).with_name("templates")


class _Number(IntegerConvertor):
    """A number in an address, of no more digits than any of ours has."""

    regex = "[0-9]{1,9}"


register_url_convertor("number", _Number())


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
    after = workroom_of(request).events.now
    known = {"path": request.url.path, "static": static_url, "after": after}
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
        kind = request.headers.get("content-type", "").lower()
        if kind.startswith("multipart/") and "charset" in kind:
            raise HTTPException(400)  # no browser sends one, and some decode to what is no text
        async with request.form(max_part_size=largest) as form:
            return await run_in_threadpool(answer, request, form)

    return endpoint


def telling_of_size(app: ASGIApp) -> ASGIApp:
    """Return it with a page in the place of what Starlette answers to what is too large.

    That is two words, and no handler of an error can change them.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        is_told = False

        async def pass_on(message: Message) -> None:
            nonlocal is_told
            if message.get("status") == 413:  # noqa: PLR2004
                is_told, said = True, "What was sent is too large, and nothing of it was kept."
                await page(Request(scope), "wrong", status=413, message=said)(scope, receive, send)
            elif not is_told:
                await send(message)

        await app(scope, receive, pass_on)

    return answer


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
    """Return an error in the words of the studio, without the field beside which it stands.

    Of a file that it is about no more is told than its name.
    """
    shown = copy(error)
    shown.field, shown.where = "", Path(error.where).name
    said = shown.worded(words)
    return said if shown.where != error.where else said[:1].upper() + said[1:]


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
