"""Words that a voice may get wrong, told before the voice says them, with what settles each."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from cft_audio.cli.face import complain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cft_audio.speech.text.warnings import PronunciationWarning

_HOW = "SOUND is syllables, as see-oh-MAR-ah, or /IPA/"


def warner(client: str | None, *, quiet: bool) -> Callable[[Sequence[PronunciationWarning]], None]:
    """Return what prints each warning once on standard error; nothing where ``quiet``."""
    printed: set[PronunciationWarning] = set()

    def warn(warnings: Sequence[PronunciationWarning]) -> None:
        for warning in warnings:
            if not quiet and warning not in printed:
                printed.add(warning)
                command = _command(warning, client)
                advice = f" Say how it sounds: {command}  ({_HOW})" if command else ""
                complain(f"Warning: {warning.why}.{advice}")

    return warn


def warnings_object(
    warnings: Iterable[PronunciationWarning], client: str | None
) -> list[dict[str, str]]:
    """Return ``warnings`` as plain values, each with the command that settles it."""
    return [{"word": w.word, "message": w.why, "command": _command(w, client)} for w in warnings]


def _command(warning: PronunciationWarning, client: str | None) -> str:
    """Return the command that keeps how the word sounds; empty where nothing has a sound."""
    if not warning.can_be_settled:
        return ""
    whose = () if client is None else ("--client", client)
    return shlex.join(["cft-audio", "pronounce", "add", warning.word, "SOUND", *whose])
