"""A client's code: what is typed, and what files are called by, in the place of a name."""

from __future__ import annotations

import re

from cft_audio.errors import RequestError
from cft_audio.files.names import is_device

LONGEST_CODE = 40
"""Characters: a file's name takes 60 of each of its parts, and a path on Windows 259 in all."""

_CODE = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")


def is_code(text: str) -> bool:
    """Return whether ``text`` can be a code."""
    return bool(_CODE.fullmatch(text)) and len(text) <= LONGEST_CODE and not is_device(text)


def check_code(code: str, field: str = "code") -> None:
    """Check that every system takes ``code`` as the name of a file, and each tells it from others.

    Args:
        code: What was given.
        field: The field that an error is about.

    Raises:
        RequestError: If it has other than letters of English, digits, and a hyphen or an underscore
            between two of them, has more than ``LONGEST_CODE``, or is what Windows calls a device.
    """
    if is_code(code):
        return
    if not code.strip():
        message, remedy = "a client needs a code", "Write a short one, such as K7"
    elif is_device(code):
        message, remedy = f"Windows keeps the name '{code}' for a device", "Choose another code"
    elif len(code) > LONGEST_CODE:
        message = f"a code has at most {LONGEST_CODE} characters, and this one has {len(code)}"
        remedy = "Choose a short one, such as K7"
    else:
        message = f"'{code}' cannot be a client's code, since files are called by it"
        remedy = (
            "Write letters from A to Z and digits, and hyphens between them, such as K7 or 2026-014"
        )
    raise RequestError(message, remedy=remedy, field=field)
