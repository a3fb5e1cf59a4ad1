"""The kinds of values that an entry of a file can have, by the type of the field it fills."""

from __future__ import annotations

from dataclasses import MISSING, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import Field

    from cft_audio.schema.nodes import Scalar


@dataclass(frozen=True)
class Kind:
    """What a single value of a type is.

    Attributes:
        types: What a format that knows types gives for it.
        words: What it is, after "it is not".
        written: How it is written, after "write".
        example: One, as TOML has it.
        from_text: What the text of a format without types means; raises ValueError for none.
    """

    types: tuple[type, ...]
    words: str
    written: str
    example: str
    from_text: Callable[[str], object] = str


_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


def _truth(text: str) -> bool:
    if text not in _TRUTHS:
        raise ValueError("it is neither true nor false")
    return _TRUTHS[text]


LISTS = {"tuple[str, ...]": "str", "tuple[int, ...]": "int"}
"""The types of lists, and those of their items."""

TEXTS = "Mapping[str, str]"
"""The type of a table of texts."""

KINDS = {
    "str": Kind((str,), "text", "text in quotes", '"…"'),
    "float": Kind((int, float), "a number", "a number", "1.0", float),
    "int": Kind((int,), "a whole number", "a whole number", "1", int),
    "bool": Kind((bool,), "true or false", "true or false", "true", _truth),
    "str | int": Kind(
        (str, int), "text or a whole number", "text in quotes, or a whole number", '"…"'
    ),
    "datetime": Kind((datetime,), "a date and a time", "a date and a time", "2026-01-31T12:00:00"),
    "tuple[str, ...]": Kind((), "a list of texts", 'a list of texts, ["one", "two"]', '["…"]'),
    "tuple[int, ...]": Kind((), "a list of whole numbers", "a list, [1, 2]", "[1]"),
    TEXTS: Kind((), "a table", "a table", '{ … = "…" }'),
}
"""The kinds by the name of their type."""

_OTHER = Kind((), "a single value", "a single value", "…")
"""That of a type that only a function can read."""


def type_of(entry: Field[Any]) -> str:
    """Return the type of a field as its source writes it, annotations postponed or not."""
    return entry.type.__name__ if isinstance(entry.type, type) else str(entry.type)


def kind_of(entry: Field[Any]) -> Kind:
    """Return the kind of the values of a field; one that may be None is given or not."""
    usual = KINDS["str"] if "choices" in entry.metadata else _OTHER
    return KINDS.get(type_of(entry).removesuffix(" | None"), usual)


def is_required(entry: Field[Any]) -> bool:
    """Return whether a field has to be given."""
    return entry.default is MISSING and entry.default_factory is MISSING


def value_in(scalar: Scalar, kind: Kind) -> object:
    """Return the value of ``scalar``, which has to be of ``kind``.

    Raises:
        ValueError: If it is not.
    """
    if not scalar.typed:
        return kind.from_text(scalar.value)
    is_truth = isinstance(scalar.value, bool)
    if not isinstance(scalar.value, kind.types) or is_truth != (bool in kind.types):
        raise ValueError(f"it is not {kind.words}")
    return scalar.value
