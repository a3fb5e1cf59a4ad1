"""The manifest of a batch: what was made of each row, without a name, beside the recordings."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING

from cft_audio.application.tags import identity_of
from cft_audio.errors import OutputError
from cft_audio.files.target_names import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cft_audio.application.rendering import Prepared

FILE = "manifest.jsonl"
"""What it is called; each of its lines is one row as JSON."""


@dataclass(frozen=True)
class ManifestRow:
    """What was made of one row.

    Attributes:
        name: The name of its recording, or of its folder of chapters.
        row: The number of the row in the roster.
        code: What the files of its client are called by.
        practice: The practice.
        plan: SHA-256, in hex, of what the recording is made of: see ``plan_digest``.
        sound: That of all that is heard in it.
        files: SHA-256, in hex, of each file by its name.
        length_s: Seconds that it lasts.
        voice_lufs: Integrated loudness of its voice; None where nobody speaks.
        loudness_lufs: Integrated loudness.
        true_peak_dbtp: True peak.
        outcome: ``made`` or ``failed``.
        seconds: How long it took by the clock.
    """

    name: str
    row: int
    code: str
    practice: str
    plan: str = ""
    sound: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    length_s: float = 0.0
    voice_lufs: float | None = None
    loudness_lufs: float | None = None
    true_peak_dbtp: float | None = None
    outcome: str = "made"
    seconds: float = 0.0


class Manifest:
    """The rows of a manifest by the names of their recordings.

    Args:
        rows: The rows.
    """

    def __init__(self, rows: Iterable[ManifestRow] = ()) -> None:
        self._rows = {row.name: row for row in rows}

    @property
    def rows(self) -> list[ManifestRow]:
        """The rows, in the order in which they came."""
        return list(self._rows.values())

    def get(self, name: str) -> ManifestRow | None:
        """Return what was made under a name; None for nothing."""
        return self._rows.get(name)

    def put(self, row: ManifestRow) -> None:
        """Keep what was made, in the place of what had its name."""
        self._rows[row.name] = row

    def remove(self, name: str) -> None:
        """Keep nothing of a name any more."""
        self._rows.pop(name, None)

    def without(self, names: Iterable[str]) -> list[ManifestRow]:
        """Return the rows that have none of these names, sorted by theirs."""
        known = set(names)
        return [self._rows[name] for name in sorted(self._rows) if name not in known]

    def as_text(self) -> str:
        """Return it as it is written, rows in the order of their numbers."""
        rows = sorted(self._rows.values(), key=lambda row: (row.row, row.name))
        return "".join(f"{json.dumps(asdict(row))}\n" for row in rows)


def read_manifest(content: bytes | None) -> Manifest:
    """Return the manifest that was written as ``content``; a line that is none is left out."""
    rows = (_row_of(line) for line in (content or b"").decode(errors="replace").splitlines())
    return Manifest(row for row in rows if row)


def _row_of(line: str) -> ManifestRow | None:
    """Return what a line says, None where it is no row: anybody may have written into the file."""
    try:
        table = json.loads(line)
        known = {each.name: table[each.name] for each in fields(ManifestRow) if each.name in table}
        row = ManifestRow(**known)
        files = dict(row.files)
        for name in (row.name, *files):
            parts_of(name)
    except (ValueError, TypeError, AttributeError, OutputError):
        return None
    texts = (row.name, row.code, row.practice, row.plan, row.sound, row.outcome, *files.values())
    numbers = (row.row, row.length_s, row.seconds)
    levels = (row.voice_lufs, row.loudness_lufs, row.true_peak_dbtp)
    are_texts = all(isinstance(text, str) for text in texts)
    are_numbers = all(isinstance(n, int | float) for n in (*numbers, *(n or 0 for n in levels)))
    return replace(row, files=files) if are_texts and are_numbers else None


def plan_digest(prepared: Prepared) -> str:
    """Return a SHA-256, in hex, of what a recording is made of: what is heard, and its tags.

    It tells no more of anybody than the recording does. Neither the date nor the version of the
    program count.
    """
    beside = prepared.plan.request.beside
    told = [identity_of(prepared.tags), beside.texts, beside.handouts]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
