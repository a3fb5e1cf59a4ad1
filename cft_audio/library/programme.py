"""What a programme is, as plain values.

The ``metadata`` of the fields says how they are written in its file (``schema.reader``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.schema.durations import parse_minutes
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.timeline.pace import PRESETS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class ProgrammeSession:
    """One recording of a programme.

    Attributes:
        title: What it is called in the plan.
        practice: The practice's id.
        length_s: Its length in seconds.
        adaptations: What it is told for, besides what the person asks for.
        pace: A pace's name; empty for the person's own.
        seed: Which wording it has.
        core: Which core of the practice it has; empty for the one that its seed draws.
        returning: Whether the practice is known by then, so that its frame is short.
        first_words: What is said after the greeting, such as what last week was about.
        answers: Answers to slots that the programme itself gives.
        plan: What to do with it, and when.
        day: The day of the course that it is first meant for, from 1; 0 to leave that open.
    """

    title: str
    practice: str
    length_s: float = field(metadata={"key": "minutes", "parse": parse_minutes, "example": "10"})
    adaptations: tuple[str, ...] = field(
        default=(), metadata={"key": "for", "choices": ADAPTATIONS, "example": '["sleep"]'}
    )
    pace: str = field(default="", metadata={"choices": PRESETS})
    seed: int = field(default=0, metadata={"range": (0, None)})
    core: str = ""
    returning: bool = False
    first_words: str = ""
    answers: Mapping[str, str] = field(
        default_factory=dict, metadata={"key": "with", "example": '{ slot = "answer" }'}
    )
    plan: str = ""
    day: int = field(default=0, metadata={"range": (0, None)})


@dataclass(frozen=True)
class Programme:
    """An ordered course of practices.

    Attributes:
        id: Its file's name without the ending.
        title: What it is called; the album of its recordings.
        summary: What it is for.
        sessions: Its recordings in order; at least one.
    """

    id: str
    title: str
    summary: str = ""
    sessions: tuple[ProgrammeSession, ...] = field(
        default=(), metadata={"key": "session", "entries": ProgrammeSession}
    )

    @property
    def length_s(self) -> float:
        """All its recordings together, in seconds."""
        return sum(session.length_s for session in self.sessions)
