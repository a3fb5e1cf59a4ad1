"""The length of an MP3 to the sample, as its Info frame gives it.

For 46 of every 1,152 lengths ffmpeg's muxer writes a padding that is too small, and the file plays
up to 46 samples too long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FRAME_SAMPLES = 1_152
_INFO = {1: 21, 2: 36}
"""Where the Info tag begins in a frame of MPEG-1, by its channels: after 4 bytes of header and 17
or 32 of side information."""

_FRAMES = slice(8, 12)
_GAPS = slice(141, 144)
_LONGEST = 0xFFF
_CHECKED = 154
"""In the Info tag, LAME's extension among it: 12 bits of delay and 12 of padding, and a CRC-16 over
everything of the file before it (gabriel.mp3-tech.org/mp3infotag.html)."""


def correct_length(file: Path, length: int, channels: int) -> None:
    """Make the Info frame of the MP3 ``file``, without tags, say that it lasts ``length`` samples.

    Raises:
        OSError: If the file cannot be read or written.
        ValueError: If it does not begin with an Info frame, or cannot have that length.
    """
    start = _INFO[channels]
    with file.open("rb+") as mp3:
        before, info = mp3.read(start), bytearray(mp3.read(_CHECKED + 2))
        if info[:4] != b"Info":
            raise ValueError(f"{file} does not begin with an Info frame")
        gaps = int.from_bytes(info[_GAPS], "big")
        delay, padding = gaps >> 12, gaps & _LONGEST
        right = int.from_bytes(info[_FRAMES], "big") * _FRAME_SAMPLES - delay - length
        if right == padding:
            return
        if not 0 <= right <= _LONGEST:
            raise ValueError(f"{file} cannot last {length} samples")
        info[_GAPS] = (delay << 12 | right).to_bytes(3, "big")
        checked = before + bytes(info[:_CHECKED])
        info[_CHECKED:] = _crc_16(checked).to_bytes(2, "big")
        mp3.seek(start)
        mp3.write(info)


def _crc_16(data: bytes) -> int:
    """Return the CRC-16/ARC of ``data``."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
