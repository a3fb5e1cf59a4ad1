"""What a session's sounds have to show: bounds on what is measured."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.master.ranges import DEFAULT_LUFS
from cft_audio.sound.names import DEFAULT_BED, DEFAULT_TONE
from sound_model.audibility import HEADPHONES, PHONE
from sound_model.sessions import BREATH_S, PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sound_model.figures import Figures
    from sound_model.mono import MonoLoss
    from sound_model.phases import PhasesHeard

_EXHALE_S = BREATH_S * PATTERN[2] / sum(PATTERN)


@dataclass(frozen=True)
class Goal:
    """A bound on one figure of several sounds.

    Attributes:
        what: What is measured.
        measured: The figure of each sound, by what the sound is called.
        least: The least it may be.
        most: The most it may be.
        form: How a figure is written, as ``format`` takes it.
    """

    what: str
    measured: Mapping[str, float]
    least: float = -math.inf
    most: float = math.inf
    form: str = ".1f"

    @property
    def where(self) -> str:
        """The sound whose figure lies furthest outside, or nearest to a bound inside."""
        return min(self.measured, key=self._room)

    @property
    def worst(self) -> float:
        """The figure of that sound."""
        return self.measured[self.where]

    @property
    def met(self) -> bool:
        """Whether every figure lies within the bounds."""
        return self._room(self.where) >= 0

    @property
    def wanted(self) -> str:
        """The bounds in words."""
        least, most = format(self.least, self.form), format(self.most, self.form)
        if math.isinf(self.most):
            return f"at least {least}"
        return f"at most {most}" if math.isinf(self.least) else f"{least} to {most}"

    def _room(self, sound: str) -> float:
        figure = self.measured[sound]
        # A figure that is none lies outside.
        return -math.inf if math.isnan(figure) else min(figure - self.least, self.most - figure)


def goals(figures: Figures) -> tuple[Goal, ...]:
    """Return everything that is wanted of the sounds, with what was measured."""
    return (*_of_tones(figures), *_of_beds(figures), *_of_sessions(figures))


def _of_tones(figures: Figures) -> Iterator[Goal]:
    phone, headphones = (
        {
            f"{tone}, {phase}": getattr(found.heard[DEFAULT_BED][way.name], phase)
            for tone, found in figures.tones.items()
            for phase in ("inhale", "exhale")
        }
        for way in (PHONE, HEADPHONES)
    )
    ends: dict[str, PhasesHeard] = {
        tone: found.heard[DEFAULT_BED][HEADPHONES.name] for tone, found in figures.tones.items()
    }
    early = {tone: _EXHALE_S - heard.last_heard_s for tone, heard in ends.items()}
    sums = {"chime": figures.bell, "voice": figures.voice}
    sums |= {tone: found.mono for tone, found in figures.tones.items()}
    alike = {tone: found.likeness for tone, found in figures.tones.items()}
    turned = {tone: min(found.drops_db) for tone, found in figures.tones.items()}
    late = {tone: max(found.session.turn_errors_ms) for tone, found in figures.tones.items()}
    yield Goal(f"share heard on a phone, over {DEFAULT_BED}", phone, least=0.55, form=".0%")
    yield Goal(f"on headphones, over {DEFAULT_BED}", headphones, least=0.85, form=".0%")
    yield Goal("seconds from the last moment heard to the exhale's end", early, most=0.6)
    yield Goal("mono sum against stereo, dB, worst 400 ms or band", _worst(sums), least=-1.0)
    yield Goal("correlation of neighbouring breaths", alike, most=0.9, form=".2f")
    yield Goal("gain of the tone at a turn, dB", turned, least=-2.0)
    yield Goal("milliseconds that a turn is off", late, most=20.0)


def _worst(sums: Mapping[str, MonoLoss]) -> dict[str, float]:
    return {name: min(loss.worst_moment, loss.worst_band) for name, loss in sums.items()}


def _of_beds(figures: Figures) -> Iterator[Goal]:
    beds = {name: bed for name, bed in figures.beds.items() if bed.mono}
    repeats = {name: bed.repeats_10_s for name, bed in beds.items()}
    falls = {name: bed.excursions for name, bed in beds.items()}
    yield Goal("ten seconds of a bed like others", repeats, most=0.9, form=".2f")
    yield Goal("falls and returns of the bed, a minute", falls, most=2.0)


def _of_sessions(figures: Figures) -> Iterator[Goal]:
    sessions = {f"{name}, {DEFAULT_BED}": tone.session for name, tone in figures.tones.items()}
    sessions |= {f"{DEFAULT_TONE}, {name}": bed.session for name, bed in figures.beds.items()}
    lines = {f"{name}, {DEFAULT_BED}": found for name, found in figures.tone_lines.items()}
    lines |= {
        f"{DEFAULT_TONE}, {name}": found
        for name, found in figures.bed_lines.items()
        if name != "none"
    }
    plain = f"{DEFAULT_TONE}, {DEFAULT_BED}"
    ranges = {plain: sessions[plain].mastering.range_lu}
    voices = {name: found.voice_lufs for name, found in sessions.items()}
    peaks = {name: found.mastering.peak_dbtp for name, found in sessions.items()}
    means = {name: found.narration_mean for name, found in lines.items()}
    worst_lines = {name: found.narration_worst for name, found in lines.items()}
    worst_cues = {name: found.cues_worst for name, found in lines.items()}
    understood = {name: found.understood for name, found in sessions.items()}
    yield Goal("loudness range of a plain session, LU", ranges, least=12.0, most=16.0)
    asked = (DEFAULT_LUFS - 0.5, DEFAULT_LUFS + 0.5)
    yield Goal("loudness of the voice, LUFS", voices, *asked, form=".2f")
    yield Goal("true peak, dBTP", peaks, most=-1.0)
    yield Goal("narration over tone and bed, LU, mean of lines", means, least=15.0, most=20.0)
    yield Goal("the line that stands least over them, LU", worst_lines, least=15.0)
    yield Goal("the breath cue that stands least over them, LU", worst_cues, least=6.0)
    yield Goal("ESTOI of the narration", understood, least=0.97, form=".3f")
