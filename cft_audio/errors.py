"""Every error a person can meet, rooted in one class.

An error says what is wrong, where, and what to do about it. It knows nothing of the face (command
line, studio, library) that shows it: it carries the *field* it is about, and its text refers to
fields and steps between angle quotation marks, as in ``Leave ‹minutes› out``. A face replaces
these references by words of its own; ``str`` replaces them by those of ``references``.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from cft_audio.references import plain_text, plain_words, replace_references

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cft_audio.references import Wording


class CftAudioError(Exception):
    """Something went wrong that a person can understand and act on.

    It can be pickled, and goes to plain JSON and back.

    Args:
        message: What is wrong, as one sentence without its full stop.
        remedy: What to do about it, as one sentence without its full stop; empty if the
            message already says it.
        field: The name of the field it is about, such as ``minutes`` or ``with.loved_one``; empty
            if it is about none.
        where: The file and line, the folder or the variable it concerns; empty if nowhere.

    Attributes:
        setting: What gave the field its value where nobody chose it: the line and the key of a
            configuration file, or a variable. It is named in the field's place.
    """

    exit_code = 1
    """The status the program ends with: 1 for a failure, 2 for a request that cannot be meant."""

    kinds: ClassVar[dict[str, type[CftAudioError]]] = {}
    """Every class of errors by its name, for ``from_object``."""

    def __init__(self, message: str, *, remedy: str = "", field: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.field = field
        self.where = where
        self.setting = ""

    def __init_subclass__(cls) -> None:
        CftAudioError.kinds[cls.__name__] = cls

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).__new__, (type(self), *self.args), self.__dict__

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), self.message, self.where))

    def __str__(self) -> str:
        return self.worded(plain_words)

    def worded(self, words: Wording) -> str:
        """Return the error as a text for a person, its references replaced by ``words``."""

        def with_setting(reference: str, argument: str) -> str:
            is_set = self.setting and reference == self.field
            return f"'{self.setting.split(': ')[-1]}'" if is_set else words(reference, argument)

        text = replace_references(sentences(self.message, self.remedy), with_setting)
        is_named = f"‹{self.field}›" in self.message
        field = words(self.field, "") if self.field and not is_named else ""
        where = "" if self.where == self.setting else self.where
        about = ", ".join(filter(None, (self.setting or field, where)))
        return f"{about}: {text}" if about else text

    def as_object(self) -> dict[str, Any]:
        """Return the error as one object of plain values, for JSON."""
        return {
            "error": type(self).__name__,
            **self.__dict__,
            "message": plain_text(self.message),
            "remedy": plain_text(self.remedy),
        }

    @classmethod
    def from_object(cls, table: Mapping[str, Any]) -> CftAudioError:
        """Return the error that ``as_object`` made ``table`` of."""
        kind = cls.kinds.get(table["error"], CftAudioError)
        error = kind.__new__(kind, table["message"])
        error.__dict__.update({name: value for name, value in table.items() if name != "error"})
        if isinstance(error, FileError):
            error.problems = tuple(Problem(**problem) for problem in table["problems"])
        return error


@contextmanager
def concerning(field: str) -> Iterator[None]:
    """Say of every error in the block that is about no field that it is about ``field``."""
    try:
        yield
    except CftAudioError as error:
        error.field = error.field or field
        raise


def sentences(*parts: str) -> str:
    """Return the parts that are not empty as sentences, each with its full stop."""
    return " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)


class RequestError(CftAudioError):
    """The request itself cannot be carried out as it stands: an option, a slot, a length."""

    exit_code = 2


class MissingError(RequestError):
    """Answers are missing that a practice cannot do without.

    Args:
        message: What is wrong.
        remedy: What to do about it.
        fields: The fields that have none.
    """

    def __init__(self, message: str, *, remedy: str, fields: list[str]) -> None:
        super().__init__(message, remedy=remedy, field=fields[0] if len(fields) == 1 else "")
        self.fields = fields


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
        super().__init__(message, remedy=remedy, field="minutes")
        self.too_short = too_short
        self.out_of_range = out_of_range


class AvoidedError(RequestError):
    """A session holds what its listener must not hear."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong, or doubtful, in a file that a person wrote.

    Attributes:
        file: The file, so that an editor can open it: from the current folder, or absolute.
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
        """The file, from the current folder if it lies in there, and its line if one is meant."""
        file = self.file
        with suppress(OSError, ValueError):  # the current folder may be gone
            file = str(Path(file).relative_to(Path.cwd()))
        return f"{file}:{self.line}" if self.line else file

    def __str__(self) -> str:
        return self.worded(plain_words)

    def worded(self, words: Wording) -> str:
        """Return the problem as a line for a person, its references replaced by ``words``."""
        kind = "warning: " if self.warning else ""
        text = replace_references(sentences(self.message, self.remedy), words)
        return " ".join(f"{self.where}: {kind}{text}".splitlines())

    def as_object(self) -> dict[str, Any]:
        """Return the problem as one object of plain values, for JSON."""
        plain = {"message": plain_text(self.message), "remedy": plain_text(self.remedy)}
        return asdict(self) | plain


