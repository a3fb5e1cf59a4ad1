"""Options: those of a session, made from its fields, and those that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cft_audio.application.fields import FIELDS, RUN_FLAGS, SESSION_FIELDS
from cft_audio.cli.wording import words
from cft_audio.errors import RequestError
from cft_audio.files.folders import expanded
from cft_audio.references import replace_references

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from cft_audio.schema.fields import Field

    Command = Callable[..., Any]
    Decorator = Callable[[Command], Command]

_SHORT = {"minutes": "-m", "force": "-f", "dry_run": "-n", "quiet": "-q", "verbose": "-v"}
"""The fields that have a short option."""


class FieldType(click.ParamType):
    """A value of a field as it was typed; what it means is read with all the others."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.name = field.name

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the choices of the field that begin with what was typed."""
        del ctx, param
        from click.shell_completion import CompletionItem

        choices = map(str, self.field.choices)
        return [CompletionItem(choice) for choice in choices if choice.startswith(incomplete)]


class UserPath(click.Path):
    """A path as a person writes it: ``~`` is their home."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        return super().convert(str(expanded(value)), param, ctx)


class SessionCommand(click.Command):
    """A command that makes sessions: a person's settings give its flags as well."""

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        """Return the context, with the settings as defaults of its flags."""
        values = parent.obj.settings.values if parent.obj else {}  # none as a shell completes
        flags = {"as_json" if name == "json" else name: values.get(name) for name in RUN_FLAGS}
        return super().make_context(info_name, args, parent, default_map=flags, **extra)


def field_option(name: str, purpose: str = "", **more: Any) -> Decorator:
    """Return the option of the field called ``name``, for a ``purpose`` of its own if given."""
    field = FIELDS[name]
    flags = [_SHORT[name]] if name in _SHORT else []
    flags += ["--" + alias.replace("_", "-") for alias in (*field.aliases, name)]
    told = replace_references(purpose or field.help, words)
    if field.kind == "flag":
        return click.option(*flags, name, is_flag=True, help=told, **more)
    repeats = field.kind in ("pairs", "list of choices")
    default = field.usual or ("" if field.default in (None, ()) else str(field.default))
    told += "  May be repeated." * repeats + f"  [default: {default}]" * bool(default)
    choices = "|".join(map(str, field.choices))
    metavar = field.metavar or (f"[{choices}]" if choices else field.kind.upper())
    kind = FieldType(field)
    once: Any = {} if repeats else {"callback": _once}
    return click.option(*flags, name, type=kind, metavar=metavar, multiple=True, help=told, **once)


def _once(_: click.Context, parameter: click.Parameter, given: tuple[Any, ...]) -> Any:
    """Return the value of an option that is given once, or every time the same."""
    if len(set(given)) > 1:
        message = f"it is given more than once: {', '.join(map(str, given))}"
        raise RequestError(message, remedy="Give it once", field=str(parameter.name))
    return given[0] if given else None


def session(command: Command) -> Command:
    """Add every option that says what a session is."""
    for name in reversed(SESSION_FIELDS):
        command = field_option(name)(command)
    return command


def writing(purpose: str, force: str = "", **kinds: bool) -> Decorator:
    """Return the options that say where to write, and whether over what is there."""
    kind = UserPath(path_type=Path, **kinds)
    output = click.option("-o", "--output", type=kind, multiple=True, callback=_once, help=purpose)
    return lambda command: output(field_option("force", force)(command))


def _on_face(ctx: click.Context, parameter: click.Parameter, given: bool) -> None:  # noqa: FBT001
    """Keep a flag that says how to print, or to play, where every command does: on its face."""
    if given:
        setattr(ctx.obj, str(parameter.name), True)


_FACE: dict[str, Any] = {"expose_value": False, "callback": _on_face}


def whose_words(command: Command) -> Command:
    """Add the options that say whose lexicon is meant."""
    client = field_option("client", "The lexicon of this client.")
    return client(field_option("lexicon", "A lexicon file.")(command))


def printing(command: Command) -> Command:
    """Add the options that say how much is printed, and for whom."""
    return as_json(field_option("quiet", **_FACE)(command))


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.", **_FACE)
verbose = field_option("verbose", **_FACE)
no_play = click.option(
    "--no-play", is_flag=True, help="Write the file, and do not play it.", **_FACE
)
dry_run = field_option("dry_run")
