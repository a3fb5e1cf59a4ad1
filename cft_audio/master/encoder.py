"""A sound file of any of the formats from float audio, by ffmpeg."""

from __future__ import annotations

import math
import subprocess
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from cft_audio.files.faults import encoder_error, output_errors
from cft_audio.files.processes import start_program
from cft_audio.master.ffmpeg import BITEXACT, QUIETLY, does_not_start, find_ffmpeg
from cft_audio.master.formats import MONO, MP3
from cft_audio.master.gapless import correct_length
from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.errors import OutputError
    from cft_audio.master.formats import Coding
    from cft_audio.signal.audio import Stereo

_STDERR_KEPT = 4_096


class Encoder:
    """Encodes to a file while it is fed, without tags.

    What is decoded of it is as long as what went in, to the sample, and at its level: two equal
    channels give a mono file that is as loud from two speakers. The same audio gives the same
    bytes. Leaving the block by an exception ends ffmpeg at once.

    Args:
        file: Where to write; it is written over.
        coding: How to encode.
        recording: What the file will be called in the end, for errors.
    """

    def __init__(self, file: Path, coding: Coding, recording: Path) -> None:
        self._recording, self._coding, self._file = recording, coding, file
        format_ = coding.format
        self._level = np.float32(1 / format_.levels.get(coding.kbps, 1.0))
        rated = () if format_.lossless else ("-b:a", f"{coding.kbps}k")
        self._command = [
            *QUIETLY,
            *(
                "-f",
                "f32le",
                "-ar",
                str(SAMPLE_RATE),
                "-ac",
                str(coding.channel_count),
                "-i",
                "pipe:0",
            ),
            *("-map_metadata", "-1", *BITEXACT, "-ar", str(coding.rate)),
            *("-c:a", format_.encoder, *rated, *format_.options),
            *(*format_.muxer, "-y", f"file:{file}"),
        ]
        self._length = 0
        self._said = b""

    def __enter__(self) -> Self:
        try:
            self._process: Any = start_program(
                [find_ffmpeg(), *self._command],
                apart=True,
                stdin=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise does_not_start(error) from error
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
        heard = audio.mean(axis=1) if self._coding.channels == MONO else audio
        try:
            levelled = heard if self._level == 1.0 else heard * self._level
            self._process.stdin.write(np.ascontiguousarray(levelled).data)
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
        if self._coding.format is MP3:
            length = math.ceil(self._length * self._coding.rate / SAMPLE_RATE)
            with output_errors(self._recording):
                correct_length(self._file, length, self._coding.channel_count)

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
