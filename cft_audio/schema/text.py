"""Text as a terminal hands it over, which may not be text at all."""

from __future__ import annotations


def as_text(given: str) -> str:
    """Return ``given`` with what the terminal's language could not read, read as UTF-8.

    Python hands over such bytes as lone surrogates (PEP 383): in the language C, without its UTF-8
    mode, those of every letter that is not English. As a path they are right as they are.

    Raises:
        ValueError: If they are no UTF-8 either.
    """
    try:
        given.encode()
    except UnicodeEncodeError:
        return given.encode(errors="surrogateescape").decode()
    return given
