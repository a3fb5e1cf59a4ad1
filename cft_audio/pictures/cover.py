"""The cover of a recording: the breath of its session, and its title.

The figure is the curve of the breath, laid round a circle: one turn is about a minute, and each
bow of it a breath. Where no breath is guided, it is plain circles.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from cft_audio.pictures.breath_curve import fullness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.pictures.palettes import Colour, Palette
    from cft_audio.timeline.breath_patterns import Pattern

SIDE = 1_000
"""Pixels of the cover inside a recording: some players show none of more than 1,200, and a larger
one makes every file larger."""

LARGEST_BYTES = 200_000
"""What a cover inside a recording takes at most; some players leave out one of 2 MB."""

_QUALITIES = (88, 80, 70, 60)
_SHRINK = 0.75
_POINTS = 720
"""Points of the figure's curve."""

_FINER = 2
"""How much finer the figure is drawn than it is shown, so that its edge is smooth."""

_RINGS = 6
_FAINTEST, _STRONGEST = 26, 150
"""How much of 255 the outermost and the innermost ring cover of what is behind them."""

_MARGIN, _BASELINE = 0.07, 0.93
"""Of the side: beside the title, and where its last line ends."""

_SIZES = (0.128, 0.116, 0.104, 0.094)
"""Heights of the title's letters, of the side: the largest is taken that leaves room for the
figure. At 94 thousandths they are read at 128 pixels (tested by OCR)."""

_LINES, _LEADING = 3, 1.16
_TALLEST = 0.28
"""Of the side: the height of a title, unless its letters were then too small."""


@dataclass(frozen=True)
class CoverDesign:
    """What a cover shows.

    Attributes:
        palette: Its colours.
        title: What stands on it; empty for none.
        breaths: Breaths a minute; 0 where none is guided.
        pattern: How each of them divides; None where none is guided.
    """

    palette: Palette
    title: str = ""
    breaths: float = 0.0
    pattern: Pattern | None = None


def draw_cover(design: CoverDesign, side: int = SIDE) -> bytes:
    """Return a cover as a baseline JPEG of ``side`` by ``side`` pixels; the same bytes each time.

    One of ``SIDE`` has at most ``LARGEST_BYTES``.
    """
    picture = _background(design.palette, side)
    lines, size = _title_lines(design.title, side) if design.title else ([], 0)
    height = len(lines) * size * _LEADING
    top = side * _BASELINE - height if lines else side
    _draw_figure(picture, design, centre=(side / 2, top / 2 + side * 0.02 * bool(lines)))
    _draw_title(picture, design.palette, lines, size, top)
    return encode_cover(picture)


def can_show(title: str) -> bool:
    """Return whether the font has every letter of a title."""
    return set(title) <= _letters()


def encode_cover(picture: Image.Image) -> bytes:
    """Return a picture as a baseline JPEG; one of ``SIDE`` has at most ``LARGEST_BYTES``."""
    for quality in _QUALITIES:
        written = BytesIO()
        picture.save(written, "JPEG", quality=quality, subsampling=0, progressive=False)
        if written.tell() <= LARGEST_BYTES or picture.width > SIDE:
            return written.getvalue()
    # Nothing but noise needs it: no drawing does.
    smaller = round(picture.width * _SHRINK), round(picture.height * _SHRINK)
    return encode_cover(picture.resize(smaller, Image.Resampling.LANCZOS))


def _background(palette: Palette, side: int) -> Image.Image:
    """Return a field that lightens from the dark below to the dusk above."""
    column = Image.new("RGB", (1, side))
    for row in range(side):
        share = max(0.0, 1 - row / (side * 0.62)) ** 1.4
        column.putpixel((0, row), _between(palette.night, palette.dusk, share))
    return column.resize((side, side), Image.Resampling.NEAREST)


def _draw_figure(picture: Image.Image, design: CoverDesign, centre: tuple[float, float]) -> None:
    side = picture.width
    largest = min(centre[1] * 0.86, side * 0.40)
    for ring in range(_RINGS):
        share = ring / (_RINGS - 1)
        radius = largest * (1 - 0.62 * share)
        strength = round(_FAINTEST + (_STRONGEST - _FAINTEST) * share**1.5)
        mask = Image.new("L", (side * _FINER, side * _FINER))
        outline = [
            ((centre[0] + x * radius) * _FINER, (centre[1] + y * radius) * _FINER)
            for x, y in _outline(design)
        ]
        ImageDraw.Draw(mask).polygon(outline, fill=strength)
        picture.paste(design.palette.glow, mask=mask.reduce(_FINER))


def _outline(design: CoverDesign) -> Iterator[tuple[float, float]]:
    """Yield the points of the figure, whose furthest lie 1 from its middle."""
    petals = round(design.breaths)
    for point in range(_POINTS):
        turn = point / _POINTS
        full = 1.0
        if design.pattern and petals:
            full = 0.76 + 0.24 * fullness(design.pattern, turn * petals % 1)
        angle = 2 * math.pi * turn - math.pi / 2
        yield full * math.cos(angle), full * math.sin(angle)


def _draw_title(
    picture: Image.Image, palette: Palette, lines: list[str], size: int, top: float
) -> None:
    draw, middle = ImageDraw.Draw(picture), picture.width / 2
    for number, line in enumerate(lines):
        place = (middle, top + number * size * _LEADING)
        draw.text(place, line, fill=palette.light, font=_font(size), anchor="ma")


def _title_lines(title: str, side: int) -> tuple[list[str], int]:
    """Return a title in lines, and the size of its letters in pixels."""
    room = side * (1 - 2 * _MARGIN)
    for share in _SIZES:
        size = round(side * share)
        lines = _wrap(title, _font(size), room)
        fits = all(_font(size).getlength(line) <= room for line in lines)
        if fits and len(lines) * share * _LEADING <= _TALLEST:
            return lines, size
    cut = [_shorten(line, _font(size), room) for line in lines[:_LINES]]
    if len(lines) > _LINES:
        cut[-1] = _shorten(f"{cut[-1]} …", _font(size), room)
    return cut, size


def _wrap(title: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """Return a title in as few lines as have room, each about as wide as the others."""
    words = title.split()
    fewest = len(_fill(words, font, room))
    narrow = room
    while narrow > room / 3 and len(_fill(words, font, narrow * 0.95)) == fewest:
        narrow *= 0.95
    return _fill(words, font, narrow)


def _fill(words: list[str], font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _shorten(line: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    """Return a line that has room, its end left out if need be."""
    if font.getlength(line) <= room:
        return line
    kept = next(n for n in range(len(line), 0, -1) if font.getlength(f"{line[:n]}…") <= room)
    return f"{line[:kept].rstrip(' …')}…"


def _between(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = files("cft_audio.pictures") / "NotoSans-Bold.ttf"
    with font.open("rb") as file:
        return ImageFont.truetype(BytesIO(file.read()), size)


@cache
def _letters() -> frozenset[str]:
    """Return the letters of every writing that the font has: Latin, Greek and Cyrillic."""
    writings = ((0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF))
    marks = "–—‘’“”…•·"
    return frozenset(marks + "".join(chr(n) for a, b in writings for n in range(a, b + 1)))
