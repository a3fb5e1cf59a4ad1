"""An excerpt of a session to listen to at once: the same timeline, and few lines spoken for it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cft_audio.application.fields import EXCERPT_FIELDS
from cft_audio.application.made_from import PreviewNotes, digest_request
from cft_audio.application.naming import differences, ending, file_name, name_of_its_own
from cft_audio.application.plans import open_session
from cft_audio.application.progress import Progress, Warn, ignore_progress, ignore_warnings
from cft_audio.application.recordings import choose_file
from cft_audio.application.request import SessionRequest
from cft_audio.application.tags import options_of
from cft_audio.errors import RequestError
from cft_audio.files.output import Destination
from cft_audio.library.practices import Library
from cft_audio.master.formats import MP3
from cft_audio.master.sound_file import write_sound
from cft_audio.mix.mixer import mix
from cft_audio.mix.plan import MixPlan, plan_mix
from cft_audio.people.clients.made import note_made
from cft_audio.planning.session import Session
from cft_audio.schema.durations import clock
from cft_audio.signal.audio import samples, seconds
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.limiter import limit
from cft_audio.signal.reference_levels import VOICE_LUFS
from cft_audio.timeline.events import SayEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cft_audio.files.folders import Folders
    from cft_audio.planning.outline import Outline
    from cft_audio.script.cues import Line
    from cft_audio.signal.audio import Stereo
    from cft_audio.speech.takes.session_voices import SessionVoices
    from cft_audio.speech.text.warnings import PronunciationWarning
    from cft_audio.timeline.events import Placed, Timeline

_FADE_IN, _FADE_OUT = samples(0.01), samples(1.5)
"""At a start or an end inside the session: against a click, and to end as if meant."""


@dataclass(frozen=True)
class Excerpt:
    """A part of a session.

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
class ExcerptChoice:
    """Which part of a session is wanted.

    Attributes:
        chapter: A chapter's number from 1, or how its title begins, in capitals or not; None to
            begin at ``line`` or ``at_s``.
        line: The id of a line that it begins with; empty to begin at ``at_s``.
        at_s: Seconds into the session where it begins.
        length_s: Seconds it lasts; the session's end may be nearer.
    """

    chapter: str | None = None
    line: str = ""
    at_s: float = 0.0
    length_s: float = 60.0

    @classmethod
    def of(cls, chapter: object, at: object, seconds: object) -> ExcerptChoice:
        """Return the choice that values of the fields mean; None for one that is not given.

        Raises:
            RequestError: If one cannot be meant, or they name two places.
        """
        if None not in (chapter, at):
            message = "‹chapter› and ‹at› name two places"
            raise RequestError(message, remedy="Give one of them", field="at")
        given = {"chapter": chapter, "at": at, "seconds": seconds}
        values = {name: EXCERPT_FIELDS[name].parse(value) for name, value in given.items()}
        return cls(values["chapter"], "", values["at"], values["seconds"])

    def locate(self, timeline: Timeline) -> Excerpt:
        """Return the part of ``timeline`` that is meant.

        Raises:
            RequestError: If there is no such chapter, or several; or if the session ends before.
        """
        start = self._find_start(timeline)
        if start >= timeline.length:
            message = f"the session is over by {clock(self.at_s)}"
            remedy = f"It lasts {clock(seconds(timeline.length))}"
            raise RequestError(message, remedy=remedy, field="at")
        title = next(c.title for c in reversed(timeline.chapters) if c.start <= start)
        return Excerpt(start, min(timeline.length, start + samples(self.length_s)), title)

    def _find_start(self, timeline: Timeline) -> int:
        if self.line:
            return _find_line(timeline, self.line)
        if self.chapter is not None:
            return timeline.chapters[_find_chapter(timeline, self.chapter)].start
        return samples(self.at_s)

    def plan(
        self, request: SessionRequest, outline: Outline, voices: SessionVoices, warn: Warn
    ) -> ExcerptPlan:
        """Return the plan of the part that is meant, its lines spoken.

        Raises:
            RequestError: As ``locate``; LengthError if the session cannot be as long as asked.
            EngineError: If the engine fails on a line.
        """

        def known_or_estimated(lines: Sequence[Line]) -> dict[Line, int]:
            lengths = {line: outline.writer.estimate_length(line) for line in lines}
            return lengths | {line: kept.length for line, kept in voices.find_kept(lines).items()}

        while True:
            timeline = outline.fit(known_or_estimated).timeline
            excerpt = self.locate(timeline)
            heard = dict.fromkeys(said.line for said in timeline.speech if excerpt.holds(said))
            warnings = tuple(voices.find_warnings(heard))
            warn(warnings)
            missing = heard.keys() - voices.find_kept(heard).keys()
            if not missing:
                break
            # Their true lengths move what follows, so that the excerpt may hold other lines.
            voices.speak(line for line in heard if line in missing)
        spoken = {placed.line for placed in timeline.speech}
        mix_plan = plan_mix(timeline, request.sounds_beside(voices.levels))
        estimated = len(spoken) - len(voices.find_kept(spoken))
        return ExcerptPlan(mix_plan, excerpt, estimated, warnings)


@dataclass(frozen=True)
class ExcerptPlan:
    """An excerpt of a session, decided and not yet mixed.

    Attributes:
        mix: The whole session, every event in its place or near it.
        excerpt: The part that is heard.
        estimated: How many lines have a length that is only estimated.
        warnings: The words of the excerpt that a voice may get wrong.
    """

    mix: MixPlan
    excerpt: Excerpt
    estimated: int
    warnings: tuple[PronunciationWarning, ...]

    def as_object(self, file: Path) -> dict[str, Any]:
        """Return what is in ``file`` as one object of plain values, for JSON."""
        start_s, stop_s = seconds(self.excerpt.start), seconds(self.excerpt.stop)
        return {
            "file": str(file),
            "chapter": self.excerpt.chapter,
            "start_s": round(start_s, 4),
            "duration_s": round(stop_s - start_s, 4),
            "estimated_lines": self.estimated,
        }


