"""How much of each phase of a breath is heard, and until when."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE
from sound_model.audibility import FRAME, HEARD_DB, HOP, LEVEL_WITH_BED_DB

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cft_audio.timeline.events import Breath


@dataclass(frozen=True)
class PhasesHeard:
    """Shares of a breath's phases that are heard, and when its exhale is heard last.

    Attributes:
        inhale: Share of the inhale, 0 to 1; nan where there is none, as for all of them.
        hold: Of the hold of a full breath.
        exhale: Of the exhale.
        rest: Of the rest after it.
        last_heard_s: Seconds into the exhale until the end of the last moment that is heard.
        last_over_bed_s: Likewise of the last moment that does not lie under the bed.
    """

    inhale: float
    hold: float
    exhale: float
    rest: float
    last_heard_s: float
    last_over_bed_s: float


def phases_heard(over_db: NDArray[np.float64], breath: Breath) -> PhasesHeard:
    """Return how much of one breath is heard.

    Args:
        over_db: By how much each frame lies over its threshold, from the first sample on.
        breath: The breath. A frame belongs to the phase in which its middle lies.
    """
    middles = np.arange(len(over_db)) * HOP + FRAME // 2
    lengths = (breath.inhale, breath.full_hold, breath.exhale, breath.empty_hold)
    edges = breath.start + np.cumsum((0, *lengths))
    shares = []
    for start, stop in pairwise(edges):
        frames = over_db[(middles >= start) & (middles < stop)]
        shares.append(float((frames > HEARD_DB).mean()) if len(frames) else float("nan"))
    exhale = (middles >= edges[2]) & (middles < edges[3])
    ends = (middles[exhale] + FRAME // 2 - edges[2]) / SAMPLE_RATE
    last = [
        float(ends[over_db[exhale] > limit].max(initial=0.0))
        for limit in (HEARD_DB, LEVEL_WITH_BED_DB)
    ]
    return PhasesHeard(*shares, *last)


def mean_of(breaths: Sequence[PhasesHeard]) -> PhasesHeard:
    """Return the mean of several breaths."""
    return PhasesHeard(*np.mean([astuple(breath) for breath in breaths], axis=0).tolist())
