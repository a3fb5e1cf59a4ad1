"""The options of a session, shared by every command that makes one, and their config defaults."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cft_audio.files.folders import expanded
from cft_audio.schema.durations import parse_minutes
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.timeline.pace import PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable


def typed(option: str) -> bool:
    """Return whether ``option`` of the running command was typed, and is no default of any kind."""
    source = click.get_current_context().get_parameter_source(option)
    return source is click.core.ParameterSource.COMMANDLINE


print_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
"""What a command says, for programs."""


class Minutes(click.ParamType):
    """A length in minutes as a person writes it: ``10``, ``7.5`` or ``12:30``; in seconds."""

    name = "minutes"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the length in seconds."""
        if isinstance(value, float):
            return value
        try:
            return parse_minutes(str(value))
        except ValueError as error:
            self.fail(f"'{value}' is not a length: {error}.", param, ctx)


class UserPath(click.Path):
    """A path as a person writes it: ``~`` is their home, in a configuration file as well."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        return super().convert(str(expanded(value)), param, ctx)


class Finite(click.FloatRange):
    """A number within a range, or any; none that is infinite or no number at all."""

    name = "number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number."""
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"'{value}' is not a number.", param, ctx)
        return number


class Pair(click.ParamType):
    """``KEY=VALUE`` as a pair of texts."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Return the text before and after the first '='."""
        if isinstance(value, tuple):
            return str(value[0]), str(value[1])
        key, found, rest = str(value).partition("=")
        if not found or not key.strip():
            self.fail(f"'{value}' is not of the form {self.name}.", param, ctx)
        return key.strip(), rest.strip()


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--name", help="What the listener is called."),
    click.option(
        "--figure",
        help="The compassionate figure: one of 'cft-audio list --figures', a TOML file, "
        'or your own words ("my aunt Rosa").',
    ),
    click.option(
        "--figure-pronouns", metavar="PRONOUNS", help="she/her, he/him, they/them, it/its."
    ),
    click.option(
        "--with",
        "slots",
        type=Pair("SLOT=VALUE"),
        multiple=True,
        help="Any other slot of the practice; may be repeated.",
    ),
    click.option(
        "--letter",
        type=UserPath(exists=True, dir_okay=False, path_type=Path),
        help="A text file with a letter to read back.",
    ),
    click.option(
        "-m", "--minutes", "length_s", type=Minutes(), help="Exact length: 10, 7.5 or 12:30."
    ),
    click.option(
        "--pace", type=click.Choice(list(PRESETS)), default="gentle", help="Pace of breathing."
    ),
    click.option(
        "--breaths-per-minute", type=Finite(), metavar="RATE", help="A rate of your own: 3.5 to 12."
    ),
    click.option(
        "--ratio",
        metavar="I:H:E:H",
        help="A pattern of your own, inhale:hold:exhale:hold, such as 4:0:6:0.",
    ),
    click.option(
        "--ease-from",
        type=Finite(),
        metavar="RATE",
        help="Breaths per minute to begin with, easing to the pace over its first minutes.",
    ),
    click.option(
        "--voice", default="joe", help="Who speaks: one of 'cft-audio voices', or a model's file."
    ),
    click.option(
        "--figure-voice",
        metavar="VOICE",
        help="Who says the figure's words.  [default: the same voice, gentler]",
    ),
    click.option(
        "--allow-online",
        is_flag=True,
        help="Agree that a voice that speaks online is sent every line, names included.",
    ),
    click.option(
        "--pronounce",
        type=Pair("WORD=SOUND"),
        multiple=True,
        help="How a word is said: Xiomara=see-oh-MAR-ah or Aoife=/ˈiːfə/; may be repeated.",
    ),
    click.option("--client", metavar="NAME", help="Say words as kept for this client."),
    click.option(
        "--lexicon",
        type=UserPath(path_type=Path),
        metavar="FILE",
        help="Say words as this file has them: see 'cft-audio pronounce --help'.",
    ),
    click.option(
        "--for",
        "adaptations",
        type=click.Choice(list(ADAPTATIONS)),
        multiple=True,
        help="Tell it for a difficulty; may be repeated.",
    ),
    click.option("--tone", help="Breathing tone: swell, ocean, bowls or none.  [default: swell]"),
    click.option(
        "--bed",
        type=UserPath(),
        metavar="BED",
        default="brown",
        help="Sound underneath: none, brown, rain, drone or a sound file.",
    ),
    click.option(
        "--loudness", type=Finite(), default=-18.0, show_default=True, help="Integrated LUFS."
    ),
    click.option(
        "--bitrate",
        type=click.Choice(["96", "128", "160", "192", "256", "320"]),
        default="128",
        show_default=True,
        help="Bit rate of the MP3 in kb/s.",
    ),
    click.option(
        "--seed",
        "--variant",
        "seed",
        type=click.IntRange(0),
        default=0,
        help="Another number, another wording and another rain.",
    ),
    click.option("--artist", default="cft-audio", help="Who the recording is by, for its tags."),
    click.option(
        "--no-name", is_flag=True, help="Keep the name out of tags, transcript and file name."
    ),
)


def session_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add every option that says what a session is."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
