"""Values to plain JSON objects and back.

A dataclass becomes an object with the name of its class under ``class``; a tuple becomes a list.
So a value comes back as the class it was, whatever the union it stood in.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Makers = Mapping[str, Callable[[Any], Any]]

_CLASS = "class"
"""No field of a dataclass can be called so."""
_SIMPLE: Makers = {"date": date.fromisoformat, "path": Path, "mapping": dict}
"""What makes a value that is no dataclass of its plain form."""


def to_plain(value: object) -> Any:
    """Return ``value`` as objects, lists, text, numbers, truth values and None.

    Raises:
        TypeError: If something in it has no plain form.
    """
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, date | Path):
        return {_CLASS: "date" if isinstance(value, date) else "path", "text": str(value)}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {_CLASS: type(value).__name__} | fields
    if isinstance(value, Mapping):
        items = sorted(([to_plain(k), to_plain(v)] for k, v in value.items()), key=repr)
        return {_CLASS: "mapping", "items": items}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    raise TypeError(f"a {type(value).__name__} has no plain form")


def from_plain(plain: Any, classes: Iterable[type]) -> Any:
    """Return the value that ``to_plain`` made ``plain`` of.

    Args:
        plain: Objects, lists, text, numbers, truth values and None.
        classes: The dataclasses it may hold.

    Raises:
        ValueError: If it is no such value, or holds another class.
    """
    by_name = {kind.__name__: kind for kind in classes}
    try:
        if not isinstance(plain, dict):
            raise TypeError(f"it is a {type(plain).__name__}")  # noqa: TRY301 -- told below
        return _read(plain, by_name)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"it is not a value of this program: {error}") from error


def _read(plain: Any, classes: Mapping[str, type]) -> Any:
    if isinstance(plain, list):
        return tuple(_read(item, classes) for item in plain)
    if not isinstance(plain, dict):
        return plain
    values = {name: _read(item, classes) for name, item in plain.items() if name != _CLASS}
    if plain[_CLASS] in _SIMPLE:
        return _SIMPLE[plain[_CLASS]](*values.values())
    return classes[plain[_CLASS]](**values)
