"""Every error a person can meet, rooted in one class and turned into a message in one place.

An error says what is wrong, where, and what to do about it. ``cft_audio.cli.main`` prints it;
nothing else catches it for display.
"""

from __future__ import annotations


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
        sentence = f"{self.where}: {self.message}" if self.where else self.message
        return f"{sentence}. {self.remedy}." if self.remedy else f"{sentence}."


class RequestError(CftAudioError):
    """The request itself cannot be carried out as it stands: an option, a slot, a length."""

    exit_code = 2


class LengthError(RequestError):
    """The practice cannot be made as long, or as short, as was asked."""


class ScriptError(CftAudioError):
    """A practice script cannot be read, rendered or parsed.

    ``problems`` holds every problem found, not only the first.
    """


class VoiceError(CftAudioError):
    """A voice profile is wrong, or its engine or model is not installed."""


class EngineError(CftAudioError):
    """An engine was asked for a line and did not give a usable one."""


class CacheError(CftAudioError):
    """The clip cache cannot be used."""


class SoundError(CftAudioError):
    """A sound file of the person's own cannot be used."""


class OutputError(CftAudioError):
    """The recording cannot be written."""


class ConfigError(CftAudioError):
    """The configuration file cannot be used."""

    exit_code = 2
