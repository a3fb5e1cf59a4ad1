"""What a practice is, as plain values, before anyone's name is in it.

The ``metadata`` of the fields says how they are written in the front matter (``schema.reader``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from cft_audio.schema.durations import parse_minutes, parse_seconds
from cft_audio.script.adaptations import ADAPTATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

SlotType: TypeAlias = Literal["text", "choice", "number", "figure", "letter"]

TECHNIQUES = (
    "compassionate-mind-training",
    "compassionate-imagery",
    "soothing-rhythm-breathing",
    "loving-kindness",
    "compassionate-letter",
    "compassionate-exposure",
    "inner-compassionate-other",
    "compassionate-attention",
)
"""The eight techniques of Compassion Focused Therapy that practices teach."""

LONGEST_LETTER = 8000
"""Characters of a letter: about ten minutes of reading aloud."""

LONGEST_TEXT = 60
"""Characters a slot takes where it states no limit: a long name with its titles."""

DRAW = "variant"
"""The name under which a script's context holds what its wordings are drawn by."""

RESERVED = (
    "minutes",
    "lasts",
    "core",
    "returning",
    "self_led",
    "first_words",
    "steps",
    "therapist_advised",
    "breaths_per_minute",
    "pace",
    DRAW,
    *(adaptation.variable for adaptation in ADAPTATIONS.values()),
)
"""Names that every script has and no slot may take."""


@dataclass(frozen=True)
class Slot:
    """A variable that a practice declares.

    Attributes:
        name: What the script calls it: small letters, digits and underscores.
        ask: The question that asks a person for it.
        type: ``text``, ``choice`` (one of ``choices``), ``number``, ``figure`` or ``letter``.
        default: Its value where none is given; None where a person has to give one.
        limit: The most characters it takes; None for the usual of its type.
        choices: What a ``choice`` may be.
    """

    name: str
    ask: str
    type: SlotType = field(default="text", metadata={"choices": get_args(SlotType)})
    default: str | None = None
    limit: int | None = field(default=None, metadata={"key": "max", "range": (1, LONGEST_LETTER)})
    choices: tuple[str, ...] = ()

    @property
    def longest(self) -> int:
        """The most characters it takes."""
        return self.limit or (LONGEST_LETTER if self.type == "letter" else LONGEST_TEXT)


@dataclass(frozen=True)
class Limits:
    """How far the elastic parts of a practice may stretch, in seconds.

    Attributes:
        silence: The longest elastic pause.
        breathing: The longest run of elastic guided breaths.
    """

    silence: float = field(default=30.0, metadata={"parse": parse_seconds})
    breathing: float = field(default=240.0, metadata={"parse": parse_seconds})

    def widened(self, factor: float) -> Limits:
        """Return them, each ``factor`` times as far."""
        return Limits(self.silence * factor, self.breathing * factor)


DIFFICULTIES = (
    "self-criticism",
    "shame",
    "anxiety",
    "low-mood",
    "sleep",
    "avoidance",
    "inner-conflict",
    "anger",
    "nothing-in-particular",
)
"""What a practice can help with, for choosing one."""

EXPERIENCE = ("new", "some", "steady")
"""How practised a listener is that a practice suits, from the first time on."""


@dataclass(frozen=True)
class About:
    """What helps a person choose a practice; each may be empty.

    Attributes:
        complexity: How hard it is to learn.
        resources: What it needs.
        outcomes: What it may bring.
        ideal_uses: Where it is used.
        when: When to listen to it, said to the listener.
        advantages: What speaks for it.
        speed: How soon it helps.
        why: Why it works, in a sentence or two.
        guidelines: How to practise it, step by step.
        helps: What it helps with, of ``DIFFICULTIES``.
        experience: Whom it suits, of ``EXPERIENCE``.
        therapist_advised: Whether a therapist's guidance is advised.
        not_alone: Whom it is not for alone, in a sentence each.
    """

    complexity: str = ""
    resources: str = ""
    outcomes: str = ""
    ideal_uses: str = ""
    when: str = ""
    advantages: str = ""
    speed: str = ""
    why: str = ""
    guidelines: tuple[str, ...] = ()
    helps: tuple[str, ...] = field(default=(), metadata={"choices": DIFFICULTIES})
    experience: str = field(default="new", metadata={"choices": EXPERIENCE})
    therapist_advised: bool = False
    not_alone: tuple[str, ...] = ()


@dataclass(frozen=True)
class BreathWords:
    """What is said on the turns of a guided breath: the texts take turns.

    Attributes:
        inhale: The words for breathing in; None for those of the practice's language.
        exhale: The words for breathing out, likewise.
    """

    inhale: tuple[str, ...] | None = None
    exhale: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Practice:
    """One technique's script as a file.

    Attributes:
        id: Its file's name without the ending; what a person types to choose it.
        file: The file, for messages.
        body: The Jinja text, line for line where it stands in the file.
        title: What a listener calls it.
        technique: One of ``TECHNIQUES``.
        summary: One sentence that helps a person choose it.
        language: An IETF language tag.
        natural_s: How long its content is meant for when no length is asked, in seconds.
        shortest_s: Seconds below which it is not offered, because it would be hurried; 0 for none.
        slots: Its slots by name, in the order they are asked for.
        limits: How far its elastic parts stretch.
        breath_words: What it says of the spoken cues of its guided breaths.
        cores: What can stand at its heart, each for itself: by name, what it is in a few words. The
            first is the usual one; empty where there is but one, which needs no name.
        steps: What a listener who is led by bells alone does from one bell to the next, a
            sentence each.
        about: What helps a person choose it.
    """

    id: str
    file: str
    body: str
    title: str
    technique: str = field(metadata={"choices": TECHNIQUES})
    summary: str = ""
    language: str = "en-GB"
    natural_s: float = field(default=600.0, metadata={"key": "natural", "parse": parse_minutes})
    shortest_s: float = field(default=0.0, metadata={"key": "shortest", "parse": parse_minutes})
    slots: dict[str, Slot] = field(default_factory=dict, metadata={"tables": Slot})
    limits: Limits = field(default=Limits(), metadata={"table": Limits})
    breath_words: BreathWords = field(default=BreathWords(), metadata={"table": BreathWords})
    cores: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    about: About = field(default=About(), metadata={"table": About})
