"""Everything that is measured of a bed and of a tone, each in a session of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.decibels import db_to_gain, db_to_power, gain_to_db
from cft_audio.signal.frames import HOP
from cft_audio.sound.names import DEFAULT_BED, DEFAULT_TONE
from sound_model import sessions
from sound_model.audibility import (
    BANDS,
    WAYS,
    band_powers,
    mean_band_powers,
    over_threshold_db,
    threshold_db,
)
from sound_model.ducking import (
    band_gains_db,
    drops_at_turns,
    excursions_per_minute,
    gain_db,
)
from sound_model.figures import BedFigures, SessionFigures, ToneFigures
from sound_model.levels import hops_of, judge, loudness_of
from sound_model.likeness import breath_likeness, repetition
from sound_model.mono import MonoLoss, mono_loss
from sound_model.phases import PhasesHeard, mean_of, phases_heard
from sound_model.recordings import decode, through_mp3
from sound_model.speech import Standing, cues, intelligibility, narration, standing
from sound_model.turns import turn_errors_s, turns_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from cft_audio.application.plans import Plan
    from cft_audio.mix.plan import MixPlan
    from cft_audio.signal.audio import Stereo


@dataclass(frozen=True)
class Bench:
    """What all measurements share.

    Attributes:
        folder: Where recordings and the voice are kept meanwhile.
        minutes: Length of each session.
    """

    folder: Path
    minutes: float

    @property
    def voice(self) -> Stereo:
        """The voice of a session as it is mixed; it is the same whatever sounds under it."""
        return self._load("voice")

    @property
    def decoded_voice(self) -> Stereo:
        """The voice alone as decoded, encoded at the level that it is mixed at."""
        return self._load("decoded-voice")

    @property
    def dry_voice(self) -> Stereo:
        """The voice as it is spoken, at the level that it is mixed at, in no room."""
        return self._load("dry-voice")

    def _load(self, name: str) -> Stereo:
        kept: Stereo = np.load(self.folder / f"{name}.npy", mmap_mode="r")
        return kept


def keep_voice(bench: Bench) -> None:
    """Keep the voice that all sessions share, mixed and decoded."""
    planned = sessions.plan(DEFAULT_TONE, DEFAULT_BED, bench.minutes)
    voice = sessions.voice_alone(planned)
    np.save(bench.folder / "voice.npy", voice)
    np.save(bench.folder / "dry-voice.npy", sessions.dry_voice(planned))
    np.save(bench.folder / "decoded-voice.npy", through_mp3([voice], 1.0))


def measure_bed(bench: Bench, bed: str) -> BedFigures:
    """Measure ``bed`` under the default tone."""
    planned = sessions.plan(DEFAULT_TONE, bed, bench.minutes)
    session = _measure_session(bench, planned)
    gain = db_to_gain(session.gain_db)
    if bed == "none":
        silence = np.zeros(planned.timeline.length // HOP)
        powers = {way.name: np.zeros(BANDS) for way in WAYS}
        return BedFigures(session, -np.inf, 0.0, 0.0, 0.0, None, powers, silence)
    ducked = through_mp3(sessions.bed_alone(planned.mix), gain)
    alone = through_mp3(sessions.bed_alone(sessions.endless(planned.mix)), gain)
    steady = alone[sessions.OPENING : -sessions.CLOSING]
    spoken = slice(0, len(ducked) - sessions.CLOSING)
    return BedFigures(
        session,
        loudness_of(steady),
        max(excursions_per_minute(gains) for gains in band_gains_db(ducked[spoken], alone).T),
        repetition(steady, 1.0, 8),
        repetition(steady, 10.0, 4),
        mono_loss(steady),
        {way.name: mean_band_powers(way.at_the_ear(steady)) for way in WAYS},
        hops_of(ducked),
    )


def measure_tone(
    bench: Bench, tone: str, beds: Mapping[str, Mapping[str, NDArray[np.float64]]]
) -> ToneFigures:
    """Measure ``tone``.

    Args:
        bench: Where.
        tone: One of ``names.TONES`` but none.
        beds: The powers of each bed, as ``BedFigures`` has them.
    """
    planned = sessions.plan(tone, DEFAULT_BED, bench.minutes)
    session = _measure_session(bench, planned)
    gain = db_to_gain(session.gain_db)
    ducked = through_mp3(sessions.tone_alone(planned.mix), gain)
    alone = through_mp3(sessions.tone_alone(sessions.never_ducked(planned.mix)), gain)
    turns = [turn for breath in planned.timeline.breaths for turn in turns_of(breath)]
    steady = sessions.steady(planned.mix)
    sound = through_mp3(sessions.tone_alone(steady), gain)
    breaths = steady.timeline.breaths[1:]
    return ToneFigures(
        session,
        _heard(sound, steady, beds),
        drops_at_turns(gain_db(ducked, alone), turns).tolist(),
        mono_loss(sound[breaths[0].start : breaths[-1].start]),
        breath_likeness(sound, [breath.start for breath in breaths], breaths[0].length),
        hops_of(ducked),
    )


def measure_standing(
    bench: Bench, tone: ToneFigures, bed: BedFigures, session: SessionFigures
) -> Standing:
    """Return how lines stand over a tone and a bed together, in a session with both."""
    timeline = sessions.plan(DEFAULT_TONE, DEFAULT_BED, bench.minutes).timeline
    voice = hops_of(bench.decoded_voice) * db_to_power(session.gain_db)
    return standing(timeline, voice, tone.hops + bed.hops)


def measure_others(bench: Bench) -> tuple[MonoLoss, MonoLoss, dict[str, float]]:
    """Return what the mono sums of chime and voice lose, and what the voice loses on phones."""
    planned = sessions.plan(DEFAULT_TONE, DEFAULT_BED, bench.minutes)
    lost = {way.name: way.lost_lu(bench.decoded_voice) for way in WAYS if way.high_pass_hz}
    bell = through_mp3(sessions.bell_alone(planned.mix), 1.0)
    return mono_loss(bell), mono_loss(bench.decoded_voice), lost


def _measure_session(bench: Bench, planned: Plan) -> SessionFigures:
    file = sessions.build(planned, bench.folder)
    recording, mastering = decode(file), judge(file)
    gain = sessions.master_gain(recording, bench.voice)
    voice = bench.decoded_voice * np.float32(gain)
    lines = narration(planned.timeline)
    spoken = sorted(lines + cues(planned.timeline))
    toned = planned.mix.sounds.tone != "none"
    errors = turn_errors_s(planned.mix, recording - voice) if toned else np.zeros(0)
    return SessionFigures(
        mastering,
        loudness_of(voice),
        intelligibility(bench.dry_voice, recording, lines),
        intelligibility(bench.dry_voice, recording, spoken),
        gain_to_db(gain),
        (1000 * np.abs(errors)).tolist(),
    )


def _heard(
    sound: Stereo, steady: MixPlan, beds: Mapping[str, Mapping[str, NDArray[np.float64]]]
) -> dict[str, dict[str, PhasesHeard]]:
    """Return how much of each phase is heard over each bed: the mean of all breaths but one."""
    breaths = steady.timeline.breaths[1:]
    tone = {way.name: band_powers(way.at_the_ear(sound)) for way in WAYS}
    heard: dict[str, dict[str, PhasesHeard]] = {}
    for bed, powers in beds.items():
        heard[bed] = {}
        for way in WAYS:
            threshold = threshold_db(powers[way.name], way.room_dba)
            over = over_threshold_db(tone[way.name], threshold)
            heard[bed][way.name] = mean_of([phases_heard(over, breath) for breath in breaths])
    return heard
