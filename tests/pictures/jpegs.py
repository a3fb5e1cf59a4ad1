"""What is in a JPEG, as its own marks say, and as an eye and a reader see it."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BASELINE = b"\xff\xc0"
_LARGER = 6
"""Letters of a picture of 128 pixels are too few pixels for a reader that learned from print."""


def is_baseline(jpeg: bytes) -> bool:
    """Return whether a JPEG is a baseline one (its frame begins with SOF0)."""
    at = 2
    while jpeg[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return jpeg[at : at + 2] == _BASELINE


def read_letters(jpeg: bytes, side: int) -> str:
    """Return the letters that tesseract reads on a picture shown at ``side`` pixels."""
    tesseract = shutil.which("tesseract")
    assert tesseract
    shown = Image.open(BytesIO(jpeg)).resize((side, side), Image.Resampling.LANCZOS)
    page = ImageOps.invert(ImageOps.autocontrast(shown.convert("L")))
    large = page.resize((side * _LARGER, side * _LARGER), Image.Resampling.LANCZOS)
    given = BytesIO()
    large.save(given, "PNG")
    done = subprocess.run(
        [tesseract, "-", "-", "--psm", "11"],
        input=given.getvalue(),
        capture_output=True,
        check=True,
    )
    return letters_of(done.stdout.decode())


def letters_of(text: str) -> str:
    """Return a text without its blanks and marks, in small letters."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def luminance(jpeg: bytes) -> NDArray[np.float64]:
    """Return the relative luminance of each pixel (WCAG 2.2, "relative luminance")."""
    colours = np.asarray(Image.open(BytesIO(jpeg)).convert("RGB")) / 255
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast_of_title(jpeg: bytes) -> float:
    """Return the least contrast, over its rows, of a cover's letters with what is behind them.

    What is behind them is as light across all of a row as at its edge.
    """
    light = luminance(jpeg)
    lower = light[len(light) // 2 :]
    letters, behind = lower.max(axis=1), lower[:, 0]
    rows = letters > 0.8
    assert rows.sum() > 20, "no letters were found"
    return float(((letters[rows] + 0.05) / (behind[rows] + 0.05)).min())
