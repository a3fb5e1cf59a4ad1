"""An MP3 file from float audio, by ffmpeg and LAME."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, Self

import imageio_ffmpeg
import numpy as np

from cft_audio.errors import OutputError
from cft_audio.files.faults import encoder_error, output_errors
from cft_audio.files.processes import start_program
from cft_audio.master.gapless import correct_length
from cft_audio.master.ranges import LEVELS
from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.signal.audio import Stereo

_LEVEL = 7
"""LAME's quality from 0, best, to 9: half the CPU of ffmpeg's default, 5, for a file of the same
size."""

_STDERR_KEPT = 4_096


class Mp3Encoder:
    """Encodes to a file while it is fed: constant bit rate, joint stereo, no tags.

    The file carries an Info header with the encoder's delay and padding, so that it decodes to
    exactly as many samples as went in, at the level they had. The same audio gives the same
    bytes. Leaving the block by an exception ends ffmpeg at once.

    Args:
        file: Where to write; it is written over.
        bitrate_kbps: One of ``ranges.LEVELS``.
        recording: What the file will be called in the end, for errors.
    """

    def __init__(self, file: Path, bitrate_kbps: int, recording: Path) -> None:
        self._recording = recording
        self._level = np.float32(1 / LEVELS[bitrate_kbps])
        self._command = [
            *("-hide_banner", "-nostdin", "-loglevel", "error", "-xerror"),
            *("-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", "pipe:0"),
            *("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"),
            *("-c:a", "libmp3lame", "-b:a", f"{bitrate_kbps}k"),
            *("-compression_level", str(_LEVEL), "-joint_stereo", "1"),
            *("-f", "mp3", "-write_xing", "1", "-id3v2_version", "0", "-write_id3v1", "0"),
            *("-y", f"file:{file}"),
        ]
        self._file = file
        self._length = 0
        self._said = b""

    def __enter__(self) -> Self:
        try:
            program = imageio_ffmpeg.get_ffmpeg_exe()
            self._process: Any = start_program(
                [program, *self._command], apart=True, stdin=subprocess.PIPE, stderr=subprocess.PIPE
            )
        except (OSError, RuntimeError) as error:
            raise OutputError(
                f"the MP3 encoder ffmpeg does not start: {error}",
                remedy="Install it anew: pip install --force-reinstall imageio-ffmpeg",
            ) from error
        # A thread reads what ffmpeg says, since a full pipe would stop it, and a file may have
        # no room on the very disk it complains about.
        self._listener = Thread(target=self._listen, daemon=True)
        try:
            self._listener.start()
        except BaseException:
            # An interrupt now finds nobody yet who would end ffmpeg, which waits for samples.
            self._end()
            raise
        return self

    def write(self, audio: Stereo) -> None:
        """Encode the next samples.

        Raises:
            OutputError: If ffmpeg has given up, with the cause it names.
        """
        try:
            self._process.stdin.write((audio * self._level).data)
        except OSError as error:
            raise self._failure() from error
        self._length += len(audio)

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._end()

    def _finish(self) -> None:
        try:
            self._process.stdin.close()
        except OSError as error:
            raise self._failure() from error
        if self._process.wait():
            raise self._failure()
        with output_errors(self._recording):
            correct_length(self._file, self._length)

    def _failure(self) -> OutputError:
        status = self._process.wait()
        self._listener.join()
        return encoder_error(self._said.decode(errors="replace"), status, self._recording)

    def _end(self) -> None:
        """End ffmpeg at once, if it still runs, and let go of all it used."""
        self._process.kill()
        self._process.wait()
        with suppress(RuntimeError):  # interrupted before it ran
            self._listener.join()
        for pipe in (self._process.stdin, self._process.stderr):
            with suppress(OSError):  # it still held samples that nobody will read
                pipe.close()

    def _listen(self) -> None:
        while heard := self._process.stderr.read1(_STDERR_KEPT):
            self._said = (self._said + heard)[-_STDERR_KEPT:]
