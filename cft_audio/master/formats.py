"""The kinds of file that a recording can be: one table for all who write, name and read them.

What each can hold, and which players show it, was measured: ``docs/formats.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.schema.durations import clock
from cft_audio.schema.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

MONO, STEREO = "mono", "stereo"

BYTES_PER_KBIT = 125
"""A kilobit of sound is 1000 bits."""

TAG_ROOM = 400_000
"""Bytes that cover, words and chapters take at most."""

USUAL = 0
"""Stands for what is usual of a format."""

RATES = (44_100, 48_000)
"""Samples a second that can be asked for; every session is made at the first."""


@dataclass(frozen=True)
class Format:
    """A kind of file.

    Attributes:
        name: What it is asked for by; its ending without the dot.
        encoder: What ffmpeg calls its encoder.
        muxer: What ffmpeg calls its container, and the options of that.
        media_type: What it is called on the web (RFC 2046).
        tagged: How tags go in: ``id3``, ``wave``, ``mp4``, ``vorbis`` or ``flac``.
        ceiling_dbtp: The true peak that is let into its encoder at ordinary bit rates.
        bitrates: Bit rates in kb/s, the usual one first; none where it has no choice of them.
        options: More options of its encoder.
        rate: Its samples a second, where it has no choice of them.
        levels: What its encoder multiplies the audio by, at each bit rate where it does.
        most_bytes: The largest file that it can be; 0 for any.
        told: What it cannot hold, or a well-known device cannot play, as a sentence; empty where
            there is nothing to say.
    """

    name: str
    encoder: str
    muxer: tuple[str, ...]
    media_type: str
    tagged: str
    ceiling_dbtp: float
    bitrates: tuple[int, ...] = ()
    options: tuple[str, ...] = ()
    rate: int | None = None
    levels: Mapping[int, float] = field(default_factory=dict)
    most_bytes: int = 0
    told: str = ""

    @property
    def suffix(self) -> str:
        """How the name of such a file ends."""
        return f".{self.name}"

    @property
    def lossless(self) -> bool:
        """Whether it keeps every sample."""
        return not self.bitrates


_LAME_SCALE = {**dict.fromkeys((32, 48, 64, 96, 128, 160), 0.95), 192: 0.97}
"""What LAME multiplies the audio by at each bit rate (libmp3lame/presets.c, column ``scale``;
measured on steady tones: within 0.03 dB). It does so against clipping, which our limiter has seen
to, and ffmpeg has no option for it."""

_AAC_RATES = (96, 64, 128, 160, 192, 256)
_MP4 = ("-movflags", "+faststart")

MP3 = Format(
    "mp3",
    "libmp3lame",
    ("-f", "mp3", "-write_xing", "1", "-id3v2_version", "0", "-write_id3v1", "0"),
    "audio/mpeg",
    "id3",
    -2.8,
    (128, 32, 48, 64, 96, 160, 192, 256, 320),
    # LAME's quality from 0, best, to 9: half the CPU of ffmpeg's default, 5, for a file of the
    # same size.
    ("-compression_level", "7", "-joint_stereo", "1"),
    levels=_LAME_SCALE,
)
M4A = Format("m4a", "aac", ("-f", "ipod", *_MP4), "audio/mp4", "mp4", -3.8, _AAC_RATES)
M4B = Format(
    "m4b",
    "aac",
    ("-f", "ipod", "-brand", "M4B ", *_MP4),
    "audio/mp4",
    "mp4",
    -3.8,
    _AAC_RATES,
    told="An .m4b opens as a book, with its chapters; some music players pass over it.",
)
OPUS = Format(
    "opus",
    "libopus",
    ("-f", "opus"),
    "audio/ogg",
    "vorbis",
    -3.4,
    (64, 32, 48, 96, 128),
    rate=48_000,
    told="iPhones open an .opus file from iOS 18.4 on; for older ones, make an .m4a.",
)
FLAC = Format(
    "flac",
    "flac",
    ("-f", "flac"),
    "audio/flac",
    "flac",
    -1.5,
    told="A .flac takes 4 to 9 MB a minute; Apple's Music passes over it, and Files plays it.",
)
WAV = Format(
    "wav",
    "pcm_s16le",
    ("-f", "wav"),
    "audio/wav",
    "wave",
    -1.5,
    # RIFF counts its bytes in 32 bits, less the eight before them.
    most_bytes=2**32 - 1,
    told="A .wav takes 10 MB a minute, and many players show neither its chapters nor its cover.",
)

LOW_KBPS = 96
LOW_RATE_HEADROOM = 1.2
"""Bit rates in kb/s below which an encoder adds more to the peaks, and by how many decibels less is
let into it.

