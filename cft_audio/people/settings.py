"""A person's configuration file: defaults for the options of a session.

The file is TOML; its keys are the names of fields,
and a ``[pronounce]`` table of words and their sounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.errors import ConfigError
from cft_audio.schema.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def read_config(path: Path, known: Iterable[str]) -> dict[str, object]:
    """Return the values of the configuration file ``path``, empty where there is no file.

    Args:
        path: The file.
        known: The keys it may have.

    Returns:
        Texts and numbers as text, lists of texts as one with commas, truth values as they are,
        tables as text to text.

    Raises:
        ConfigError: If it cannot be read, is not TOML, or has a key or value it cannot have.
    """
    import tomllib

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"it cannot be read: {error}", where=str(path)) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"it is not valid TOML: {error}", where=str(path)) from None
    keys = set(known)
    values: dict[str, object] = {}
    for key, value in table.items():
        if key not in keys:
            raise ConfigError(
                f"'{key}' is not a setting", remedy=did_you_mean(key, keys), where=str(path)
            )
        values[key] = _value(key, value, path)
    return values


def _value(key: str, value: object, path: Path) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ",".join(value)
    if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
        return dict(value)
    raise ConfigError(
        f"the value of '{key}' has a kind it cannot have",
        remedy='Write text in quotes, a number, true or false, or word = "sound" pairs',
        where=str(path),
    )
