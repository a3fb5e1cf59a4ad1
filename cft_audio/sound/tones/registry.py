"""Which tones there are, each by its name: a function of one breath."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.sound.tones.bowls import sound_bowls
from cft_audio.sound.tones.hum import sound_hum
from cft_audio.sound.tones.ocean import sound_ocean
from cft_audio.sound.tones.swell import sound_swell
from cft_audio.sound.tones.wind import sound_wind

if TYPE_CHECKING:
    from cft_audio.signal.audio import Stereo
    from cft_audio.timeline.events import Breath

_TONES = {
    "swell": sound_swell,
    "ocean": sound_ocean,
    "bowls": sound_bowls,
    "hum": sound_hum,
    "wind": sound_wind,
}


def breath_sound(character: str, breath: Breath, seed: int) -> Stereo:
    """Return the sound of one breath from its first sample on.

    It may ring on beyond the breath's length, under the next ones: ``stem.BreathStem`` lays them
    over one another. It begins and ends in silence.

    Args:
        character: One of ``names.TONES`` but ``none``.
        breath: The breath. No two that start at different samples sound the same.
        seed: Decides about chance in it.
    """
    return _TONES[character](breath, seed)
