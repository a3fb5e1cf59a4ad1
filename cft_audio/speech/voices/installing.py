"""A voice of the catalogue put among a person's own: whole and able to speak, or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from cft_audio.errors import EngineError, VoiceError
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.engines.piper import PiperEngine, PiperSettings
from cft_audio.speech.engines.registry import EngineContext
from cft_audio.speech.voices.catalogue import licence_in, readable_card
from cft_audio.speech.voices.catalogue_source import check_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from tomlkit.items import Table

    from cft_audio.speech.voices.catalogue import CatalogueFile, CatalogueVoice
    from cft_audio.speech.voices.catalogue_source import Source

_PART_PREFIX, _PART_SUFFIX = ".cft-audio-", ".part"
_CARD = "MODEL_CARD"
_ABANDONED = 3600.0
"""Seconds after which what is half installed belongs to a process that was ended."""

_SPOKEN = "You might let your shoulders be heavy, and your jaw be soft."

_SCALE, _SECONDS = 1.5, 4.25
"""The default voice's length_scale, at which its word errors are fewest, and how long it then takes
for that sentence: 158 words a minute over a practice."""

_SCALES = (1.0, 1.6)
"""A length_scale that is set for a voice: never quicker than its own pace, nor so slow that words
are lost."""


_PROFILE = """\
# From Piper's catalogue; change it as you like.

engine = "piper"
description = ""
language = ""
licence = ""

