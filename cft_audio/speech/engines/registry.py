"""Which engines there are: the built-in ones, and those that other packages bring.

A package brings an engine by an entry point of the group ``cft_audio.engines`` that names a
class like ``EngineClass``; its name is what a voice profile writes after ``engine =``. What an
author of one needs to know stands in docs/engines.md.
"""

from __future__ import annotations

import pkgutil
from typing import TYPE_CHECKING, cast

from cft_audio.errors import VoiceError
from cft_audio.schema.suggest import did_you_mean
from cft_audio.speech.engines.plug_ins import load, plug_ins

if TYPE_CHECKING:
    from cft_audio.speech.engines.engine import EngineClass

BUILT_IN = {
    "espeak": "cft_audio.speech.engines.espeak:EspeakEngine",
    "google": "cft_audio.speech.engines.google.engine:GoogleEngine",
    "kokoro": "cft_audio.speech.engines.kokoro:KokoroEngine",
    "piper": "cft_audio.speech.engines.piper:PiperEngine",
    "recorded": "cft_audio.speech.engines.recorded:RecordedEngine",
}
"""The engines of this package, and where the class of each is."""


def engine_class(name: str) -> EngineClass:
    """Return the class of the engine called ``name``; a built-in one is never replaced.

    Raises:
        VoiceError: If there is none, or the package that brings it is broken.
    """
    if name in BUILT_IN:
        return cast("EngineClass", pkgutil.resolve_name(BUILT_IN[name]))
    brought = plug_ins()
    if name in brought:
        return load(brought[name])
    remedy = did_you_mean(name, {*BUILT_IN, *brought})
    raise VoiceError(f"there is no engine called '{name}'", remedy=remedy)
