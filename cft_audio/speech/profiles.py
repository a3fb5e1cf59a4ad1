"""Voice profiles: who speaks, through which engine, and how."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from cft_audio.errors import VoiceError
from cft_audio.speech.piper import PiperEngine, PiperSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cft_audio.speech.engine import Engine


@dataclass(frozen=True)
class Pauses:
    """Seconds of silence inside a line at an unhurried factor of 1.

    Attributes:
        phrase: At a comma and the like, where the engine can tell them.
        sentence: Between two sentences.
    """

    phrase: float = 0.45
    sentence: float = 1.1


@dataclass(frozen=True)
class Profile:
    """A voice profile, as its file gives it.

    Attributes:
        name: Its file's name without the ending.
        engine: Which engine speaks.
        description: What it sounds like, for choosing it.
        language: A language tag.
        licence: Under which terms it may be used.
        settings: What the engine itself is told.
        pauses: How long it rests.
        cue_tempo: How far a breath cue may be drawn out, as a factor on its duration.
        pronounce: How it says words, by word.
    """

    name: str
    engine: str
    description: str
    language: str
    licence: str
    settings: PiperSettings
    pauses: Pauses
    cue_tempo: float
    pronounce: Mapping[str, str]

    def make_engine(self) -> Engine:
        """Return the engine, its model not yet loaded.

        Raises:
            VoiceError: If it is not installed.
        """
        return PiperEngine(self.settings)


_KEYS: dict[str, type | tuple[type, ...]] = {
    "engine": str,
    "description": str,
    "language": str,
    "licence": str,
    "cue_tempo": (int, float),
    "pauses": dict,
    "pronounce": dict,
}
_ENGINES = {"piper": PiperSettings}


def profile_files(folders: Iterable[Path]) -> dict[str, Path]:
    """Return every profile's file by its name, sorted; the first folder that has one wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in folder.glob("*.toml"):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def load_profile(name: str, folders: Iterable[Path]) -> Profile:
    """Return the voice profile called ``name``.

    Raises:
        VoiceError: If there is none, or its file is wrong.
    """
    files = profile_files(folders)
    if name not in files:
        raise VoiceError(
            f"there is no voice called '{name}'", remedy=_guess(name, files), where="--voice"
        )
    path = files[name]
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VoiceError(f"it cannot be read: {error}", where=str(path)) from None
    return _profile(name, table, str(path))


def _profile(name: str, table: dict[str, Any], file: str) -> Profile:
    engine = table.get("engine")
    if engine not in _ENGINES:
        raise VoiceError(
            f"'engine' is {engine!r}",
            remedy=f"Choose one of {', '.join(sorted(_ENGINES))}",
            where=file,
        )
    _check(table, {**_KEYS, engine: dict}, file)
    pronounce = table.get("pronounce", {})
    _check(pronounce, dict.fromkeys(pronounce, str), file)
    return Profile(
        name=name,
        engine=engine,
        description=table.get("description", ""),
        language=table.get("language", ""),
        licence=table.get("licence", "unknown"),
        settings=_filled(_ENGINES[engine], table.get(engine, {}), file),
        pauses=_filled(Pauses, table.get("pauses", {}), file),
        cue_tempo=float(table.get("cue_tempo", 1.25)),
        pronounce=pronounce,
    )


def _filled(kind: type[Any], table: dict[str, Any], file: str) -> Any:
    kinds: dict[str, type | tuple[type, ...]] = {"str": str, "float": (int, float)}
    _check(table, {field.name: kinds[str(field.type)] for field in fields(kind)}, file)
    try:
        return kind(**table)
    except TypeError as error:
        raise VoiceError(f"an entry is missing: {error}", where=file) from None


def _check(table: dict[str, Any], known: Mapping[str, type | tuple[type, ...]], file: str) -> None:
    for key, value in table.items():
        if key not in known:
            raise VoiceError(f"'{key}' is not known here", remedy=_guess(key, known), where=file)
        if not isinstance(value, known[key]) or isinstance(value, bool):
            raise VoiceError(f"the value of '{key}' has the wrong kind", where=file)


def _guess(word: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1)
    return f"Did you mean '{close[0]}'?" if close else f"Known are: {', '.join(names)}"
