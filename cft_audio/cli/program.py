"""The program ``cft-audio``: its commands by name, and the one place that words an error."""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from typing import Any

import click

from cft_audio.cli.face import Face, complain, terminal_width
from cft_audio.cli.terminal import echo
from cft_audio.cli.wording import TO_GIVE, words
from cft_audio.errors import CftAudioError, RequestError, sentences
from cft_audio.files.folders import default_folders
from cft_audio.files.this_process import (
    end_on_signals,
    let_go,
    open_closed_streams,
    write_any_letter,
)
from cft_audio.schema.suggest import nearest

COMMANDS = {
    "All of it": {
        "studio": "Open everything as pages in your browser.",
    },
    "Recordings": {
        "choose": "Find a practice to begin with.",
        "build": "Make a recording of a practice.",
        "preview": "Hear a stretch of it before it is built.",
        "play": "Play a recording or any sound.",
        "inspect": "Show what a sound file is, and what makes it again.",
        "programme": "Courses of practices over days or weeks.",
        "batch": "Make all recordings of a table of clients.",
    },
    "What comes with them": {
        "words": "Write what is said, as captions, text or a page.",
        "handout": "Write a page about a practice, to print.",
        "cover": "Draw its cover.",
        "picture": "Draw a session: voice, breath, silences.",
    },
    "People": {
        "client": "What you keep of a client, and its end.",
    },
    "Practices": {
        "list": "List them, your own among them.",
        "show": "Show what one is, and what it asks for.",
        "new-script": "Begin one of your own.",
        "check": "Check a script for errors and awkward words.",
    },
    "Voices and sounds": {
        "voices": "List, hear and install voices.",
        "sounds": "List and hear tones, beds and bells.",
        "pronounce": "Keep how words are said.",
        "consent": "What you agreed may be sent to online voices.",
        "record-sheet": "Write a page of lines to read aloud.",
        "voice-from-recordings": "Make a voice of them, once read.",
    },
    "This machine": {
        "config": "Show the defaults, and where each comes from.",
        "cache": "Show what is kept for the next build, or clear it.",
        "doctor": "Check that all a recording needs is here.",
    },
}
"""What there is, each with a line for --help, which so needs no command's module."""

_NAMES = tuple(name for group in COMMANDS.values() for name in group)

SIGNALLED = 128
"""What shells add to a signal's number for the status of a program that it ended."""

INTERRUPTED = SIGNALLED + signal.SIGINT

_WHOLE = "\N{NON-BREAKING HYPHEN}"


class _Formatter(click.HelpFormatter):
    """Leaves texts room where the terminal is narrow, and wraps them between words alone."""

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        whole = [(first, second.replace("-", _WHOLE)) for first, second in rows]
        super().write_dl(whole, min(col_max, max(8, self.width - 48)), col_spacing)

    def write_text(self, text: str) -> None:
        super().write_text(text.replace("-", _WHOLE))

    def getvalue(self) -> str:
        return super().getvalue().replace(_WHOLE, "-")


class _Context(click.Context):
    formatter_class = _Formatter


class _Commands(click.Group):
    """Loads a command's module only when it is called."""

    context_class = _Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read 'help build' as 'build --help'."""
        asked = args[:1] == ["help"]
        return super().parse_args(ctx, [*args[1:], "--help"] if asked else args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(_NAMES)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        for title, group in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl(list(group.items()), col_max=24)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _NAMES:
            return None
        module = importlib.import_module(f"cft_audio.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        for each in (command, *getattr(command, "commands", {}).values()):
            each.context_class = _Context
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error about a setting that nobody typed names the setting."""
        try:
            return super().invoke(ctx)
        except CftAudioError as error:
            if ctx.obj:
                ctx.obj.name_in(error)
            raise

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            message = f"There is no command '{args[0]}'. {nearest(args[0].lower(), _NAMES)}"
            raise click.UsageError(message.strip(), ctx) from error


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Start with:  cft-audio build soothing-rhythm-breathing --name Sam
Each command's own help:  cft-audio help build""",
)
@click.version_option(package_name="cft-audio", message="%(prog)s %(version)s")
def program() -> None:
    """Make guided Compassion Focused Therapy recordings for one particular person.

    Everything happens on this machine, without an account or a network, unless you install a voice
    or choose one that speaks online.
    """


