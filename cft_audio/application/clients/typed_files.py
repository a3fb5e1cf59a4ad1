"""A client's file as the texts of a form, and changed to what was typed there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cft_audio.application.clients.kept import CLIENT_FIELDS
from cft_audio.errors import CftAudioError, RequestError
from cft_audio.files.folders import is_path
from cft_audio.schema.nodes import find_control

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cft_audio.application.clients.files import ClientFiles
    from cft_audio.application.clients.kept import Kept
    from cft_audio.people.clients.client import Client
    from cft_audio.schema.fields import Field


def texts_of(client: Client) -> dict[str, str]:
    """Return what a client's file says as it is typed, for every field; pairs one a line."""
    own = {"pronouns": client.pronouns, "notes": client.notes.strip()}
    values = {**client.values, **own}
    return {name: _text(known, values.get(name)) for name, known in CLIENT_FIELDS.items()}


def change_to(files: ClientFiles, kept: Kept, texts: Mapping[str, str]) -> dict[str, CftAudioError]:
    """Change a client's file to what was typed; what was not changed stays as it is written.

    Args:
        files: The files of clients.
        kept: The client.
        texts: What is typed in each field that is shown.

    Returns:
        What is wrong, by field; nothing was changed then.
    """
    before = texts_of(kept.client)
    changed = {n: text for n, text in texts.items() if _items(n, text) != _items(n, before[n])}
    unset = [name for name, text in changed.items() if not text]
    given: dict[str, Any] = {}
    errors: dict[str, CftAudioError] = {}
    for name, text in changed.items():
        try:
            if text:
                given[name] = typed_value(CLIENT_FIELDS[name], text)
        except RequestError as error:
            errors[name] = error
    for name, value in given.items():
        if isinstance(value, dict):
            gone = kept.client.values.get(name, {}).keys() - value.keys()
            unset += [f"{name}.{key}" for key in gone]
    try:
        if changed and not errors:
            files.change(kept.place, given, unset)
    except CftAudioError as error:
        errors[error.field] = error
    return errors


def typed_value(known: Field, text: str) -> Any:
    """Return what was typed in a page as a value that a client's file takes.

    Raises:
        RequestError: If it cannot be meant, or names a file: no path that a browser sends is ever
            opened.
    """
    if known.kind == "path" or (known.kind == "text or path" and is_path(text)):
        message = "no file is opened by its path from a page"
        raise known.refusal(message, "Choose one that is offered")
    if control := find_control(text):
        raise known.refusal(f"there is a control character, U+{ord(control[0]):04X}", "Remove it")
    if known.kind == "pairs":
        return known.parse([line for line in text.splitlines() if line.strip()])
    known.parse(text)
    return text


def _items(name: str, text: str) -> object:
    """Return what tells one text of a field from another: a page has an order for its choices."""
    return set(text.split(", ")) if CLIENT_FIELDS[name].kind == "list of choices" else text


def _text(known: Field, value: Any) -> str:
    match plain := known.plain(value):
        case None | False:
            return ""
        case True:
            return "yes"
        case float():
            return f"{plain:.10g}"
        case list():
            return ", ".join(map(str, plain))
        case dict():
            return "\n".join(f"{key}={text}" for key, text in plain.items())
    return str(plain)
