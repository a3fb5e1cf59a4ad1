"""Which voices there are on this machine, and how each of them stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from cft_audio.errors import CftAudioError, VoiceError, VoiceFileError, sentences
from cft_audio.references import plain_text, replace_references
from cft_audio.schema.files import read_toml
from cft_audio.schema.nodes import plain
from cft_audio.speech.engines.plug_ins import PlugIn, load, plug_ins
from cft_audio.speech.engines.registry import BUILT_IN
from cft_audio.speech.voices.profiles import load_profile, profile_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cft_audio.references import Wording

State = Literal["installed", "not installed", "broken"]

_DESCRIBED = ("engine", "language", "description", "licence")
"""What a profile says of its voice."""


@dataclass(frozen=True)
class Voice:
    """A voice as its profile describes it, and whether it can speak.

    Attributes:
        name: What a request calls it.
        file: Its profile.
        engine: Its engine, empty where the profile cannot be read.
        language: A language tag.
        description: What it sounds like.
        licence: Under which terms it may be used.
        online: Whether what it says leaves the machine; None where that is not known.
        state: Whether it can speak, lacks its program or model, or has a wrong profile.
        problem: What is wrong; empty where it can speak.
        remedy: What to do about it.
    """

    name: str
    file: Path
    engine: str = ""
    language: str = ""
    description: str = ""
    licence: str = ""
    online: bool | None = None
    state: State = "installed"
    problem: str = ""
    remedy: str = ""

    @property
    def message(self) -> str:
        """What is wrong and what to do, as sentences; empty where it can speak."""
        return plain_text(sentences(self.problem, self.remedy))

    def as_object(self) -> dict[str, object]:
        """Return it as one object of plain values, for JSON."""
        known = {key: getattr(self, key) for key in (*_DESCRIBED, "online", "state")}
        return {"voice": self.name, **known, "problem": self.message, "file": str(self.file)}

    def cells(self, words: Wording) -> tuple[str, ...]:
        """Return its row in a list: name, engine, language, where, description, licence, state."""
        where = {None: "", True: "online", False: "offline"}[self.online]
        told = replace_references(sentences(self.problem, self.remedy), words)
        state = f"{self.state}: {told}" if told else self.state
        cells = (self.name, self.engine, self.language, where, self.description, self.licence)
        return (*(cell or "-" for cell in cells), state)


@dataclass(frozen=True)
class PluginEngine:
    """An engine that another package brings, and how it stands.

    Attributes:
        plug_in: The package and what it brings.
        problem: Why it cannot be used; empty where it can.
        remedy: What to do about it.
    """

    plug_in: PlugIn
    problem: str = ""
    remedy: str = ""

    @property
    def message(self) -> str:
        """What is wrong and what to do, as sentences; empty where it can be used."""
        return plain_text(sentences(self.problem, self.remedy))

    @property
    def cells(self) -> tuple[str, ...]:
        """Its row in a list of voices."""
        return ("-", self.plug_in.name, *("-",) * 4, f"broken: {self.message}")

    def as_object(self) -> dict[str, object]:
        """Return it as one object of plain values, for JSON."""
        known = {"engine": self.plug_in.name, "package": self.plug_in.package}
        return {"voice": None, **known, "state": "broken", "problem": self.message}


def list_voices(folders: Sequence[Path]) -> tuple[Voice, ...]:
    """Return every voice of ``folders``, by name; no model is loaded, nothing connected to."""
    return tuple(_voice(name, file, folders) for name, file in profile_files(folders).items())


def plugin_engines() -> tuple[PluginEngine, ...]:
    """Return every engine that another package brings, by name, each loaded to see if it can be."""
    return tuple(_plugin_engine(plug_in) for plug_in in plug_ins().values())


def _voice(name: str, file: Path, folders: Sequence[Path]) -> Voice:
    try:
        profile = load_profile(name, folders)
    except CftAudioError as error:
        problem, remedy = " ".join(str(error).splitlines()), "Correct its profile"
        return Voice(name, file, _engine_in(file), state="broken", problem=problem, remedy=remedy)
    described = {key: getattr(profile, key) for key in _DESCRIBED}
    voice = Voice(name, file, **described, online=profile.kind.online)
    try:
        profile.make_engine()
    except CftAudioError as error:
        return replace(voice, state="not installed", problem=error.message, remedy=error.remedy)
    return voice


def _engine_in(file: Path) -> str:
    """Return the engine that a profile names which is wrong otherwise; empty where it cannot."""
    try:
        return str(plain(read_toml(file, VoiceFileError).entries.get("engine")) or "")
    except VoiceFileError:
        return ""


def _plugin_engine(plug_in: PlugIn) -> PluginEngine:
    if plug_in.name in BUILT_IN:
        problem = f"{plug_in} is not used: cft-audio has one of that name itself"
        return PluginEngine(plug_in, problem, "Tell its maker to give it another name")
    try:
        load(plug_in)
    except VoiceError as error:
        return PluginEngine(plug_in, error.message, error.remedy)
    return PluginEngine(plug_in)
