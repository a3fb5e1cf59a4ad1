"""Piper's catalogue of voices, as its file ``voices.json`` has it: what there is to install."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cft_audio.errors import RequestError, VoiceError
from cft_audio.files.download import RemoteFile
from cft_audio.schema.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = re.compile(r"[a-z]{2,3}_[A-Z]{2}-\w+-[a-z_]+")
"""A voice's name: language, region, name, quality. It becomes the name of files."""

_MD5 = re.compile(r"[0-9a-f]{32}")
_LICENCE = re.compile(r"^[\s*-]*licen[sc]e\s*:\s*(\S.*?)\s*$", re.IGNORECASE | re.MULTILINE)

_SHOWN = 4000
"""Characters of a model card that are shown; those of the catalogue have some hundred."""


@dataclass(frozen=True)
class CatalogueVoice:
    """A voice that can be installed.

    Attributes:
        name: As ``en_GB-alba-medium``.
        language: A language tag, ``en-GB``.
        language_name: The language in English.
        country: The country in English.
        quality: Of ``x_low``, ``low``, ``medium``, ``high``.
        speakers: How many people speak in it.
        model: The model.
        config: The model's config.
        card: Its model card, which tells its licence.
    """

    name: str
    language: str
    language_name: str
    country: str
    quality: str
    speakers: int
    model: RemoteFile
    config: RemoteFile
    card: RemoteFile

    @property
    def bytes(self) -> int:
        """How much is downloaded."""
        return self.model.size + self.config.size + self.card.size


def read_catalogue(content: bytes, url: str) -> dict[str, CatalogueVoice]:
    """Return the voices of a catalogue by name; entries that are not whole are left out.

    Args:
        content: The catalogue.
        url: The folder that it lies in.

    Raises:
        VoiceError: If it is no catalogue.
    """
    try:
        found = {name: _voice(name, entry, url) for name, entry in json.loads(content).items()}
    except (ValueError, AttributeError):
        found = {}
    voices = {name: voice for name, voice in sorted(found.items()) if voice}
    if not voices:
        raise VoiceError(
            "what came is no list of Piper voices",
            remedy="Perhaps a network's sign-in page came in its place; look with a browser",
        )
    return voices


def find_voice(voices: Mapping[str, CatalogueVoice], name: str) -> CatalogueVoice:
    """Return the voice called ``name``.

    Raises:
        RequestError: If there is none.
    """
    wanted = unicodedata.normalize("NFC", name)
    if wanted in voices:
        return voices[wanted]
    near = " or ".join(f"'{other}'" for other in voices if wanted.casefold() in other.casefold())
    remedy = f"Did you mean {near}?" if near else nearest(wanted, voices)
    raise RequestError(
        f"there is no voice '{name}' to install", remedy=remedy or "See ‹list installable voices›"
    )


def select_language(voices: Mapping[str, CatalogueVoice], language: str) -> list[CatalogueVoice]:
    """Return the voices of ``language``: a tag such as ``en`` or ``en-GB``, or a name in English.

    Raises:
        RequestError: If there is none.
    """
    wanted = language.replace("_", "-").casefold()
    found = [
        voice
        for voice in voices.values()
        if wanted in (voice.language.casefold(), voice.language.split("-")[0])
        or wanted in (voice.language_name.casefold(), voice.country.casefold())
    ]
    if not found:
        known = sorted({voice.language.split("-")[0] for voice in voices.values()})
        raise RequestError(
            f"there is no voice to install for '{language}'",
            remedy=f"There are some for: {', '.join(known)}",
        )
    return found


def read_licence(card: str) -> str:
    """Return the licence that a model card states, ``"not stated"`` where it states none."""
    found = _LICENCE.search(card)
    return found[1] if found else "not stated"


def clean_card(content: bytes) -> str:
    """Return a model card as text that a terminal can be given: no control characters in it."""
    text = content.decode(errors="replace").replace("\r\n", "\n")[:_SHOWN]
    return "\n".join(map(_printable, text.split("\n"))).strip()


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())


def _voice(name: str, entry: Any, url: str) -> CatalogueVoice | None:
    normal = unicodedata.normalize("NFC", name)
    if not _NAME.fullmatch(normal):
        return None
    try:
        language, files = entry["language"], entry["files"]
        return CatalogueVoice(
            name=normal,
            language=_printable(str(language["code"])).replace("_", "-"),
            language_name=_printable(str(language["name_english"])),
            country=_printable(str(language.get("country_english", ""))),
            quality=_printable(str(entry["quality"])),
            speakers=int(entry.get("num_speakers", 1)),
            model=_file(files, ".onnx", url),
            config=_file(files, ".onnx.json", url),
            card=_file(files, "MODEL_CARD", url),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _file(files: Mapping[str, Any], ending: str, url: str) -> RemoteFile:
    [(path, about)] = ((path, about) for path, about in files.items() if path.endswith(ending))
    if not _MD5.fullmatch(about["md5_digest"]):
        raise ValueError(path)
    return RemoteFile(f"{url}/{quote(path)}", int(about["size_bytes"]), about["md5_digest"])
