"""What a rendered practice says and does: chapters of cues, free of any markup.

These are the values that leave the script stage. Nothing here knows Jinja or Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

PAUSE_S = 6.0
"""Seconds of an elastic pause of weight 1 at its natural length: a breath at a gentle pace is
10 s, and a silence shorter than half of one is heard as hesitation rather than as space."""

CHIME_S = 5.0
"""Seconds the session waits for a chime; it rings on under what follows."""

STROKE_S = 4.0
"""Seconds from one stroke to the next where a chime is struck several times: each is heard out
by itself before the next one."""

_ELLIPSES = re.compile("…+")

Speaker: TypeAlias = Literal["guide", "figure"]
"""Whose words a line is."""


@dataclass(frozen=True)
class Span:
    """A stretch of text that is spoken in one way; printed, it hides what is personal.

    Attributes:
        text: What a reader sees.
        ipa: How it sounds, in the International Phonetic Alphabet; empty to let the voice decide.
        sub: What to say in its place ("Doctor" for "Dr"); empty for the text itself.
        personal: Whether it came from a person (a name, free text) and not from the script.
        rhetorical: Whether it ends with a question that nobody has to answer.
    """

    text: str
    ipa: str = ""
    sub: str = ""
    personal: bool = False
    rhetorical: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the voice decides how the text sounds."""
        return not (self.ipa or self.sub)

    def __repr__(self) -> str:
        if self.personal:
            return "Span('…', personal=True)"
        return f"Span({self.text!r}, ipa={self.ipa!r}, sub={self.sub!r})"


@dataclass(frozen=True)
class Line:
    """What is spoken in one go: a paragraph of the script, or one breath cue.

    Two equal lines sound the same, so a line is also the name of its clip.

    Attributes:
        spans: Its text, in order; spaces belong to the spans.
        fill: Seconds a breath cue is stretched towards; 0 for ordinary narration.
        take: Which of several takes of a breath cue with the same words, from 0.
        speaker: Who says it: the guide, or the figure (a quote in the script).
        is_refrain: Whether its author says it again on purpose, so that nobody counts how often.
        is_kept: Whether its author lets nobody leave it out: a line of safety.
    """

    spans: tuple[Span, ...]
    fill: float = 0.0
    take: int = 0
    speaker: Speaker = "guide"
    is_refrain: bool = field(default=False, compare=False)
    is_kept: bool = field(default=False, compare=False)

    @property
    def text(self) -> str:
        """The line as a reader sees it."""
        return "".join(span.text for span in self.spans)

    @property
    def masked(self) -> str:
        """Likewise, with an ellipsis for each run of what is personal."""
        return _ELLIPSES.sub("…", "".join("…" if s.personal else s.text for s in self.spans))

    @property
    def asked(self) -> str:
        """Likewise, with a full stop after each question that nobody has to answer."""
        if not any(span.rhetorical for span in self.spans):
            return self.text
        return "".join(
            re.sub(r"\?(?=\W*\Z)", ".", span.text) if span.rhetorical else span.text
            for span in self.spans
        )


@dataclass(frozen=True)
class Say:
    """Speak a line.

    Attributes:
        line: What is spoken.
        id: What it is known by in the session (``line_ids``); empty before it has one.
    """

    line: Line
    id: str = ""


@dataclass(frozen=True)
class Pause:
    """Be silent for exactly ``seconds``."""

    seconds: float


@dataclass(frozen=True)
class LongerRest:
    """Be silent for ``seconds`` more than one would be: no pause and no gap counts towards them."""

    seconds: float


@dataclass(frozen=True)
class ElasticPause:
    """Be silent for as long as the asked length allows, in proportion to ``weight``.

    Attributes:
        weight: Its share of the silence that there is.
        least: Seconds that it never goes below, whatever the length, the pace and the adaptation.
        most: Seconds that it never goes beyond; 0 for the limit of its practice.
    """

    weight: float = 1.0
    least: float = 0.0
    most: float = 0.0


Purpose: TypeAlias = Literal["moment", "picture", "answer", "write"]
"""What an author gives a listener time for."""


@dataclass(frozen=True)
class TimeFor:
    """Be silent for as long as something takes; ``time_given`` makes an elastic pause of it.

    Attributes:
        purpose: What the time is for.
        seconds: How long it is at least, as the author says; 0 for the usual time.
        chime: Whether a soft chime is struck when one minute of it is left.
    """

    purpose: Purpose
    seconds: float = 0.0
    chime: bool = False


@dataclass(frozen=True)
class Quiet:
    """Say no more: the last third of the session, or more, is left to tone and bed.

    Attributes:
        breathing: Whether the breathing tone goes on.
    """

    breathing: bool = False


@dataclass(frozen=True)
class Breathe:
    """Guide exactly ``breaths`` breaths on the tone."""

    breaths: int


@dataclass(frozen=True)
class ElasticBreathe:
    """Guide as many whole breaths as the asked length allows."""


@dataclass(frozen=True)
class Chime:
    """Strike the chime, once or more often, or touch it softly, for someone who is busy."""

    soft: bool = False
    strokes: int = 1


Cue: TypeAlias = (
    Say | Pause | LongerRest | ElasticPause | TimeFor | Breathe | ElasticBreathe | Chime | Quiet
)


@dataclass(frozen=True)
class Section:
    """A chapter of the practice: its heading and its cues in order."""

    title: str
    cues: tuple[Cue, ...]


@dataclass(frozen=True)
class BreathCues:
    """The lines of the spoken breath cues, which take turns: none is heard twice running.

    Where there are none, nothing is said on a breath.
    """

    inhale: tuple[Line, ...]
    exhale: tuple[Line, ...]

    def first(self, count: int) -> BreathCues:
        """Return the first ``count`` for each turn."""
        return BreathCues(self.inhale[:count], self.exhale[:count])


@dataclass(frozen=True)
class Script:
    """A practice rendered for one person.

    Attributes:
        sections: Its chapters in order.
        breath_cues: What is said on the turns of its guided breaths.
    """

    sections: tuple[Section, ...]
    breath_cues: BreathCues

    @property
    def said(self) -> tuple[Say, ...]:
        """Everything that is said between its breaths, in order and as often as it is said."""
        return tuple(cue for part in self.sections for cue in part.cues if isinstance(cue, Say))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line to speak, each once: narration in order, then the breath cues."""
        said = [cue.line for cue in self.said]
        return tuple(dict.fromkeys([*said, *self.breath_cues.inhale, *self.breath_cues.exhale]))
