"""Every sound that is made here, in words and without the weight of making it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.errors import RequestError, sentences
from cft_audio.schema.suggest import nearest
from cft_audio.sound.about_bells import ABOUT_BELLS
from cft_audio.sound.beds.about import ABOUT_BEDS
from cft_audio.sound.tones.about import ABOUT_TONES

if TYPE_CHECKING:
    from cft_audio.sound.sound_info import SoundInfo

SOUNDS = (*ABOUT_TONES, *ABOUT_BEDS, *ABOUT_BELLS)
"""Tones, beds and bells, in the order of their lists."""


def find_sound(name: str) -> SoundInfo:
    """Return the sound called ``name``.

    Raises:
        RequestError: If there is none.
    """
    for sound in SOUNDS:
        if sound.name == name.strip().lower():
            return sound
    names = [sound.name for sound in SOUNDS]
    message = f"there is no sound called '{name}'"
    remedy = sentences(nearest(name, names), f"Choose one of {', '.join(names)}")
    raise RequestError(message, remedy=remedy, field="sound")
