"""From mixed audio to a finished recording."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.errors import OutputError, RequestError
from cft_audio.files.faults import output_errors
from cft_audio.files.output import new_file
from cft_audio.master.encoder import Encoder
from cft_audio.master.formats import FLAC, Coding
from cft_audio.master.levels import Level, Measured, apply_level, find_level
from cft_audio.master.ranges import DEFAULT_LUFS, LOUDEST_LUFS, QUIETEST_LUFS
from cft_audio.master.spool import BYTES_PER_SAMPLE, Spool
from cft_audio.master.tagging import write_tags
from cft_audio.signal.audio import seconds
from cft_audio.signal.frames import Block, cut_into_frames
from cft_audio.signal.loudness import LoudnessMeter
from cft_audio.signal.true_peak import TruePeakMeter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from cft_audio.files.output import Destination
    from cft_audio.master.tags import Tags
    from cft_audio.signal.audio import Stereo

BYTES_TAG = "cft-audio bytes"
"""The tag that says how large a recording is at least, by its sound and its cover: one that is
smaller was cut off."""

_FLAC_PADDING = 8_192
"""Bytes that ffmpeg leaves free in a FLAC (libavformat/flacenc.c, ``padding``)."""

LEVELS_TAG = "cft-audio levels"
"""The tag that says how loud a recording came to be, as
``-19.20 LUFS, -3.10 dBTP, voice -18.00 LUFS``."""


@dataclass(frozen=True)
class Mix:
    """A mixed session.

    Attributes:
        blocks: Its audio in order; taken once.
        length: Samples of all blocks together, above 0.
    """

    blocks: Iterable[Block]
    length: int


@dataclass(frozen=True)
class MasterSettings:
    """How a recording is made from a mix.

    Attributes:
        loudness_lufs: Integrated loudness of the voice, -30 to -14.
        coding: How it is encoded.

    Raises:
        RequestError: If the loudness lies outside.
    """

    loudness_lufs: float = DEFAULT_LUFS
    coding: Coding = field(default_factory=Coding)

    def __post_init__(self) -> None:
        if not QUIETEST_LUFS <= self.loudness_lufs <= LOUDEST_LUFS:
            message = f"{self.loudness_lufs:g} LUFS is outside what a calm voice can be mastered to"
            remedy = f"Ask for {QUIETEST_LUFS:g} (quiet) to {LOUDEST_LUFS:g} (loud)"
            raise RequestError(message, remedy=remedy, field="loudness")


@dataclass(frozen=True)
class Recording:
    """A finished recording.

    Attributes:
        file: The file.
        duration_s: How long it plays, gapless.
        voice_lufs: Integrated loudness of its voice, before any stepping down; None where nobody
            speaks.
        loudness_lufs: Integrated loudness of what was encoded; decoding voice and tones
            gives the same within 0.1 LU, a session that is mostly noise up to 1.1 LU less.
        true_peak_dbtp: True peak of what was encoded; what is decoded stays at or below -1 dBTP.
        was_there: Whether it had been made of the same before, and was left as it is.
    """

    file: Path
    duration_s: float
    voice_lufs: float | None
    loudness_lufs: float
    true_peak_dbtp: float
    was_there: bool = False

    def as_object(self) -> dict[str, object]:
        """Return it as one object of plain values, for JSON."""
        return {
            "file": str(self.file),
            "duration_s": round(self.duration_s, 4),
            "voice_lufs": None if self.voice_lufs is None else round(self.voice_lufs, 2),
            "loudness_lufs": round(self.loudness_lufs, 2),
            "true_peak_dbtp": round(self.true_peak_dbtp, 2),
            "state": "kept" if self.was_there else "made",
        }


def master(
    mix: Mix,
    settings: MasterSettings,
    tags: Tags,
    destination: Destination,
    progress: Callable[[str, float], None],
) -> Recording:
    """Make a recording of ``mix``: set its loudness, limit its true peaks, encode and tag it.

    The file appears at ``destination`` complete or not at all, whatever happens on the way. Memory
    does not grow with its length; the disk needs 176 kB for each second meanwhile.

    Args:
        mix: The mixed session.
        settings: Loudness, and how it is encoded.
        tags: What the recording says about itself.
        destination: Where it goes.
        progress: Told ``mixing`` or ``encoding`` and how much of it is done, from 0 to 1.

    Raises:
        OutputError: If the recording cannot be written.
        RequestError: If its loudness cannot be reached, or it is silent.
        ValueError: If the blocks do not add up to the length.
    """
    path, length, coding = destination.path, mix.length, settings.coding
    with new_file(destination) as part:
        _check_room(path, length, coding)
        with _mixed(mix, settings, path, progress) as (spool, level):
            audio = _telling(apply_level(spool, level), length, progress)
            with Encoder(part, coding, path) as encoder:
                for frame in audio:
                    encoder.write(frame)
        _tag(part, tags, level, coding, length, path)
    return _recording(path, length, level)


@dataclass(frozen=True)
class Section:
    """A stretch of a session that becomes a file of its own.

    Attributes:
        name: The file's name.
        stop: The sample after its last; the first section begins the session, and each of the
            others where the one before it stops.
        tags: What it says about itself.
    """

    name: str
    stop: int
    tags: Tags


def master_sections(
    mix: Mix,
    settings: MasterSettings,
    sections: Sequence[Section],
    folder: Path,
    progress: Callable[[str, float], None],
) -> list[Recording]:
    """Make a recording of each section of ``mix``, at the level that the whole has.

    Args:
        mix: The mixed session.
        settings: Loudness, and how each is encoded.
        sections: Its sections, in order; the last stops where the session does.
        folder: Where the files go; it is there, and has none of them.
        progress: Told ``mixing`` or ``encoding`` and how much of it is done, from 0 to 1.

    Raises:
        OutputError: If one cannot be written.
        RequestError: If the loudness cannot be reached, or the session is silent.
    """
    coding, made = settings.coding, list[Recording]()
    _check_room(folder / sections[0].name, mix.length, coding)
    with _mixed(mix, settings, folder / sections[0].name, progress) as (spool, level):
        audio = _telling(apply_level(spool, level), mix.length, progress)
        waiting, done = np.zeros((0, 2), np.float32), 0
        for section in sections:
            path, length = folder / section.name, section.stop - done
            missing = length
            with Encoder(path, coding, path) as encoder:
                while missing:
                    if not len(waiting):
                        waiting = next(audio)
                    piece, waiting = waiting[:missing], waiting[missing:]
                    encoder.write(piece)
                    missing -= len(piece)
            done = section.stop
            _tag(path, section.tags, level, coding, length, path)
            made.append(_recording(path, length, level))
    return made


@contextmanager
def _mixed(
    mix: Mix, settings: MasterSettings, path: Path, progress: Callable[[str, float], None]
) -> Iterator[tuple[Spool, Level]]:
    """Give a session, mixed and measured, and the level that it gets.

    Raises:
        RequestError: If its loudness cannot be reached, or it is silent.
        ValueError: If the blocks do not add up to the length.
    """
    whole, voice, peak = LoudnessMeter(), LoudnessMeter(), TruePeakMeter()
    with Spool(path) as spool:
        for frame in cut_into_frames(mix.blocks):
            whole.feed(frame.audio)
            if frame.voice is None:
                voice.feed_silence(len(frame))
            else:
                voice.feed(frame.voice)
            peak.feed(frame.audio)
            spool.write(frame.audio)
            progress("mixing", min(1.0, spool.length / mix.length))
        if spool.length != mix.length:
            raise ValueError(f"{spool.length} samples came, {mix.length} were promised")
        measured = Measured(whole.hops(), voice.hops(), peak.dbtp())
        ceiling_dbtp = settings.coding.ceiling_dbtp
        yield spool, find_level(spool, measured, settings.loudness_lufs, ceiling_dbtp)


def _telling(
    audio: Iterable[Stereo], length: int, progress: Callable[[str, float], None]
) -> Iterator[Stereo]:
    """Yield audio, and tell once each piece of it is taken."""
    done = 0
    for frame in audio:
        yield frame
        done += len(frame)
        progress("encoding", done / length)


def _tag(  # noqa: PLR0913, PLR0917 -- one file, and all that is known of it
    file: Path, tags: Tags, level: Level, coding: Coding, length: int, path: Path
) -> None:
    with output_errors(path):
        size = file.stat().st_size + len(tags.cover)
    if coding.format is FLAC:
        size -= _FLAC_PADDING  # tags take its place
    build = {**tags.build, LEVELS_TAG: _words(level), BYTES_TAG: str(size)}
    write_tags(file, coding.format, replace(tags, build=build), length, path)


def _recording(path: Path, length: int, level: Level) -> Recording:
    heard = level.voice_lufs, level.loudness_lufs, level.true_peak_dbtp
    return Recording(path, seconds(length), *heard)


def _words(level: Level) -> str:
    """Return the levels of a recording as its tags tell them."""
    whole = f"{level.loudness_lufs:.2f} LUFS, {level.true_peak_dbtp:.2f} dBTP"
    return whole if level.voice_lufs is None else f"{whole}, voice {level.voice_lufs:.2f} LUFS"


def _check_room(path: Path, length: int, coding: Coding) -> None:
    # An MP4 is written twice: its index goes in front of it.
    needed = length * BYTES_PER_SAMPLE + 2 * coding.bytes_for(seconds(length))
    with output_errors(path):
        free = shutil.disk_usage(path.parent).free
    if free < needed:
        sizes = f"{needed / 1e6:.0f} MB of disk, and {free / 1e6:.0f} MB are free"
        message, remedy = f"making it takes {sizes}", "Make room, or ‹choose another place›"
        raise OutputError(message, remedy=remedy, where=str(path))
