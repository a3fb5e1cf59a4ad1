"""Spectrograms as small pictures: frequency on a scale of octaves, a colour for each 3 dB."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Stereo

_COLUMNS, _ROWS, _CELL = 300, 96, 2
"""Cells of a picture, and the pixels of a cell each way: a wider or finer one of noise would be
larger than 60 kB, and show no more."""

_LOWEST_HZ, _HIGHEST_HZ = 50.0, 12_800.0
"""Eight octaves, a twelfth of one to a row."""

_WINDOW = 8_192
"""Samples of a Fourier transform: 186 ms, 5 Hz from one line to the next."""

_STEP_DB, _STEPS = 3.0, 22
"""What a colour stands for, and how many there are: 66 dB below the loudest cell."""

_LEFT, _TOP, _RIGHT, _BOTTOM = 48, 22, 12, 24
_PAPER, _INK = (255, 255, 255), (60, 60, 60)
_DARK_TO_LIGHT = ((0, 0, 4), (81, 18, 124), (183, 55, 121), (252, 137, 97), (252, 253, 191))
"""Five colours of the palette "magma" (Smith and van der Walt, in the public domain), which
becomes evenly lighter and is told apart by those who see red and green alike."""

_FREQUENCIES = ((100, "100 Hz"), (1_000, "1 kHz"), (10_000, "10 kHz"))


def levels(audio: Stereo) -> NDArray[np.uint8]:
    """Return the colour of each cell, from 0, shape (rows, columns), the lowest frequency first.

    A cell is the power of both channels together.
    """
    at = np.linspace(0, len(audio), _COLUMNS, endpoint=False) + len(audio) / _COLUMNS / 2
    padded = np.pad(audio.astype(np.float64), ((_WINDOW // 2, _WINDOW // 2), (0, 0)))
    window = np.hanning(_WINDOW)[:, None]
    frames = (padded[round(start) : round(start) + _WINDOW] * window for start in at)
    power = np.stack([np.square(np.abs(np.fft.rfft(f, axis=0))).sum(axis=1) for f in frames])
    cells = 10 * np.log10(power @ _weights() + 1e-20).T
    step = np.ceil((cells - cells.max()) / _STEP_DB) + _STEPS - 1
    return np.asarray(np.clip(step, 0, _STEPS - 1), np.uint8)


def _weights() -> NDArray[np.float64]:
    """Return what each line of a transform gives to each row: a triangle an octave's sixth wide.

    Where lines lie further apart than that, it is as wide as their distance.
    """
    octaves = np.log2(_HIGHEST_HZ / _LOWEST_HZ)
    middles = _LOWEST_HZ * 2 ** ((np.arange(_ROWS) + 0.5) / _ROWS * octaves)
    lines = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)[:, None]
    width = np.maximum(middles / 12, SAMPLE_RATE / _WINDOW)
    return np.asarray(np.clip(1 - np.abs(lines - middles) / width, 0, None))


def draw(
    cells: NDArray[np.uint8], title: str, seconds: float, marks: Sequence[tuple[float, str]]
) -> Image.Image:
    """Return a picture of ``cells``.

    Args:
        cells: As ``levels`` gives them.
        title: What stands above it.
        seconds: How long it lasts.
        marks: Seconds at which something begins, and what, in order.
    """
    width, height = _COLUMNS * _CELL, _ROWS * _CELL
    picture = Image.new("P", (_LEFT + width + _RIGHT, _TOP + height + _BOTTOM), _STEPS)
    picture.putpalette([part for colour in (*_colours(), _PAPER, _INK) for part in colour])
    field = np.kron(cells[::-1], np.ones((_CELL, _CELL), np.uint8))
    picture.paste(Image.fromarray(field), (_LEFT, _TOP))
    pen, font, ink = ImageDraw.Draw(picture), ImageFont.load_default(11), _STEPS + 1
    pen.fontmode = "1"
    pen.text((_LEFT, 3), title, ink, font)
    for hertz, text in _FREQUENCIES:
        way = np.log2(hertz / _LOWEST_HZ) / np.log2(_HIGHEST_HZ / _LOWEST_HZ)
        y = _TOP + height * (1 - way)
        pen.line((_LEFT - 4, y, _LEFT, y), ink)
        pen.text((_LEFT - 6, y), text, ink, font, anchor="rm")
    for tick in range(0, round(seconds) + 1, 2 if seconds < 30 else 10):
        x = _LEFT + width * tick / seconds
        pen.line((x, _TOP + height, x, _TOP + height + 4), ink)
        pen.text((x, _TOP + height + 6), f"{tick} s", ink, font, anchor="mt")
    for second, text in marks:
        x = _LEFT + width * second / seconds
        pen.line((x, _TOP, x, _TOP + height), _STEPS)
        pen.text((x + 4, _TOP + 2), text, _STEPS, font)
    return picture


def _colours() -> list[tuple[int, int, int]]:
    places = np.linspace(0, len(_DARK_TO_LIGHT) - 1, _STEPS)
    parts = [
        np.interp(places, range(len(_DARK_TO_LIGHT)), part)
        for part in zip(*_DARK_TO_LIGHT, strict=True)
    ]
    return [
        (round(red), round(green), round(blue)) for red, green, blue in zip(*parts, strict=True)
    ]