def run(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit status: 0, 1 for a failure, 2 for a wrong request.

    A signal that ends it gives the status that shells give: 130, 143 or 129.
    """
    signals, face = end_on_signals(), None
    can_send = "stdout" not in open_closed_streams()
    write_any_letter()
    given = sys.argv[1:] if arguments is None else arguments
    try:
        face = Face(default_folders(), can_send=can_send)
        width = max(20, min(terminal_width() or 80, 100) - 2)
        status = program.main(
            given, "cft-audio", standalone_mode=False, obj=face, terminal_width=width
        )
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort) as error:
        if isinstance(error, click.Abort) and not error.__cause__:
            complain("")  # it was a question that ended, and the cursor stands behind it
        number = signals[0] if signals else signal.SIGINT
        return _fail("Stopped. No unfinished file was left behind.", SIGNALLED + number)
    except BrokenPipeError:
        let_go(sys.stdout)
        return 1
    except Exception as error:  # noqa: BLE001 -- no traceback reaches a person
        return _report(error, as_json="--json" in given or bool(face and face.as_json))
    if signals:
        return SIGNALLED + signals[0]
    return status if isinstance(status, int) else 0


def _report(error: Exception, *, as_json: bool) -> int:
    """Tell a person, and a program that reads JSON, what went wrong; return the status."""
    ours = _as_ours(error)
    try:
        if as_json:
            echo(json.dumps(ours.as_object(), ensure_ascii=False))
        sys.stdout.flush()
    except OSError as fault:
        let_go(sys.stdout)
        reason = fault.strerror or str(fault)
        return _fail(f"What is printed cannot be written: {reason}.", 1)
    hint = ""
    if isinstance(error, click.UsageError) and error.ctx:
        hint = f"\nSee '{error.ctx.command_path} --help'."
    is_clicks = isinstance(error, click.ClickException)
    text = sentences(ours.message, ours.remedy) if is_clicks else ours.worded(words)
    return _fail(text + hint, ours.exit_code)


def _as_ours(error: Exception) -> CftAudioError:
    """Return any error as one of ours."""
    if isinstance(error, CftAudioError):
        return error
    if isinstance(error, click.ClickException):
        parameter = getattr(error, "param", None)
        field = str(parameter.name) if parameter is not None else ""
        message, remedy = _in_our_words(error)
        return RequestError(message, remedy=remedy, field=field)
    if isinstance(error, OSError):
        what = error.filename or "what is printed or kept cannot be written"
        return CftAudioError(f"{what}: {error.strerror or error}")
    if "CFT_AUDIO_TRACEBACK" in os.environ:
        raise error
    return CftAudioError(
        f"a fault in the program itself: {type(error).__name__}: {error}. "
        "Please report it with the output of the same command under CFT_AUDIO_TRACEBACK=1; "
        "look through it for names before you send it."
    )


def _in_our_words(error: click.ClickException) -> tuple[str, str]:
    """Return what click found wrong with a command line, and what to do about it."""
    match error:
        case click.NoSuchOption(ctx=click.Context() as ctx):
            known = [name for option in ctx.command.get_params(ctx) for name in option.opts]
            return f"There is no option '{error.option_name}'", nearest(error.option_name, known)
        case click.MissingParameter(param=click.Argument() as argument):
            remedy = TO_GIVE.get(argument.name or "", "")
            return f"{argument.human_readable_name} is missing", remedy
    message = error.format_message().rstrip(".")
    is_extra = "unexpected extra argument" in message
    return message, "Put what has several words in quotation marks" * is_extra


def _fail(message: str, status: int) -> int:
    complain(f"cft-audio: {message}")
    return status
