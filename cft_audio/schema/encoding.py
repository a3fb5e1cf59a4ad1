"""Bytes as text: as they are marked, or as UTF-8."""

from __future__ import annotations

import codecs

_MARKS = (
    # UTF-32's mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, which say how what follows is encoded."""

HOW_TO_SAVE = (
    "Save it again with an encoding that every program reads. In Notepad: File, Save as, "
    "Encoding: UTF-8. In TextEdit: Format, Make Plain Text, and save it as Unicode (UTF-8)"
)
"""What to do about a text file that cannot be decoded, for who does not know what that is."""


def decode_text(data: bytes) -> str:
    """Return ``data`` as text: UTF-8, or what a byte order mark says (UTF-8, -16 or -32).

    Raises:
        UnicodeDecodeError: If it is none of these.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding)
    return data.decode("utf-8")
