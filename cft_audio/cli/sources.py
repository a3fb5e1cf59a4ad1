"""What a command is about: a sound file that is there, or a session that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.application.sources import is_sound_file
from cft_audio.files.folders import expanded, is_path

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.application.plans import Plan
    from cft_audio.application.request import SessionRequest
    from cft_audio.cli.face import Face


def sound_at(source: str) -> Path | None:
    """Return the sound file that ``source`` names; None where it names a practice."""
    path = expanded(source)
    return path if is_path(source) and is_sound_file(path) else None


def plan_source(face: Face, request: SessionRequest) -> Plan:
    """Return the plan of a session, with a bar while its lines are spoken."""
    from cft_audio.application.plans import plan
    from cft_audio.cli.progress import Bar
    from cft_audio.cli.warning import Warner

    warner = Warner(face, None, request.voicing.voice)
    with Bar(quiet=face.quiet) as bar:
        return plan(request, face.folders, bar.update, warner)
