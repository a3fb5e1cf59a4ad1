"""The names of the sounds, without the weight of making them."""

from __future__ import annotations

TONES = ("swell", "ocean", "bowls", "none")
"""The characters a breathing tone can have."""

BEDS = ("none", "brown", "rain", "drone")
"""The beds that are made here; anything else is a sound file of the person's own."""
