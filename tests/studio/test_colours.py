"""The studio has the colours of each technique that its cover has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cft_audio.studio
from cft_audio.pictures.palettes import Colour, contrast, hex_of, palette_of
from cft_audio.script.practice import TECHNIQUES

STYLE = Path(cft_audio.studio.__file__).with_name("static") / "studio.css"
READABLE = 4.5
"""WCAG 2.2, 1.4.3."""


def colours(name: str) -> list[Colour]:
    """Return each colour that a property of the page itself has: in light, and in the dark."""
    found = re.findall(rf"--{name}: (#\w+)", STYLE.read_text(encoding="utf-8"))
    return [_rgb(text) for text in found]


def _rgb(text: str) -> Colour:
    whole = text[1:] if len(text) == 7 else "".join(2 * digit for digit in text[1:])
    red, green, blue = bytes.fromhex(whole)
    return red, green, blue


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_a_page_about_a_practice_has_its_colours_and_can_be_read(technique: str) -> None:
    palette, style = palette_of(technique), STYLE.read_text(encoding="utf-8")
    assert f".t-{technique} {{ --accent: {hex_of(palette.dusk)}; }}" in style
    dark = f"--accent: {hex_of(palette.glow)}; --on-accent: {hex_of(palette.night)};"
    assert f".t-{technique} {{ {dark} }}" in style

    for light_paper, dark_paper in (colours("paper"), colours("sheet")):
        assert contrast(palette.dusk, light_paper) >= READABLE
        assert contrast(palette.glow, dark_paper) >= READABLE
    assert contrast(palette.dusk, (255, 255, 255)) >= READABLE
    assert contrast(palette.glow, palette.night) >= READABLE
