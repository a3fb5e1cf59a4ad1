"""A practice file: its front matter, its slots and its body, before anyone's name is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from cft_audio.errors import Problem
from cft_audio.schema.durations import parse_minutes, parse_seconds
from cft_audio.schema.reader import TableReader, did_you_mean, read_yaml
from cft_audio.script.adaptations import ADAPTATIONS

if TYPE_CHECKING:
    from pathlib import Path

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

_FENCE = re.compile(r"---[ \t]*")
_SLOT_NAME = re.compile(r"[a-z][a-z0-9_]*")
SEED = "variant_seed"
"""The name under which a script's context holds the seed of its wording."""

RESERVED = (
    "minutes",
    "lasts",
    "breaths_per_minute",
    "pace",
    SEED,
    *(adaptation.variable for adaptation in ADAPTATIONS.values()),
)
"""Names that every script has and no slot may take."""


@dataclass(frozen=True)
class Slot:
    """A variable that a practice declares.

    Attributes:
        name: What the script calls it: small letters, digits and underscores.
        ask: The question that asks a person for it.
        type: ``text``, ``choice`` (one of ``choices``), ``number`` or ``figure``.
        default: Its value where none is given; None where a person has to give one.
        longest: The most characters it takes.
        choices: What a ``choice`` may be.
    """

    name: str
    ask: str
    type: SlotType
    default: str | None
    longest: int
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Limits:
    """How far the elastic parts of a practice may stretch, in seconds.

    Attributes:
        silence: The longest elastic pause.
        breathing: The longest run of elastic guided breaths.
    """

    silence: float = 30.0
    breathing: float = 240.0


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
        advantages: What speaks for it.
        speed: How soon it helps.
        why: Why it works, in a sentence or two.
        guidelines: How to practise it, step by step.
        helps: What it helps with, of ``DIFFICULTIES``.
        experience: Whom it suits, of ``EXPERIENCE``.
        therapist_advised: Whether a therapist's guidance is advised.
    """

    complexity: str = ""
    resources: str = ""
    outcomes: str = ""
    ideal_uses: str = ""
    advantages: str = ""
    speed: str = ""
    why: str = ""
    guidelines: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    experience: str = "new"
    therapist_advised: bool = False


@dataclass(frozen=True)
class BreathWords:
    """What is said on the turns of a guided breath: the first breath's words, then the rest's.

    A word after "in" and "out" lets them be heard: at the end of a phrase a recogniser never heard
    "in", and often lost the end of "out".
    """

    inhale: tuple[str, ...] = ("Breathing in now…", "Slowly in now…")
    exhale: tuple[str, ...] = ("and breathing out now…", "and slowly out now…")


@dataclass(frozen=True)
class Practice:
    """One technique's script as a file.

    Attributes:
        id: Its file's name without the ending; what a person types to choose it.
        file: The file, for messages.
        title: What a listener calls it.
        technique: One of ``TECHNIQUES``.
        summary: One sentence that helps a person choose it.
        language: An IETF language tag.
        natural_s: How long its content is meant for when no length is asked, in seconds.
        slots: Its slots by name, in the order they are asked for.
        limits: How far its elastic parts stretch.
        breath_words: The spoken cues of its guided breaths.
        about: What helps a person choose it.
        body: The Jinja text, line for line where it stands in the file.
    """

    id: str
    file: str
    title: str
    technique: str
    summary: str
    language: str
    natural_s: float
    slots: dict[str, Slot]
    limits: Limits
    breath_words: BreathWords
    about: About
    body: str


def split_front_matter(text: str) -> tuple[str | None, str]:
    """Return the front matter of a practice file, None where it has none, and its body.

    The body keeps the file's line numbers: the front matter's lines are blank in it.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if not _FENCE.fullmatch(lines[0]):
        return None, "\n".join(lines)
    for number, line in enumerate(lines[1:], start=1):
        if _FENCE.fullmatch(line):
            blank = [""] * (number + 1)
            return "\n".join(lines[1:number]), "\n".join([*blank, *lines[number + 1 :]])
    return "\n".join(lines[1:]), ""


def read_practice(path: Path, text: str) -> tuple[Practice, list[Problem]]:
    """Read the practice ``text`` of the file ``path``; pure, the file is not opened.

    Returns:
        The practice, with what could not be read at its default, and every problem found.
    """
    file = path.name
    front, body = split_front_matter(text)
    if front is None:
        remedy = "Begin the file with a line '---', then 'title: …', 'technique: …' and '---'"
        problems = [Problem(file, 1, "the practice has no front matter", remedy)]
        front = "title: Untitled\ntechnique: soothing-rhythm-breathing"
    else:
        problems = []
    table, found = read_yaml(front, file, first_line=2)
    problems += found
    reader = TableReader(table, file, [])
    practice = _practice(reader, path, body)
    if not found:
        problems += reader.problems
    return practice, problems


