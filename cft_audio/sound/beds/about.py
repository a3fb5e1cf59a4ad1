"""The beds in words, without the weight of making them.

Whether a phone gives one back is by the model of ``benchmarks/sound.py``: both channels added,
nothing below 450 Hz, in a room of 35 dBA, 15 LU under a voice at 62 dB SPL; and one band of hearing
more than 6 dB above what the room lets through.
"""

from __future__ import annotations

from cft_audio.sound.sound_info import SoundInfo

ABOUT_BEDS = (
    SoundInfo(
        "brown",
        "bed",
        "Brown noise",
        "An even, dark rush, like a waterfall far away.",
        ("noise", "brown noise", "static", "rush", "rushing", "roar", "waterfall", "water"),
        heard_on_phone=True,
    ),
    SoundInfo(
        "rain",
        "bed",
        "Rain",
        "Rain on a roof, leaves and puddles, in gusts that come and go.",
        (
            *("rain", "raining", "rainy", "raindrops", "rainfall", "downpour", "drizzle", "drops"),
            *("dripping", "storm", "shower", "water", "puddles", "roof", "weather"),
            *("gusts", "waves"),  # as it comes in gusts, it may be heard as waves
        ),
        heard_on_phone=True,
    ),
    SoundInfo(
        "stream",
        "bed",
        "Stream",
        "A small stream that babbles over stones.",
        (
            *("stream", "brook", "creek", "river", "running water", "bubbling", "water"),
            *("babbling", "flowing", "splashing", "waterfall"),
        ),
        heard_on_phone=True,
    ),
    SoundInfo(
        "fire",
        "bed",
        "Fire",
        "A fire in a hearth: low flames, soft crackles, now and then a log that settles.",
        (
            *("fire", "fireplace", "hearth", "campfire", "flames", "burning", "smoke", "crackling"),
            *("bonfire", "fireside", "embers", "wood", "logs", "chimney"),
        ),
        heard_on_phone=True,
    ),
    SoundInfo(
        "night",
        "bed",
        "Summer night",
        "Faint air, and crickets far off that come and go.",
        (
            *("night", "dark", "crickets", "insects", "summer night", "chirping", "cicadas"),
            *("grasshoppers", "bugs", "evening"),
        ),
        heard_on_phone=True,
    ),
    SoundInfo(
        "forest",
        "bed",
        "Forest",
        "Leaves in a light wind, and now and then a bird, far off.",
        (
            *("forest", "woods", "trees", "leaves", "wind", "birds", "birdsong", "woodland"),
            *("breeze", "rustling", "chirping", "twittering"),
        ),
        heard_on_phone=True,
    ),
    SoundInfo(
        "drone",
        "bed",
        "Drone",
        "A warm low chord that breathes. For headphones: a phone's own speaker does not go so low.",
        ("drone", "hum", "humming", "music", "tones", "chord", "bass", "organ"),
        heard_on_phone=False,
    ),
    SoundInfo(
        "pad",
        "bed",
        "Pad",
        "Notes of one open chord that come and go slowly, and never the same way twice.",
        ("pad", "chord", "music", "tones", "notes", "ambient music", "synthesizer", "organ"),
        heard_on_phone=True,
    ),
)
"""All that are made here; the first is the default."""
