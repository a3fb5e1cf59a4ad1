"""ffmpeg: where it is, and running it to its end."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import imageio_ffmpeg

from cft_audio.errors import OutputError
from cft_audio.files.faults import encoder_error
from cft_audio.files.processes import run_program

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

QUIETLY = ("-hide_banner", "-nostdin", "-loglevel", "error", "-xerror")
"""What every command begins with: say nothing but errors, and stop at the first."""

BITEXACT = ("-fflags", "+bitexact", "-flags:a", "+bitexact")
"""Without it some containers hold a random number, or the time."""


def find_ffmpeg() -> str:
    """Return the path of ffmpeg.

    Raises:
        OutputError: If it is missing.
    """
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (OSError, RuntimeError) as error:
        raise does_not_start(error) from error


def does_not_start(error: Exception) -> OutputError:
    """Return the error for an ffmpeg that cannot be started."""
    return OutputError(
        f"the encoder ffmpeg does not start: {error}",
        remedy="Install it anew: pip install --force-reinstall imageio-ffmpeg",
    )


def rewrite(file: Path, options: Sequence[str], given: str, recording: Path) -> None:
    """Let ffmpeg write ``file`` anew, beside it, and put the new one in its place.

    Args:
        file: The file.
        options: What ffmpeg is told between reading ``file`` and writing the new one.
        given: A text that it can read as its second input: ``-f ffmetadata -i pipe:0``.
        recording: What the file will be called in the end, for errors.

    Raises:
        OutputError: If it cannot, with the cause it names; nothing of the new file is left.
    """
    beside = file.with_name(f"{file.stem}-2{file.suffix}")
    command = [find_ffmpeg(), *QUIETLY, "-i", f"file:{file}", *options, *BITEXACT]
    try:
        try:
            done = run_program([*command, "-y", f"file:{beside}"], given=given.encode())
        except OSError as error:
            raise does_not_start(error) from error
        if done.returncode:
            complaint = done.stderr.decode(errors="replace")
            raise encoder_error(complaint, done.returncode, recording)
        os.replace(beside, file)  # noqa: PTH105 -- as elsewhere
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