[piper]
model = ""
"""


def installed(name: str, folder: Path) -> bool:
    """Return whether a voice called ``name`` is installed in ``folder``."""
    return _profile(folder, name).exists()


def install(
    voice: CatalogueVoice,
    card: bytes,
    source: Source,
    folder: Path,
    progress: Callable[[int], None],
) -> Path:
    """Install ``voice`` and return its profile.

    Whatever goes wrong, an interrupt too, leaves nothing behind.

    Args:
        voice: Which.
        card: Its model card.
        source: Where it comes from.
        folder: A person's own voices.
        progress: Told how many bytes have come, now and then.

    Raises:
        VoiceError: If it cannot be had, comes damaged, cannot speak, or is installed already.
    """
    check_free(voice.name, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        room = shutil.disk_usage(folder).free
        if room < voice.bytes:
            raise VoiceError(
                f"{voice.name} takes {voice.bytes / 1e6:.0f} MB, and there are "
                f"{room / 1e6:.0f} MB free in {folder}",
                remedy="Make room there",
            )
        staging = Path(tempfile.mkdtemp(prefix=_PART_PREFIX, suffix=_PART_SUFFIX, dir=folder))
        try:
            scale = _fetch(voice, card, source, staging, progress)
            return _settle(voice, licence_in(readable_card(card)), scale, staging, folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise VoiceError(
            f"{voice.name} cannot be kept in {folder}: {error.strerror or error}",
            remedy="See to its rights, or to room on its disk",
        ) from None


def check_free(name: str, folder: Path) -> None:
    """Return if nothing called ``name`` is in ``folder``.

    Raises:
        VoiceError: If something is.
    """
    if installed(name, folder):
        raise VoiceError(
            f"{name} is installed already",
            remedy=f"Hear it: ‹hear voice:{name}›",
            where=str(_profile(folder, name)),
        )
    if (folder / name).exists():
        raise VoiceError(
            "there is a folder of the voice's name already",
            remedy="Move it away, or remove it",
            where=str(folder / name),
        )


def remove(name: str, folder: Path) -> None:
    """Remove the voice ``name``, which ``install`` put into ``folder``.

    Raises:
        VoiceError: If there is no such voice, or it cannot be removed.
    """
    profile, place = _profile(folder, name), folder / name
    if Path(name).name != name or not (profile.is_file() and (place / _CARD).is_file()):
        raise VoiceError(
            f"'{name}' is no voice that was installed from the catalogue",
            remedy=f"A profile of your own is yours to remove; they are kept in {folder}",
        )
    try:
        profile.unlink()
        for file in (*_names(name), _CARD):
            (place / file).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # something of the person's own may lie there
            place.rmdir()
    except OSError as error:
        raise VoiceError(f"{name} cannot be removed: {error.strerror}", where=str(place)) from None


def _fetch(
    voice: CatalogueVoice,
    card: bytes,
    source: Source,
    staging: Path,
    progress: Callable[[int], None],
) -> float | None:
    """Put every file of ``voice`` into ``staging``, and return the length_scale that suits it."""
    came = source.download(voice, staging, progress)
    names = _names(voice.name)
    for path, name, expected in zip(came, names, (voice.model, voice.config), strict=True):
        _check_file(path, expected)
        path.rename(staging / name)
    (staging / _CARD).write_bytes(card)
    return _suiting_scale(staging / names[0], voice.language)


def _check_file(path: Path, expected: CatalogueFile) -> None:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False))
    check_whole(expected, path.stat().st_size, digest)


def _suiting_scale(model: Path, language: str) -> float | None:
    """Return the length_scale at which an English voice speaks at a practice's pace, else None.

    Raises:
        VoiceError: If the model cannot be loaded.
    """
    context = EngineContext(model.parent, _no_other_voice)
    engine = PiperEngine(PiperSettings(str(model), length_scale=_SCALE), context)
    try:
        spoken = engine.speak(Sentence((Fragment(_SPOKEN),)), 1.0)
    except EngineError:
        return None  # a voice of another language may find nothing to say in English words
    if not language.startswith("en"):
        return None
    least, most = _SCALES
    seconds = len(spoken.samples) / spoken.sample_rate
    return round(min(max(least, _SCALE * _SECONDS / seconds), most), 2)


def _no_other_voice(name: str) -> PiperEngine:
    raise VoiceError(f"there is no voice called '{name}'")


def _settle(
    voice: CatalogueVoice, licence: str, scale: float | None, staging: Path, folder: Path
) -> Path:
    """Give the files their place, and then the profile, by which a voice is found."""
    place, profile = folder / voice.name, _profile(folder, voice.name)
    written = staging / profile.name
    written.write_text(_profile_text(voice, licence, scale), encoding="utf-8")
    beside = folder / f"{staging.name}.toml{_PART_SUFFIX}"
    try:
        written.replace(beside)
        staging.rename(place)
        beside.replace(profile)
    except BaseException:
        beside.unlink(missing_ok=True)
        if not profile.exists() and not staging.exists():
            shutil.rmtree(place, ignore_errors=True)
        raise
    return profile


def _profile_text(voice: CatalogueVoice, licence: str, scale: float | None) -> str:
    import tomlkit

    speakers = "" if voice.speakers == 1 else f", {voice.speakers} speakers"
    document = tomlkit.parse(_PROFILE)
    document["description"] = (
        f"{voice.called}, {voice.language_name} ({voice.country}), {voice.quality}{speakers}"
    )
    document["language"] = voice.language
    document["licence"] = licence
    piper = cast("Table", document["piper"])
    piper["model"] = f"{voice.name}/{voice.name}.onnx"
    if voice.speakers > 1:
        comment = 'speaker = "name"  # one of speaker_id_map in the model\'s .onnx.json'
        piper.add(tomlkit.comment(comment))
    if scale is not None:
        piper.add(tomlkit.comment("Larger is slower; this speaks at about 158 words per minute."))
        piper["length_scale"] = scale
    return tomlkit.dumps(document)


def _names(name: str) -> tuple[str, str]:
    """Return what the model and the config of a voice are called."""
    return f"{name}.onnx", f"{name}.onnx.json"


def _profile(folder: Path, name: str) -> Path:
    return folder / f"{name}.toml"


def _sweep(folder: Path) -> None:
    oldest = time.time() - _ABANDONED
    for left in folder.glob(f"{_PART_PREFIX}*{_PART_SUFFIX}"):
        with contextlib.suppress(OSError):
            if left.lstat().st_mtime < oldest:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