def _find_line(timeline: Timeline, line: str) -> int:
    """Return where a line begins, by its id."""
    for event in timeline.events:
        if isinstance(event, SayEvent) and event.id == line:
            return event.start
    message, remedy = "the session does not have that line", "Choose one that it has"
    raise RequestError(message, remedy=remedy, field="at")


def _find_chapter(timeline: Timeline, chapter: str) -> int:
    titles = [mark.title for mark in timeline.chapters]
    wanted = " ".join(chapter.casefold().split())
    if wanted.isdecimal():
        matches = [n for n in range(len(titles)) if str(n + 1) == wanted.lstrip("0")]
    else:
        matches = [n for n, title in enumerate(titles) if title.casefold().startswith(wanted)]
        matches = [n for n in matches if titles[n].casefold() == wanted] or matches
    if not wanted or len(matches) != 1:
        listed = ", ".join(f"{number} {title}" for number, title in enumerate(titles, start=1))
        wrong = "more than one chapter begins with" if wanted and matches else "there is no chapter"
        remedy = f"The chapters are: {listed}"
        raise RequestError(f"{wrong} '{chapter}'", remedy=remedy, field="chapter")
    return matches[0]


def choose_excerpt_destination(
    request: SessionRequest, output: Path, folders: Folders, *, overwrite: bool
) -> Destination:
    """Return where an excerpt of ``request`` goes, checked before any work is done.

    Args:
        request: The session.
        output: A file ending in ``.wav`` or ``.mp3``, or a folder; in a folder, the excerpt of one
            session takes the place of the one before, and of nothing else.
        folders: Where it is noted of which session an excerpt is.
        overwrite: Whether an existing file that ``output`` names may be replaced.

    Raises:
        RequestError: If loudness, bit rate, tone, bed or the kind of file cannot be used, or there
            is no such practice.
        ScriptError: If the practice or a figure cannot be read.
        OutputError: If it could not be written there.
    """
    stem, library = file_name(request, "-preview"), Library(folders.scripts)
    file = library.open(request.session.practice)
    practice, figures = file.practice(), file.library.figure_files()
    usual = SessionRequest(Session(request.session.practice))
    notes, made_from = PreviewNotes(folders), digest_request(request, library)
    path = name_of_its_own(
        lambda told: output / ending(stem, told, ".wav"),
        lambda path: not os.path.lexists(path) or notes.holds(path, made_from),
        lambda _: differences(
            *(options_of(r, practice, figures, r.output.coding()) for r in (request, usual))
        ),
    )
    in_folder = Destination(path, overwrite=path.exists(), in_folder=True)
    return choose_file(request, Destination(output, overwrite), in_folder)


def prepare_excerpts(request: SessionRequest, folders: Folders) -> None:
    """Load what the first excerpt of a session takes; nothing is kept of it, and nothing sent.

    Raises:
        CftAudioError: As ``make_excerpt``.
    """
    with open_session(request, folders, ignore_progress) as (outline, voices):
        outline.estimate()
        voices.warm_up()


def make_excerpt(  # noqa: PLR0913, PLR0917 -- one request, and which part of it, where and how
    request: SessionRequest,
    choice: ExcerptChoice,
    destination: Destination,
    folders: Folders,
    progress: Progress = ignore_progress,
    warn: Warn = ignore_warnings,
) -> ExcerptPlan:
    """Write the chosen part of ``request``'s session, at the session's level, as WAV or MP3.

    No more lines are spoken than it holds. The lines before and after it take as long as the cache
    knows, or about as long as they would.

    Raises:
        RequestError: As ``plans.plan``, or if there is no such part.
        ScriptError: As ``plans.plan``; VoiceError and EngineError likewise.
        SoundError: If the bed's file cannot be used.
        OutputError: If it cannot be written.
    """
    with open_session(request, folders, progress) as (outline, voices):
        plan = choice.plan(request, outline, voices, warn)
        levelled = _levelled(plan, request.sound.loudness_lufs, voices)
        audio = (frame.audio for frame in limit(levelled, MP3.ceiling_dbtp))
        write_sound(replace(destination, in_folder=False), audio)
    note_made([destination.path], folders)
    if destination.in_folder:
        made_from = digest_request(request, Library(folders.scripts))
        PreviewNotes(folders).note(destination.path, made_from)
    return plan


def _levelled(plan: ExcerptPlan, lufs: float, voices: SessionVoices) -> Iterator[Stereo]:
    """Yield the excerpt at the session's level, faded where the session goes on beyond it."""
    excerpt, length = plan.excerpt, plan.mix.timeline.length
    gain = np.float32(db_to_gain(lufs - VOICE_LUFS))
    start, part = excerpt.start, range(excerpt.start, excerpt.stop)
    for block in mix(plan.mix, lambda line: voices.clip(line).samples, part=part):
        positions = np.arange(start, start + len(block))
        level = np.full(len(block), gain)
        if excerpt.start > 0:
            level *= np.clip((positions - excerpt.start) / _FADE_IN, 0.0, 1.0)
        if excerpt.stop < length:
            level *= np.clip((excerpt.stop - positions) / _FADE_OUT, 0.0, 1.0)
        yield block.audio * level.astype(np.float32)[:, None]
        start += len(block)
