"""What a profile may tell an engine: the fields of a dataclass, each of a type that TOML has."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from cft_audio.schema.kinds import type_of

TYPES = ("str", "float", "int", "bool", "str | int", "tuple[str, ...]")
"""The types a field may have."""


def settings_fault(kind: object) -> str:
    """Return why ``kind`` cannot be an engine's settings, as part of a sentence; empty if it can.

    A field has one of ``TYPES``; a number's ``metadata`` may bound it by ``"range"``.
    """
    if not (isinstance(kind, type) and is_dataclass(kind)):
        return "its Settings are no dataclass"
    for entry in fields(kind):
        if type_of(entry) not in TYPES:
            known = ", ".join(TYPES)
            return f"its setting '{entry.name}' is of type {type_of(entry)}, not one of {known}"
    return ""
