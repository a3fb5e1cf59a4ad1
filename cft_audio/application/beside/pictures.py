"""The picture of a session: of a plan, or of a recording that is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.application.plans import open_plan
from cft_audio.application.tags import VIEW_TAG, heading_of, options_in
from cft_audio.files.output import Destination, new_file
from cft_audio.inspection.contents import read_contents
from cft_audio.inspection.hearing import listen, measure_blocks
from cft_audio.library.practices import Library
from cft_audio.mix.mixer import mix
from cft_audio.people.clients.made import note_made
from cft_audio.pictures.drawing import Picture, draw_session
from cft_audio.pictures.palettes import palette_of
from cft_audio.pictures.view import view_from_text, view_of
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.application.progress import Progress, Warn
    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.inspection.contents import Contents


def picture_of_file(file: Path, folders: Folders, progress: Progress) -> Picture:
    """Return the picture of a sound file; of one that is none of ours, its loudness alone.

    Raises:
        SoundError: If it is no sound.
    """
    contents = read_contents(file)
    heard = listen(
        file, lambda share: progress("listening", share), contents.length_s, mono=contents.mono
    )
    told = picture_of_contents(contents, file.stem, folders)
    return replace(told, length=heard.length_s, loudness=heard.seconds)


def picture_of_contents(contents: Contents, called: str, folders: Folders) -> Picture:
    """Return the picture of a sound file by what it says of itself, without its loudness.

    Args:
        contents: What it says.
        called: What it is called, where it does not say that.
        folders: Where its practice is found.
    """
    tags, library = contents.tags, Library(folders.scripts)
    technique, name = "", tags.get("cft-audio practice", "")
    if name in library.practice_files():
        technique = library.open(name).practice().technique
    return Picture(
        tags.get("title", called),
        view_from_text(tags.get(VIEW_TAG, ""), str(options_in(tags).get("bed", ""))),
        contents.length_s,
        [(chapter.title, seconds(chapter.start)) for chapter in contents.chapters],
        (),
        palette_of(technique),
    )


def picture_of_request(
    request: SessionRequest, folders: Folders, progress: Progress, warn: Warn
) -> Picture:
    """Return the picture of a session; it is mixed for its loudness, and nothing is written.

    Raises:
        CftAudioError: As ``plans.plan``.
    """
    with open_plan(request, folders, progress, warn) as (plan, voices):
        blocks = mix(plan.mix, lambda line: voices.clip(line).samples)
        loudness = measure_blocks(block.audio for block in blocks)
        timeline = plan.timeline
        return Picture(
            heading_of(request, plan.practice),
            view_of(plan.mix, plan.clips),
            seconds(timeline.length),
            [(chapter.title, seconds(chapter.start)) for chapter in timeline.chapters],
            loudness,
            palette_of(plan.practice.technique),
        )


def write_picture(picture: Picture, destination: Destination, folders: Folders) -> None:
    """Write a picture as SVG.

    Args:
        picture: The picture.
        destination: Where it goes.
        folders: Where it is noted what was made for a client.

    Raises:
        OutputError: If it cannot be written.
    """
    with new_file(destination) as part:
        part.write_text(draw_session(picture), encoding="utf-8", newline="\n")
    note_made([destination.path], folders)
