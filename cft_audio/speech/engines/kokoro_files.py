"""Where Kokoro's model and voices lie: in the folder ``kokoro`` of a folder of voices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.errors import NotInstalledError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FOLDER = "kokoro"
"""The folder, in a folder of voices, that the model and the voices lie in."""

MODEL = "kokoro-v1.0.int8.onnx"
"""The model's file, by the name that its maker gives it."""


def voice_file(voice: str) -> str:
    """Return what the file of a voice is called."""
    return f"{voice}.bin"


def locate(voice: str, folders: Iterable[Path]) -> tuple[Path, Path]:
    """Return the files of the model and of a voice.

    Args:
        voice: The voice, as ``bm_fable``.
        folders: Folders of voices, in the order they are searched.

    Raises:
        NotInstalledError: If they are in none of them together.
    """
    places = [folder / FOLDER for folder in folders]
    for place in places:
        model, style = place / MODEL, place / voice_file(voice)
        if model.is_file() and style.is_file():
            return model, style
    has_model = any((place / MODEL).is_file() for place in places)
    missing = f"voice {voice}" if has_model else "model"
    raise NotInstalledError(
        f"Kokoro's {missing} is missing",
        remedy="Get it by ‹install voice:kokoro›; meanwhile joe can speak",
    )
