"""Which engines there are: the built-in ones, and those that other packages bring.

A package brings an engine by an entry point of the group ``cft_audio.engines`` that names a
class like ``EngineClass``; its name is what a voice profile writes after ``engine =``. What an
author of one needs to know stands in docs/engines.md.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast

from cft_audio.errors import VoiceError
from cft_audio.schema.suggest import did_you_mean
from cft_audio.speech.engines.plug_ins import load, plug_ins

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.speech.engines.engine import Engine

_BUILT_IN = {
    "espeak": ("cft_audio.speech.engines.espeak", "EspeakEngine"),
    "google": ("cft_audio.speech.engines.google.engine", "GoogleEngine"),
    "piper": ("cft_audio.speech.engines.piper", "PiperEngine"),
    "recorded": ("cft_audio.speech.engines.recorded", "RecordedEngine"),
}


@dataclass(frozen=True)
class EngineContext:
    """What an engine is given besides its settings.

    Attributes:
        folder: The folder of the voice's profile; paths in the profile are taken from there.
        voice: Gives the engine of another voice by its name, or raises VoiceError.
        cache: The folder of the clip cache, for what an engine wants to keep; None to keep nothing.
    """

    folder: Path
    voice: Callable[[str], Engine]
    cache: Path | None = None


class EngineClass(Protocol):
    """A class of engines.

    Attributes:
        Settings: A frozen dataclass of the profile's table for this engine: fields of the types
            of ``settings.TYPES``, those without a default required, ``metadata={"range": (least,
            most)}`` where a number is bounded.
        online: Whether what is said leaves the machine.
    """

    Settings: ClassVar[type[Any]]
    online: ClassVar[bool]

    def __call__(self, settings: Any, context: EngineContext) -> Engine:
        """Return an engine, quickly: a model is loaded when the first sentence is asked for.

        Raises:
            VoiceError: If what it needs is not installed.
        """


def engine_names() -> list[str]:
    """Return the names of all engines, working or not, sorted."""
    return sorted({*_BUILT_IN, *(plug_in.name for plug_in in plug_ins())})


def is_built_in(name: str) -> bool:
    """Return whether the engine called ``name`` is this package's own."""
    return name in _BUILT_IN


def engine_class(name: str) -> EngineClass:
    """Return the class of the engine called ``name``; a built-in one is never replaced.

    Raises:
        VoiceError: If there is none, or the package that brings it is broken.
    """
    if is_built_in(name):
        module, attribute = _BUILT_IN[name]
        return cast("EngineClass", getattr(importlib.import_module(module), attribute))
    for plug_in in plug_ins():
        if plug_in.name == name:
            return load(plug_in)
    remedy = did_you_mean(name, engine_names())
    raise VoiceError(f"there is no engine called '{name}'", remedy=remedy)
