"""The colours of each technique, which its cover, its page and its picture share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Colour: TypeAlias = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""


@dataclass(frozen=True)
class Palette:
    """Colours that go together.

    Attributes:
        night: The darkest, behind a title.
        dusk: What it lightens to.
        glow: The colour of the breath.
        light: What is read on the darkest: at least 7 to 1 in contrast (WCAG 2.2, 1.4.6).
    """

    night: Colour
    dusk: Colour
    glow: Colour
    light: Colour = (250, 247, 240)


COURSE = "course"
"""Stands for the colours of a course, which holds several techniques."""

_PALETTES: Mapping[str, Palette] = {
    "soothing-rhythm-breathing": Palette((16, 42, 56), (36, 88, 104), (142, 208, 205)),
    "compassionate-mind-training": Palette((36, 34, 62), (74, 68, 116), (196, 182, 232)),
    "compassionate-imagery": Palette((20, 48, 40), (46, 98, 78), (168, 214, 164)),
    "compassionate-letter": Palette((58, 34, 30), (116, 70, 54), (240, 194, 150)),
    "loving-kindness": Palette((62, 26, 42), (122, 56, 78), (244, 176, 182)),
    "compassionate-exposure": Palette((54, 42, 18), (112, 88, 38), (238, 208, 126)),
    "inner-compassionate-other": Palette((26, 34, 62), (54, 74, 122), (168, 196, 240)),
    COURSE: Palette((30, 30, 46), (66, 62, 96), (232, 206, 168)),
    "compassionate-attention": Palette((38, 44, 46), (80, 92, 94), (206, 216, 204)),
}

_LINEAR_BELOW = 0.04045
"""Where the curve of sRGB begins (IEC 61966-2-1)."""

_OTHER = Palette((34, 36, 46), (70, 74, 92), (198, 202, 216))
"""For a technique of somebody's own."""


def palette_of(technique: str) -> Palette:
    """Return the colours of a technique."""
    return _PALETTES.get(technique, _OTHER)


def hex_of(colour: Colour) -> str:
    """Return a colour as web pages write it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2.2, "relative luminance")."""
    linear = (
        part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
