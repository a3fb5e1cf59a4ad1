"""A client's file as text that changes where it is told to, its comments and all else as they were.

Nothing here reads or writes a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cft_audio.people.clients.client import PRONOUNCE
from cft_audio.people.lexicons.files import edit_words
from cft_audio.people.settings import by_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from cft_audio.schema.fields import Field

_HEADING = """\
# What is kept of one client, for your eyes alone. Its keys are the fields of a recording;
# pronouns and notes are never spoken, and stand in no recording.
"""


def new_text(code: str, since: date) -> str:
    """Return the text of a file that says only whose it is."""
    import tomlkit

    document = tomlkit.parse(_HEADING)
    document["code"] = code
    document["since"] = since
    return tomlkit.dumps(document)


def with_words(text: str, lexicon: str) -> str:
    """Return ``text``, which keeps no words yet, with those of a lexicon, comments and all.

    Args:
        text: A client's file.
        lexicon: The text of a lexicon that can be read.
    """
    words = lexicon.lstrip("\N{BYTE ORDER MARK}").strip()
    return f"{text.rstrip()}\n\n[{PRONOUNCE}]\n{words}\n"


def with_values(text: str, written: Mapping[str, Any], fields: Iterable[Field]) -> str:
    """Return ``text`` with values in the place of those that are there.

    Args:
        text: A client's file.
        written: Values as TOML has them, by the names of fields; pairs are added to those that are
            there, and replace those of the same key.
        fields: Every field that a client's file may have.
    """
    import tomlkit

    document = tomlkit.parse(text)
    for name, value in written.items():
        if isinstance(value, dict) and name != PRONOUNCE:
            table: Any = document.setdefault(_key_in(document, name, fields), tomlkit.table())
            for key, item in value.items():
                table[key] = _item(item)
        elif name != PRONOUNCE:
            document[_key_in(document, name, fields)] = _item(value)
    text = tomlkit.dumps(document)
    for word, sound in written.get(PRONOUNCE, {}).items():
        text = edit_words(text, word, sound, PRONOUNCE)
    return text


def without(text: str, name: str, part: str, fields: Iterable[Field]) -> str | None:
    """Return ``text`` without the value of a field; None where it has none.

    Args:
        text: A client's file.
        name: The name of the field.
        part: The key of one of its pairs; empty for all of it.
        fields: Every field that a client's file may have.
    """
    import tomlkit

    document = tomlkit.parse(text)
    key = _key_in(document, name, fields)
    if key not in document:
        return None
    if not part:
        document.remove(key)
        return tomlkit.dumps(document)
    if name == PRONOUNCE:
        after = edit_words(text, part, None, key)
        return None if after == text else after
    table: Any = document[key]
    if part not in table:
        return None
    table.remove(part)
    if not table:
        document.remove(key)
    return tomlkit.dumps(document)


def _key_in(document: Mapping[str, Any], name: str, fields: Iterable[Field]) -> str:
    """Return how a file writes the name of a field, or would."""
    known = by_key(fields)
    for key in document:
        field = known.get(key.replace("_", "-"))
        if field is not None and field.name == name:
            return key
    return name.replace("_", "-")


def _item(value: Any) -> Any:
    """Return a value as TOML; a text of several lines with its lines."""
    import tomlkit

    if isinstance(value, str) and "\n" in value:
        return tomlkit.string(value, multiline=True)
    return value
