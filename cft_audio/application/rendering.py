"""From a plan to its recording: all that rendering needs is settled first, for any process."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import astuple, dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.again import again_of
from cft_audio.application.beside.covers import cover_of
from cft_audio.application.tags import options_of, tags_of
from cft_audio.files.digests import sha256_of
from cft_audio.library.practices import Library
from cft_audio.master.mastering import MasterSettings, Mix, Recording, master
from cft_audio.mix.mixer import mix
from cft_audio.signal.audio import seconds
from cft_audio.sound.names import BEDS, BELLS
from cft_audio.sound.revision import REVISION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cft_audio.application.plans import Plan
    from cft_audio.application.progress import Progress
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.files.kept_files import KeptFiles
    from cft_audio.files.output import Destination
    from cft_audio.master.tags import Tags
    from cft_audio.script.cues import Line
    from cft_audio.signal.audio import Mono
    from cft_audio.speech.takes.session_voices import SessionVoices


@dataclass(frozen=True)
class Prepared:
    """A recording of which nothing is left to decide; it holds no sound.

    Attributes:
        plan: The plan.
        settings: Its loudness, and how it is encoded.
        options: What it is made with: see ``tags.options_of``.
        tags: What it says about itself.
        notes: What a person should know of its cover, as sentences.
    """

    plan: Plan
    settings: MasterSettings
    options: Mapping[str, Any] = field(repr=False)
    tags: Tags = field(repr=False)
    notes: tuple[str, ...] = ()


def prepare(plan: Plan, voices: SessionVoices, folders: Folders, suffix: str = "") -> Prepared:
    """Return all that rendering ``plan`` needs.

    Args:
        plan: The plan.
        voices: What its clips are read from.
        folders: Where its practice is found.
        suffix: How the name of its file ends; empty if it has none of its own.

    Raises:
        RequestError: If its format cannot be had like this.
        SoundError: If the picture of its cover cannot be used.
    """
    request = plan.request
    figures = Library(folders.scripts).open(request.session.practice).library.figure_files()
    settings = master_settings(request, suffix, plan.timeline.length)
    options = options_of(request, plan.practice, figures, settings.coding)
    cover = cover_of(request, plan.practice, folders)
    again = again_of(request, plan.practice, settings.coding)
    tags = tags_of(plan, options, again, hash_sound(plan, settings, voices), cover.jpeg)
    return Prepared(plan, settings, options, tags, cover.notes)


def render(
    prepared: Prepared,
    clip_of: Callable[[Line], Mono],
    destination: Destination,
    progress: Progress,
    kept: KeptFiles | None = None,
) -> Recording:
    """Make the recording, whole or not at all; each clip is read when it is mixed.

    Args:
        prepared: The recording.
        clip_of: Gives the clip of a line.
        destination: Where it goes.
        progress: Told the stage and how much of it is done.
        kept: Where beds are kept for other recordings; None for nowhere.

    Raises:
        CftAudioError: As ``mastering.master``, or if a sound file cannot be used.
    """
    mixed = Mix(mix(prepared.plan.mix, clip_of, kept=kept), prepared.plan.timeline.length)
    return master(mixed, prepared.settings, prepared.tags, destination, progress)


def hash_sound(plan: Plan, settings: MasterSettings, voices: SessionVoices) -> str:
    """Return a SHA-256, in hex, of all that is heard: what is said, where, and what is under it.

    It is made of what the recording lets everyone hear, and so tells nothing more of anybody.
    """
    timeline, told = plan.timeline, hashlib.sha256()
    sounds = plan.mix.sounds
    for placed in timeline.speech:
        told.update(f"{placed.start} {placed.length} {placed.gain_db}".encode())
        told.update(voices.known(placed.line).sha256.encode())
    breaths = [astuple(breath) for breath in timeline.breaths]
    coding = settings.coding
    coded = [coding.format.name, coding.kbps, coding.channels, coding.rate]
    master = [settings.loudness_lufs, coded]
    chimes = [timeline.chimes, timeline.soft_chimes]
    made = replace(sounds, bed=_made(sounds.bed, BEDS), bell=_made(sounds.bell, BELLS))
    mixed = {f.name: getattr(plan.mix, f.name) for f in fields(plan.mix)}
    del mixed["timeline"]
    heard = [breaths, chimes, master, repr(mixed | {"sounds": made})]
    told.update(json.dumps([REVISION, timeline.length, *heard]).encode())
    for _, digest in sounds_of_their_own(plan):
        told.update(bytes.fromhex(digest))
    return told.hexdigest()


def sounds_of_their_own(plan: Plan) -> list[tuple[str, str]]:
    """Return each sound file of a person's own that a plan is mixed of, and its SHA-256 in hex."""
    sounds, found = plan.mix.sounds, list[tuple[str, str]]()
    for name, made_here in ((sounds.bed, BEDS), (sounds.bell, BELLS)):
        if name not in made_here:
            # One that cannot be read is told of when it is mixed.
            with suppress(OSError):
                found.append((name, sha256_of(Path(name))))
    return found


def _made(name: str, names: tuple[str, ...]) -> str:
    """Return the name of a sound that is made here, and nothing of a person's own."""
    return name if name in names else ""


def master_settings(
    request: SessionRequest, suffix: str = "", length: int | None = None
) -> MasterSettings:
    """Return loudness and coding for a file of that ending, and of so many samples if known."""
    length_s = request.session.length_s if length is None else seconds(length)
    return MasterSettings(request.sound.loudness_lufs, request.output.coding(suffix, length_s))
