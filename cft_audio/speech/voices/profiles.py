"""Voice profiles: who speaks, through which engine, and how."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cft_audio.errors import NoSuchVoiceError, VoiceError, VoiceFileError, concerning
from cft_audio.files.folders import expanded
from cft_audio.schema.files import read_text
from cft_audio.schema.nodes import Scalar, Table, node_of
from cft_audio.schema.reader import Reader
from cft_audio.schema.suggest import did_you_mean
from cft_audio.schema.toml import parse_toml
from cft_audio.signal.balance import MEDIUM, Balance
from cft_audio.speech.engines.engine import EngineContext
from cft_audio.speech.engines.registry import engine_class
from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.speech.voices.warmth import Warmth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from cft_audio.speech.engines.engine import Engine, EngineClass


@dataclass(frozen=True)
class Pauses:
    """Seconds of silence inside a line at an unhurried factor of 1.

    Attributes:
        phrase: At a comma and the like, where the engine can tell them.
        sentence: Between two sentences.
    """

    phrase: float = field(default=0.45, metadata={"range": (0.0, 5.0)})
    sentence: float = field(default=1.1, metadata={"range": (0.0, 10.0)})


def _check_sound(word: str, sound: str) -> None:
    Lexicon.of({word: sound})


def _person(text: str) -> str:
    if text not in ("", "woman", "man"):
        message = f"'{text}' is neither woman nor man"
        raise VoiceError(message, remedy="Leave it out where neither is meant")
    return text


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A voice profile, as its file gives it.

    Attributes:
        name: Its file's name without the ending; of a model without a profile, the model's.
        file: Its file; of a model without a profile, where the profile would be.
        engine: Which engine speaks.
        kind: The class of its engine.
        settings: What the engine itself is told, a ``kind.Settings``.
        context: Where its file is, and the other voices.
        description: What it sounds like, for choosing it.
        language: A language tag.
        licence: Under which terms it may be used.
        person: Whose voice it is, ``woman`` or ``man``; empty where nobody says.
        beside: Voices recommended for a figure whose guide this one is, the best first.
        pauses: How long it rests.
        warmth: The voice chain its takes go through.
        levels: How loud bed, tone and bells are beside it, unless a person says.
        cue_tempo: How far a breath cue may be drawn out, as a factor on its duration.
        pronounce: How it says words, by word.
    """

    name: str
    file: Path
    engine: str
    kind: EngineClass
    settings: Any
    context: EngineContext
    description: str = ""
    language: str = ""
    licence: str = "unknown"
    person: str = field(default="", metadata={"parse": _person})
    beside: tuple[str, ...] = ()
    pauses: Pauses = field(default=Pauses(), metadata={"table": Pauses})
    warmth: Warmth = field(default=Warmth(), metadata={"table": Warmth})
    levels: Balance = field(default=MEDIUM, metadata={"table": Balance})
    cue_tempo: float = field(default=1.25, metadata={"range": (1.0, 2.0)})
    pronounce: Mapping[str, str] = field(default_factory=dict, metadata={"check": _check_sound})

    def make_engine(self, cache: Path | None = None) -> Engine:
        """Return the engine, its model not yet loaded.

        Args:
            cache: The folder of the clip cache, for what the engine wants to keep.

        Raises:
            VoiceError: If it is not installed.
        """
        return self.kind(self.settings, replace(self.context, cache=cache))


_PROFILE, _MODEL = ".toml", ".onnx"


def profile_files(folders: Iterable[Path]) -> dict[str, Path]:
    """Return every profile's file by its name, sorted; the first folder that has one wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in folder.glob("*.toml"):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def load_profile(name: str, folders: Sequence[Path], field: str = "voice") -> Profile:
    """Return the voice profile called ``name``.

    Args:
        name: A profile's name; or the path of a profile's file, or of a Piper model, whose voice
            then has what a profile would leave to the program.
        folders: Where profiles are looked for.
        field: The field that asks for it.

    Raises:
        VoiceError: If there is none, or its file is wrong.
    """
    with concerning(field):
        return _read_profile(_file_of(name, folders).absolute(), folders)


def _read_profile(path: Path, folders: Sequence[Path]) -> Profile:
    table = _table_of(path)
    reader = Reader(str(path), VoiceFileError)
    engine, kind = _engine_in(table, reader)
    profile = reader.fill(
        Profile,
        table,
        also=engine,
        name=path.stem,
        file=path.with_suffix(_PROFILE),
        kind=kind,
        settings=reader.fill(kind.Settings, reader.table(table, engine), where=engine),
        context=EngineContext(
            path.parent,
            lambda name: load_profile(name, folders).make_engine(),
            voices=tuple(folders),
        ),
    )
    reader.check()
    return profile


def _file_of(name: str, folders: Sequence[Path]) -> Path:
    path = expanded(name)
    if path.name.endswith((_PROFILE, _MODEL)):
        if path.is_file():
            return path
        message, remedy = f"there is no file '{name}'", "Check the path"
    else:
        files = profile_files(folders)
        if name in files:
            return files[name]
        message, remedy = f"there is no voice called '{name}'", did_you_mean(name, files)
    raise NoSuchVoiceError(message, remedy=remedy)


def _table_of(path: Path) -> Table:
    if not path.name.endswith(_MODEL):
        return _table_in(path, read_text(path, VoiceFileError))
    from cft_audio.speech.engines.piper_model import model_language

    profile = {"engine": "piper", "language": model_language(path), "piper": {"model": str(path)}}
    return Table({key: node_of(value, {}) for key, value in profile.items()}, 0)


@lru_cache(maxsize=32)
def _table_in(path: Path, text: str) -> Table:
    """Return the TOML of a file as a table; a roster asks for the same voice a thousand times."""
    return parse_toml(text, str(path), VoiceFileError)


def _engine_in(table: Table, reader: Reader) -> tuple[str, EngineClass]:
    """Return the engine that a profile names, without which nothing else of it can be read."""
    node = table.entries.get("engine")
    if not (isinstance(node, Scalar) and isinstance(node.value, str)):
        reader.report(table.line_of("engine"), "'engine' is missing", 'Write engine = "piper"')
        raise reader.failure()
    try:
        return node.value, engine_class(node.value)
    except VoiceError as error:
        reader.report(node.line, error.message, error.remedy)
        raise reader.failure() from error
