"""Whether a session's sounds are there, asked before any work is done."""

from __future__ import annotations

from os.path import isfile

from cft_audio.errors import RequestError, sentences
from cft_audio.schema.suggest import nearest
from cft_audio.sound.names import BEDS, TONES


def check_sounds(tone: str, bed: str) -> None:
    """Raise if ``tone`` or ``bed`` cannot be used, as far as their names tell.

    Raises:
        RequestError: If there is no such tone, or the bed is neither a known one nor a file.
    """
    if tone not in TONES:
        message = f"there is no breathing tone called '{tone}'"
        remedy = f"Choose one of {', '.join(TONES)}"
        raise RequestError(message, remedy=remedy, field="tone")
    # Path.is_file would raise where what was written is too long for a name.
    if bed not in BEDS and not isfile(bed):  # noqa: PTH113
        message = f"there is no bed and no sound file '{bed}'"
        choice = f"Choose one of {', '.join(BEDS)}, or the path of a sound file"
        raise RequestError(message, remedy=sentences(nearest(bed, BEDS), choice), field="bed")
