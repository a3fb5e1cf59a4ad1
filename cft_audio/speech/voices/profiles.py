"""Voice profiles: who speaks, through which engine, and how."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from cft_audio.errors import NoSuchVoiceError, RequestError, VoiceError
from cft_audio.files.folders import expanded
from cft_audio.schema.suggest import did_you_mean
from cft_audio.speech.engines.registry import Surroundings, engine_class
from cft_audio.speech.engines.settings import KINDS, is_required, type_of
from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.speech.voices.warmth import Warmth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from cft_audio.speech.engines.engine import Engine
    from cft_audio.speech.engines.registry import EngineClass


@dataclass(frozen=True)
class Pauses:
    """Seconds of silence inside a line at an unhurried factor of 1.

    Attributes:
        phrase: At a comma and the like, where the engine can tell them.
        sentence: Between two sentences.
    """

    phrase: float = field(default=0.45, metadata={"range": (0.0, 5.0)})
    sentence: float = field(default=1.1, metadata={"range": (0.0, 10.0)})


@dataclass(frozen=True)
class Profile:
    """A voice profile, as its file gives it.

    Attributes:
        name: Its file's name without the ending; of a model without a profile, the model's.
        engine: Which engine speaks.
        description: What it sounds like, for choosing it.
        language: A language tag.
        licence: Under which terms it may be used.
        kind: The class of its engine.
        settings: What the engine itself is told, a ``kind.Settings``.
        pauses: How long it rests.
        warmth: The voice chain its takes go through.
        cue_tempo: How far a breath cue may be drawn out, as a factor on its duration.
        pronounce: How it says words, by word.
        surroundings: Where its file is, and the other voices.
    """

    name: str
    engine: str
    description: str
    language: str
    licence: str
    kind: EngineClass
    settings: Any
    pauses: Pauses
    warmth: Warmth
    cue_tempo: float
    pronounce: Mapping[str, str]
    surroundings: Surroundings

    def make_engine(self) -> Engine:
        """Return the engine, its model not yet loaded.

        Raises:
            VoiceError: If it is not installed.
        """
        return self.kind(self.settings, self.surroundings)


_KEYS: dict[str, type | tuple[type, ...]] = {
    "engine": str,
    "description": str,
    "language": str,
    "licence": str,
    "cue_tempo": (int, float),
    "pauses": dict,
    "pronounce": dict,
    "warmth": dict,
}
_PROFILE, _MODEL = ".toml", ".onnx"
_CUE_TEMPOS = (1.0, 2.0)
_WRITTEN: dict[type | tuple[type, ...], str] = {
    str: "text in quotes",
    (int, float): "a number",
    dict: "a table",
    int: "a whole number",
    bool: "true or false",
    (str, int): "text in quotes, or a whole number",
    list: 'a list of texts, ["one", "two"]',
}


def profile_files(folders: Iterable[Path]) -> dict[str, Path]:
    """Return every profile's file by its name, sorted; the first folder that has one wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in folder.glob("*.toml"):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def load_profile(name: str, folders: Sequence[Path]) -> Profile:
    """Return the voice profile called ``name``.

    Args:
        name: A profile's name; or the path of a profile's file, or of a Piper model, whose voice
            then has what a profile would leave to the program.
        folders: Where profiles are looked for.

    Raises:
        VoiceError: If there is none, or its file is wrong.
    """
    path = _file_of(name, folders).absolute()
    surroundings = Surroundings(
        path.parent, lambda other: load_profile(other, folders).make_engine()
    )
    return _profile(path.stem, _table_of(path), surroundings, str(path))


def _file_of(name: str, folders: Sequence[Path]) -> Path:
    if name.endswith((_PROFILE, _MODEL)):
        path = expanded(name)
        if not path.is_file():
            raise NoSuchVoiceError(
                f"there is no file '{name}'", remedy="Check the path", field="voice"
            )
        return path
    files = profile_files(folders)
    if name not in files:
        raise NoSuchVoiceError(
            f"there is no voice called '{name}'", remedy=did_you_mean(name, files), field="voice"
        )
    return files[name]


def _table_of(path: Path) -> dict[str, Any]:
    if path.name.endswith(_MODEL):
        from cft_audio.speech.engines.piper_model import model_language

        language = model_language(path)
        return {"engine": "piper", "language": language, "piper": {"model": str(path)}}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VoiceError(f"it cannot be read: {error}", where=str(path)) from None


def _profile(name: str, table: dict[str, Any], surroundings: Surroundings, file: str) -> Profile:
    engine = table.get("engine")
    if not isinstance(engine, str):
        raise VoiceError("'engine' is missing", remedy='Write engine = "piper"', where=file)
    try:
        kind = engine_class(engine)
    except VoiceError as error:
        raise VoiceError(error.message, remedy=error.remedy, where=file) from None
    _check(table, {**_KEYS, engine: dict}, file)
    pronounce = table.get("pronounce", {})
    _check(pronounce, dict.fromkeys(pronounce, str), file)
    try:
        Lexicon.of(pronounce)
    except RequestError as error:
        raise VoiceError(error.message, remedy=error.remedy, where=f"{file}: [pronounce]") from None
    cue_tempo = table.get("cue_tempo", 1.25)
    _check_range("cue_tempo", cue_tempo, _CUE_TEMPOS, file)
    return Profile(
        name=name,
        engine=engine,
        description=table.get("description", ""),
        language=table.get("language", ""),
        licence=table.get("licence", "unknown"),
        kind=kind,
        settings=_filled(kind.Settings, table.get(engine, {}), file),
        pauses=_filled(Pauses, table.get("pauses", {}), file),
        warmth=_filled(Warmth, table.get("warmth", {}), file),
        cue_tempo=float(cue_tempo),
        pronounce=pronounce,
        surroundings=surroundings,
    )


def _filled(kind: type[Any], table: dict[str, Any], file: str) -> Any:
    _check(table, {entry.name: KINDS[type_of(entry)] for entry in fields(kind)}, file)
    for entry in fields(kind):
        if entry.name not in table and is_required(entry):
            raise VoiceError(f"'{entry.name}' is missing", where=file)
        if entry.name in table and "range" in entry.metadata:
            _check_range(entry.name, table[entry.name], entry.metadata["range"], file)
    texts = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
    try:
        return kind(**{**table, **texts})
    except VoiceError:
        raise
    except Exception as error:  # noqa: BLE001 -- an engine's own settings may be another's code
        raise VoiceError(f"its settings are refused: {error}", where=file) from None


def _check_range(name: str, value: float, bounds: tuple[float, float], file: str) -> None:
    least, most = bounds
    if not least <= value <= most:
        raise VoiceError(
            f"'{name}' is {value:g}",
            remedy=f"Write a number from {least:g} to {most:g}",
            where=file,
        )


def _check(table: dict[str, Any], known: Mapping[str, type | tuple[type, ...]], file: str) -> None:
    for key, value in table.items():
        if key not in known:
            raise VoiceError(
                f"'{key}' is not known here", remedy=did_you_mean(key, known), where=file
            )
        right = isinstance(value, known[key]) and isinstance(value, bool) == (known[key] is bool)
        if isinstance(value, list) and not all(isinstance(item, str) for item in value):
            right = False
        if not right:
            raise VoiceError(
                f"the value of '{key}' has the wrong kind",
                remedy=f"Write {_WRITTEN[known[key]]}",
                where=file,
            )
