"""The tones in words, without the weight of making them.

Whether a phone gives one back is by the model of ``benchmarks/sound.py``: both channels added,
nothing below 450 Hz, in a room of 35 dBA. Each of these is heard there in more than half of every
inhale and exhale.
"""

from __future__ import annotations

from cft_audio.sound.sound_info import SoundInfo

ABOUT_TONES = (
    SoundInfo(
        "swell",
        "tone",
        "Swell",
        "One warm tone that rises and opens with the inhale, hovers while the breath is held, and "
        "falls and closes with the exhale.",
        ("swell", "tone", "note", "voice", "music"),
        heard_on_phone=True,
    ),
    SoundInfo(
        "ocean",
        "tone",
        "Ocean",
        "A wave that draws in with the inhale, hangs, and breaks and runs out in foam with the "
        "exhale.",
        (
            *("ocean", "sea", "wave", "waves", "surf", "beach", "shore", "tide", "foam", "water"),
            *("breakers", "coast", "seaside", "seashore"),
        ),
        heard_on_phone=True,
    ),
    SoundInfo(
        "bowls",
        "tone",
        "Singing bowls",
        "A bowl struck at each turn of the breath, sung by its rim between the turns, and ringing "
        "on for half a minute.",
        ("bowl", "bowls", "singing bowl", "bell", "gong", "chime", "temple", "ringing", "metal"),
        heard_on_phone=True,
    ),
    SoundInfo(
        "hum",
        "tone",
        "Hum",
        "Soft voices that open to a vowel with the inhale and come home to another chord with the "
        "exhale.",
        ("hum", "humming", "voices", "choir", "singing", "song", "chant", "music"),
        heard_on_phone=True,
    ),
    SoundInfo(
        "wind",
        "tone",
        "Wind",
        "Wind that rises with the inhale and sinks with the exhale, soft and without hiss.",
        (
            *("wind", "breeze", "gust", "storm", "air", "blowing", "weather"),
            "waves",  # as it rises and sinks, it may be heard as waves
        ),
        heard_on_phone=True,
    ),
)
"""All of them; the first is the default."""

WORDS_OF_TICKS = ("tick", "ticking", "clock", "knock", "knocking", "tap", "tapping", "wood")
"""What the ticks sound of that count the seconds of a breath."""
