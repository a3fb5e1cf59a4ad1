"""The one door to the terminal, which lets nothing from a file act on it; ruff bans any other."""

from typing import Any

import click

from cft_audio.schema.shown import harmless, on_one_line


def echo(text: str, *, err: bool = False) -> None:
    """Print a text."""
    click.echo(harmless(text), err=err)


def echo_for_now(text: str) -> None:
    """Print a text that what comes next is printed over, on standard error."""
    click.echo(f"{harmless(text)}\r", nl=False, err=True)


def prompt(question: str, **options: Any) -> str:
    """Return what a person types, asked as ``click.prompt`` does, on standard error."""
    return str(click.prompt(on_one_line(question), err=True, **options))


def confirm(question: str, **options: Any) -> bool:
    """Return whether a person says yes, asked as ``click.confirm`` does, on standard error."""
    return click.confirm(on_one_line(question), err=True, **options)
