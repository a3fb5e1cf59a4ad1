"""How it was: what a person may note of a recording after listening to it. Nothing is scored."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError

if TYPE_CHECKING:
    from datetime import date

WORDS = ("troubled", "low", "so-so", "settled", "warm")
"""Words for how somebody is, in no order that counts."""

LONGEST = 4000
"""Characters of a note: two pages."""


def note_of(day: date, before: str, after: str, text: str) -> dict[str, str]:
    """Return a note, as plain values with an id of its own.

    Args:
        day: The day it is written on.
        before: One of ``WORDS`` for how somebody was before it; empty for none.
        after: Likewise for after it.
        text: Whatever else there is to say.

    Raises:
        RequestError: If nothing is said, or more than is kept.
    """
    words = {"before": before, "after": after}
    said = {when: word for when, word in words.items() if word in WORDS}
    if not (said or text.strip()):
        remedy = "Choose a word, or write how it was"
        raise RequestError("nothing is said yet", remedy=remedy, field="text")
    if len(text) > LONGEST:
        message = f"that has {len(text)} characters, and {LONGEST} fit"
        raise RequestError(message, remedy="Write it as two notes", field="text")
    return {"id": secrets.token_hex(8), "on": day.isoformat(), "text": text.strip(), **said}
