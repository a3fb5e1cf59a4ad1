"""Which scripts come with the program: those alone are rendered without a budget.

They are told by their names and not only by their folder: in a checkout, practices of a person's
own lie beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.files.folders import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PRACTICES = frozenset(
    {
        "compassion-from-another.md",
        "compassion-to-another.md",
        "compassion-to-oneself.md",
        "compassionate-attention.md",
        "compassionate-exposure-after.md",
        "compassionate-exposure-during.md",
        "compassionate-exposure.md",
        "compassionate-imagery-ideal-self.md",
        "compassionate-imagery-safe-place.md",
        "compassionate-imagery.md",
        "compassionate-letter-reading.md",
        "compassionate-letter.md",
        "compassionate-mind-training-daily.md",
        "compassionate-mind-training.md",
        "fears-of-compassion.md",
        "inner-compassionate-other-parts.md",
        "inner-compassionate-other.md",
        "kind-body-scan.md",
        "loving-kindness.md",
        "multiple-selves.md",
        "soothing-rhythm-breathing-acute.md",
        "soothing-rhythm-breathing.md",
        "working-with-shame.md",
    }
)
"""The files of the practices, none of which refers to another."""

PARTIALS = frozenset(
    {
        "partials/body.md",
        "partials/brave-step.md",
        "partials/company.md",
        "partials/rhythm-of-the-feet.md",
        "partials/self-led.md",
        "partials/session.md",
        "partials/words.md",
    }
)
"""The files of the partials that they refer to."""


def is_shipped(path: Path, folders: Iterable[Path]) -> bool:
    """Return whether a practice comes with the program, with every partial it is made from.

    Args:
        path: The practice's file.
        folders: Where its partials are looked for, in order.
    """
    shipped = shipped_folder("scripts").resolve()
    if path.name not in PRACTICES or path.resolve() != shipped / path.name:
        return False
    others = [folder for folder in folders if folder.resolve() != shipped]
    return not any((folder / partial).exists() for folder in others for partial in PARTIALS)
