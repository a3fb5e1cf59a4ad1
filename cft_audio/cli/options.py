"""Options: those of a session, made from its fields, and those that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cft_audio.application.fields import FIELDS, RUN_FLAGS, SESSION_FIELDS
from cft_audio.cli.wording import words
from cft_audio.errors import RequestError
from cft_audio.files.folders import default_folders, expanded
from cft_audio.references import replace_references

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from cft_audio.schema.fields import Field

    Command = Callable[..., Any]
    Decorator = Callable[[Command], Command]

_SHORT = {"minutes": "-m", "force": "-f", "dry_run": "-n", "quiet": "-q", "verbose": "-v"}
"""The fields that have a short option."""


class Text(click.ParamType):
    """Text as it was typed; what it means is read with all the others.

    Args:
        what: The field that it is a value of, for a shell to complete; empty for none.
    """

    def __init__(self, what: str = "") -> None:
        self.name = what or "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the text."""
        return _no_option(value, param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return what begins with what was typed: names of what there is, or else files."""
        del param
        from click.shell_completion import CompletionItem

        from cft_audio.application.names import names_of

        names, may_be_file = names_of(self.name, default_folders(), ctx.params.get("minutes"))
        found = [CompletionItem(name) for name in names if name.startswith(incomplete)]
        return found or [CompletionItem(incomplete, type="file")] * may_be_file


class UserPath(click.Path):
    """A path as a person writes it: ``~`` is their home."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        if str(_no_option(value, param, ctx)) == "-" and not self.allow_dash:
            self.fail("'-' is neither a file nor a folder here", param, ctx)
        return super().convert(str(expanded(value)), param, ctx)


def _no_option(value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
    """Return ``value``, or raise UsageError if it is an option: its own value was left out."""
    if ctx and param and value in {name for other in ctx.command.params for name in other.opts}:
        option = param.human_readable_name if param.param_type_name == "argument" else param.opts[0]
        message = f"{option} needs a value, and '{value}' is an option"
        raise click.UsageError(f"{message}. Did you mean '{option} … {value}'?", ctx)
    return value


class SessionCommand(click.Command):
    """A command that makes sessions: a person's settings give its flags as well."""

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        """Return the context, its flags as the settings have them, unless for help or a shell."""
        is_run = not (extra.get("resilient_parsing") or {"-h", "--help"} & set(args))
        values = parent.obj.settings.values if is_run else {}
        flags = {"as_json" if name == "json" else name: values.get(name) for name in RUN_FLAGS}
        return super().make_context(info_name, args, parent, default_map=flags, **extra)


def field_option(name: str, purpose: str = "", **more: Any) -> Decorator:
    """Return the option of the field called ``name``, for a ``purpose`` of its own if given."""
    return option_of(FIELDS[name], purpose, **more)


def option_of(field: Field, purpose: str = "", **more: Any) -> Decorator:
    """Return the option of a field, for a ``purpose`` of its own if given."""
    name = field.name
    flags = [_SHORT[name]] if name in _SHORT else []
    flags += ["--" + alias.replace("_", "-") for alias in (*field.aliases, name)]
    told = replace_references(purpose or field.help, words)
    if field.kind == "flag":
        return click.option(*flags, name, is_flag=True, help=told, **more)
    repeats = field.kind == "pairs" or field.kind.startswith("list of ")
    default = field.usual or ("" if field.default in (None, ()) else str(field.default))
    told += "  May be repeated." * repeats + f"  [default: {default}]" * bool(default)
    choices = "|".join(map(str, field.choices))
    metavar = field.metavar or (f"[{choices}]" if choices else field.kind.upper())
    kind = Text(field.name)
    once: Any = {} if repeats else {"callback": _once}
    return click.option(
        *flags, name, type=kind, metavar=metavar, multiple=True, help=told, **once, **more
    )


def _once(_: click.Context, parameter: click.Parameter, given: tuple[Any, ...]) -> Any:
    """Return the value of an option that is given once, or every time the same."""
    if len(set(given)) > 1:
        message = f"it is given more than once: {', '.join(map(str, given))}"
        raise RequestError(message, remedy="Give it once", field=str(parameter.name))
    return given[0] if given else None


def session(command: Command, never: str = "") -> Command:
    """Add every option that says what a session is; the field ``never`` is refused, and hidden."""
    for name in reversed(SESSION_FIELDS):
        command = field_option(name, hidden=name == never)(command)
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
play = click.option("--play", is_flag=True, help="Play it once it is made.", **_FACE)
shown = click.option("--open", is_flag=True, help="Show it in the file manager.", **_FACE)
