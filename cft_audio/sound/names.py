"""The names of the sounds, without the weight of making them."""

from __future__ import annotations

TONES = ("swell", "ocean", "bowls", "none")
"""The characters a breathing tone can have."""

DEFAULT_TONE = "swell"
"""The one that sounds where none is asked for, unless an adaptation leaves the breath alone."""

BEDS = ("none", "brown", "rain", "drone")
"""The beds that are made here; anything else is a sound file of the person's own."""

DEFAULT_BED = "brown"
