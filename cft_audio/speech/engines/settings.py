"""What a profile may tell an engine: the fields of a dataclass, each of a kind that TOML has."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import Field

KINDS: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "float": (int, float),
    "int": int,
    "bool": bool,
    "str | int": (str, int),
    "tuple[str, ...]": list,
}
"""The types a field may have, and what TOML gives for each."""


def type_of(entry: Field[Any]) -> str:
    """Return the type of a field as its source writes it, annotations postponed or not."""
    return entry.type.__name__ if isinstance(entry.type, type) else str(entry.type)


def is_required(entry: Field[Any]) -> bool:
    """Return whether a profile has to say it."""
    return entry.default is MISSING and entry.default_factory is MISSING


def settings_fault(kind: object) -> str:
    """Return why ``kind`` cannot be an engine's settings, as part of a sentence; empty if it can.

    A field has one of the types of ``KINDS``; a number's ``metadata`` may bound it by ``"range"``.
    """
    if not (isinstance(kind, type) and is_dataclass(kind)):
        return "its Settings are no dataclass"
    for entry in fields(kind):
        if type_of(entry) not in KINDS:
            known = ", ".join(KINDS)
            return f"its setting '{entry.name}' is of type {type_of(entry)}, not one of {known}"
    return ""
