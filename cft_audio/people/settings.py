"""A person's configuration file: defaults for the fields of a session.

The file is TOML; its keys are the names of fields, with dashes or underscores, and ``[pronounce]``
and ``[with]`` are tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cft_audio.errors import ConfigError, RequestError
from cft_audio.schema.files import read_toml
from cft_audio.schema.nodes import plain
from cft_audio.schema.reader import Reader
from cft_audio.schema.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cft_audio.schema.fields import Field


def read_config(path: Path, fields: Iterable[Field]) -> dict[str, Any]:
    """Return the values of the configuration file ``path``, empty where there is no file.

    Args:
        path: The file.
        fields: The fields it may have.

    Returns:
        The values that it gives, as ``Field.parse`` gives them, by the names of the fields.

    Raises:
        ConfigError: With everything wrong in it, or if it cannot be read.
    """
    if not path.exists():
        return {}
    table = read_toml(path, ConfigError)
    reader = Reader(str(path), ConfigError)
    known = {n.replace("_", "-"): field for field in fields for n in (field.name, *field.aliases)}
    values: dict[str, Any] = {}
    for key, node in table.entries.items():
        field = known.get(key.replace("_", "-"))
        if field is None:
            reader.report(node.line, f"'{key}' is not a setting", did_you_mean(key, known))
        elif field.name in values:
            reader.report(node.line, f"'{key}' is set already", "Leave one of them out")
        else:
            try:
                values[field.name] = field.parse(plain(node))
            except RequestError as error:
                reader.report(node.line, f"{key}: {error.message}", error.remedy)
    reader.check()
    return values
