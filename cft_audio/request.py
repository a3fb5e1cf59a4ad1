"""What a person asks for: the one value from which everything else of a session follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.timeline.pace import PRESETS, Pace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True)
class SessionRequest:
    """One session for one person.

    Equal requests give equal bytes, whatever the machine's clip cache holds.

    Attributes:
        practice: A practice's id, or the path of its file.
        answers: Values for the practice's slots, by slot name.
        figure_pronouns: Pronouns for the figure, such as ``she/her``; None for its own.
        length_s: Seconds the recording lasts; None for the practice's natural length.
        adaptations: Difficulties it is told for, names of ``script.adaptations.ADAPTATIONS``.
        pace: How it breathes.
        voice: A voice profile's name.
        pronounce: How words are said, as ``word`` to a respelling or ``/IPA/``.
        tone: The character of the breathing tone, one of ``cft_audio.sound.names.TONES``.
        bed: One of ``cft_audio.sound.names.BEDS``, or the path of a sound file.
        loudness_lufs: Integrated loudness of the recording.
        bitrate_kbps: Bit rate of the MP3 in kb/s.
        seed: What everything that is drawn by chance follows from.
        artist: Who the recording is by, for its tags.
        name_in_tags: Whether the listener's name may stand in the tags and the file name.
        made_on: The date for its tags; None for none. Dates come from the caller, since equal
            requests give equal bytes.
    """

    practice: str
    answers: Mapping[str, str] = field(default_factory=dict)
    figure_pronouns: str | None = None
    length_s: float | None = None
    adaptations: tuple[str, ...] = ()
    pace: Pace = PRESETS["gentle"]
    voice: str = "joe"
    pronounce: Mapping[str, str] = field(default_factory=dict)
    tone: str = "swell"
    bed: str = "brown"
    loudness_lufs: float = -18.0
    bitrate_kbps: int = 128
    seed: int = 0
    artist: str = "cft-audio"
    name_in_tags: bool = True
    made_on: date | None = None
