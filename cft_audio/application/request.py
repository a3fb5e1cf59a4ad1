"""What a person asks for: the one value from which everything else of a session follows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cft_audio.application.fields import SESSION_FIELDS
from cft_audio.errors import RequestError
from cft_audio.script.adaptations import ADAPTATIONS, Adaptation
from cft_audio.sound.names import DEFAULT_TONE
from cft_audio.timeline.pace import PRESETS, Pace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cft_audio.script.practice import Limits


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
        voice: A voice profile's name, or the path of a profile or of a Piper model.
        figure_voice: The voice of the figure's words, likewise; None for a gentler ``voice``.
        allow_online: Whether a voice may speak online, which sends every line, names included, to
            a service; without it, such a voice is refused.
        pronounce: How words are said, as ``word`` to a respelling or ``/IPA/``.
        tone: The character of the breathing tone, one of ``cft_audio.sound.names.TONES``; None
            for the usual one, or for none where an adaptation leaves the breath alone.
        bed: One of ``cft_audio.sound.names.BEDS``, or the path of a sound file.
        loudness_lufs: Integrated loudness of the recording.
        bitrate_kbps: Bit rate of the MP3 in kb/s.
        seed: What everything that is drawn by chance follows from.
        title: What the recording is called; empty for the practice's own title.
        album: What the recording belongs to, for its tags.
        track: Its number in the album, as ``3/14``; empty for none.
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
    pace: Pace = PRESETS[SESSION_FIELDS["pace"].default]
    voice: str = SESSION_FIELDS["voice"].default
    allow_online: bool = False
    figure_voice: str | None = None
    pronounce: Mapping[str, str] = field(default_factory=dict)
    tone: str | None = None
    bed: str = SESSION_FIELDS["bed"].default
    loudness_lufs: float = SESSION_FIELDS["loudness"].default
    bitrate_kbps: int = SESSION_FIELDS["bitrate"].default
    seed: int = SESSION_FIELDS["seed"].default
    title: str = ""
    album: str = "Compassion practices"
    track: str = ""
    artist: str = SESSION_FIELDS["artist"].default
    name_in_tags: bool = True
    made_on: date | None = None

    @property
    def sounding_tone(self) -> str:
        """The character of the breathing tone that is heard."""
        if self.tone is not None:
            return self.tone
        return DEFAULT_TONE if all(found.tone for found in self._adaptations) else "none"

    @property
    def adapted_pace(self) -> Pace:
        """The pace with what the adaptations change of it."""
        pattern = self.pace.pattern
        if not all(found.holds for found in self._adaptations):
            pattern = replace(pattern, full_hold=0.0, empty_hold=0.0)
        unhurried = self.pace.unhurried
        for found in self._adaptations:
            unhurried *= found.unhurried
        return replace(self.pace, pattern=pattern, unhurried=unhurried)

    def adapted_limits(self, limits: Limits) -> Limits:
        """Return ``limits`` with what the adaptations change of them."""
        shares = (found.silence for found in self._adaptations)
        return replace(limits, silence=limits.silence * min(shares, default=1.0))

    @property
    def _adaptations(self) -> list[Adaptation]:
        for name in self.adaptations:
            if name not in ADAPTATIONS:
                raise RequestError(
                    f"there is no adaptation called '{name}'",
                    remedy=f"Choose one of {', '.join(ADAPTATIONS)}",
                    field="for",
                )
        return [ADAPTATIONS[name] for name in self.adaptations]
