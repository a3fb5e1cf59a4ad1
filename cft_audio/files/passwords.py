"""Passwords that a person keeps in a file, so that none is ever typed into a command."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.files.private import is_open_to_others

if TYPE_CHECKING:
    from pathlib import Path

SHORTEST = 8
"""Characters that a password has at least. A ZIP lets a thousand times as many be tried in a second
as it should (WinZip's AE-2 stretches a password by 1,000 rounds of PBKDF2), so longer is better."""

_READ = 4096
"""Bytes of the file that are read; nobody types a password as long."""

_FIELD = "password_file"


@dataclass(frozen=True)
class Password:
    """A password.

    Attributes:
        text: The password; it is shown nowhere.
        notes: What a person should know of how it is kept, as sentences.
    """

    text: str = field(repr=False)
    notes: tuple[str, ...] = ()


def read_password(file: Path) -> Password:
    """Return the password that is the first line of ``file``, without blanks around it.

    Raises:
        RequestError: If it cannot be read, is none, is shorter than ``SHORTEST``, or holds signs
            that systems write in several ways.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(_READ)
    except OSError as error:
        message = f"it cannot be read: {error.strerror}"
        remedy = "Name a text file whose first line is the password"
        raise RequestError(message, remedy=remedy, field=_FIELD, where=str(file)) from error
    password = _first_line(content)
    if not password:
        message, remedy = "its first line is empty", "Write the password into the first line"
        raise RequestError(message, remedy=remedy, field=_FIELD, where=str(file))
    if len(content) == _READ and b"\n" not in content:
        message = "its first line is too long for a password"
        remedy = "Write the password into the first line"
        raise RequestError(message, remedy=remedy, field=_FIELD, where=str(file))
    check_password(password, str(file))
    notes: tuple[str, ...] = ()
    if is_open_to_others(file):
        notes = (
            f"Others on this machine can read the password in {file}. 'chmod 600' keeps it to you.",
        )
    return Password(password, notes)


def _first_line(content: bytes) -> str:
    # Windows' own editor and shell put a mark before what they write.
    wide = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    encoding = "utf-16" if content.startswith(wide) else "utf-8-sig"
    text = content.decode(encoding, errors="replace")
    return text.split("\n", maxsplit=1)[0].strip()


def check_same(secret: str, again: str) -> None:
    """Check that what nobody saw as it was typed was typed twice the same.

    Raises:
        RequestError: If not, of the field ``again``.
    """
    if secret != again:
        raise RequestError("the two are not the same", remedy="Type both again", field="again")


def check_password(password: str, where: str = "") -> None:
    """Check that everything that opens a ZIP could be given ``password``, and few could guess it.

    Args:
        password: The password; no error tells it.
        where: The file it is from; empty where it was typed.

    Raises:
        RequestError: If it is shorter than ``SHORTEST``, or holds signs that systems write in
            several ways.
    """
    message = remedy = ""
    if len(password) < SHORTEST:
        message = f"the password has {len(password)} characters, and {SHORTEST} is the least"
        remedy = "Take a longer one: four words that have nothing to do with each other"
    elif not (password.isascii() and password.isprintable()):
        message = "the password has signs that systems write in several ways"
        remedy = "Use letters from A to Z, digits, blanks and punctuation"
    if message:
        raise RequestError(message, remedy=remedy, field=_FIELD, where=where)
