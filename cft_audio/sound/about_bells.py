"""What there is to say of each bell, without the weight of making it."""

from __future__ import annotations

from cft_audio.sound.sound_info import SoundInfo

_WORDS = ("bell", "bowl", "singing bowl", "chime", "gong", "temple", "ringing", "metal")

ABOUT_BELLS = (
    SoundInfo(
        "bowl",
        "bell",
        "Bowl",
        "A bowl of metal, softly struck, that rings for some seconds.",
        _WORDS,
        heard_on_phone=True,
    ),
    SoundInfo(
        "small-bowl",
        "bell",
        "Small bowl",
        "An octave higher and brighter, and sooner over.",
        _WORDS,
        heard_on_phone=True,
    ),
    SoundInfo(
        "deep-bowl",
        "bell",
        "Deep bowl",
        "A large bowl, low and slow, that rings for a quarter of a minute.",
        _WORDS,
        heard_on_phone=True,
    ),
)
