"""Engines that other packages bring: found, looked over, and kept from breaking anything else."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, cast

from cft_audio.errors import CftAudioError, EngineError, VoiceError
from cft_audio.schema.kinds import type_of
from cft_audio.speech.engines.engine import Interruptible, Spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.speech.engines.engine import Engine, EngineClass, EngineContext, Sentence

GROUP = "cft_audio.engines"
"""The entry-point group by which a package brings an engine."""

TYPES = ("str", "float", "int", "bool", "str | int", "tuple[str, ...]")
"""The types that a setting may have: those of TOML."""

TELL_ITS_MAKER = "Tell its maker, and choose another voice meanwhile"
"""The remedy for what is a fault of a package's own code."""


@dataclass(frozen=True)
class PlugIn:
    """An engine that another package brings.

    Attributes:
        name: What a voice profile writes after ``engine =``.
        package: The package, as pip knows it.
        version: The package's version.
        entry_point: Where its class is.
    """

    name: str
    package: str
    version: str
    entry_point: EntryPoint

    def __str__(self) -> str:
        return f"the engine '{self.name}' of the package '{self.package}'"


def plug_ins() -> dict[str, PlugIn]:
    """Return every engine that another package brings, by name; nothing of it is loaded yet."""
    found: dict[str, PlugIn] = {}
    for entry in entry_points(group=GROUP):
        if entry.dist:  # which every installed one has
            brought = PlugIn(entry.name, entry.dist.name, entry.dist.version, entry)
            found.setdefault(entry.name, brought)
    return dict(sorted(found.items()))


def load(plug_in: PlugIn) -> EngineClass:
    """Return the class of a plug-in's engine; whatever it raises becomes an error with its name.

    Raises:
        VoiceError: If the package is broken, or what it names is no class of engines.
    """
    try:
        found = plug_in.entry_point.load()
    except (Exception, SystemExit) as error:
        raise VoiceError(
            f"{plug_in} cannot be loaded: {_told(error)}",
            remedy=f"Update that package, or remove it: pip uninstall {plug_in.package}",
        ) from error
    if fault := next(_faults(found), ""):
        raise VoiceError(
            f"'{plug_in.entry_point.value}' of the package '{plug_in.package}' is not an engine: "
            f"{fault}",
            remedy="See docs/engines.md for what an engine has",
        )
    return cast("EngineClass", _Brought(plug_in, found))


def _faults(found: Any) -> Iterator[str]:
    """Yield why ``found`` is no class of engines; one fault may be the cause of the next."""
    if not callable(found):
        yield "it cannot be called"
    for name in ("Settings", "fingerprint", "speak") if isinstance(found, type) else ("Settings",):
        if not hasattr(found, name):
            yield f"it has no '{name}'"
    if not isinstance(getattr(found, "online", None), bool):
        yield "its 'online' is neither True nor False"
    if not (isinstance(found.Settings, type) and is_dataclass(found.Settings)):
        yield "its Settings are no dataclass"
    for entry in fields(found.Settings):
        if (kind := type_of(entry)) not in TYPES:
            yield f"its setting '{entry.name}' is of type {kind}, not one of {', '.join(TYPES)}"


class _Brought:
    """A class of engines whose code is another's."""

    def __init__(self, plug_in: PlugIn, kind: EngineClass) -> None:
        self._plug_in = plug_in
        self._kind = kind
        self.Settings = kind.Settings
        self.online = kind.online

    def __call__(self, settings: Any, context: EngineContext) -> Engine:
        with _blamed(self._plug_in, VoiceError):
            engine = self._kind(settings, context)
        return _Guarded(self._plug_in, engine, online=self.online)


class _Guarded:
    """An engine whose code is another's: it fails, and answers, only as an engine may."""

    def __init__(self, plug_in: PlugIn, engine: Engine, *, online: bool) -> None:
        self._plug_in = plug_in
        self._engine = engine
        self.online = online
        if isinstance(engine, Interruptible):
            self.give_up = _blamed(plug_in, EngineError)(engine.give_up)

    @property
    def fingerprint(self) -> str:
        with _blamed(self._plug_in, VoiceError):
            own = self._engine.fingerprint
        return f"{self._plug_in.package} {self._plug_in.version} {self._plug_in.name} {own}"

    def speak(self, sentence: Sentence, tempo: float) -> Spoken:
        with _blamed(self._plug_in, EngineError):
            spoken = self._engine.speak(sentence, tempo)
            match spoken:
                case Spoken(samples, sample_rate) if samples.ndim == 1 and sample_rate > 0:
                    return spoken
            message = f"{self._plug_in} gave something other than mono samples and their rate"
            raise EngineError(message, remedy=TELL_ITS_MAKER)


@contextmanager
def _blamed(plug_in: PlugIn, kind: type[CftAudioError]) -> Iterator[None]:
    """Turn whatever the block raises, but for our own errors, into ``kind``."""
    try:
        yield
    except CftAudioError:
        raise
    except Exception as error:
        message = f"{plug_in} failed: {_told(error)}"
        raise kind(message, remedy=TELL_ITS_MAKER) from error


def _told(error: BaseException) -> str:
    said = str(error).strip()
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
