"""The kinds of values that an entry of a file can have, by the type of the field it fills."""

from __future__ import annotations

from dataclasses import MISSING, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cft_audio.schema.nodes import Listing, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import Field

    from cft_audio.schema.nodes import Node


@dataclass(frozen=True)
class Kind:
    """What a value of a type is.

    Attributes:
        types: What a format that knows types gives for a single one.
        words: What it is, after "it is not".
        written: How it is written, after "write".
        example: One, as TOML has it.
        from_text: What the text of a format without types means; raises ValueError for none.
        empty: What stands for one that is missing, so that the rest of a file can be read.
        items: Of a list, the kind of its items.
    """

    types: tuple[type, ...]
    words: str
    written: str
    example: str
    from_text: Callable[[str], object] | None = None
    empty: object = None
    items: Kind | None = None


class WrongKindError(ValueError):
    """A value is of another kind than its field."""


def _truth(text: str) -> bool:
    return {"yes": True, "true": True, "no": False, "false": False}[text]


TABLE = Kind((), "a table", "a table", '{ … = "…" }')
_TABLES = Kind((), "a list of tables", "each as a table of its own", "…", empty=())
_TEXT = Kind((str,), "text", "text in quotes", '"…"', str, "")
_WHOLE = Kind((int,), "a whole number", "a whole number", "1", int, 0)
_TEXTS = Kind((), "a list of texts", 'a list of texts, ["one", "two"]', '["…"]', None, (), _TEXT)
_WHOLES = Kind((), "a list of whole numbers", "a list, [1, 2]", "[1]", None, (), _WHOLE)
_OTHER = Kind((), "a single value", "a single value", "…")
"""That of a type that only a function can read."""

_BY_TYPE = {
    "str": _TEXT,
    "float": Kind((int, float), "a number", "a number", "1.0", float, 0.0),
    "int": _WHOLE,
    "bool": Kind((bool,), "true or false", "true or false", "true", _truth, empty=False),
    "str | int": Kind(
        (str, int), "text or a whole number", "text in quotes, or a whole number", '"…"', str
    ),
    "datetime": Kind((datetime,), "a date and a time", "a date and a time", "2026-01-31T12:00:00"),
    "tuple[str, ...]": _TEXTS,
    "tuple[int, ...]": _WHOLES,
    "Mapping[str, str]": TABLE,
}
_BY_METADATA = {"table": TABLE, "tables": TABLE, "entries": _TABLES, "choices": _TEXT}


def type_of(entry: Field[Any]) -> str:
    """Return the type of a field as its source writes it, annotations postponed or not."""
    return entry.type.__name__ if isinstance(entry.type, type) else str(entry.type)


def kind_of(entry: Field[Any]) -> Kind:
    """Return the kind of the values of a field; one that may be None is given or not."""
    usual = (kind for key, kind in _BY_METADATA.items() if key in entry.metadata)
    return _BY_TYPE.get(type_of(entry).removesuffix(" | None")) or next(usual, _OTHER)


def is_required(entry: Field[Any]) -> bool:
    """Return whether a field has to be given."""
    return entry.default is MISSING and entry.default_factory is MISSING


def value_in(node: Node, kind: Kind) -> Any:
    """Return the value of ``node``, which has to be of ``kind``.

    Raises:
        WrongKindError: If it is not.
    """
    if isinstance(node, Listing) and kind.items:
        return tuple(value_in(item, kind.items) for item in node.items)
    if isinstance(node, Scalar) and not node.typed and kind.from_text:
        try:
            return kind.from_text(node.value)
        except (ValueError, KeyError) as error:
            raise WrongKindError from error
    value = node.value if isinstance(node, Scalar) else None
    if not isinstance(value, kind.types) or isinstance(value, bool) != (bool in kind.types):
        raise WrongKindError
    return value
