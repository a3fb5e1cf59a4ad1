"""What became of all that was kept of a client, told on one page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.people.clients.made import HandedOver

OUT_OF_REACH = (
    "copies: on telephones and players, in mails and messages, wherever they were handed over",
    "backups and cloud folders, which may keep for weeks what was deleted",
    "recordings that were made without naming the client, and their lines in the cache",
    "what a voice that speaks online was sent",
    "the commands that a terminal remembers, if a name was typed in them",
)
"""Where more of a client may be, of which this program knows nothing."""

LOCKED = (
    "which files were made for them or handed over, and the notes of their previews and courses",
    "whether their name stands in other files of yours",
)
"""What nobody can tell of a client whose notes are locked."""


@dataclass(frozen=True)
class Removed:
    """A file or a folder that went.

    Attributes:
        path: Where it was.
        what: What it was, in a few words.
    """

    path: Path
    what: str


@dataclass(frozen=True)
class Left:
    """A file that stays.

    Attributes:
        path: Where it is.
        why: Why it stays, in a few words.
        is_recording: Whether it would go if recordings went too.
    """

    path: Path
    why: str
    is_recording: bool = False


@dataclass
class Receipt:
    """What became of all that was kept of a client, or would.

    Attributes:
        code: The client.
        dry_run: Whether nothing was done.
        removed: The files and folders that went.
        words: How many words went with them.
        lines: How many spoken lines.
        noted: Of how many recordings something was noted: how they were, where somebody stopped.
        batches: The notes of batches that stay for others, and out of which theirs went.
        left: What stays.
        made: How many files were made that are there still, changed or not.
        gone: How many files were made that are at their place no more.
        handed: What was put together to be handed over, of which copies may be anywhere.
        failed: Whether something could not be removed, or not be looked into.
        locked: Whether what was kept was locked, and went without being looked into.
    """

    code: str
    dry_run: bool = False
    removed: list[Removed] = field(default_factory=list)
    words: int = 0
    lines: int = 0
    noted: int = 0
    batches: list[Path] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    made: int = 0
    gone: int = 0
    handed: list[HandedOver] = field(default_factory=list)
    failed: bool = False
    locked: bool = False

    def contents(self) -> list[str]:
        """Return how much of each kind went with the files, in words."""
        noted = _counted(self.noted, "recording")
        counted = (
            _counted(self.words, "word"),
            _counted(self.lines, "spoken line"),
            noted and f"notes of {noted}",
        )
        return [count for count in counted if count]

    def as_object(self) -> dict[str, Any]:
        """Return it as one object of plain values, for JSON."""
        return {
            "code": self.code,
            "dry_run": self.dry_run,
            "removed": [str(removed.path) for removed in self.removed],
            "words": self.words,
            "lines": self.lines,
            "noted": self.noted,
            "batches": [str(path) for path in self.batches],
            "left": [{"path": str(left.path), "why": left.why} for left in self.left],
            "moved_before": self.gone,
            "not_looked_into": list(LOCKED) if self.locked else [],
            "handed_over": [
                {
                    "path": str(handed.path),
                    "on": handed.on.isoformat() if handed.on else None,
                    "recordings": handed.recordings,
                }
                for handed in self.handed
            ],
            "out_of_reach": list(OUT_OF_REACH),
        }


def receipt_lines(receipt: Receipt) -> Iterator[str]:
    """Yield a receipt as lines for a person."""
    what = ", ".join(receipt.contents())
    yield f"{'Would be removed' if receipt.dry_run else 'Removed'}:"
    yield from (f"  {removed.what}: {removed.path}" for removed in receipt.removed)
    if not (receipt.removed or receipt.batches):
        yield "  nothing"
    if what:
        yield f"  and in them {what}"
    yield from (f"  what was asked for them, in {path}" for path in receipt.batches)
    if receipt.left:
        yield "Left:"
        yield from (f"  {left.path}: {left.why}" for left in receipt.left)
    if receipt.gone:
        files = _counted(receipt.gone, "file")
        yield f"Not found where they were written, moved or removed before: {files}"
    if receipt.locked:
        yield "Not looked into, since it is locked and no passphrase was given:"
        yield from (f"  {what}" for what in LOCKED)
    yield "Out of reach of this program:"
    yield from (f"  {_handed(handed)}" for handed in receipt.handed)
    yield from (f"  {place}" for place in OUT_OF_REACH)


def _handed(handed: HandedOver) -> str:
    day = f" on {handed.on.isoformat()}" if handed.on else ""
    recordings = _counted(handed.recordings, "recording")
    return f"copies of what was put together to be handed over{day}: {handed.path}, {recordings}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}" if count else ""
