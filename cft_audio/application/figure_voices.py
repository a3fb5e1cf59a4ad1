"""Which voice suits the figure's words beside the guide's: as the guide's profile recommends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.errors import CftAudioError
from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.speech.voices.profiles import Profile

_PRONOUNS = {"she": "woman", "he": "man"}
"""Whose voice a figure of these pronouns suggests; any other, nobody's."""


def voices_beside(guide: str, folders: Folders) -> Iterator[Profile]:
    """Yield the voices that are recommended beside the guide's and can speak on this machine.

    Raises:
        VoiceError: If there is no such guide.
    """
    for name in load_profile(guide, folders.voices).beside:
        try:
            profile = load_profile(name, folders.voices)
            profile.make_engine()
        except CftAudioError:
            continue
        if not profile.kind.online:
            yield profile


def figure_voice_notes(request: SessionRequest, folders: Folders) -> Iterator[str]:
    """Yield a voice for the figure of a session, if there is one and it was given none.

    Raises:
        VoiceError: If there is no such voice as the guide's.
        CftAudioError: If the practice, or the figure, cannot be read.
    """
    session, voicing = request.session, request.voicing
    if voicing.figure_voice is not None:
        return
    file = Library(folders.scripts).open(session.practice)
    for slot in file.practice().slots.values():
        answer = session.answers.get(slot.name) or slot.default or ""
        if slot.type != "figure" or not answer.strip():
            continue
        figure = find_figure(answer, file.library, session.figure_pronouns)
        person = _PRONOUNS.get(figure.pronouns.partition("/")[0], "")
        every = list(voices_beside(voicing.voice, folders))
        suiting = [each for each in every if each.person == person or not person]
        if suiting:
            yield (
                f"{figure.name[:1].upper()}{figure.name[1:]} can have a voice beside the guide's: "
                f"‹figure_voice:{suiting[0].name}› ({suiting[0].description})."
            )
