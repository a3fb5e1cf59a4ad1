"""What has to be the same on each machine that makes recordings, so that all make the same."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from typing import TYPE_CHECKING

from cft_audio.files.folders import PACKAGE, shipped_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SOUND_PACKAGES = ("numpy", "pydub", "imageio-ffmpeg", "mutagen")
"""What takes part in each byte of a recording, from its clips on."""

_PROGRAM = ("*.py", "*.toml", "*.jinja", "*.ttf")
"""What the program consists of; a version is not raised with each change of a checkout."""


def describe_machine() -> dict[str, str]:
    """Return what matters of this machine, by what a person would call it, in short.

    Voices of a person's own don't: whoever makes a recording is given the sound of its lines. Those
    that ship are the same wherever the program is.
    """
    package = PACKAGE
    scripts, voices = shipped_folder("scripts"), shipped_folder("voices")
    program = (file for kind in _PROGRAM for file in package.rglob(kind))
    own = [file for file in program if "shipped" not in file.relative_to(package).parts]
    return {
        "the program's files": _digest(own, package),
        "practices": _digest(scripts.rglob("*"), scripts),
        "voices": _digest(voices.glob("*.toml"), voices),
        **{name: _version(name) for name in _SOUND_PACKAGES},
    }


def _version(package: str) -> str:
    try:
        return installed(package)
    except PackageNotFoundError:
        return "none"


def _digest(files: Iterable[Path], folder: Path) -> str:
    """Return the first digits of a SHA-256 of files and their names, however their lines end."""
    told = hashlib.sha256()
    named = {file.relative_to(folder).as_posix(): file for file in files if file.is_file()}
    for name, file in sorted(named.items()):
        content = file.read_bytes().replace(b"\r\n", b"\n")
        told.update(f"{name} {len(content)}\n".encode() + content)
    return told.hexdigest()[:8]
