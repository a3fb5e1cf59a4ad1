"""What a person asks for: the one value from which everything else of a session follows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.master.formats import (
    MP3,
    STEREO,
    USUAL,
    Coding,
    fit_size,
    format_named,
    known_format,
)
from cft_audio.master.ranges import DEFAULT_LUFS
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
        format: The name of one of ``formats.FORMATS``; empty for what its name says, or MP3.
        bitrate_kbps: Bit rate in kb/s; 0 for the usual one of the format.
        usual_kbps: The bit rate of a format that has it, where none was chosen; 0 for none.
        channels: ``stereo`` or ``mono``.
        sample_rate: Samples a second; 0 for the usual of the format.
        most_bytes: The largest file that may come of it: the best coding is chosen that fits; 0
            for any.
        split_chapters: Whether each chapter becomes a file of its own.
        title: What the recording is called; empty for the practice's own title.
        album: What the recording belongs to.
        track: Its number in the album, as ``3/14``; empty for none.
        artist: Who the recording is by.
        comment: A sentence about it; empty for the practice's summary.
        course: The title of the course whose cover it has; empty for a cover of its own.
        is_courses_own: Whether what is said first is the course's own, and so speaks of nobody.
        cover: ``drawn`` for its session, ``none``, or the path of a picture.
        name_in_tags: Whether the listener's name may stand in the tags and the file name.
        code: What files are called by in the place of the listener's name; empty for the name.
        made_on: The date for its tags; None for none. Dates come from the caller, since equal
            requests give equal bytes.
    """

    format: str = ""
    bitrate_kbps: int = USUAL
    usual_kbps: int = USUAL
    channels: str = STEREO
    sample_rate: int = USUAL
    most_bytes: int = 0
    split_chapters: bool = False
    title: str = ""
    album: str = "Compassion practices"
    track: str = ""
    artist: str = "cft-audio"
    comment: str = ""
    course: str = ""
    is_courses_own: bool = False
    cover: str = "drawn"
    name_in_tags: bool = True
    code: str = ""
    made_on: date | None = None

    def coding(self, suffix: str = "", length_s: float | None = None) -> Coding:
        """Return how a file is encoded.

        Args:
            suffix: How its name ends; empty if it has none yet.
            length_s: Seconds that it plays; None if they are not known yet.

        Raises:
            RequestError: If the name is another format's than was asked for, or the format cannot
                be had like this, or is too large in any way.
        """
        named = format_named(suffix)
        asked = known_format(self.format or (named.name if named else MP3.name))
        if named and named is not asked:
            message = f"the name of the file ends in {suffix}, and ‹format:{asked.name}› was asked"
            remedy = f"Give a name ending in {asked.suffix}, or leave the format out"
            raise RequestError(message, remedy=remedy, field="output")
        usual = self.usual_kbps if self.usual_kbps in asked.bitrates else USUAL
        coding = Coding(asked, self.bitrate_kbps or usual, self.channels, self.sample_rate)
        limits = [most for most in (self.most_bytes, asked.most_bytes) if most]
        if limits and length_s is not None:
            return fit_size(coding, length_s, min(limits))
        return coding


@dataclass(frozen=True)
class Beside:
    """Which files come beside a recording.

    Attributes:
        texts: Its words, in the formats of ``beside.kinds.TEXTS``.
        handouts: Its handout, in those of ``beside.kinds.PAPERS``.
    """

    texts: tuple[str, ...] = ()
    handouts: tuple[str, ...] = ()


@dataclass(frozen=True)
class SessionRequest:
    """One recording for one person.

    Equal requests give equal bytes, whatever the machine's clip cache holds.

    Attributes:
        session: What is practised.
        voicing: Who says it, and how its words are said.
        sound: How it sounds around the voice.
        output: What file comes of it.
        beside: Which files come beside it.
        avoid: Words, phrases and sounds that the listener must not hear: it is refused if it holds
            one, and the same recording otherwise.
    """

    session: Session
    voicing: Voicing = field(default_factory=Voicing)
    sound: SoundChoice = field(default_factory=SoundChoice)
    output: Output = field(default_factory=Output)
    beside: Beside = field(default_factory=Beside)
    avoid: tuple[str, ...] = field(default=(), repr=False)

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