def _practice(reader: TableReader, path: Path, body: str) -> Practice:
    reader.allow(
        *("title", "technique", "summary", "language", "natural"),
        *("slots", "limits", "breath_words", "about"),
    )
    limits = reader.inner("limits")
    limits.allow("silence", "breathing")
    words = reader.inner("breath_words")
    words.allow("inhale", "exhale")
    default = BreathWords()
    return Practice(
        id=path.stem,
        file=path.name,
        title=reader.text("title"),
        technique=reader.value("technique", _technique, "a technique"),
        summary=reader.text("summary", ""),
        language=reader.text("language", "en-GB"),
        natural_s=reader.value("natural", parse_minutes, "a length", 600.0),
        slots={name: _slot(name, inner) for name, inner in reader.tables("slots").items()},
        limits=Limits(
            limits.value("silence", parse_seconds, "a length", Limits.silence),
            limits.value("breathing", parse_seconds, "a length", Limits.breathing),
        ),
        breath_words=BreathWords(
            words.texts("inhale") or default.inhale, words.texts("exhale") or default.exhale
        ),
        about=_about(reader.inner("about")),
        body=body,
    )


def _about(reader: TableReader) -> About:
    reader.allow(*(field.name for field in fields(About)))
    default = About()
    helps = reader.texts("helps")
    for difficulty in helps:
        if difficulty not in DIFFICULTIES:
            reader.problems.append(
                Problem(
                    reader.file,
                    reader.table.line,
                    f"'{difficulty}' is not something a practice can help with",
                    did_you_mean(difficulty, DIFFICULTIES),
                )
            )
    return About(
        complexity=reader.text("complexity", ""),
        resources=reader.text("resources", ""),
        outcomes=reader.text("outcomes", ""),
        ideal_uses=reader.text("ideal_uses", ""),
        advantages=reader.text("advantages", ""),
        speed=reader.text("speed", ""),
        why=reader.text("why", ""),
        guidelines=reader.texts("guidelines"),
        helps=helps,
        experience=reader.value("experience", _experience, "a level", default.experience),
        therapist_advised=reader.value("therapist_advised", _truth, "yes or no", default=False),
    )


def _experience(text: str) -> str:
    if text not in EXPERIENCE:
        raise ValueError(did_you_mean(text, EXPERIENCE))
    return text


def _truth(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError("write yes or no")
    return text == "yes"


def _technique(text: str) -> str:
    if text and text not in TECHNIQUES:
        raise ValueError(did_you_mean(text, TECHNIQUES))
    return text


def _slot(name: str, reader: TableReader) -> Slot:
    reader.allow("ask", "type", "default", "max", "choices")
    if not _SLOT_NAME.fullmatch(name):
        reader.problems.append(
            Problem(
                reader.file,
                reader.table.line,
                f"'{name}' cannot be a slot's name",
                "Use small letters, digits and '_', and begin with a letter",
            )
        )
    if name in RESERVED:
        reader.problems.append(
            Problem(
                reader.file,
                reader.table.line,
                f"'{name}' is given to every script and cannot be a slot",
                "Choose another name",
            )
        )
    kind: SlotType = reader.value("type", _slot_type, "a type of slot", "text")
    choices = reader.texts("choices")
    default = reader.text("default", "\0")
    if (kind == "choice") != bool(choices):
        reader.problems.append(
            Problem(
                reader.file,
                reader.table.line,
                f"the slot '{name}' has type '{kind}' and "
                + ("choices" if choices else "no choices"),
                "Give 'type: choice' and 'choices: [one, two]' together",
            )
        )
    return Slot(
        name=name,
        ask=reader.text("ask"),
        type=kind,
        default=None if default == "\0" else default,
        longest=reader.value(
            "max",
            _count,
            "a number of characters",
            LONGEST_LETTER if kind == "letter" else LONGEST_TEXT,
        ),
        choices=choices,
    )


def _slot_type(text: str) -> SlotType:
    for known in get_args(SlotType):
        if text == known:
            return known  # type: ignore[no-any-return]
    raise ValueError(did_you_mean(text, get_args(SlotType)))


def _count(text: str) -> int:
    count = int(text or 1)
    if count < 1:
        raise ValueError("it must be at least 1")
    return count
