"""Guided Compassion Focused Therapy recordings, made for one particular person.

    import cft_audio

    request = cft_audio.request(
        "soothing-rhythm-breathing", name="Sam", figure="wise-elder", minutes=10
    )
    recording = cft_audio.build(request, "output")

Everything that can go wrong raises a ``CftAudioError`` whose text is fit for a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cft_audio.api import (
        build,
        check,
        choose,
        figures,
        for_client,
        plan,
        practices,
        preview,
        programmes,
        request,
        say,
        unlocked,
        voices,
    )
    from cft_audio.application.plain import as_object, from_object
    from cft_audio.application.plans import Plan
    from cft_audio.application.request import SessionRequest
    from cft_audio.errors import CftAudioError
    from cft_audio.files.folders import Folders, default_folders
    from cft_audio.master.mastering import Recording

__all__ = [
    "CftAudioError",
    "Folders",
    "Plan",
    "Recording",
    "SessionRequest",
    "as_object",
    "build",
    "check",
    "choose",
    "default_folders",
    "figures",
    "for_client",
    "from_object",
    "plan",
    "practices",
    "preview",
    "programmes",
    "request",
    "say",
    "unlocked",
    "voices",
]

_HOMES = {
    "CftAudioError": "errors",
    "Folders": "files.folders",
    "Plan": "application.plans",
    "Recording": "master.mastering",
    "SessionRequest": "application.request",
    "as_object": "application.plain",
    "default_folders": "files.folders",
    "from_object": "application.plain",
}
"""The module of each public name that is not in ``api``."""


def __getattr__(name: str) -> object:
    """Give a public name from its module, loaded only now: the command line starts with us."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"cft_audio.{_HOMES.get(name, 'api')}"), name)
