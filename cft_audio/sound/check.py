"""Whether a session's sounds are there, asked before any work is done."""

from __future__ import annotations

from os.path import isfile

from cft_audio.errors import RequestError, sentences
from cft_audio.schema.suggest import nearest
from cft_audio.sound.names import BEDS, BELLS, TONES


def check_sounds(tone: str, bed: str, bell: str) -> None:
    """Raise if ``tone``, ``bed`` or ``bell`` cannot be used, as far as their names tell.

    Raises:
        RequestError: If there is no such tone, or bed or bell are neither a known one nor a file.
    """
    if tone not in TONES:
        message = f"there is no breathing tone called '{tone}'"
        remedy = f"Choose one of {', '.join(TONES)}"
        raise RequestError(message, remedy=remedy, field="tone")
    _check_made_or_file(bed, BEDS, "bed")
    _check_made_or_file(bell, BELLS, "bell")


def _check_made_or_file(name: str, names: tuple[str, ...], field: str) -> None:
    # Path.is_file would raise where what was written is too long for a name.
    if name not in names and not isfile(name):  # noqa: PTH113
        message = f"there is no {field} and no sound file '{name}'"
        choice = f"Choose one of {', '.join(names)}, or the path of a sound file"
        remedy = sentences(nearest(name, names), choice)
        raise RequestError(message, remedy=remedy, field=field)
