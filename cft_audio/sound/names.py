"""The names of the sounds, without the weight of making them."""

from __future__ import annotations

from cft_audio.sound.about_bells import ABOUT_BELLS
from cft_audio.sound.beds.about import ABOUT_BEDS
from cft_audio.sound.tones.about import ABOUT_TONES

TONES = (*(tone.name for tone in ABOUT_TONES), "none")
"""The characters a breathing tone can have."""

DEFAULT_TONE = "swell"
"""The one that sounds where none is asked for, unless an adaptation leaves the breath alone."""

BEDS = ("none", *(bed.name for bed in ABOUT_BEDS))
"""The beds that are made here; anything else is a sound file of the person's own."""

DEFAULT_BED = "brown"

BELLS = tuple(bell.name for bell in ABOUT_BELLS)
"""The bells that are made here; anything else is a sound file of the person's own."""

DEFAULT_BELL = "bowl"
