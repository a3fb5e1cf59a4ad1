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


_SHARES = {
    "speaking": (0.0, 0.6),
    "mixing": (0.6, 0.2),
    "encoding": (0.8, 0.2),
    "fetching": (0.0, 1.0),
    "listening": (0.0, 1.0),
    "checking": (0.0, 1.0),
    "rendering": (0.6, 0.4),
}
"""How much comes before each stage and how much of the whole it takes, measured on a cold build of
a ten-minute session; fetching a voice and listening to a file are all that is done then."""


def share_done(stage: str, fraction: float) -> float:
    """Return how much of the whole is done, 0 to 1, when so much of a stage is.

    Args:
        stage: The stage.
        fraction: How much of it is done, 0 to 1.
    """
    before, share = _SHARES[stage]
    return before + share * min(1.0, fraction)


def ignore_progress(stage: str, fraction: float) -> None:
    """Ignore progress."""


def ignore_warnings(warnings: Sequence[PronunciationWarning]) -> None:
    """Ignore warnings."""
