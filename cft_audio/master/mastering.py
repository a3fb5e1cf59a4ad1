"""From mixed audio to a finished recording."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cft_audio.errors import OutputError, RequestError
from cft_audio.files.faults import output_errors
from cft_audio.files.output import new_file
from cft_audio.master.levels import Level, Measured, apply_level, find_level
from cft_audio.master.mp3 import Mp3Encoder
from cft_audio.master.ranges import (
    DEFAULT_KBPS,
    DEFAULT_LUFS,
    LEVELS,
    LOUDEST_LUFS,
    QUIETEST_LUFS,
)
from cft_audio.master.spool import BYTES_PER_SAMPLE, Spool
from cft_audio.master.tags import write_tags
from cft_audio.signal.audio import seconds
from cft_audio.signal.frames import Block, cut_into_frames
from cft_audio.signal.loudness import LoudnessMeter
from cft_audio.signal.true_peak import TruePeakMeter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from cft_audio.files.output import Destination
    from cft_audio.master.tags import Tags

BYTES_PER_KBIT = 125
"""A kilobit of MP3 is 1000 bits."""

_TAG_ROOM = 1_000_000

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
        bitrate_kbps: One of ``ranges.LEVELS``.

    Raises:
        RequestError: If either lies outside.
    """

    loudness_lufs: float = DEFAULT_LUFS
    bitrate_kbps: int = DEFAULT_KBPS

    def __post_init__(self) -> None:
        if not QUIETEST_LUFS <= self.loudness_lufs <= LOUDEST_LUFS:
            message = f"{self.loudness_lufs:g} LUFS is outside what a calm voice can be mastered to"
            remedy = f"Ask for {QUIETEST_LUFS:g} (quiet) to {LOUDEST_LUFS:g} (loud)"
            raise RequestError(message, remedy=remedy, field="loudness")
        if self.bitrate_kbps not in LEVELS:
            message = f"{self.bitrate_kbps} kb/s is not a bit rate that is offered"
            remedy = f"Choose one of {', '.join(map(str, LEVELS))}"
            raise RequestError(message, remedy=remedy, field="bitrate")


@dataclass(frozen=True)
class Recording:
    """A finished recording.

    Attributes:
        file: The MP3.
        duration_s: How long it plays, gapless.
        voice_lufs: Integrated loudness of its voice, before any stepping down; None where nobody
            speaks.
        loudness_lufs: Integrated loudness of what was encoded; decoding voice and tones
            gives the same within 0.1 LU, a session that is mostly noise up to 1.1 LU less.
        true_peak_dbtp: True peak of what was encoded, at most -2.8; decoding a voice gives up to
            0.5 dB more, the hardest noise up to 1.6.
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
        settings: Loudness and bit rate.
        tags: What the recording says about itself.
        destination: Where it goes.
        progress: Told ``mixing`` or ``encoding`` and how much of it is done, from 0 to 1.

    Raises:
        OutputError: If the recording cannot be written.
        RequestError: If its loudness cannot be reached, or it is silent.
        ValueError: If the blocks do not add up to the length.
    """
    path, length = destination.path, mix.length
    with new_file(destination) as part:
        _check_room(path, length, settings.bitrate_kbps)
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
                progress("mixing", min(1.0, spool.length / length))
            if spool.length != length:
                raise ValueError(f"{spool.length} samples came, {length} were promised")
            measured = Measured(whole.hops(), voice.hops(), peak.dbtp())
            level = find_level(spool, measured, settings.loudness_lufs)
            done = 0
            with Mp3Encoder(part, settings.bitrate_kbps, path) as encoder:
                for audio in apply_level(spool, level):
                    encoder.write(audio)
                    done += len(audio)
                    progress("encoding", done / length)
        with output_errors(path):
            build = {**tags.build, LEVELS_TAG: _words(level)}
            write_tags(part, replace(tags, build=build), length)
    heard = level.voice_lufs, level.loudness_lufs, level.true_peak_dbtp
    return Recording(path, seconds(length), *heard)


def _words(level: Level) -> str:
    """Return the levels of a recording as its tags tell them."""
    whole = f"{level.loudness_lufs:.2f} LUFS, {level.true_peak_dbtp:.2f} dBTP"
    return whole if level.voice_lufs is None else f"{whole}, voice {level.voice_lufs:.2f} LUFS"


def _check_room(path: Path, length: int, bitrate_kbps: int) -> None:
    needed = length * BYTES_PER_SAMPLE + seconds(length) * bitrate_kbps * BYTES_PER_KBIT + _TAG_ROOM
    with output_errors(path):
        free = shutil.disk_usage(path.parent).free
    if free < needed:
        sizes = f"{needed / 1e6:.0f} MB of disk, and {free / 1e6:.0f} MB are free"
        message, remedy = f"making it takes {sizes}", "Make room, or ‹choose another place›"
        raise OutputError(message, remedy=remedy, where=str(path))
