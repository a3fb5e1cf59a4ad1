"""Every field of a session, in the order it is asked for: one table for all who ask.

Requests, errors, the configuration file, options, forms and columns of rosters are read by it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.errors import RequestError
from cft_audio.languages.registry import ENGLISH
from cft_audio.master.ranges import DEFAULT_KBPS, DEFAULT_LUFS, LEVELS, LOUDEST_LUFS, QUIETEST_LUFS
from cft_audio.schema.fields import Field
from cft_audio.schema.suggest import did_you_mean
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.figure import pronouns_of
from cft_audio.sound.names import BEDS, DEFAULT_BED, DEFAULT_TONE, TONES
from cft_audio.speech.voicing import DEFAULT_VOICE
from cft_audio.timeline.pace import (
    DEFAULT_PRESET,
    FASTEST,
    PRESETS,
    SLOWEST,
    check_rate,
    parse_pattern,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _checked(check: Callable[[Any], object]) -> Callable[[Any], Any]:
    """Return a function that checks a value with ``check`` and returns it unchanged."""

    def pass_on(value: Any) -> Any:
        check(value)
        return value

    return pass_on


def _check_sounds(sounds: Mapping[str, str]) -> None:
    from cft_audio.speech.text.lexicon import Lexicon

    Lexicon.of(sounds)


def _by_name(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


def _rate(name: str, purpose: str, example: str = "") -> Field:
    return Field(
        name,
        "number",
        purpose,
        range=(SLOWEST, FASTEST),
        metavar="RATE",
        example=example,
        refine=_checked(partial(check_rate, field=name)),
    )


SESSION_FIELDS = _by_name(
    Field("name", "text", "What the listener is called.", example="Sam"),
    Field(
        "figure",
        "text or path",
        "The compassionate figure: the name of one (‹list figures›), a TOML file, or your "
        'own words ("my aunt Rosa").',
        metavar="FIGURE",
    ),
    Field(
        "figure_pronouns",
        "text",
        f"The figure's pronouns: {', '.join(ENGLISH.figure.pronouns)}.",
        metavar="PRONOUNS",
        refine=_checked(pronouns_of),
    ),
    Field("with", "pairs", "The answer to any other slot of the practice.", metavar="SLOT=VALUE"),
    Field("letter", "path", "A text file with a letter to read back.", metavar="FILE"),
    Field("minutes", "minutes", "Exact length: 10, 7.5 or 12:30."),
    Field("pace", "choice", "Pace of breathing.", default=DEFAULT_PRESET, choices=tuple(PRESETS)),
    _rate("breaths_per_minute", f"A rate of your own: {SLOWEST:g} to {FASTEST:g}."),
    Field(
        "ratio",
        "text",
        "A pattern of your own, inhale:hold:exhale:hold, such as 4:0:6:0.",
        metavar="I:H:E:H",
        refine=parse_pattern,
    ),
    _rate(
        "ease_from",
        "Breaths per minute to begin with, easing to the pace over its first minutes.",
        "8",
    ),
    Field(
        "voice",
        "text or path",
        "Who speaks: the name of a voice (‹list voices›), or a model's file.",
        default=DEFAULT_VOICE,
        metavar="VOICE",
    ),
    Field(
        "figure_voice",
        "text or path",
        "Who says the figure's words.",
        usual="the same voice, gentler",
        metavar="VOICE",
    ),
    Field(
        "allow_online",
        "flag",
        "Agree that a voice that speaks online is sent every line, names included.",
        default=False,
    ),
    Field(
        "pronounce",
        "pairs",
        "How a word is said: Xiomara=see-oh-MAR-ah or Aoife=/ˈiːfə/.",
        metavar="WORD=SOUND",
        refine=_checked(_check_sounds),
    ),
    Field("client", "text", "Say words as kept for this client.", metavar="NAME"),
    Field("lexicon", "path", "Say words as this lexicon file has them.", metavar="FILE"),
    Field(
        "for",
        "list of choices",
        "Tell it for a difficulty.",
        default=(),
        choices=tuple(ADAPTATIONS),
    ),
    Field("tone", "choice", "Breathing tone.", usual=DEFAULT_TONE, choices=TONES),
    Field(
        "bed",
        "text or path",
        f"Sound underneath: {', '.join(BEDS)} or a sound file.",
        default=DEFAULT_BED,
        choices=BEDS,
        metavar="BED",
    ),
    Field(
        "loudness",
        "number",
        "Integrated LUFS.",
        default=DEFAULT_LUFS,
        range=(QUIETEST_LUFS, LOUDEST_LUFS),
    ),
    Field(
        "bitrate",
        "choice",
        "Bit rate of the MP3 in kb/s.",
        default=DEFAULT_KBPS,
        choices=tuple(LEVELS),
    ),
    Field(
        "seed",
        "whole number",
        "Another number, another wording and another rain.",
        default=0,
        range=(0, None),
        metavar="NUMBER",
        aliases=("variant",),
    ),
    Field("artist", "text", "Who the recording is by, for its tags.", default="cft-audio"),
    Field("no_name", "flag", "Keep the name out of tags, transcript and file name.", default=False),
)
"""The fields by name."""

OUTPUT = Field(
    "output", "path", "Where to write: a file ending in .mp3, or a folder.", default=Path("output")
)
"""Where a recording goes; no part of the session."""

EXCERPT_FIELDS = _by_name(
    Field(
        "chapter",
        "text",
        "Where to begin: a chapter's number, or how its title begins.",
        metavar="CHAPTER",
        aliases=("from",),
    ),
    Field("at", "moment", "Where to begin: a place such as 4:30.", default=0.0, usual="0:00"),
    Field("seconds", "number", "How much is heard.", default=60.0, range=(1, 3600)),
)
"""The fields that say which part of a session is heard, by name."""

RUN_FLAGS = _by_name(
    Field("force", "flag", "Write over what is there.", default=False),
    Field("dry_run", "flag", "Plan it all; write no file.", default=False),
    Field("json", "flag", "Print JSON.", default=False),
    Field("quiet", "flag", "Print nothing but errors.", default=False),
    Field("verbose", "flag", "Say more of what was done.", default=False),
)
"""How a session is made and what is told of it, by name; no part of the session."""

SETTABLE = {**SESSION_FIELDS, OUTPUT.name: OUTPUT, **RUN_FLAGS}
"""Every field that a person's settings may give, by name."""

FIELDS = {**SETTABLE, **EXCERPT_FIELDS}
"""Every field by name."""


def parse_fields(values: Mapping[str, object]) -> dict[str, Any]:
    """Return what the values of session fields mean, by field name; aliases are replaced.

    Raises:
        RequestError: If there is no such field, or a value cannot be meant.
    """
    by_name = {n: field for field in SESSION_FIELDS.values() for n in (field.name, *field.aliases)}
    for name in values:
        if name not in by_name:
            remedy = did_you_mean(name, by_name)
            raise RequestError(f"there is no field '{name}'", remedy=remedy, field=name)
    return {by_name[name].name: by_name[name].parse(value) for name, value in values.items()}
