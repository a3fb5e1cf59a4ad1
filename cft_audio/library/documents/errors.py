"""Why the text of a document cannot be read, for whoever opened it to add where it is."""

from __future__ import annotations


class UnreadableError(Exception):
    """A document whose text cannot be read.

    Args:
        message: What is wrong, as one sentence without its full stop.
        remedy: What to do about it, likewise.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy


def damaged(what: str) -> UnreadableError:
    """Return the error for a document, ``what`` in words, that is damaged or cut short."""
    return UnreadableError(
        f"this is {what} that is damaged, or only a part of one",
        "Open it in the program it was written with and save it again, or copy it here once more",
    )
