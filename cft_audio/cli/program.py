"""The program ``cft-audio``: its commands by name, and the one place that words an error."""

from __future__ import annotations

import importlib
import io
import json
import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from cft_audio.cli.terminal import echo
from cft_audio.errors import CftAudioError, RequestError
from cft_audio.schema.suggest import nearest

if TYPE_CHECKING:
    from types import FrameType

COMMANDS = {
    "Recordings": {
        "choose": "Find a practice to begin with.",
        "build": "Make a recording of a practice.",
        "preview": "Hear a stretch of it before it is built.",
        "play": "Play a recording or any sound.",
        "programme": "Courses of practices over days or weeks.",
    },
    "Practices": {
        "list": "List them, your own among them.",
        "show": "Show what one is, and what it asks for.",
        "new-script": "Begin one of your own.",
        "check": "Check a script for errors and awkward words.",
    },
    "Voices": {
        "voices": "List, hear and install voices.",
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

INTERRUPTED = 130
"""The status of a program that Ctrl-C ended, as shells give it (128 + SIGINT)."""


class _Commands(click.Group):
    """Loads a command's module only when it is called."""

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
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            advice = nearest(args[0], _NAMES) or "See 'cft-audio --help'."
            message = f"There is no command '{args[0]}'. {advice}"
            raise click.UsageError(message, ctx) from error


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Start with:  cft-audio build soothing-rhythm-breathing --name Sam
Each command's own help:  cft-audio build --help""",
)
@click.version_option(package_name="cft-audio", message="%(prog)s %(version)s")
@click.pass_context
def program(ctx: click.Context) -> None:
    """Make guided Compassion Focused Therapy recordings for one particular person.

    Everything happens on this machine, without an account or a network, unless you install a voice
    or choose one that speaks online.
    """
    from cft_audio.cli.face import Face
    from cft_audio.files.folders import default_folders

    ctx.obj = Face(default_folders())


def run(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit status: 0, 1 for a failure, 2 for a wrong request."""
    _end_on_termination()
    _write_any_letter()
    given = sys.argv[1:] if arguments is None else arguments
    try:
        status = program.main(given, prog_name="cft-audio", standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        return _fail("Stopped. No unfinished file was left behind.", INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has gone; the interpreter must not flush into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 -- no traceback reaches a person
        return _report(error, as_json="--json" in given)
    return status if isinstance(status, int) else 0


def _report(error: Exception, *, as_json: bool) -> int:
    """Tell a person, and a program that reads JSON, what went wrong; return the status."""
    from cft_audio.cli.wording import words

    ours = _as_ours(error)
    if as_json:
        echo(json.dumps(ours.as_object(), ensure_ascii=False))
    hint = ""
    if isinstance(error, click.UsageError) and error.ctx:
        hint = f"\nSee '{error.ctx.command_path} --help'."
    text = error.format_message() if isinstance(error, click.ClickException) else ours.worded(words)
    return _fail(text + hint, ours.exit_code)


def _as_ours(error: Exception) -> CftAudioError:
    """Return any error as one of ours."""
    if isinstance(error, CftAudioError):
        return error
    if isinstance(error, click.ClickException):
        parameter = getattr(error, "param", None)
        field = str(parameter.name) if parameter is not None else ""
        return RequestError(error.format_message().rstrip("."), field=field)
    if isinstance(error, OSError):
        return CftAudioError(f"{error.filename or 'The system'}: {error.strerror or error}")
    if "CFT_AUDIO_TRACEBACK" in os.environ:
        raise error
    return CftAudioError(
        f"a fault in the program itself: {type(error).__name__}: {error}. "
        "Please report it with the output of the same command under CFT_AUDIO_TRACEBACK=1; "
        "look through it for names before you send it."
    )


def _fail(message: str, status: int) -> int:
    echo(f"cft-audio: {message}", err=True)
    return status


def _end_on_termination() -> None:
    """Let a polite request to end (a closed terminal, ``kill``) clean up as Ctrl-C does."""

    def end(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 -- the signal's form
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Under nohup a closed terminal is nothing to end for.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)


def _write_any_letter() -> None:
    """Let names and sounds be written whatever letters the terminal or the pipe can take.

    Windows gives a pipe a code page of some 200 letters. Others read UTF-8 from it.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_chosen = stream.isatty() or "PYTHONIOENCODING" in os.environ
            encoding = stream.encoding if is_chosen else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
