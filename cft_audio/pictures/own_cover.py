"""A cover of a person's own, made into what every player shows."""

from __future__ import annotations

import warnings
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageOps

from cft_audio.errors import RequestError
from cft_audio.pictures.cover import SIDE, encode_cover

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST_FILE = 100_000_000
"""Bytes; a picture of a large camera takes half of it."""

_SMALLEST = 300
"""Pixels a side: a smaller picture is a blur on a telephone."""


def read_own_cover(file: Path) -> tuple[bytes, tuple[str, ...]]:
    """Return a picture as a cover, a square JPEG of ``SIDE`` pixels at most, and what was done.

    Whatever the picture says of itself, such as where it was taken, is left out.

    Raises:
        RequestError: If the file cannot be read, is no picture, or is too small or too large.
    """
    try:
        found = file.stat()
        return _read(file.absolute(), found.st_size, found.st_mtime_ns)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise _refusal(f"it cannot be read: {reason}", "Name another picture", file) from error


@lru_cache(maxsize=1)
def _read(file: Path, size: int, changed: int) -> tuple[bytes, tuple[str, ...]]:
    """Return what ``read_own_cover`` does, read once for all the recordings of a course.

    Args:
        file: The picture.
        size: Its bytes.
        changed: When it was last written, which is a reason to read it again.
    """
    del changed
    data = file.read_bytes() if size <= _LARGEST_FILE else b""
    if not data:
        few = "it is empty" if not size else f"it has {size / 1e6:.0f} MB"
        raise _refusal(few, f"Give a picture of at most {_LARGEST_FILE / 1e6:.0f} MB", file)
    try:
        with warnings.catch_warnings():
            # From here on Pillow would go on, at any cost of memory.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as opened:
                return _as_cover(opened, len(data), file)
    except RequestError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        remedy = f"Give one of {SIDE} by {SIDE} pixels"
        raise _refusal("it has too many pixels", remedy, file) from error
    except Exception as error:  # Pillow's many readers raise whatever a broken file makes of them
        remedy = "Give a JPEG, PNG or WebP that a program for pictures opens"
        raise _refusal("it is no picture that can be read", remedy, file) from error


def _as_cover(opened: Image.Image, size: int, file: Path) -> tuple[bytes, tuple[str, ...]]:
    done = []
    if getattr(opened, "n_frames", 1) > 1:
        done.append("its first frame is shown")
    picture = opened
    if opened.mode.startswith("I;16"):
        # Pillow would make nearly all of it white.
        picture = opened.point(lambda value: value * (1 / 256)).convert("L")
    elif opened.mode not in ("RGB", "L", "P", "RGBA", "LA", "1"):
        done.append(f"its colours were {opened.mode}, and are RGB now")
    upright = ImageOps.exif_transpose(picture)
    if min(upright.size) < _SMALLEST:
        width, height = upright.size
        message = f"it has {width} by {height} pixels, which is a blur on most screens"
        raise _refusal(message, f"Give one of {SIDE} by {SIDE}, or at least {_SMALLEST}", file)
    flat = _without_transparency(upright)
    if flat.width != flat.height:
        done.append("its middle is shown as a square")
    side = min(*flat.size, SIDE)
    # A new picture, since Pillow hands on what the old one said of itself: its comment, say.
    cover = Image.new("RGB", (side, side))
    cover.paste(ImageOps.fit(flat, (side, side), Image.Resampling.LANCZOS))
    data = encode_cover(cover)
    if size > len(data) * 4:
        done.append(f"it has {len(data) / 1000:.0f} kB in place of {size / 1000:.0f}")
    return data, tuple(done)


def _without_transparency(picture: Image.Image) -> Image.Image:
    """Return a picture in RGB; what is transparent is white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    return picture.convert("RGB")


def _refusal(message: str, remedy: str, file: Path) -> RequestError:
    return RequestError(message, remedy=remedy, field="cover", where=str(file))
