"""Ten sessions that differ in all that may matter to an encoder, or to a tag."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Session:
    """A session.

    Attributes:
        practice: The id of its practice, or the script's file.
        fields: What else is asked for, by the names of ``docs/fields.md``.
    """

    practice: str | Path
    fields: Mapping[str, Any]

    @property
    def called(self) -> str:
        """What tables call it."""
        practice = self.practice.stem if isinstance(self.practice, Path) else self.practice
        return f"{practice}, {self.fields['tone']}, {self.fields['bed']}"


def _session(practice: str | Path, minutes: float, tone: str, bed: str, **more: Any) -> Session:
    return Session(practice, {"minutes": minutes, "tone": tone, "bed": bed, **more})


SESSIONS = (
    _session("soothing-rhythm-breathing", 3, "swell", "rain", name="Zoë"),
    _session("soothing-rhythm-breathing-acute", 3, "ocean", "none", name="Sam"),
    _session("compassionate-attention", 3, "bowls", "brown", name="Sam", no_name=True),
    _session("loving-kindness", 3, "hum", "stream", name="Sam", with_={"loved_one": "Robin"}),
    _session("compassionate-imagery-safe-place", 3.5, "wind", "forest", name="Xiomara"),
    _session("compassionate-mind-training-daily", 3, "swell", "fire", name="Sam", ticks=True),
    _session("compassionate-imagery", 4, "swell", "night", name="Sam", figure="wise-elder"),
    _session("compassionate-imagery-ideal-self", 3, "none", "drone", name="Sam"),
    _session("compassionate-mind-training", 3, "bowls", "pad", name="Sam", bells="three"),
    _session("compassionate-letter", 5, "swell", "brown", name="Sam", with_={"to": "present-self"}),
)
"""Every tone and every bed is in one of them, and each is of another practice."""

LOUD = _session("soothing-rhythm-breathing", 3, "swell", "rain", name="Zoë", loudness=-14)
"""As loud as is offered, over the bed whose peaks stand highest."""

_MINUTE = Path(__file__).parents[2] / "docs" / "sample" / "one-minute.md"
MINUTE = _session(_MINUTE, 1, "swell", "rain", name="Zoë")
LOUD_MINUTE = _session(_MINUTE, 1, "swell", "rain", name="Zoë", loudness=-14)
"""Both as short as a look at every format may be."""
