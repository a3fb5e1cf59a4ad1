"""Several voices heard one after the other, to choose among them by ear."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.saying import introduce
from cft_audio.cli.asking import ask_for_consent
from cft_audio.cli.playback import play_or_say_why
from cft_audio.errors import RequestError
from cft_audio.files.output import Destination
from cft_audio.speech.voices.listing import list_voices
from cft_audio.speech.voices.profiles import load_profile
from cft_audio.speech.voicing import Voicing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cft_audio.cli.face import Face

_FILE = Path("output", "voices.wav")


def hear_several(
    face: Face,
    named: Sequence[str],
    text: str | None,
    output: Path | None,
    *,
    every: bool,
    force: bool,
    options: Mapping[str, Any],
) -> None:
    """Write a file in which each voice says its name and the same lines, and play it.

    Args:
        face: Where it is told.
        named: The voices that a person named; only these may speak online, after consent.
        text: What each says; None for two calm lines.
        output: The file; None for the usual one.
        every: Whether every voice that speaks on this machine is heard as well.
        force: Whether a file that is named may be written over.
        options: Whether a person agrees that voices speak online.

    Raises:
        RequestError: If no voice is left to be heard.
        VoiceError: If one that was named is not there, or not installed.
    """
    for name in named:
        load_profile(name, face.folders.voices).make_engine()
    agrees = face.choices(options)["allow_online"]
    voicings = [ask_for_consent(face, Voicing(name, allow_online=agrees)) for name in named]
    voicings += [Voicing(name) for name in (_offline(face) if every else ()) if name not in named]
    file = output or _FILE
    destination = Destination(file, overwrite=force or output is None)
    introduced = introduce(voicings, text, destination, face.folders)
    for voice, why in introduced.left_out.items():
        face.note(f"{voice} is not heard: {why}")
    if not introduced.heard:
        raise RequestError("none of these voices can be heard", remedy="See ‹list voices›")
    face.tell(str(file), f"In this order: {', '.join(introduced.heard)}.")
    value = {"voices": introduced.heard, "left_out": introduced.left_out, "file": str(file)}
    face.show(value | {"played": play_or_say_why(face, file)}, ())


def _offline(face: Face) -> list[str]:
    """Return the voices that speak on this machine, and can."""
    every = list_voices(face.folders.voices)
    return [voice.name for voice in every if voice.online is False and voice.state == "installed"]
