"""Engines that other packages bring: found, looked over, and kept from breaking anything else."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, cast

from cft_audio.errors import CftAudioError, EngineError, VoiceError
from cft_audio.speech.engines.engine import Interruptible, Spoken
from cft_audio.speech.engines.settings import settings_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.speech.engines.engine import Engine, Sentence
    from cft_audio.speech.engines.registry import EngineClass, EngineContext

GROUP = "cft_audio.engines"
"""The entry-point group by which a package brings an engine."""

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


def plug_ins() -> tuple[PlugIn, ...]:
    """Return every engine that another package brings, by name; nothing of it is loaded yet."""
    found: dict[str, PlugIn] = {}
    for entry in entry_points(group=GROUP):
        package, version = (
            (entry.dist.name, entry.dist.version) if entry.dist else (entry.value, "")
        )
        found.setdefault(entry.name, PlugIn(entry.name, package, version, entry))
    return tuple(found[name] for name in sorted(found))


def load(plug_in: PlugIn) -> EngineClass:
    """Return the class of a plug-in's engine; whatever it raises becomes an error with its name.

    Raises:
        VoiceError: If the package is broken, or what it names is no class of engines.
    """
    try:
        found = plug_in.entry_point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- another's code may fail in any way
        raise VoiceError(
            f"the engine '{plug_in.name}' of the package '{plug_in.package}' cannot be loaded: "
            f"{_told(error)}",
            remedy=f"Update that package, or remove it: pip uninstall {plug_in.package}",
        ) from None
    fault = _fault(found)
    if fault:
        raise VoiceError(
            f"'{plug_in.entry_point.value}' of the package '{plug_in.package}' is not an engine: "
            f"{fault}",
            remedy="See docs/engines.md for what an engine has",
        )
    return cast("EngineClass", _Brought(plug_in, found))


def _fault(found: object) -> str:
    if not callable(found):
        return "it cannot be called"
    if not hasattr(found, "Settings"):
        return "it has no Settings"
    if not isinstance(getattr(found, "online", None), bool):
        return "its 'online' is neither True nor False"
    if isinstance(found, type):
        missing = [name for name in ("fingerprint", "speak") if not hasattr(found, name)]
        if missing:
            return f"it has no '{missing[0]}'"
    return settings_fault(found.Settings)


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
        guarded = _GuardedInterruptible if isinstance(engine, Interruptible) else _Guarded
        return guarded(self._plug_in, engine, online=self.online)


class _Guarded:
    """An engine whose code is another's: it fails, and answers, only as an engine may."""

    def __init__(self, plug_in: PlugIn, engine: Engine, *, online: bool) -> None:
        self._plug_in = plug_in
        self._engine = engine
        self.online = online

    @property
    def fingerprint(self) -> str:
        with _blamed(self._plug_in, VoiceError):
            own = self._engine.fingerprint
        return f"{self._plug_in.package} {self._plug_in.version} {self._plug_in.name} {own}"

    def speak(self, sentence: Sentence, tempo: float) -> Spoken:
        with _blamed(self._plug_in, EngineError):
            spoken = self._engine.speak(sentence, tempo)
            right = (
                isinstance(spoken, Spoken) and spoken.samples.ndim == 1 and spoken.sample_rate > 0
            )
        if not right:
            raise EngineError(
                f"the engine '{self._plug_in.name}' of the package '{self._plug_in.package}' gave "
                "something other than mono samples and their rate",
                remedy=TELL_ITS_MAKER,
            )
        return spoken


class _GuardedInterruptible(_Guarded):
    """An engine of another's that can be told to give up."""

    def give_up(self) -> None:
        assert isinstance(self._engine, Interruptible)  # noqa: S101 -- it is made of such alone
        with _blamed(self._plug_in, EngineError):
            self._engine.give_up()


@contextmanager
def _blamed(plug_in: PlugIn, kind: type[CftAudioError]) -> Iterator[None]:
    """Turn whatever the block raises, but for our own errors, into ``kind``."""
    try:
        yield
    except CftAudioError:
        raise
    except Exception as error:  # noqa: BLE001 -- another's code may fail in any way
        raise kind(
            f"the engine '{plug_in.name}' of the package '{plug_in.package}' failed: "
            f"{_told(error)}",
            remedy=TELL_ITS_MAKER,
        ) from None


def _told(error: BaseException) -> str:
    said = str(error).strip()
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
