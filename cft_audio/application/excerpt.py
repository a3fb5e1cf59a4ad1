"""A stretch of a session to listen to at once: the same timeline, and few lines spoken for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.application.building import check_kind, check_settings, file_name
from cft_audio.application.planning import outline
from cft_audio.errors import RequestError
from cft_audio.files.output import Destination, check_writable
from cft_audio.master.levels import CEILING_DBTP
from cft_audio.master.sound_file import write_sound
from cft_audio.mix.mixer import mix
from cft_audio.mix.plan import plan_mix
from cft_audio.schema.durations import clock
from cft_audio.signal.audio import samples, seconds
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.limiter import limit
from cft_audio.signal.reference_levels import MIX_LUFS
from cft_audio.speech.takes.cast import Cast
from cft_audio.speech.takes.clips import silent_clip
from cft_audio.timeline.estimate import estimate_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cft_audio.application.planning import Progress, Warn
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.script.cues import Line
    from cft_audio.signal.audio import Stereo
    from cft_audio.speech.takes.clips import Clip
    from cft_audio.speech.text.warnings import Doubt
    from cft_audio.timeline.events import Placed, Timeline

_FADE_IN, _FADE_OUT = samples(0.01), samples(1.5)
"""At a start or an end inside the session: against a click, and to end as if meant."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of a session.

    Attributes:
        start: Its first sample.
        stop: The sample after its last.
        chapter: The title of the chapter it starts in.
    """

    start: int
    stop: int
    chapter: str

    def holds(self, placed: Placed) -> bool:
        """Return whether any of a clip lies in it."""
        return placed.start < self.stop and self.start < placed.start + placed.length


@dataclass(frozen=True)
class Glimpse:
    """A stretch of a session, decided and not yet mixed.

    Attributes:
        request: What was asked for.
        timeline: Every event of the whole session, in its place or near it.
        clips: A clip for each line of it, silent where it lies outside the stretch and nobody
            has spoken it.
        stretch: The stretch.
        estimated: How many lines have a length that is only estimated.
        doubts: The words of the stretch that the voice may get wrong.
    """

    request: SessionRequest
    timeline: Timeline
    clips: Mapping[Line, Clip]
    stretch: Stretch
    estimated: int
    doubts: tuple[Doubt, ...]


def stretch_from_chapter(timeline: Timeline, chapter: str, length_s: float) -> Stretch:
    """Return the stretch of ``length_s`` seconds that begins with a chapter.

    Args:
        timeline: The session.
        chapter: A chapter's number from 1, or how its title begins, in capitals or not.
        length_s: Seconds; the session's end may be nearer.

    Raises:
        RequestError: If there is no such chapter, or several.
    """
    titles = [found.title for found in timeline.chapters]
    wanted = " ".join(chapter.casefold().split())
    if wanted.isdecimal():
        found = [number for number in range(len(titles)) if str(number + 1) == wanted.lstrip("0")]
    else:
        found = [n for n, title in enumerate(titles) if title.casefold().startswith(wanted)]
        found = [n for n in found if titles[n].casefold() == wanted] or found
    if not wanted or len(found) != 1:
        listed = ", ".join(f"{number} {title}" for number, title in enumerate(titles, start=1))
        wrong = "more than one chapter begins with" if wanted and found else "there is no chapter"
        raise RequestError(
            f"{wrong} '{chapter}'", remedy=f"The chapters are: {listed}", field="chapter"
        )
    return _stretch(timeline, timeline.chapters[found[0]].start, length_s)


def stretch_at(timeline: Timeline, at_s: float, length_s: float) -> Stretch:
    """Return the stretch of ``length_s`` seconds that begins ``at_s`` seconds into the session.

    Raises:
        RequestError: If the session ends before.
    """
    if samples(at_s) >= timeline.length:
        raise RequestError(
            f"the session is over by {clock(at_s)}",
            remedy=f"It lasts {clock(seconds(timeline.length))}",
            field="at",
        )
    return _stretch(timeline, samples(at_s), length_s)


def _stretch(timeline: Timeline, start: int, length_s: float) -> Stretch:
    chapter = next(found for found in reversed(timeline.chapters) if found.start <= start)
    return Stretch(start, min(timeline.length, start + samples(length_s)), chapter.title)


def glimpse(
    request: SessionRequest,
    folders: Folders,
    stretch_of: Callable[[Timeline], Stretch],
    progress: Progress,
    warn: Warn,
) -> Glimpse:
    """Return a stretch of ``request``'s session with no more lines spoken than it holds.

    The lines before and after it take as long as the cache knows, or about as long as they would.

    Args:
        request: The session.
        folders: Where its practice is found, and its voice.
        stretch_of: Gives the wanted stretch of the session's timeline; may raise RequestError.
        progress: Told what is done.
        warn: Told the words that the voice may get wrong.

    Raises:
        RequestError: As ``session.plan``, or from ``stretch_of``.
        ScriptError: As ``session.plan``.
        VoiceError: As ``session.plan``.
        EngineError: As ``session.plan``.
    """
    cast = Cast.of(request, folders, progress)
    unhurried = request.adapted_pace.unhurried
    spoken: dict[Line, Clip] = {}

    def lengths(lines: Sequence[Line]) -> dict[Line, int]:
        spoken.update(cast.kept(line for line in lines if line not in spoken))
        return {
            line: len(spoken[line]) if line in spoken else estimate_length(line, unhurried)
            for line in lines
        }

    while True:
        timeline = outline(request, folders, lengths)
        stretch = stretch_of(timeline)
        heard = dict.fromkeys(placed.line for placed in timeline.speech if stretch.holds(placed))
        doubts = tuple(cast.doubts(heard))
        warn(doubts)
        missing = [line for line in heard if line not in spoken]
        if not missing:
            break
        # Their true lengths move what follows, so that the stretch may hold other lines.
        spoken.update(cast.clips(missing))
    needed = {placed.line: placed.length for placed in timeline.speech}
    clips = {line: spoken.get(line) or silent_clip(length) for line, length in needed.items()}
    estimated = len(needed.keys() - spoken.keys())
    return Glimpse(request, timeline, clips, stretch, estimated, doubts)


def preview_destination(request: SessionRequest, output: Path, *, overwrite: bool) -> Destination:
    """Return where a preview of ``request`` goes, checked before any work is done.

    Args:
        request: The session.
        output: A file ending in ``.wav`` or ``.mp3``, or a folder; in a folder, the preview of one
            session takes the place of the one before.
        overwrite: Whether an existing file that ``output`` names may be replaced.

    Raises:
        RequestError: If loudness, bit rate, tone, bed or the kind of file are not what they can be.
        OutputError: If it could not be written there.
    """
    check_settings(request)
    check_kind(output, ".wav", ".mp3")
    is_file = output.suffix.lower() in (".wav", ".mp3") and not output.is_dir()
    named = file_name(request).removesuffix(".mp3")
    destination = (
        Destination(output, overwrite)
        if is_file
        else Destination(output / f"{named}-preview.wav", overwrite=True)
    )
    check_writable(destination)
    return destination


def write_preview(glimpse: Glimpse, destination: Destination) -> None:
    """Mix the stretch of ``glimpse``, at the session's level, into a WAV or MP3 file.

    Raises:
        SoundError: If the bed's file cannot be used.
        OutputError: If it cannot be written.
    """
    request = glimpse.request
    audio = (frame.audio for frame in limit(_levelled(glimpse), CEILING_DBTP))
    write_sound(destination, audio, request.bitrate_kbps)


def _levelled(glimpse: Glimpse) -> Iterator[Stereo]:
    """Yield the stretch at the session's level, faded where the session goes on beyond it."""
    request, stretch = glimpse.request, glimpse.stretch
    mix_plan = plan_mix(glimpse.timeline, request.sounding_tone, request.bed, request.seed)
    part = range(stretch.start, stretch.stop)
    gain = np.float32(db_to_gain(request.loudness_lufs - MIX_LUFS))
    start = stretch.start
    for block in mix(mix_plan, lambda line: glimpse.clips[line].samples, part=part):
        places = np.arange(start, start + len(block))
        level = np.full(len(block), gain)
        if stretch.start > 0:
            level *= np.clip((places - stretch.start) / _FADE_IN, 0.0, 1.0)
        if stretch.stop < glimpse.timeline.length:
            level *= np.clip((stretch.stop - places) / _FADE_OUT, 0.0, 1.0)
        yield block * level.astype(np.float32)[:, None]
        start += len(block)
