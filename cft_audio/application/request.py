"""What a person asks for: the one value from which everything else of a session follows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cft_audio.master.ranges import DEFAULT_KBPS, DEFAULT_LUFS
from cft_audio.mix.plan import Sounds
from cft_audio.sound.names import DEFAULT_BED, DEFAULT_BELL, DEFAULT_TONE
from cft_audio.speech.voicing import Voicing

if TYPE_CHECKING:
    from datetime import date

    from cft_audio.planning.session import Session
    from cft_audio.signal.balance import Balance


@dataclass(frozen=True)
class SoundChoice:
    """How a session sounds around its voice.

    Attributes:
        tone: The character of the breathing tone, one of ``sound.names.TONES``; None for the
            usual one, or for none where an adaptation leaves the breath alone.
        bed: One of ``sound.names.BEDS``, or the path of a sound file.
        ticks: Whether the seconds of each breath are counted by soft knocks.
        bell: One of ``sound.names.BELLS``, or the path of a sound file.
        bell_every_s: Seconds from one bell that tells the time to the next; None for none.
        bed_level: Decibels of the bed beside its usual level; None for what suits the voice.
        tone_level: Those of the tone, likewise.
        bell_level: Those of the bells, likewise.
        loudness_lufs: Integrated loudness of the voice.
    """

    tone: str | None = None
    bed: str = DEFAULT_BED
    ticks: bool = False
    bell: str = DEFAULT_BELL
    bell_every_s: float | None = None
    bed_level: float | None = None
    tone_level: float | None = None
    bell_level: float | None = None
    loudness_lufs: float = DEFAULT_LUFS


@dataclass(frozen=True)
class Output:
    """What file comes of a session, and what the file says about itself.

    Attributes:
        bitrate_kbps: Bit rate of the MP3 in kb/s.
        title: What the recording is called; empty for the practice's own title.
        album: What the recording belongs to.
        track: Its number in the album, as ``3/14``; empty for none.
        artist: Who the recording is by.
        name_in_tags: Whether the listener's name may stand in the tags and the file name.
        made_on: The date for its tags; None for none. Dates come from the caller, since equal
            requests give equal bytes.
    """

    bitrate_kbps: int = DEFAULT_KBPS
    title: str = ""
    album: str = "Compassion practices"
    track: str = ""
    artist: str = "cft-audio"
    name_in_tags: bool = True
    made_on: date | None = None


@dataclass(frozen=True)
class SessionRequest:
    """One recording for one person.

    Equal requests give equal bytes, whatever the machine's clip cache holds.

    Attributes:
        session: What is practised.
        voicing: Who says it, and how its words are said.
        sound: How it sounds around the voice.
        output: What file comes of it.
    """

    session: Session
    voicing: Voicing = field(default_factory=Voicing)
    sound: SoundChoice = field(default_factory=SoundChoice)
    output: Output = field(default_factory=Output)

    @property
    def tone(self) -> str:
        """The character of the breathing tone that is heard."""
        if self.sound.tone is not None:
            return self.sound.tone
        return "none" if self.session.leaves_breath_alone else DEFAULT_TONE

    def sounds_beside(self, usual: Balance) -> Sounds:
        """Return what is heard beside a voice with these usual levels, where none is chosen."""
        sound = self.sound
        chosen = {"bed": sound.bed_level, "tone": sound.tone_level, "bell": sound.bell_level}
        levels = {name: level for name, level in chosen.items() if level is not None}
        return Sounds(
            self.tone,
            sound.bed,
            sound.bell,
            sound.ticks,
            self.session.seed,
            sound.bell_every_s,
            replace(usual, **levels),
        )
