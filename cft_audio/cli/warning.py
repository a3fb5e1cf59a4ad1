"""Words that a voice may get wrong, told before the voice says them, with what settles each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cft_audio.speech.text.warnings import Doubt

_HOW = "SOUND is syllables, as see-oh-MAR-ah, or /IPA/"


def scope_of_client(client: str | None) -> tuple[str, ...]:
    """Return the options that name the lexicon to keep a word in: the client's, or one's own."""
    return () if client is None else ("--client", client)


def warner(client: str | None, *, quiet: bool) -> Callable[[Sequence[Doubt]], None]:
    """Return what tells of doubts on standard error, each once; nothing where ``quiet``."""
    told: set[Doubt] = set()

    def warn(doubts: Sequence[Doubt]) -> None:
        for doubt in doubts:
            if quiet or doubt in told:
                continue
            told.add(doubt)
            command = doubt.command(scope_of_client(client))
            advice = f" Say how it sounds: {command}  ({_HOW})" if command else ""
            click.echo(f"Warning: {doubt.why}.{advice}", err=True)

    return warn


def warnings_object(doubts: Iterable[Doubt], scope: Sequence[str]) -> list[dict[str, str]]:
    """Return ``doubts`` as plain values, each with the command that settles it."""
    return [
        {"word": doubt.word, "message": doubt.why, "command": doubt.command(scope)}
        for doubt in doubts
    ]
