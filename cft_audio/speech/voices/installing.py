"""A voice of the catalogue put among a person's own: whole and able to speak, or not at all."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from cft_audio.errors import EngineError, VoiceError
from cft_audio.files.placing import move_to_free_name
from cft_audio.files.whole_file import write_whole
from cft_audio.files.whole_folder import replace_folder
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.voices.catalogue import clean_card, read_licence
from cft_audio.speech.voices.catalogue_source import download_voice
from cft_audio.speech.voices.profiles import load_profile, profile_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.speech.voices.catalogue import CatalogueVoice

_CARD = "MODEL_CARD"

_SPOKEN = "You might let your shoulders be heavy, and your jaw be soft."

_SECONDS = 4.25
"""How long the default voice takes for that sentence at the usual length_scale, at which its word
errors are fewest: 158 words a minute over a practice."""

_SCALES = (1.0, 1.6)
"""A length_scale that is set for a voice: never quicker than its own pace, nor so slow that words
are lost."""


_PROFILE = """\
# From Piper's catalogue; change it as you like.

engine = "piper"
description = {description}
language = {language}
licence = {licence}

[piper]
model = {model}
"""
_SPEAKER = '# speaker = "name"  # one of speaker_id_map in the model\'s .onnx.json\n'
_PACE = "# Larger is slower; this speaks at about 158 words per minute.\n"


def is_installed(name: str, folder: Path) -> bool:
    """Return whether a voice called ``name`` is installed in ``folder``."""
    return _profile(folder, name).exists()


def install(
    voice: CatalogueVoice,
    card: bytes,
    *,
    folder: Path,
    downloads: Path,
    progress: Callable[[int], object],
) -> Path:
    """Install ``voice`` and return its profile.

    Whatever goes wrong, an interrupt too, leaves nothing in ``folder``. What has come of a
    download stays in ``downloads``, and the next try continues it.

    Args:
        voice: The voice.
        card: Its model card.
        folder: A person's own voices.
        downloads: Where downloads are kept until they are whole.
        progress: Called with the bytes that have come so far.

    Raises:
        VoiceError: If it cannot be had, comes damaged, cannot speak, or is installed already.
        DownloadError: If there is no room for it, or the disk fails.
    """
    check_free(voice.name, folder)
    place, profile, own = folder / voice.name, _profile(folder, voice.name), downloads / voice.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = download_voice(voice, own, progress)
        try:
            scale = _suiting_scale(files[0], voice.language)
            text = _profile_text(voice, read_licence(clean_card(card)), scale)
            check_free(voice.name, folder)  # something may have come to be there meanwhile
            with replace_folder(place, lambda: _write_profile(profile, text)) as staging:
                for file, name in zip(files, _names(voice.name), strict=True):
                    shutil.move(file, staging / name)
                (staging / _CARD).write_bytes(card)
        finally:
            shutil.rmtree(own, ignore_errors=True)
    except OSError as error:
        raise VoiceError(
            f"{voice.name} cannot be kept in {folder}: {error.strerror or error}",
            remedy="See to its rights, or to room on its disk",
        ) from error
    return profile


def check_free(name: str, folder: Path) -> None:
    """Raise VoiceError if something called ``name`` is in ``folder``."""
    if is_installed(name, folder):
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
    if name not in profile_files([folder]) or not (place / _CARD).is_file():
        raise VoiceError(
            f"'{name}' is no voice that was installed from the catalogue",
            remedy="A profile of your own is yours to remove",
            where=str(folder),
        )
    try:
        profile.unlink()
        for file in (*_names(name), _CARD):
            (place / file).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # something of the person's own may lie there
            place.rmdir()
    except OSError as error:
        raise VoiceError(f"{name} cannot be removed: {error.strerror}", where=str(place)) from error


def _suiting_scale(model: Path, language: str) -> float | None:
    """Return the length_scale at which an English voice speaks at a practice's pace, else None.

    Raises:
        VoiceError: If the model cannot be loaded.
    """
    profile = load_profile(str(model), ())
    engine = profile.make_engine()
    try:
        spoken = engine.speak(Sentence((Fragment(_SPOKEN),)), 1.0)
    except EngineError:
        return None  # a voice of another language may find nothing to say in English words
    if not language.startswith("en"):
        return None
    least, most = _SCALES
    seconds = len(spoken.samples) / spoken.sample_rate
    usual: float = profile.settings.length_scale
    return round(min(max(least, usual * _SECONDS / seconds), most), 2)


def _write_profile(profile: Path, text: str) -> None:
    with write_whole(profile, place=move_to_free_name) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="\n")


def _profile_text(voice: CatalogueVoice, licence: str, scale: float | None) -> str:
    import tomlkit

    speakers = "" if voice.speakers == 1 else f", {voice.speakers} speakers"
    called = voice.name.split("-")[1].replace("_", " ").title()
    place = f"{voice.language_name} ({voice.country})"
    values = {
        "description": f"{called}, {place}, {voice.quality}{speakers}",
        "language": voice.language,
        "licence": licence,
        "model": f"{voice.name}/{voice.name}.onnx",
    }
    written = {key: tomlkit.string(value).as_string() for key, value in values.items()}
    choice = _SPEAKER if voice.speakers > 1 else ""
    pace = "" if scale is None else f"{_PACE}length_scale = {scale}\n"
    return _PROFILE.format(**written) + choice + pace


def _names(name: str) -> tuple[str, str]:
    """Return what the model and the config of a voice are called."""
    return f"{name}.onnx", f"{name}.onnx.json"


def _profile(folder: Path, name: str) -> Path:
    return folder / f"{name}.toml"
