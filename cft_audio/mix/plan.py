"""How a session is mixed: everything decided, nothing rendered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.mix.dips import Dip, bed_dips, speech_band_dips, tone_dips
from cft_audio.mix.intervals import interval_bells
from cft_audio.signal.audio import samples
from cft_audio.signal.balance import MEDIUM, Balance
from cft_audio.sound.names import DEFAULT_BELL

if TYPE_CHECKING:
    from cft_audio.timeline.events import Timeline

FADE_IN_S, FADE_OUT_S = 3.0, 6.0
"""Seconds over which a session comes up and dies away: long enough to have no moment at which
either is noticed."""

_QUIET_S = 45.0
"""Seconds without a word or a chime at the end of a session from which on somebody may be asleep:
more than any session by day ends with."""

_SLEEPY_FADE_S = (30.0, 60.0)
"""The shortest and the longest fade of a session that ends in quiet: nobody is to be woken by the
end of its bed."""

_SLEEPY_STEPS_DB = (-1.0, -5.0)
"""Level of the voice at the beginning and at the last word of such a session."""


@dataclass(frozen=True)
class VoiceSteps:
    """A voice that becomes softer from the first sample to the last word.

    Attributes:
        first_db: Its level at the first sample.
        last_db: Its level at the last word.
        stop: The sample after the last word.
    """

    first_db: float
    last_db: float
    stop: int


@dataclass(frozen=True)
class Sounds:
    """What is heard beside the voice, and how loud.

    Attributes:
        tone: Character of the breathing tone, one of ``sound.names.TONES``.
        bed: One of ``sound.names.BEDS``, or a sound file.
        bell: One of ``sound.names.BELLS``, or a sound file.
        ticks: Whether the seconds of each breath are counted by soft knocks.
        seed: Decides the noises.
        bell_every_s: Seconds from one bell that tells the time to the next; None for none.
        balance: How loud each is beside its reference level.
    """

    tone: str
    bed: str
    bell: str = DEFAULT_BELL
    ticks: bool = False
    seed: int = 0
    bell_every_s: float | None = None
    balance: Balance = MEDIUM


@dataclass(frozen=True)
class MixPlan:
    """Everything that the mix of a session follows from, but for the clips' samples.

    Attributes:
        timeline: Where everything lies.
        sounds: What is heard beside the voice.
        bells: Where a bell is struck, in samples and in order.
        bed_dips: Where the bed steps back.
        speech_band_dips: Where it does so further in the band of speech.
        tone_dips: Where the tone does.
        fade_out: Samples over which the session dies away.
        steps: How the voice becomes softer; None where it doesn't.
    """

    timeline: Timeline
    sounds: Sounds
    bells: tuple[int, ...]
    bed_dips: tuple[Dip, ...]
    speech_band_dips: tuple[Dip, ...]
    tone_dips: tuple[Dip, ...]
    fade_out: int
    steps: VoiceSteps | None


def plan_mix(timeline: Timeline, sounds: Sounds) -> MixPlan:
    """Return how ``timeline`` is mixed with ``sounds``."""
    every_s = sounds.bell_every_s
    told = () if every_s is None else interval_bells(timeline, samples(every_s))
    bells = tuple(sorted({*timeline.chimes, *told}))
    words = (placed.start + placed.length for placed in timeline.speech)
    last_word = max(words, default=0)
    quiet = timeline.length - max((last_word, *timeline.chimes))
    sleepy = quiet >= samples(_QUIET_S)
    shortest, longest = map(samples, _SLEEPY_FADE_S)
    return MixPlan(
        timeline,
        sounds,
        bells,
        bed_dips(timeline),
        speech_band_dips(timeline),
        tone_dips(timeline),
        fade_out=min(max(shortest, quiet // 3), longest) if sleepy else samples(FADE_OUT_S),
        steps=VoiceSteps(*_SLEEPY_STEPS_DB, last_word) if sleepy and last_word else None,
    )
