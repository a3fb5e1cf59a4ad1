"""Which engines there are: the built-in ones, and those that other packages bring.

A package brings an engine by an entry point of the group ``cft_audio.engines`` that names a
class like ``EngineClass``; its name is what a voice profile writes after ``engine =``.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast

from cft_audio.errors import VoiceError
from cft_audio.script.reader import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.speech.engine import Engine

GROUP = "cft_audio.engines"

_BUILT_IN = {
    "piper": ("cft_audio.speech.piper", "PiperEngine"),
}


@dataclass(frozen=True)
class Surroundings:
    """Where a voice stands.

    Attributes:
        folder: The folder of its profile; paths in the profile are taken from there.
        voice: Gives the engine of another voice by its name, or raises VoiceError.
    """

    folder: Path
    voice: Callable[[str], Engine]


class EngineClass(Protocol):
    """A class of engines.

    Attributes:
        Settings: A frozen dataclass of the profile's table for this engine: fields of type str,
            float, int or bool, those without a default required, ``metadata={"range": (least,
            most)}`` where a number is bounded.
        online: Whether what is said leaves the machine.
    """

    Settings: ClassVar[type[Any]]
    online: ClassVar[bool]

    def __call__(self, settings: Any, surroundings: Surroundings) -> Engine:
        """Return an engine, quickly: a model is loaded when the first sentence is asked for.

        Raises:
            VoiceError: If what it needs is not installed.
        """


def engine_names() -> list[str]:
    """Return the names of all engines, working or not, sorted."""
    return sorted({*_BUILT_IN, *(found.name for found in entry_points(group=GROUP))})


def engine_class(name: str) -> EngineClass:
    """Return the class of the engine called ``name``; a built-in one is never replaced.

    Raises:
        VoiceError: If there is none, or the package that brings it is broken.
    """
    if name in _BUILT_IN:
        module, attribute = _BUILT_IN[name]
        return cast("EngineClass", getattr(importlib.import_module(module), attribute))
    found = next(iter(entry_points(group=GROUP, name=name)), None)
    if found is None:
        raise VoiceError(
            f"there is no engine called '{name}'", remedy=did_you_mean(name, engine_names())
        )
    package = found.dist.name if found.dist else found.module
    try:
        loaded = found.load()
        complete = hasattr(loaded, "Settings") and isinstance(loaded.online, bool)
    except Exception as error:  # noqa: BLE001 -- another's code may fail in any way
        raise VoiceError(
            f"the engine '{name}' of the package '{package}' cannot be loaded: "
            f"{type(error).__name__}: {error}",
            remedy=f"Update or remove that package: pip uninstall {package}",
        ) from None
    if not complete:
        raise VoiceError(
            f"'{found.value}' of the package '{package}' is not an engine",
            remedy="It needs the attributes Settings and online; see docs/engines.md",
        )
    return cast("EngineClass", loaded)
