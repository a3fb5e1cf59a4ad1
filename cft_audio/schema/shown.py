"""Text from files as it can be shown: nothing in it moves a cursor or turns the text around it."""

from __future__ import annotations

import re

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Control characters (C0, C1) but for a tab and a line end, separators of lines, and embeddings,
overrides and isolates of a direction (Unicode UAX 9, 2)."""


def harmless(text: str) -> str:
    r"""Return ``text`` with each unsafe character as JSON would write it, such as ``\u001b``."""
    return _UNSAFE.sub(lambda unsafe: f"\\u{ord(unsafe[0]):04x}", text)


def on_one_line(text: str) -> str:
    """Return ``text`` harmless, with a blank for each of its line ends, tabs and runs of blanks."""
    return harmless(" ".join(text.split()))
