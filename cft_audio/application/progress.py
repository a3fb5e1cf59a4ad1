"""What a use case tells while it works, and what ignores it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cft_audio.speech.text.warnings import PronunciationWarning

Progress: TypeAlias = "Callable[[str, float], None]"
"""Told the stage (``speaking``, ``mixing``, ``encoding``) and how much of it is done, 0 to 1."""

Warn: TypeAlias = "Callable[[Sequence[PronunciationWarning]], None]"
"""Told the words that a voice may get wrong, before it says them."""


def ignore_progress(stage: str, fraction: float) -> None:
    """Ignore progress."""


def ignore_warnings(warnings: Sequence[PronunciationWarning]) -> None:
    """Ignore warnings."""
