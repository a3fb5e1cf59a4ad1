"""The one door to the terminal, which lets nothing from a file act on it; ruff bans any other."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from cft_audio.schema.shown import harmless, on_one_line


def echo(text: str, *, err: bool = False) -> None:
    """Print a text."""
    click.echo(harmless(text), err=err)


def echo_for_now(text: str) -> None:
    """Print a text that what comes next is printed over, on standard error."""
    click.echo(f"{harmless(text)}\r", nl=False, err=True)


def erase_line() -> None:
    """Remove what was printed for now, on standard error, so that a line can take its place."""
    click.echo("\r\033[K", nl=False, err=True)


def prompt(question: str, **options: Any) -> str:
    """Return what a person types, asked as ``click.prompt`` does, on standard error."""
    return str(click.prompt(on_one_line(question), err=True, **options))


def confirm(question: str, **options: Any) -> bool:
    """Return whether a person says yes, asked as ``click.confirm`` does, on standard error."""
    return click.confirm(on_one_line(question), err=True, **options)


def prompt_hidden(question: str) -> str:
    """Return what a person types, which is not shown, asked on standard error.

    Raises:
        click.Abort: If they type nothing more.
    """
    asked = f"{on_one_line(question)}: "
    if sys.platform == "win32":
        import getpass

        return getpass.getpass(asked)
    try:
        with _without_echo():  # before the question: who is quick would be shown
            click.echo(asked, nl=False, err=True)
            line = sys.stdin.readline()
    finally:
        click.echo("", err=True)
    if not line:
        raise click.Abort from EOFError
    # A byte that the terminal could not read is part of no passphrase that could be typed again.
    return line.rstrip("\r\n").encode(errors="replace").decode()


@contextmanager
def _without_echo() -> Iterator[None]:
    """Let the terminal show nothing of what is typed; getpass would drop what is typed ahead."""
    if sys.platform != "win32":
        import termios

        before = termios.tcgetattr(sys.stdin)
        after = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, after)
        try:
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
