"""The mixed session, kept on disk between measuring it and encoding it.

Mixing twice instead would cost 1.5 s of CPU for ten minutes; writing and reading costs 0.2 s.
The file has no name (on Windows it has, and goes with its handle), so nothing can leave it
behind. It lies beside the recording and not in the system's folder for temporary files, which on
many systems is memory: three hours take 1.9 GB.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from cft_audio.files.faults import output_errors
from cft_audio.files.whole_file import PREFIX, SUFFIX
from cft_audio.signal.frames import FRAME
from cft_audio.signal.true_peak import row_peaks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.signal.audio import Stereo

BYTES_PER_SAMPLE = 4
"""Two channels of 16 bits. Each frame is scaled to its own peak, so what rounding adds lies
101 dB below it, under the noise of any MP3 encoder, and no level is too high or too low."""

_FULL = 32_767


class Spool:
    """Frames written once, in order, and read as often as needed.

    Args:
        recording: The file that the session will become; the spool lies in its folder.

    Raises:
        OutputError: From any method, if the disk does not take the audio.
    """

    def __init__(self, recording: Path) -> None:
        self._recording = recording
        self._scales: list[float] = []
        self._file: Any = None
        self.length = 0

    def __enter__(self) -> Self:
        with output_errors(self._recording):
            self._file = tempfile.TemporaryFile(
                dir=self._recording.parent, prefix=PREFIX, suffix=SUFFIX
            )
        return self

    def __exit__(self, *_: object) -> None:
        # What could not be flushed is not wanted any more; the handle is closed all the same.
        with suppress(OSError):
            self._file.close()

    def write(self, frame: Stereo) -> None:
        """Append a frame of ``frames.cut_into_frames``."""
        peak = float(row_peaks(frame).max())
        scaled = frame * np.float32(_FULL / peak if peak else 1.0)
        with output_errors(self._recording):
            self._file.write(np.rint(scaled, out=scaled).astype(np.int16).data)
        self._scales.append(peak)
        self.length += len(frame)

    def frames(self, gain: float) -> Iterator[Stereo]:
        """Yield every frame from the first on, times ``gain``."""
        whole = np.empty((FRAME, 2), np.int16)
        with output_errors(self._recording):
            self._file.seek(0)
            for number, peak in enumerate(self._scales):
                part = whole[: min(FRAME, self.length - number * FRAME)]
                self._file.readinto(part.data.cast("B"))
                yield part * np.float32(gain * peak / _FULL)
