"""The default voice, saying lines of practices: what decides how long they take, and how long."""

from __future__ import annotations

import re
from dataclasses import astuple, replace
from typing import TYPE_CHECKING, Any

from cft_audio.application.progress import ignore_progress
from cft_audio.files.folders import default_folders
from cft_audio.languages.registry import ENGLISH
from cft_audio.speech.takes.delivery import GENTLER
from cft_audio.speech.takes.session_voices import SessionVoices
from cft_audio.speech.takes.take import TAKE_VERSION
from cft_audio.speech.voices.profiles import load_profile
from cft_audio.speech.voicing import DEFAULT_VOICE, Voicing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cft_audio.script.cues import Line


def provenance() -> dict[str, str]:
    """Return all that decides how long the default voice takes over a line."""
    profile = load_profile(DEFAULT_VOICE, default_folders().voices)
    return {
        "engine": profile.make_engine().fingerprint,
        "takes": str(TAKE_VERSION),
        "pauses": _numbers(profile.pauses),
        "warmth": _numbers(profile.warmth),
        "figure": _numbers(GENTLER),
    }


def _numbers(settings: Any) -> str:
    """Return the numbers in a dataclass, and in those that it holds, in their order."""
    return " ".join(f"{float(n):g}" for n in re.findall(r"-?[\d.]+", str(astuple(settings))))


def spoken_lengths(
    lines: Iterable[Line], cache: Path | None = None, *, unhurried: float = 1.0
) -> dict[Line, int]:
    """Let the default voice say ``lines`` and return how many samples each takes.

    Args:
        lines: Lines of practices.
        cache: The folder of the clip cache; None for the person's own.
        unhurried: Factor on the rests inside a line.
    """
    folders = default_folders()
    if cache is not None:
        folders = replace(folders, cache=cache)
    with SessionVoices.open(Voicing(), unhurried, ENGLISH, folders, ignore_progress) as voices:
        return {line: layout.length for line, layout in voices.speak(lines).items()}
