"""Kokoro put among a person's own voices: all of it and able to speak, or nothing."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.errors import VoiceError
from cft_audio.files.download import download
from cft_audio.files.remote import host_of
from cft_audio.files.whole_file import write_whole
from cft_audio.files.whole_folder import replace_folder
from cft_audio.speech.engines.engine import EngineContext, Fragment, Sentence
from cft_audio.speech.engines.kokoro import KokoroEngine, KokoroSettings
from cft_audio.speech.engines.kokoro_files import FOLDER, MODEL
from cft_audio.speech.voices.kokoro.found import find_pieces, installed_parts
from cft_audio.speech.voices.kokoro.pieces import VARIABLE, kokoro_files
from cft_audio.speech.voices.mirrors import naming_mirror

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cft_audio.files.download import RemoteFile
    from cft_audio.speech.engines.engine import Engine
    from cft_audio.speech.voices.kokoro.found import Reader

NAME = "kokoro"
"""What a person calls it when they install or remove it."""

_PAPERS = ("LICENSE", "NOTICE")
"""What lies beside the files: the terms under which they may be passed on."""

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Offer:
    """What an installation will do.

    Attributes:
        files: Every file of Kokoro.
        found: What reads each file that is here already, by its digest.
    """

    files: tuple[RemoteFile, ...]
    found: dict[str, Reader]

    @property
    def fetched(self) -> tuple[RemoteFile, ...]:
        """The files that have to be fetched."""
        return tuple(file for file in self.files if file.digest not in self.found)

    @property
    def hosts(self) -> tuple[str, ...]:
        """What is connected to."""
        return tuple(dict.fromkeys(host_of(file.url) for file in self.fetched))

    @property
    def bytes(self) -> int:
        """How much is installed."""
        return sum(file.size for file in self.files)


def offer_kokoro(folder: Path, downloads: Path, source: Path | None = None) -> Offer:
    """Return what it takes to install Kokoro in ``folder``; nothing is connected to or changed.

    Args:
        folder: A person's own voices.
        downloads: Where files are kept until all are whole.
        source: A folder, or a file, that everything is to be taken from; None to fetch what the
            machine lacks. The model's parts that Python packages have brought are used in any case.

    Raises:
        VoiceError: If it is installed already, its place is taken, or ``source`` lacks something.
        RequestError: If the environment names no address for a mirror.
    """
    place, files = folder / FOLDER, kokoro_files()
    if (folder / f"{FOLDER}.toml").exists():
        raise VoiceError(
            f"there is a voice of your own called '{NAME}', in whose folder Kokoro would lie",
            remedy="Rename it or remove it",
            where=str(folder / f"{FOLDER}.toml"),
        )
    if is_installed(folder):
        raise VoiceError(
            "Kokoro is installed already", remedy="Hear it: ‹hear voice:fable›", where=str(place)
        )
    if source is not None and not source.exists():
        raise VoiceError("there is no such folder", remedy="Check the path", where=str(source))
    earlier = [folder for folder in (downloads / FOLDER, place) if folder.is_dir()]
    places = [*([source] if source else []), *installed_parts(), *earlier]
    offer = Offer(files, find_pieces(files, places))
    if source and offer.fetched:
        raise VoiceError(
            f"of Kokoro, {_listed(offer.fetched)} missing there",
            remedy="Put it there as its makers publish it (the model also as its four parts, the "
            "voices also as the archive of kokoro-js), or fetch it by ‹install voice:kokoro›",
            where=str(source),
        )
    return offer


def is_installed(folder: Path) -> bool:
    """Return whether every file of Kokoro is in ``folder``, by its name and size."""
    place = folder / FOLDER
    return all(_has(place / file.name, file.size) for file in kokoro_files())


def install_kokoro(
    offer: Offer, folder: Path, downloads: Path, progress: Callable[[int], object]
) -> Path:
    """Install what was offered in ``folder`` and return the folder of the model.

    Whatever goes wrong, an interrupt too, leaves ``folder`` as it was. What has come of a download
    stays in ``downloads``, and the next try continues it.

    Args:
        offer: What ``offer_kokoro`` gave.
        folder: A person's own voices.
        downloads: Where files are kept until all are whole.
        progress: Called with the bytes that are there so far.

    Raises:
        VoiceError: If a file cannot be had, comes damaged, or the model cannot speak.
        DownloadError: If there is no room for it, or the disk fails.
    """
    own, place = downloads / FOLDER, folder / FOLDER
    try:
        own.mkdir(parents=True, exist_ok=True)
        _put(offer, own)
        with naming_mirror(VARIABLE):
            files = download(offer.files, own, progress)
        _check_speech(downloads)
        with replace_folder(place, lambda: None) as staging:
            for paper in _PAPERS:
                shutil.copyfile(_HERE / paper, staging / paper)
            for other in place.glob("*.bin"):  # voices that the person has put there
                shutil.copyfile(other, staging / other.name)
            for file in files:
                shutil.move(file, staging / file.name)
    except OSError as error:
        raise VoiceError(
            f"Kokoro cannot be kept in {folder}: {error.strerror or error}",
            remedy="See to its rights, or to room on its disk",
        ) from error
    shutil.rmtree(own, ignore_errors=True)
    return place


def remove_kokoro(folder: Path) -> None:
    """Remove what ``install_kokoro`` put into ``folder``.

    Raises:
        VoiceError: If it is not there, or cannot be removed.
    """
    place = folder / FOLDER
    if not (place / MODEL).is_file():
        raise VoiceError("Kokoro is not installed there", where=str(folder))
    try:
        for name in (*(file.name for file in kokoro_files()), *_PAPERS):
            (place / name).unlink(missing_ok=True)
    except OSError as error:
        raise VoiceError(f"Kokoro cannot be removed: {error.strerror}", where=str(place)) from error
    with contextlib.suppress(OSError):  # something of the person's own may lie there
        place.rmdir()


def _put(offer: Offer, folder: Path) -> None:
    """Put what is here already into ``folder``, where a download finds it whole."""
    for file in offer.files:
        if read := offer.found.get(file.digest):
            with write_whole(folder / file.name, durable=False) as unfinished:
                unfinished.write_bytes(read())


def _check_speech(downloads: Path) -> None:
    """Check that the model in ``downloads`` speaks on this machine.

    Raises:
        CftAudioError: If it does not.
    """
    engine: Engine = KokoroEngine(KokoroSettings("bm_fable"), EngineContext(downloads, _no_voice))
    engine.speak(Sentence((Fragment("Hello."),)), 1.0)


def _no_voice(name: str) -> Engine:
    raise VoiceError(f"there is no voice called '{name}'")


def _has(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def _listed(files: Sequence[RemoteFile]) -> str:
    names = [file.name for file in files]
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'}"
