"""The two kinds of work of a batch, each done by any process: saying lines, and rendering."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.application.beside.files import write_beside
from cft_audio.application.chapters import render_chapters
from cft_audio.application.progress import ignore_progress
from cft_audio.application.rendering import render
from cft_audio.errors import SoundError
from cft_audio.files.digests import sha256_of
from cft_audio.files.folders import default_folders
from cft_audio.files.kept_files import KeptFiles
from cft_audio.files.output import Destination
from cft_audio.languages.registry import language_of
from cft_audio.signal.pcm import to_float
from cft_audio.speech.takes.caches import Caches
from cft_audio.speech.takes.recipes import Entries
from cft_audio.speech.takes.session_voices import SessionVoices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cft_audio.application.rendering import Prepared
    from cft_audio.files.folders import Folders
    from cft_audio.files.targets import Target
    from cft_audio.master.mastering import Recording
    from cft_audio.script.cues import Line
    from cft_audio.signal.audio import Mono
    from cft_audio.speech.takes.carried import CarriedTakes
    from cft_audio.speech.takes.recipes import ClipRecipe, TakeStores
    from cft_audio.speech.voicing import Voicing


_ENTRIES = Entries()
"""How the clips come in that this process has made: it makes most of them many times."""


@dataclass(frozen=True)
class LinesToSay:
    """Lines that are to be spoken and kept.

    Attributes:
        voicing: Who says them, and how.
        unhurried: Factor on the rests inside a line.
        language: The language tag of what is said.
        folders: Where voices are found, and takes are kept.
        lines: The lines.
    """

    voicing: Voicing = field(repr=False)
    unhurried: float
    language: str
    folders: Folders = field(repr=False)
    lines: tuple[Line, ...] = field(repr=False)


def say_lines(given: LinesToSay) -> None:
    """Speak what was not spoken before, and keep it.

    Raises:
        CftAudioError: As ``SessionVoices.open`` and ``SessionVoices.keep``.
    """
    language = language_of(given.language)
    voices = SessionVoices.open(
        given.voicing, given.unhurried, language, given.folders, ignore_progress
    )
    voices.keep(given.lines)


@dataclass(frozen=True)
class RecordingToMake:
    """A recording that is to be rendered and put where it goes.

    Attributes:
        prepared: The recording.
        clips: What the clip of each of its lines is made of.
        target: Where it goes.
        name: Its name there, or that of its folder of chapters.
        folders: Where takes are kept; None on another machine.
        takes: Its takes, for another machine.
        pages: The pages that come beside it, as ``beside.files.pages_beside`` gives them.
        sounds: The sound files of a person's own that it is mixed of, which have to be the same on
            another machine, each with its SHA-256 in hex.
        scratch: The folder in which it is unfinished; None for one of its own.
        shared: A folder in which what other recordings have in common with it is kept for them;
            None for none.
    """

    prepared: Prepared = field(repr=False)
    clips: Mapping[Line, ClipRecipe] = field(repr=False)
    target: Target
    name: str
    folders: Folders | None = field(default=None, repr=False)
    takes: CarriedTakes | None = field(default=None, repr=False)
    pages: Mapping[str, str] = field(default_factory=dict, repr=False)
    sounds: Sequence[tuple[str, str]] = field(default=(), repr=False)
    scratch: Path | None = None
    shared: Path | None = None


@dataclass(frozen=True)
class MadeRecording:
    """A recording that is where it goes.

    Attributes:
        files: SHA-256, in hex, of each of its files by their names there.
        length_s: Seconds that it lasts.
        voice_lufs: Integrated loudness of its voice; None where nobody speaks.
        loudness_lufs: Integrated loudness.
        true_peak_dbtp: True peak.
        notes: What a person should know of what lies beside it, as sentences.
    """

    files: Mapping[str, str]
    length_s: float
    voice_lufs: float | None
    loudness_lufs: float
    true_peak_dbtp: float
    notes: tuple[str, ...] = ()


def make_recording(given: RecordingToMake) -> MadeRecording:
    """Render a recording, write what comes beside it, and put each file where it goes.

    Raises:
        CftAudioError: If it cannot be made; LostTakeError if a line is not kept any more.
    """
    _check_sounds(given.sounds)
    plan, pages = given.prepared.plan, given.pages
    stores = given.takes or Caches.open(given.folders or default_folders())
    kept = KeptFiles(given.shared) if given.shared else None

    def clip_of(line: Line) -> Mono:
        return _clip(given.clips[line], stores, kept)

    name = PurePosixPath(given.name)
    with _scratch(given.scratch) as folder:
        whole = folder / name.name
        if plan.request.output.split_chapters:
            whole.mkdir()
            made = render_chapters(given.prepared, clip_of, whole, ignore_progress, kept)
            suffix = given.prepared.settings.coding.format.suffix
            written = write_beside(plan, whole / f"{name.name}{suffix}", pages, overwrite=True)
        else:
            place = Destination(whole)
            made = [render(given.prepared, clip_of, place, ignore_progress, kept)]
            written = write_beside(plan, whole, pages, overwrite=True)
        local = [*(recording.file for recording in made), *written.files]
        files = {str(name.parent / path.relative_to(folder).as_posix()): path for path in local}
        digests = {called: sha256_of(path) for called, path in files.items()}
        for called, path in files.items():
            given.target.publish(path, called)
    notes = (*given.prepared.notes, *written.notes)
    return MadeRecording(digests, _length_s(made), *_levels(made[0]), notes)


def _check_sounds(sounds: Iterable[tuple[str, str]]) -> None:
    """Check that a person's own sound files are those that are meant.

    Raises:
        SoundError: If one is missing on this machine, or is another.
    """
    for name, digest in sounds:
        path = Path(name)
        if not path.is_file() or sha256_of(path) != digest:
            message = "the sound file is not there, or is another, on a machine of the cluster"
            remedy = "Put it there under the same path, or choose a sound by its name"
            raise SoundError(message, remedy=remedy, where=name)


def _clip(recipe: ClipRecipe, stores: TakeStores, kept: KeptFiles | None) -> Mono:
    """Return a clip, which is kept for other recordings if nothing of a person's own is in it."""
    if kept is None or any(take.personal for take in recipe.takes):
        return recipe.make(stores, _ENTRIES).samples
    name = f"clip-{recipe.sha256}"
    content = kept.read(name)
    if content is None:
        pcm = recipe.make(stores, _ENTRIES).pcm
        kept.keep(name, pcm.astype("<i2").data)
        return to_float(pcm)
    return to_float(np.frombuffer(content, "<i2"))


@contextmanager
def _scratch(folder: Path | None) -> Iterator[Path]:
    """Give an empty folder in ``folder``, or in the system's, that goes with the block."""
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as scratch:
        yield Path(scratch)


def _levels(made: Recording) -> tuple[float | None, float, float]:
    return made.voice_lufs, made.loudness_lufs, made.true_peak_dbtp


def _length_s(made: list[Recording]) -> float:
    return sum(recording.duration_s for recording in made)
