"""What suits a place that a recording goes to, by one word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cft_audio.master.formats import MONO, STEREO

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Preset:
    """Fields that a place asks for.

    Attributes:
        purpose: What it is for, in a few words.
        values: The fields it gives, by name.
        told: What else the place asks for, as a sentence; empty for nothing.
        most_bytes: The largest file that it takes; 0 for any.
    """

    purpose: str
    values: Mapping[str, Any]
    told: str = ""
    most_bytes: int = 0


MAIL_BYTES = int(20e6 * 3 / 4 * 76 / 78)
"""What fits into a mail of 20 MB: four letters for three bytes, in lines of 76 and their ends
(RFC 2045, 6.8)."""

PRESETS: Mapping[str, Preset] = {
    "phone": Preset(
        "a small MP3 for telephones and messengers",
        {"format": "mp3", "channels": MONO, "bitrate": 64},
        "A messenger that takes 16 MB takes 33 minutes of it.",
    ),
    "mail": Preset(
        "an MP3 that fits into a mail of 20 MB",
        {"format": "mp3"},
        most_bytes=MAIL_BYTES,
    ),
    "insight-timer": Preset(
        "as Insight Timer wants it",
        {"format": "mp3", "channels": STEREO, "bitrate": 128, "sample_rate": 48_000},
        "Insight Timer asks for a picture without words as well: ‹draw cover›.",
    ),
    "archive": Preset("a FLAC, which keeps everything", {"format": "flac", "channels": STEREO}),
}
"""Every preset by its name."""
