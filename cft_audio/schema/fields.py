"""A thing that can be asked for, by one name in requests, errors, options, forms and columns."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from numbers import Integral
from os import PathLike
from typing import TYPE_CHECKING, Any

from cft_audio.errors import RequestError
from cft_audio.files.folders import expanded, is_path
from cft_audio.schema.durations import TooLongError, parse_decimal, parse_minutes
from cft_audio.schema.suggest import did_you_mean, range_words
from cft_audio.schema.text import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True)
class Field:
    """One field.

    Attributes:
        name: Its name, with underscores.
        kind: What its values are, one of those that ``parse`` knows.
        help: What it is for, in a sentence; fields and steps are referred to between ‹ and ›.
        default: Its value where none is given; None where something else decides.
        usual: What that is, in words, where ``default`` is None; empty for nothing.
        choices: What a choice may be, each text or a whole number; of ``text or path``, the texts
            that are no path.
        range: The least and the most of a number, None for no bound; ``refine`` checks it in the
            place of ``parse`` where there is one, to give a reason.
        metavar: What stands for its value in a usage line; empty for the usual of its kind.
        example: A value as a person writes it; empty where the help has one.
        aliases: Other names for it.
        refine: Makes the final value of one of the right kind, or raises RequestError.
    """

    name: str
    kind: str
    help: str
    default: Any = None
    usual: str = ""
    choices: tuple[str | int, ...] = ()
    range: tuple[float | None, float | None] = (None, None)
    metavar: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    refine: Callable[[Any], Any] | None = None

    def parse(self, value: object) -> Any:
        """Return what ``value`` means: text as a person writes it, or a value from a program.

        The result is text for ``text`` and ``text or path``, a float for ``number``, seconds for
        ``minutes`` and ``moment``, a ``Path`` for ``path``, a member of ``choices`` or a tuple of
        them, a tuple of texts for ``list of texts``, a dict of texts for ``pairs``; then what
        ``refine`` makes of it. None stands for nothing given.

        Raises:
            RequestError: If it cannot be meant, with this field.
        """
        if value is None:
            return self.default
        parsed = _PARSERS[self.kind](self, value)
        if self.refine:
            return self.refine(parsed)
        least, most = self.range
        few = least is not None and parsed < least
        if few or (most is not None and parsed > most):
            message = f"{parsed:g} is too {'small' if few else 'large'}"
            raise self.refusal(message, f"Choose a number {range_words(least, most)}")
        return parsed

    def plain(self, value: Any) -> Any:
        """Return a value that ``parse`` gave as one of JSON's, which it takes again."""
        if value is not None and self.kind in ("minutes", "moment"):
            return value / 60
        if isinstance(value, tuple):
            return list(value)
        is_plain = value is None or isinstance(value, bool | int | float | str | Mapping)
        return value if is_plain else str(value)

    def refusal(self, message: str, remedy: str) -> RequestError:
        """Return the error for a value that this field cannot have."""
        return RequestError(message, remedy=remedy, field=self.name)


def _text(field: Field, value: object) -> str:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise field.refusal(f"'{value}' is not text", "Write it in quotes")
    try:
        return as_text(str(value))
    except ValueError as error:
        remedy = (
            "Type it in a terminal that is set to UTF-8, or write it into a file saved as UTF-8"
        )
        raise field.refusal("some of its letters cannot be read", remedy) from error


def _text_or_path(field: Field, value: object) -> str:
    # What is there by that very name stays as the disk has it, whatever its bytes are.
    is_there = isinstance(value, str) and os.path.lexists(value)
    text = str(value) if is_there or isinstance(value, PathLike) else _text(field, value)
    if not is_path(text):
        return text
    path = str(expanded(text))
    # What was written as a path stays one: './note' is no figure called note.
    return path if path == text or os.sep in path else os.path.join(os.curdir, path)  # noqa: PTH118


def _path(field: Field, value: object) -> Path:
    if isinstance(value, str | PathLike) and str(value).strip():
        return expanded(str(value))
    raise field.refusal(f"'{value}' is not the path of a file or folder", "Write it in quotes")


