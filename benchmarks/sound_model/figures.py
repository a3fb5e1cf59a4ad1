"""What is measured of sessions, beds and tones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from sound_model.levels import Mastering
    from sound_model.mono import MonoLoss
    from sound_model.phases import PhasesHeard
    from sound_model.speech import Standing


@dataclass(frozen=True)
class SessionFigures:
    """What is measured of a whole recording.

    Attributes:
        mastering: Loudness and peaks of the file.
        voice_lufs: Gated loudness of its voice.
        understood: ESTOI of the narration.
        understood_with_cues: ESTOI of all that is spoken.
        gain_db: What the master adds to the mix.
        turn_errors_ms: How far each turn is off where it is found again, without sign.
    """

    mastering: Mastering
    voice_lufs: float
    understood: float
    understood_with_cues: float
    gain_db: float
    turn_errors_ms: list[float]


@dataclass(frozen=True)
class BedFigures:
    """What is measured of a bed, at its level in a session with the default tone.

    Attributes:
        session: The recording.
        lufs: The bed's own loudness there, never ducked.
        excursions: How often a minute it falls and comes back, by more than 3 dB each, in the third
            of an octave where it does so most.
        repeats_1_s: How much a second of it is like any other moment within five minutes, up to 1.
        repeats_10_s: Likewise ten seconds.
        mono: What the mono sum loses.
        powers: Its mean power in each band, by the name of each way of listening.
        hops: Its K-weighted energies in each 100 ms, ducked.
    """

    session: SessionFigures
    lufs: float
    excursions: float
    repeats_1_s: float
    repeats_10_s: float
    mono: MonoLoss | None
    powers: Mapping[str, NDArray[np.float64]] = field(repr=False)
    hops: NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True)
class ToneFigures:
    """What is measured of a tone, at its level in a session with the default bed.

    Attributes:
        session: The recording.
        heard: How much of each phase is heard, by bed and by way of listening.
        drops_db: Its lowest gain around each turn, where the voice makes it give way.
        mono: What the mono sum of steady breaths loses.
        likeness: Correlation of neighbouring steady breaths.
        hops: Its K-weighted energies in each 100 ms, ducked.
    """

    session: SessionFigures
    heard: Mapping[str, Mapping[str, PhasesHeard]]
    drops_db: list[float]
    mono: MonoLoss
    likeness: float
    hops: NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True)
class Figures:
    """All that was measured.

    Attributes:
        tones: Of each tone, with the default bed.
        beds: Of each bed, with the default tone.
        tone_lines: How lines stand over each tone with the default bed.
        bed_lines: Likewise over each bed with the default tone.
        bell: What the mono sum of the chime loses.
        voice: What that of the voice loses.
        voice_loses_lu: What a voice loses on each kind of phone before it is turned up.
    """

    tones: Mapping[str, ToneFigures]
    beds: Mapping[str, BedFigures]
    tone_lines: Mapping[str, Standing]
    bed_lines: Mapping[str, Standing]
    bell: MonoLoss
    voice: MonoLoss
    voice_loses_lu: Mapping[str, float]
