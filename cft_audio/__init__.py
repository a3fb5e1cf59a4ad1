"""Guided Compassion Focused Therapy recordings, made for one particular person.

    import cft_audio

    request = cft_audio.SessionRequest(
        "soothing-rhythm-breathing", answers={"name": "Sam", "figure": "wise-elder"}, length_s=600
    )
    recording = cft_audio.build(request, "output")

Everything that can go wrong raises a ``CftAudioError`` whose text is fit for a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from cft_audio.application.building import Recording
    from cft_audio.application.planning import Plan, Progress
    from cft_audio.application.request import SessionRequest
    from cft_audio.errors import CftAudioError
    from cft_audio.timeline.pace import PRESETS, Pace, Pattern

__all__ = [
    "PRESETS",
    "CftAudioError",
    "Pace",
    "Pattern",
    "Recording",
    "SessionRequest",
    "build",
    "plan",
]


_HOMES = {
    "CftAudioError": "cft_audio.errors",
    "PRESETS": "cft_audio.timeline.pace",
    "Pace": "cft_audio.timeline.pace",
    "Pattern": "cft_audio.timeline.pace",
    "Recording": "cft_audio.application.building",
    "SessionRequest": "cft_audio.application.request",
}


def __getattr__(name: str) -> object:
    """Give a public name from its module, loaded only now: the command line starts with us."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def _unwatched(stage: str, fraction: float) -> None:
    """Take note of progress nowhere."""


def plan(request: SessionRequest, *, progress: Progress = _unwatched) -> Plan:
    """Return everything decided about a session: its script, its timeline, its spoken clips.

    Args:
        request: The session.
        progress: Told the stage and how much of it is done, 0 to 1.

    Raises:
        CftAudioError: If it cannot be made as asked; the message says why and what to do.
    """
    from cft_audio.application.planning import plan as planned
    from cft_audio.files.folders import default_folders

    return planned(request, default_folders(), progress)


def build(
    request: SessionRequest,
    output: str | PathLike[str] = "output",
    *,
    overwrite: bool = False,
    progress: Progress = _unwatched,
) -> Recording:
    """Make the recording of a session.

    Args:
        request: The session.
        output: A file ending in ``.mp3``, or a folder, which is made if it is not there.
        overwrite: Whether an existing file may be replaced.
        progress: Told the stage and how much of it is done, 0 to 1.

    Raises:
        CftAudioError: If it cannot be made or written; no partial file is left.
    """
    from pathlib import Path

    from cft_audio.application.building import build as built
    from cft_audio.application.building import destination_of

    destination = destination_of(request, Path(output), overwrite=overwrite)
    return built(plan(request, progress=progress), destination, progress)
