"""A plan mixed, mastered and tagged: one MP3 at its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from anyascii import anyascii

from cft_audio.application.tagging import tags_of
from cft_audio.errors import RequestError
from cft_audio.files.output import Destination, check_writable
from cft_audio.master.mastering import MasterSettings, Mix, master
from cft_audio.mix.mixer import mix
from cft_audio.mix.plan import plan_mix
from cft_audio.sound.check import check_sounds

if TYPE_CHECKING:
    from cft_audio.application.planning import Plan, Progress
    from cft_audio.application.request import SessionRequest

_OTHER_KINDS = frozenset(
    (
        *(".aac", ".aif", ".aiff", ".flac", ".m4a", ".m4b", ".mp3", ".mp4", ".oga", ".ogg"),
        *(".opus", ".wav", ".wma", ".txt", ".pdf", ".html"),
    )
)
"""Endings by which a file is meant, and not a folder with a dot in its name."""

_LONGEST_PART = 60
"""Characters that a file's name takes of each of its parts; a name may be of any length."""


@dataclass(frozen=True)
class Recording:
    """A finished recording.

    Attributes:
        file: The MP3.
        duration_s: How long it plays, in seconds.
        loudness_lufs: Its integrated loudness.
        true_peak_dbtp: Its true peak.
    """

    file: Path
    duration_s: float
    loudness_lufs: float
    true_peak_dbtp: float

    def as_object(self) -> dict[str, object]:
        """Return it as one object of plain values, for JSON."""
        return {
            "file": str(self.file),
            "duration_s": round(self.duration_s, 4),
            "loudness_lufs": round(self.loudness_lufs, 2),
            "true_peak_dbtp": round(self.true_peak_dbtp, 2),
        }


def destination_of(request: SessionRequest, output: Path, *, overwrite: bool) -> Destination:
    """Return where a recording of ``request`` goes to, checked before any work is done.

    Args:
        request: The session.
        output: A file ending in ``.mp3``, or a folder.
        overwrite: Whether an existing file may be replaced.

    Raises:
        RequestError: If loudness, bit rate, tone, bed or the kind of file are not what they can be.
        OutputError: If it could not be written there.
    """
    check_settings(request)
    check_kind(output, ".mp3")
    is_file = output.suffix.lower() == ".mp3" and not output.is_dir()
    file = output if is_file else output / file_name(request)
    destination = Destination(file, overwrite)
    check_writable(destination)
    return destination


def check_kind(output: Path, *kinds: str) -> None:
    """Return unless ``output`` is named like a file of a kind that is not among ``kinds``.

    Raises:
        RequestError: If it is.
    """
    kind = output.suffix.lower()
    if kind in _OTHER_KINDS and kind not in kinds and not output.is_dir():
        raise RequestError(
            f"no {kind} file can be written",
            remedy=f"Give a name ending in {' or '.join(kinds)}, or a folder",
            field="output",
            where=str(output),
        )


def check_settings(request: SessionRequest) -> None:
    """Return if loudness, bit rate, tone and bed of ``request`` can be had.

    Raises:
        RequestError: If one cannot.
    """
    MasterSettings(request.loudness_lufs, request.bitrate_kbps)
    check_sounds(request.sounding_tone, request.bed)


def build(plan: Plan, destination: Destination, progress: Progress) -> Recording:
    """Make the recording of ``plan``; it appears at ``destination`` whole or not at all.

    Raises:
        SoundError: If the bed's file cannot be used.
        OutputError: If it cannot be written.
        RequestError: If its loudness cannot be reached.
    """
    request = plan.request
    mix_plan = plan_mix(plan.timeline, request.sounding_tone, request.bed, request.seed)
    blocks = mix(mix_plan, lambda line: plan.clips[line].samples)
    made = master(
        Mix(blocks, plan.timeline.length),
        MasterSettings(request.loudness_lufs, request.bitrate_kbps),
        tags_of(plan),
        destination,
        progress,
    )
    return Recording(made.path, made.duration_s, made.loudness_lufs, made.true_peak_dbtp)


def file_name(request: SessionRequest) -> str:
    """Return what the recording of ``request`` is called in a folder."""
    name = request.answers.get("name", "") if request.name_in_tags else ""
    length = ""
    if request.length_s is not None:
        minutes, seconds = divmod(round(request.length_s), 60)
        length = f"{minutes}m{seconds:02}s" if seconds else f"{minutes}min"
    return slug(Path(request.practice).stem, name, length) + ".mp3"


def slug(*parts: str) -> str:
    """Return ``parts`` as one name of small letters, digits and hyphens, for any file system."""
    short = (re.sub(r"[^a-z0-9]+", "-", anyascii(part).lower())[:_LONGEST_PART] for part in parts)
    return "-".join(filter(None, (part.strip("-") for part in short)))
