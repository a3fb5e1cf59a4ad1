"""Every field of a session, in the order it is asked for: one table for all who ask.

Requests, errors, the configuration file, options, forms and columns of rosters are read by it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application import presets
from cft_audio.application.beside.kinds import PAPERS, TEXTS
from cft_audio.errors import RequestError
from cft_audio.files.folders import is_path
from cft_audio.languages.avoided_words import has_word
from cft_audio.languages.registry import ENGLISH
from cft_audio.master.formats import BITRATES, FORMATS, MONO, RATES, STEREO, known_format
from cft_audio.master.ranges import DEFAULT_LUFS, LOUDEST_LUFS, QUIETEST_LUFS
from cft_audio.mix.intervals import SHORTEST_BELL_EVERY_S
from cft_audio.mix.levels import parse_level
from cft_audio.schema.fields import Field
from cft_audio.schema.suggest import did_you_mean
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.bells import PLACES, STROKES
from cft_audio.script.figure import pronouns_of
from cft_audio.script.practice import LONGEST_TEXT
from cft_audio.sound.names import BEDS, BELLS, DEFAULT_BED, DEFAULT_BELL, DEFAULT_TONE, TONES
from cft_audio.speech.voicing import DEFAULT_VOICE
from cft_audio.timeline.breath_patterns import (
    NAMED_PATTERNS,
    is_written_pattern,
    parse_pattern,
    parse_timed_pattern,
)
from cft_audio.timeline.pace import DEFAULT_PRESET, FASTEST, PRESETS, SLOWEST, check_rate

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


def _check_patterns(patterns: Mapping[str, str]) -> None:
    for name, text in patterns.items():
        parse_timed_pattern(text)
        if name.lower() in NAMED_PATTERNS or is_written_pattern(name):
            message = f"'{name}' has a meaning already"
            raise RequestError(message, remedy="Give the pattern another name", field="pattern")


def _check_meant(field: str, value: str) -> None:
    """Raise RequestError if ``value`` only stands for one, as in an example: it would be spoken."""
    bare = value.strip().strip("<>[]{}").strip()
    is_marked = bare != value.strip() or bare.isupper()
    known = bare.casefold().replace("_", " ").replace("-", " ").removeprefix("the ")
    if known == f"your {field}" or (
        is_marked and known in (field, f"your{field}", f"{field} here")
    ):
        message = f"'{value}' stands for a {field}, and would be spoken as it is"
        raise RequestError(message, remedy=f"Give the {field} itself", field=field)


def _by_name(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


def _check_interval(seconds: float) -> None:
    if seconds < SHORTEST_BELL_EVERY_S:
        message = "bells so near to each other would leave no quiet"
        raise RequestError(message, remedy="Choose a minute or more", field="bell_every")


def _check_cover(cover: str) -> None:
    if not is_path(cover) and cover not in ("drawn", "none"):
        message, remedy = f"there is no picture '{cover}'", "Give drawn, none or the path of a file"
        raise RequestError(message, remedy=remedy, field="cover")


def _check_avoided(words: tuple[str, ...]) -> None:
    for word in words:
        if not has_word(word):
            message = f"'{word}' has no word in it that could be said"
            raise RequestError(message, remedy="Leave it out", field="avoid")
        if len(word) > LONGEST_TEXT:
            message = f"'{word[:LONGEST_TEXT]}…' has {len(word)} characters, and {LONGEST_TEXT} fit"
            remedy = "Give words and short phrases, with commas between them"
            raise RequestError(message, remedy=remedy, field="avoid")


def _level(name: str, purpose: str) -> Field:
    return Field(
        name,
        "text",
        f"{purpose}: soft, medium, full, or decibels beside medium such as -3.",
        usual="medium",
        metavar="LEVEL",
        refine=partial(parse_level, name),
    )


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
    Field(
        "name",
        "text",
        "What the listener is called.",
        example="Sam",
        refine=_checked(partial(_check_meant, "name")),
    ),
    Field(
        "figure",
        "text or path",
        "The compassionate figure: the name of one (‹list figures›), a TOML file, or your "
        'own words ("my aunt Rosa").',
        metavar="FIGURE",
        refine=_checked(partial(_check_meant, "figure")),
    ),
    Field(
        "figure_pronouns",
        "text",
        f"The figure's pronouns: {', '.join(ENGLISH.figure.pronouns)}.",
        metavar="PRONOUNS",
        refine=_checked(pronouns_of),
    ),
    Field("with", "pairs", "The answer to any other slot of the practice.", metavar="SLOT=VALUE"),
    Field(
        "letter",
        "path",
        "A letter to read back: Word, OpenDocument, RTF, HTML, PDF or text; - for standard input.",
        metavar="FILE",
    ),
    Field("minutes", "minutes", "Exact length: 10, 7.5 or 12:30."),
    Field("pace", "choice", "Pace of breathing.", default=DEFAULT_PRESET, choices=tuple(PRESETS)),
    _rate("breaths_per_minute", f"A rate of your own: {SLOWEST:g} to {FASTEST:g}."),
    Field(
        "ratio",
        "text",
        "How each breath divides at that rate, inhale:hold:exhale:hold, such as 4:0:6:0.",
        metavar="I:H:E:H",
        refine=parse_pattern,
    ),
    Field(
        "pattern",
        "text",
        "Seconds to breathe in, hold, breathe out and rest, such as 4-7-8 or 4-0-6-0; or a name: "
        f"{', '.join(NAMED_PATTERNS)}, or one that you keep.",
        metavar="SECONDS",
    ),
    Field(
        "insist",
        "flag",
        "Breathe at a rate or a pattern that is unusual, if not unsafe.",
        default=False,
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
    Field(
        "client",
        "text",
        "The client it is for, by code: what you keep of them counts.",
        metavar="CODE",
    ),
    Field("lexicon", "path", "Say words as this lexicon file has them.", metavar="FILE"),
    Field(
        "for",
        "list of choices",
        "Tell it for a difficulty.",
        default=(),
        choices=tuple(ADAPTATIONS),
    ),
    Field(
        "core",
        "text",
        "What stands at its heart, where the practice has several (‹show practice› names them).",
        usual="drawn by the variant",
        metavar="CORE",
    ),
    Field(
        "returning",
        "flag",
        "For someone who knows the practice: a short welcome, and a short return.",
        default=False,
    ),
    Field(
        "self_led",
        "flag",
        "Bells and breath lead through it, with no words beyond the first.",
        default=False,
    ),
    Field(
        "first_words",
        "text",
        "A sentence or two of your own after the greeting.",
        metavar="TEXT",
        example="Last week you found a rhythm.",
    ),
    Field(
        "avoid",
        "list of texts",
        "Words, phrases and sounds that the listener must not hear: sea, deep water.",
        default=(),
        metavar="WORDS",
        refine=_checked(_check_avoided),
    ),
    Field(
        "edits",
        "path",
        "What is changed of single lines: a file that names them by their ids (‹list lines›).",
        metavar="FILE",
    ),
    Field("tone", "choice", "Breathing tone.", usual=DEFAULT_TONE, choices=TONES),
    Field(
        "ticks",
        "flag",
        "Count the seconds of each breath by soft knocks on wood.",
        default=False,
    ),
    Field(
        "bed",
        "text or path",
        f"Sound underneath: {', '.join(BEDS)} or a sound file.",
        default=DEFAULT_BED,
        choices=BEDS,
        metavar="BED",
    ),
    Field(
        "bell",
        "text or path",
        f"The bell: {', '.join(BELLS)} or a sound file.",
        default=DEFAULT_BELL,
        choices=BELLS,
        metavar="BELL",
    ),
    Field("bells", "choice", "Strokes of a bell.", default="one", choices=tuple(STROKES)),
    Field(
        "bells_at",
        "list of choices",
        "Where bells are struck.",
        default=(),
        usual="where the practice has them",
        choices=PLACES,
    ),
    Field(
        "bell_every",
        "minutes",
        "Strike a bell every so many minutes as well.",
        example="5",
        refine=_checked(_check_interval),
    ),
    _level("bed_level", "How loud the bed is"),
    _level("tone_level", "How loud the breathing tone is"),
    _level("bell_level", "How loud the bells are"),
    Field(
        "loudness",
        "number",
        "Loudness of the voice, in LUFS.",
        default=DEFAULT_LUFS,
        range=(QUIETEST_LUFS, LOUDEST_LUFS),
    ),
    Field(
        "preset",
        "choice",
        "Made for a place: "
        + "; ".join(f"{name}, {preset.purpose}" for name, preset in presets.PRESETS.items())
        + ".",
        choices=tuple(presets.PRESETS),
    ),
    Field(
        "format",
        "text",
        "The kind of file.",
        usual="as the name of the file ends, or mp3",
        choices=tuple(FORMATS),
        refine=lambda name: known_format(name).name,
    ),
    Field(
        "bitrate",
        "choice",
        "Bit rate in kb/s, of a format that has one.",
        usual="128 for mp3, 96 for m4a and m4b, 64 for opus",
        choices=BITRATES,
        metavar="KBPS",
    ),
    Field("channels", "choice", "Both ears, or one.", default=STEREO, choices=(STEREO, MONO)),
    Field(
        "sample_rate",
        "choice",
        "Samples a second.",
        usual="44100; opus has 48000",
        choices=RATES,
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
    Field(
        "split_chapters",
        "flag",
        "Make a folder with a numbered file for each chapter.",
        default=False,
    ),
    Field("title", "text", "What it is called, in its tags.", usual="the practice's own title"),
    Field("album", "text", "What it belongs to, in its tags.", default="Compassion practices"),
    Field("artist", "text", "Who the recording is by, for its tags.", default="cft-audio"),
    Field("comment", "text", "A sentence about it, in its tags.", usual="what the practice is"),
    Field(
        "with_text",
        "list of choices",
        "Write its words beside it: lyrics (lrc), captions (vtt, srt), plain text, a page.",
        default=(),
        choices=TEXTS,
    ),
    Field(
        "with_handout",
        "list of choices",
        "Write a page about the practice beside it, to read or to print.",
        default=(),
        choices=PAPERS,
    ),
    Field(
        "cover",
        "text or path",
        "Its picture: drawn for the session, none, or a picture of your own.",
        default="drawn",
        choices=("drawn", "none"),
        metavar="FILE",
        refine=_checked(_check_cover),
    ),
    Field("no_name", "flag", "Keep the name out of tags, transcript and file name.", default=False),
)
"""The fields by name."""

OUTPUT = Field(
    "output",
    "path",
    "Where to write: a file, whose ending says its format, or a folder.",
    default=Path("output"),
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

PATTERNS = Field(
    "patterns",
    "pairs",
    "Breathing patterns in seconds that are kept by a name.",
    metavar="NAME=SECONDS",
    refine=_checked(_check_patterns),
)
"""What ‹pattern› may be called; it is kept, and not given for one session."""

SETTABLE = {**SESSION_FIELDS, PATTERNS.name: PATTERNS, OUTPUT.name: OUTPUT, **RUN_FLAGS}
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
    parsed = {by_name[name].name: by_name[name].parse(value) for name, value in values.items()}
    for slot, answer in (parsed.get("with") or {}).items():
        if parsed.get(slot, answer) != answer:
            message = f"‹{slot}› is given twice: '{parsed[slot]}' and '{answer}'"
            raise RequestError(message, remedy="Give it once", field=slot)
    return parsed
