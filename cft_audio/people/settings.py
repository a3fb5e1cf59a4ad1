"""A person's configuration file: defaults for the fields of a session.

The file is TOML; its keys are the names of fields, with dashes or underscores, and ``[pronounce]``
and ``[with]`` are tables.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cft_audio.errors import ConfigError, Problem, RequestError
from cft_audio.files.private import write_private
from cft_audio.schema.files import read_text, read_toml
from cft_audio.schema.nodes import Table, plain
from cft_audio.schema.reader import Reader
from cft_audio.schema.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cft_audio.schema.fields import Field
    from cft_audio.schema.nodes import Node


@dataclass(frozen=True)
class Configuration:
    """What a configuration file says.

    Attributes:
        values: The values that it gives, as ``Field.parse`` gives them, by the names of the fields.
        origins: The file, the line and the key of each: by the name of the field, and for an entry
            of a table by both names, as ``with.loved_one``.
    """

    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    origins: Mapping[str, str] = field(default_factory=dict)


def read_config(path: Path, fields: Iterable[Field]) -> Configuration:
    """Return what the configuration file ``path`` says, nothing where there is no file.

    Args:
        path: The file.
        fields: The fields it may have.

    Raises:
        ConfigError: With everything wrong in it, or if it cannot be read.
    """
    if not os.path.lexists(path):
        return Configuration()
    table = read_toml(path, ConfigError)
    reader = Reader(str(path), ConfigError)
    known = by_key(fields)
    entries = {}
    for key, node in table.entries.items():
        if key.replace("_", "-") in known:
            entries[key] = node
        else:
            reader.report(node.line, f"'{key}' is not a setting", did_you_mean(key, known))
    configuration = read_fields(entries, known, str(path), reader)
    reader.check()
    return configuration


def by_key(fields: Iterable[Field]) -> dict[str, Field]:
    """Return ``fields`` by the keys that a file has for them, with dashes."""
    return {n.replace("_", "-"): field for field in fields for n in (field.name, *field.aliases)}


def read_fields(
    entries: Mapping[str, Node], known: Mapping[str, Field], file: str, reader: Reader
) -> Configuration:
    """Return what the entries of a file say; what is wrong is reported, and left out.

    Args:
        entries: The entries, each of a known field.
        known: The fields, as ``by_key`` gives them.
        file: The file.
        reader: Told what is wrong.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for key, node in entries.items():
        field = known[key.replace("_", "-")]
        if field.name in origins:
            reader.report(node.line, f"'{key}' is set already", "Leave one of them out")
            continue
        origins[field.name] = f"{file}:{node.line}: {key}"
        # Each pair is read by itself, so that a wrong one is told with its own line.
        for part, inner in _parts(key, node, field):
            try:
                parsed = field.parse(plain(inner) if inner is node else {part: plain(inner)})
            except RequestError as error:
                name = key if inner is node else f"{key}.{part}"
                reader.report(inner.line, f"{name}: {error.message}", error.remedy)
                continue
            values[field.name] = parsed if inner is node else values.get(field.name, {}) | parsed
            if inner is not node:
                origins[f"{field.name}.{part}"] = f"{file}:{inner.line}: {key}.{part}"
    return Configuration(values, origins)


def keep_setting(path: Path, key: str, value: str) -> None:
    """Write ``value`` for ``key`` into the configuration file ``path``; all else of it stays.

    Args:
        path: The file, which is made if missing.
        key: The name of a field.
        value: A text that the field may have.

    Raises:
        ConfigError: If the file cannot be read or written.
    """
    import tomlkit

    is_there = os.path.lexists(path)
    if is_there:
        read_toml(path, ConfigError)
    document = tomlkit.parse(read_text(path, ConfigError) if is_there else "")
    document[key] = value
    try:
        write_private(path, tomlkit.dumps(document))
    except OSError as error:
        message, remedy = f"it cannot be written: {error.strerror}", "See to its rights"
        raise ConfigError([Problem(str(path), 0, message, remedy)]) from error


def _parts(key: str, node: Node, field: Field) -> Iterable[tuple[str, Node]]:
    """Return the entries of a table of pairs by their names, or ``node`` as it is."""
    is_table = field.kind == "pairs" and isinstance(node, Table) and node.entries
    return node.entries.items() if is_table and isinstance(node, Table) else [(key, node)]
