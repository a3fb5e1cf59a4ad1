"""What a recording says about itself: its title, its transcript, and how to build it again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.beside.captions import plan_captions, speaks_of_someone
from cft_audio.captions.files import as_lrc, as_text, changes_of
from cft_audio.languages.registry import language_of
from cft_audio.master.tags import Lyric, Tags
from cft_audio.pictures.view import view_as_text, view_of
from cft_audio.script.bells import STROKES
from cft_audio.script.inert import clean
from cft_audio.script.listening import UNFINISHED
from cft_audio.sound.names import BEDS, BELLS
from cft_audio.version import version

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from cft_audio.application.again import Again
    from cft_audio.application.plans import Plan
    from cft_audio.application.request import SessionRequest
    from cft_audio.master.formats import Coding
    from cft_audio.script.practice import Practice

VIEW_TAG = "cft-audio timeline"
"""The tag that says where in it there is voice, breath, bells and quiet: times alone."""

AGAIN_TAG = "cft-audio again"
"""The tag that says what has to be chosen to make it again."""

SOUND_TAG = "cft-audio sound sha256"
"""The tag that has the SHA-256, in hex, of all that is heard."""

PERSONAL_TAG = "cft-audio personal"
"""The tag that says whether something personal is spoken, ``yes`` or ``no``, and nothing more."""


def tags_of(
    plan: Plan, options: Mapping[str, Any], again: Again, sound_sha256: str, cover: bytes
) -> Tags:
    """Return the tags of ``plan``'s recording.

    Its comment, where none was given, is the summary, and a word of care; a summary that is still
    to be written is left out.

    Args:
        plan: The plan.
        options: What it is made with: see ``options_of``.
        again: What has to be chosen to make it again.
        sound_sha256: SHA-256, in hex, of all that is heard in it.
        cover: Its cover as a JPEG; empty for none.
    """
    output, practice = plan.request.output, plan.practice
    safety = language_of(practice.language).safety
    advised = [safety.therapist_advised] * practice.about.therapist_advised
    care = "".join(f" {sentence}" for sentence in (*advised, *practice.about.not_alone))
    heading = heading_of(plan.request, practice)
    summary = "" if UNFINISHED in practice.summary else practice.summary
    captions, length = plan_captions(plan), plan.timeline.length
    return Tags(
        title=heading,
        artist=output.artist,
        album=output.album,
        track=output.track,
        genre="Meditation",
        made_on=output.made_on,
        language=practice.language,
        comment=output.comment or summary + care,
        chapters=plan.timeline.chapters,
        transcript=tuple(Lyric(text, start) for text, start in changes_of(captions)),
        words=as_text(captions),
        synchronised=as_lrc(captions, heading, output.artist, output.album, length),
        build=_build(plan, options, sound_sha256, cover) | {AGAIN_TAG: again.as_text()},
        cover=cover,
    )


def heading_of(request: SessionRequest, practice: Practice) -> str:
    """Return what a recording is called, and whom it is for unless that is kept out."""
    output, title = request.output, request.output.title or practice.title
    name = clean(request.session.answers.get("name", "")) if output.name_in_tags else ""
    return f"{title}, for {name}" if name else title


def options_of(
    request: SessionRequest, practice: Practice, figures: Container[str], coding: Coding
) -> dict[str, Any]:
    """Return what a recording is made with, without what identifies anyone.

    Where the name is kept out, so is what the session is told for, and what was chosen in it: that
    may be more than a listener wants others to know.

    Args:
        request: The request.
        practice: Its practice.
        figures: The ids of the figures that are known; another is somebody's own.
        coding: How it is encoded.
    """
    session, voicing, sound = request.session, request.voicing, request.sound
    pace = session.pace
    options = {
        "seed": session.seed,
        "core": session.form.core,
        "returning": session.form.returning,
        "self_led": session.form.self_led,
        "edits": session.edits.digest,
        "length_s": session.length_s,
        "pace": pace.called,
        "breaths_per_minute": pace.breaths_per_minute,
        "ratio": str(pace.pattern),
        "ease_from": pace.first_rate,
        "unhurried": pace.unhurried,
        "voice": Path(voicing.voice).name,
        "figure_voice": voicing.figure_voice and Path(voicing.figure_voice).name,
        "tone": sound.tone,
        "bed": sound.bed if sound.bed in BEDS else "a file",
        "ticks": sound.ticks,
        "bell": sound.bell if sound.bell in BELLS else "a file",
        "bells": next(word for word, n in STROKES.items() if n == session.bells.strokes),
        "bells_at": list(session.bells.places),
        "bell_every_s": sound.bell_every_s,
        "bed_level": sound.bed_level,
        "tone_level": sound.tone_level,
        "bell_level": sound.bell_level,
        "loudness": sound.loudness_lufs,
        "format": coding.format.name,
        "bitrate": coding.bitrate_kbps,
        "channels": coding.channels,
        "sample_rate": coding.rate,
    }
    if not request.output.name_in_tags:
        return options
    answers = {}
    for slot in practice.slots.values():
        answer = session.answers.get(slot.name, slot.default) or ""
        if slot.type == "figure":
            key = "-".join(answer.lower().split())
            options["figure"] = key if key in figures else ""
        elif slot.type in ("choice", "number"):
            answers[slot.name] = answer
    return options | {"for": list(session.adaptations), "answers": answers}


def _build(
    plan: Plan, options: Mapping[str, Any], sound_sha256: str, cover: bytes
) -> dict[str, str]:
    """Return what is needed to build the recording again, and what tells it from another."""
    return {
        "cft-audio version": version(),
        "cft-audio practice": plan.practice.id,
        "cft-audio practice sha256": plan.practice_sha256,
        "cft-audio seed": str(plan.request.session.seed),
        "cft-audio options": json.dumps(options, ensure_ascii=False, sort_keys=True),
        SOUND_TAG: sound_sha256,
        "cft-audio art sha256": hashlib.sha256(cover).hexdigest() if cover else "",
        VIEW_TAG: view_as_text(view_of(plan.mix, plan.clips)),
        PERSONAL_TAG: "yes" if speaks_of_someone(plan) else "no",
    }


def options_in(found: Mapping[str, str]) -> dict[str, Any]:
    """Return the options of a recording from its tags, empty if it is none of this program."""
    try:
        options = json.loads(found["cft-audio options"])
    except (KeyError, ValueError):
        return {}
    # Whoever changed the tags meanwhile, what is read of them only makes a name.
    known = isinstance(options, dict) and isinstance(options.get("answers", {}), dict)
    return options if known else {}


def is_made_of(found: Mapping[str, str], tags: Tags) -> bool:
    """Return whether a recording says of itself what ``tags`` do, whenever it was made.

    Args:
        found: The tags of the recording, as ``master.tagging.read_tags`` gives them.
        tags: The tags that one would have.
    """
    return all(found.get(name, "") == text for name, text in identity_of(tags).items())


def identity_of(tags: Tags) -> dict[str, str]:
    """Return what tells a recording from every other, whenever and by whatever version it was made.

    Args:
        tags: The tags that it has, or would have.
    """
    wanted = {"title": tags.title, "artist": tags.artist, "album": tags.album, **tags.build}
    del wanted["cft-audio version"]
    return wanted
