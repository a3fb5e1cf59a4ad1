"""Every error a person can meet, rooted in one class and turned into a message in one place.

An error says what is wrong, where, and what to do about it. ``cft_audio.cli.program``
prints it; nothing else catches it for display.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class CftAudioError(Exception):
    """Something went wrong that a person can understand and act on.

    Args:
        message: What is wrong, as one sentence without its full stop.
        remedy: What to do about it, as one sentence without its full stop; empty if the
            message already says it.
        where: The file and line, the option or the row it concerns; empty if nowhere.
    """

    exit_code = 1
    """The status the program ends with: 1 for a failure, 2 for a request that cannot be meant."""

    def __init__(self, message: str, *, remedy: str = "", where: str = "") -> None:
        super().__init__(message, remedy, where)
        self.message = message
        self.remedy = remedy
        self.where = where

    def __str__(self) -> str:
        text = _sentences(self.message, self.remedy)
        return f"{self.where}: {text}" if self.where else text


def _sentences(*parts: str) -> str:
    """Return the parts that are not empty as sentences, each with its full stop."""
    return " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)


class RequestError(CftAudioError):
    """The request itself cannot be carried out as it stands: an option, a slot, a length."""

    exit_code = 2


class LengthError(RequestError):
    """The practice cannot be made as long, or as short, as was asked.

    Args:
        message: What is wrong.
        remedy: What to do about it.
        too_short: Whether the asked length is below every possible one.
        out_of_range: Whether it is below or above every possible one, and not between two.
    """

    def __init__(
        self, message: str, *, remedy: str, too_short: bool, out_of_range: bool = True
    ) -> None:
        super().__init__(message, remedy=remedy, where="--minutes")
        self.too_short = too_short
        self.out_of_range = out_of_range


@dataclass(frozen=True)
class Problem:
    """One thing wrong, or doubtful, in a file that a person wrote.

    Attributes:
        file: The file's name, as a person would type it.
        line: Its line, counted from 1; 0 where the whole file is meant.
        message: What is wrong, as one sentence without its full stop.
        remedy: What to do about it, likewise.
        warning: Whether the practice can still be made.
    """

    file: str
    line: int
    message: str
    remedy: str = ""
    warning: bool = False

    @property
    def where(self) -> str:
        """The file, and its line if one is meant."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        kind = "warning: " if self.warning else ""
        return f"{self.where}: {kind}{_sentences(self.message, self.remedy)}"


class ScriptError(CftAudioError):
    """A practice script cannot be read, rendered or parsed.

    Args:
        problems: Every problem found, not only the first; at least one.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(first.message, remedy=first.remedy, where=first.where)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class VoiceError(CftAudioError):
    """A voice profile is wrong, or its engine or model is not installed."""


class NoSuchVoiceError(VoiceError):
    """A voice was asked for by a name or path that there is not."""

    exit_code = 2


class EngineError(CftAudioError):
    """An engine was asked for a line and did not give a usable one."""


class CacheError(CftAudioError):
    """The clip cache cannot be used."""


class LexiconError(CftAudioError):
    """A lexicon file cannot be read, is wrong, or cannot be written."""


class SoundError(CftAudioError):
    """A sound file of the person's own cannot be used."""


class OutputError(CftAudioError):
    """A recording, or another file that was asked for, cannot be written."""


class ConfigError(CftAudioError):
    """The configuration file cannot be used."""

    exit_code = 2