class FileError(CftAudioError):
    """A file that a person wrote, or that was kept for them, is wrong or cannot be used.

    Args:
        problems: Everything wrong with it, not only the first; at least one.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(first.message, remedy=first.remedy, where=first.where)
        self.problems = tuple(problems)

    def worded(self, words: Wording) -> str:
        """Return every problem as a line of its own."""
        lines = [problem.worded(words) for problem in self.problems]
        return "\n".join([*lines, *([f"{self.setting} names that file."] if self.setting else [])])

    def as_object(self) -> dict[str, Any]:
        """Return the error as one object of plain values, for JSON."""
        problems = [problem.as_object() for problem in self.problems]
        return super().as_object() | {"problems": problems}


class ScriptError(FileError):
    """A practice, a figure, a letter or a programme is wrong."""


class LanguageError(FileError):
    """A language pack is wrong."""


class VoiceError(CftAudioError):
    """A voice profile is wrong, or its engine or model is not installed."""


class NoSuchVoiceError(VoiceError):
    """No voice has the name or the path that was asked for."""

    exit_code = 2


class NotInstalledError(VoiceError):
    """A voice that the program knows lacks its model, or the program it speaks with."""


class VoiceFileError(FileError, VoiceError):
    """A voice's profile, or the index of its takes, is wrong."""


class EngineError(CftAudioError):
    """An engine was asked for a line and did not give a usable one."""


class CacheError(CftAudioError):
    """The clip cache cannot be used."""


class LostTakeError(CacheError):
    """A take that was spoken is not there any more."""


class LexiconError(FileError):
    """A lexicon file cannot be read, is wrong, or cannot be written."""


class EditsError(FileError):
    """A file of edits cannot be read, or is wrong."""

    exit_code = 2


class ClientError(FileError):
    """A client's file cannot be read, is wrong, or cannot be written."""

    exit_code = 2


class LockedError(CftAudioError):
    """What is kept of clients is locked, and cannot be opened, or not be locked."""


class SoundError(CftAudioError):
    """A sound file of the person's own cannot be used."""


class OutputError(CftAudioError):
    """A recording, or another file that was asked for, cannot be written."""


class NoBrowserError(OutputError):
    """There is nothing on this machine that prints a page to PDF."""


class NameTakenError(OutputError):
    """Something is there already that may not be written over."""


class DownloadError(CftAudioError):
    """A file cannot be downloaded; ``where`` names the folder if the fault lies on this side."""


class ClusterError(CftAudioError):
    """A cluster cannot be used, or is there no more."""


class SheetError(FileError, RequestError):
    """A record sheet cannot be used."""


class RosterError(FileError, RequestError):
    """A roster cannot be read, or what stands in its cells cannot be meant."""


class ConfigError(FileError):
    """The configuration file, or what a person agreed to, cannot be used."""

    exit_code = 2
