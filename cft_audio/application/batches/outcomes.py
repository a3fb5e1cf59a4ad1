"""What became of the rows of a roster."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cft_audio.application.batches.unnamed import error_without_words

if TYPE_CHECKING:
    from cft_audio.application.batches.manifests import ManifestRow
    from cft_audio.application.batches.orders import Order
    from cft_audio.errors import CftAudioError
    from cft_audio.speech.text.warnings import PronunciationWarning


@dataclass(frozen=True)
class RowOutcome:
    """What became of one row.

    Attributes:
        order: What it asks for.
        state: ``made``, ``kept`` or ``failed``.
        why: Why it was made, or kept, in a few words.
        made: What the manifest has of it; None where it failed.
        error: Why it failed; None where it did not.
        warnings: The words of it that a voice may get wrong.
        notes: What a person should know of it, as sentences.
    """

    order: Order
    state: str
    why: str = ""
    made: ManifestRow | None = None
    error: CftAudioError | None = None
    warnings: tuple[PronunciationWarning, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()

    def shown_error(self, *, named: bool) -> CftAudioError | None:
        """Return why it failed, without what it says of somebody unless names may be shown."""
        if self.error is None or named:
            return self.error
        return error_without_words(self.error, self.order.told_of_somebody)

    def as_object(self, *, named: bool) -> dict[str, Any]:
        """Return it as one object of plain values, for JSON.

        Args:
            named: Whether an error may show what it says of somebody.
        """
        told = {"row": self.order.row.number, "code": self.order.code, "file": self.order.name}
        made = {"length_s": round(self.made.length_s, 4)} if self.made else {}
        error = self.shown_error(named=named)
        failed = {"error": error.as_object()} if error else {}
        return told | {"state": self.state, "why": self.why} | made | failed