def _number(field: Field, value: object) -> float:
    try:
        written = parse_decimal(value) if isinstance(value, str) else value
        number = math.nan if isinstance(value, bool) else float(written)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise field.refusal(f"'{value}' is not a number", "Write it in digits, as 6 or 5.5")
    return number


def _whole_number(field: Field, value: object) -> int:
    is_whole = isinstance(value, Integral | str) and not isinstance(value, bool)
    try:
        return int(str(value) if is_whole else "")
    except ValueError as error:
        message = f"'{value}' is not a whole number"
        raise field.refusal(message, "Write it in digits, as 3") from error


def _minutes(field: Field, value: object) -> float:
    try:
        return parse_minutes(str(value))
    except ValueError as error:
        message = "is too long" if isinstance(error, TooLongError) else "is not a length"
        raise field.refusal(f"'{value}' {message}", str(error).capitalize()) from error


def _moment(field: Field, value: object) -> float:
    if re.fullmatch(r"0+([:.]0+)*", str(value).strip()):
        return 0.0
    try:
        return _minutes(field, value)
    except RequestError as error:
        message = f"'{value}' is not a place in a recording"
        raise field.refusal(message, "Write 4:30 or 4.5") from error


def _choice(field: Field, value: object) -> str | int:
    by_text = {str(choice): choice for choice in field.choices}
    if str(value) in by_text:
        return by_text[str(value)]
    are_texts = all(isinstance(choice, str) for choice in field.choices)
    all_of_them = f"Choose one of {', '.join(by_text)}"
    remedy = did_you_mean(str(value), by_text) if are_texts else all_of_them
    raise field.refusal(f"'{value}' is not one of the choices", remedy)


def _choices(field: Field, value: object) -> tuple[str | int, ...]:
    items = _items(field, value, "a list", f"Choose from {', '.join(map(str, field.choices))}")
    parts = [part for item in items for part in re.split(r"[,\s]+", str(item)) if part]
    return tuple(dict.fromkeys(_choice(field, part) for part in parts))


def _texts(field: Field, value: object) -> tuple[str, ...]:
    items = _items(field, value, "a list of texts", 'Write a list, ["one", "two"], or one, two')
    parts = [part for item in items for part in re.split(r"[,;\n]", _text(field, item))]
    return tuple(dict.fromkeys(filter(None, (" ".join(part.split()) for part in parts))))


def _items(field: Field, value: object, what: str, remedy: str) -> Iterable[object]:
    """Return the items of a list, or of one that is written without its brackets."""
    if isinstance(value, str | list | tuple):
        return [value] if isinstance(value, str) else value
    raise field.refusal(f"'{value}' is not {what}", remedy)


def _flag(field: Field, value: object) -> bool:
    written = value if isinstance(value, bool) else str(value).strip().lower()
    truths = {True: True, False: False, "yes": True, "no": False}
    if written in truths:
        return truths[written]
    raise field.refusal(f"'{value}' is neither yes nor no", "Write true or false without quotes")


def _pairs(field: Field, value: object) -> dict[str, str]:
    items = list(value.items()) if isinstance(value, Mapping) else value
    form = field.metavar or "KEY=VALUE"
    pairs: dict[str, str] = {}
    for item in _items(field, items, "a table", f"Write {form}"):
        key, text = _pair(field, item)
        if pairs.setdefault(key, text) != text:
            message = f"'{key}' is given twice: '{pairs[key]}' and '{text}'"
            raise field.refusal(message, "Give it once")
    return pairs


def _pair(field: Field, item: object) -> tuple[str, str]:
    match item.split("=", 1) if isinstance(item, str) else item:
        case [str(key), text] if key.strip():
            return _text(field, key).strip(), _text(field, text).strip()
    raise field.refusal(f"'{item}' is not of the form {field.metavar or 'KEY=VALUE'}", "")


_PARSERS: dict[str, Callable[[Field, object], Any]] = {
    "text": _text,
    "text or path": _text_or_path,
    "number": _number,
    "whole number": _whole_number,
    "choice": _choice,
    "list of choices": _choices,
    "list of texts": _texts,
    "minutes": _minutes,
    "moment": _moment,
    "path": _path,
    "flag": _flag,
    "pairs": _pairs,
}
