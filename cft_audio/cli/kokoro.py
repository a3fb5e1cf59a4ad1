"""Kokoro installed from the command line: what it takes is shown, then asked about."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cft_audio.cli.face import complain
from cft_audio.cli.progress import Bar
from cft_audio.cli.terminal import confirm
from cft_audio.errors import RequestError
from cft_audio.people.settings import keep_setting
from cft_audio.speech.voices.kokoro.installing import Offer, install_kokoro, offer_kokoro
from cft_audio.speech.voices.kokoro.pieces import LICENCES

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.cli.face import Face

RECOMMENDED = "heart"
"""The voice that is offered as the default: the best understood of all (docs/voice-quality.md)."""


def install(face: Face, source: Path | None, *, yes: bool, default: bool) -> None:
    """Install Kokoro after a person has agreed, and show what became of it.

    Args:
        face: Where it is told.
        source: Where everything is taken from; None to fetch it.
        yes: Whether they have agreed already.
        default: Whether its recommended voice is to be the default one.

    Raises:
        RequestError: If nobody is there to agree.
        VoiceError: If it cannot be had, or comes damaged.
    """
    own, downloads = face.folders.own_voices, face.folders.downloads
    offer = offer_kokoro(own, downloads, source)
    _tell(offer, own)
    if not (yes or sys.stdin.isatty()):
        message = "nobody is there to agree to the licences"
        raise RequestError(message, remedy="Give --yes to agree to them")
    if not yes:
        confirm("Install it under these licences?", abort=True)
    with Bar(quiet=face.quiet, first="Fetching") as bar:
        place = install_kokoro(
            offer, own, downloads, lambda done: bar.update("fetching", done / offer.bytes)
        )
    voices = sorted(_voices(face))
    face.tell(
        str(place),
        f"It brings the voices {', '.join(voices)}.",
        "Hear them:",
        f"  cft-audio voices hear {' '.join(voices)}",
    )
    question = f"Make {RECOMMENDED} the voice of your recordings?"
    is_default = default or (not yes and face.can_ask and confirm(question, default=False))
    if is_default:
        make_default(face, RECOMMENDED)
    value = {"voice": "kokoro", "folder": str(place), "voices": voices, "licence": LICENCES}
    face.show(value | {"default": is_default}, ())


def make_default(face: Face, voice: str) -> None:
    """Keep ``voice`` as the one that speaks where none is named.

    Raises:
        ConfigError: If the configuration file cannot be read or written.
    """
    keep_setting(face.folders.config, "voice", voice)
    face.tell(f"{voice} speaks from now on: {face.folders.config}")


def _tell(offer: Offer, folder: Path) -> None:
    size = sum(file.size for file in offer.fetched)
    here = offer.bytes - size
    complain(f"Kokoro-82M: a model and {len(offer.files) - 1} voices, {offer.bytes / 1e6:.0f} MB.")
    for file in offer.fetched:
        complain(f"  {file.size / 1e6:5.1f} MB  {file.url}")
    if size:
        complain(f"{size / 1e6:.0f} MB are fetched from {' and '.join(offer.hosts)}.")
    if here:
        complain(f"{here / 1e6:.0f} MB are on this machine already.")
    complain(f"It goes to {folder}. Licences: {LICENCES}.")


def _voices(face: Face) -> list[str]:
    from cft_audio.speech.voices.listing import list_voices

    every = list_voices(face.folders.voices)
    return [v.name for v in every if v.engine == "kokoro" and v.state == "installed"]