Decoding speech in rain, mastered as loud as is offered, showed true peaks higher than what was
encoded by at most 0.5 dB (MP3), 2.1 (AAC) and 1.2 (Opus), and a square wave by 1.0, 2.8 and 0.9; at
lower rates the square wave by 2.4, 2.8 and 3.5. So what is decoded stays at or below -1 dBTP
(``benchmarks/formats.py``)."""

FORMATS: Mapping[str, Format] = {f.name: f for f in (MP3, M4A, M4B, OPUS, FLAC, WAV)}
"""Every kind of file by its name, the usual one first."""

BITRATES = tuple(sorted({rate for format_ in FORMATS.values() for rate in format_.bitrates}))
"""Every bit rate in kb/s that some format is offered with."""

SUFFIXES = tuple(format_.suffix for format_ in FORMATS.values())
"""How the name of a recording may end."""


@dataclass(frozen=True)
class Coding:
    """How a recording is encoded.

    Attributes:
        format: The kind of file.
        bitrate_kbps: One of the format's bit rates; 0 for the usual one, or where it has none.
        channels: ``stereo`` or ``mono``.
        rate: Samples a second, one of ``RATES``; 0 for the usual of the format.

    Raises:
        RequestError: If the format cannot be had like that.
    """

    format: Format = MP3
    bitrate_kbps: int = USUAL
    channels: str = STEREO
    rate: int = USUAL

    def __post_init__(self) -> None:
        format_ = self.format
        if not self.bitrate_kbps:
            object.__setattr__(self, "bitrate_kbps", next(iter(format_.bitrates), USUAL))
        elif format_.lossless:
            message = f"{format_.suffix} keeps everything, and has no bit rate"
            remedy = "Leave it out, or choose another format"
            raise RequestError(message, remedy=remedy, field="bitrate")
        elif self.bitrate_kbps not in format_.bitrates:
            message = f"{self.bitrate_kbps} kb/s is not a bit rate that is offered"
            remedy = f"Choose one of {', '.join(map(str, sorted(format_.bitrates)))}"
            raise RequestError(message, remedy=remedy, field="bitrate")
        if not self.rate:
            object.__setattr__(self, "rate", format_.rate or RATES[0])
        elif format_.rate not in (None, self.rate):
            message = f"{format_.suffix} always has {format_.rate} samples a second"
            raise RequestError(message, remedy="Leave it out", field="sample_rate")

    @property
    def ceiling_dbtp(self) -> float:
        """The true peak that is let into the encoder."""
        is_low = 0 < self.bitrate_kbps < LOW_KBPS
        return self.format.ceiling_dbtp - LOW_RATE_HEADROOM * is_low

    @property
    def channel_count(self) -> int:
        """Its channels."""
        return 1 if self.channels == MONO else 2

    def bytes_for(self, length_s: float) -> int:
        """Return about how many bytes a recording takes, rather more than less."""
        return round(length_s * self.kbps * BYTES_PER_KBIT) + TAG_ROOM

    @property
    def kbps(self) -> int:
        """Its bit rate in kb/s; that of its samples where every one is kept."""
        return self.bitrate_kbps or self.rate * self.channel_count * 16 // 1000


_OGG = ("ogg", "oga", "vorbis")

INSTEAD_OF_OGG = (
    "Choose .opus: of the same family, smaller, and with chapters and a cover, which an .ogg "
    "loses on its way"
)


def fit_size(coding: Coding, length_s: float, most_bytes: int) -> Coding:
    """Return ``coding``, or the best below it whose file is at most so large.

    Raises:
        RequestError: If none is.
    """
    format_ = coding.format
    lower = [
        replace(coding, bitrate_kbps=kbps, channels=STEREO if kbps >= LOW_KBPS else MONO)
        for kbps in sorted(format_.bitrates, reverse=True)
        if kbps < coding.bitrate_kbps
    ]
    for one in (coding, *lower):
        if one.bytes_for(length_s) <= most_bytes:
            return one
    longest_s = (most_bytes - TAG_ROOM) / ((coding, *lower)[-1].kbps * BYTES_PER_KBIT)
    message = f"{clock(length_s)} of .{format_.name} are larger than {most_bytes / 1e6:.0f} MB"
    remedy = f"Ask for {clock(longest_s // 60 * 60)} at most, or one file for each chapter"
    raise RequestError(message, remedy=remedy, field="minutes")


def refuse_suffix(suffix: str, field: str) -> RequestError:
    """Return the error for a file's ending that stands for no format."""
    ogg = suffix.lower().removeprefix(".") in _OGG
    *most, last = SUFFIXES
    remedy = INSTEAD_OF_OGG if ogg else f"Give a name ending in {', '.join(most)} or {last}"
    return RequestError(f"no {suffix} file can be written", remedy=remedy, field=field)


def format_named(path_suffix: str) -> Format | None:
    """Return the format that the ending of a file's name stands for; None if there is none."""
    return FORMATS.get(path_suffix.lower().removeprefix("."))


def known_format(name: str) -> Format:
    """Return the format that is asked for by its name, with a dot before it or in capitals too.

    Raises:
        RequestError: If there is none.
    """
    plain = name.strip().lower().removeprefix(".")
    if plain in FORMATS:
        return FORMATS[plain]
    if plain in _OGG:
        raise RequestError(f"no .{plain} file is written", remedy=INSTEAD_OF_OGG, field="format")
    remedy = did_you_mean(plain, FORMATS)
    raise RequestError(f"there is no format '{name}'", remedy=remedy, field="format")
