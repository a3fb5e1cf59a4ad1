"""The values that are kept of a client: as they are written, and whether they could be used."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.avoiding import Avoidance
from cft_audio.application.clients.kept import CLIENT_FIELDS
from cft_audio.application.pacing import pace_for
from cft_audio.errors import RequestError
from cft_audio.files.folders import is_path
from cft_audio.languages.registry import ENGLISH
from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library
from cft_audio.people.settings import by_key
from cft_audio.schema.suggest import did_you_mean
from cft_audio.schema.text import as_text
from cft_audio.sound.check import check_sounds
from cft_audio.sound.names import DEFAULT_TONE
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from cft_audio.application.settings import Settings
    from cft_audio.files.folders import Folders
    from cft_audio.schema.fields import Field


def as_written(field: Field, typed: Any) -> Any:
    """Return a value as TOML has it, as near to how a person wrote it as can be read again.

    A path becomes an absolute one: a file is read from anywhere.

    Args:
        field: The field.
        typed: The value as a person writes it: text, several texts, or a truth value.

    Raises:
        RequestError: If it cannot be meant.
    """
    parsed = field.parse(typed)
    match field.kind:
        case "flag" | "whole number" | "choice" | "pairs":
            return parsed
        case "number":
            return int(parsed) if parsed == int(parsed) else parsed
        case "path":
            return str(parsed.absolute())
        case "text or path":
            is_meant = os.sep in parsed or Path(parsed).suffix
            return str(Path(parsed).absolute()) if is_meant and is_path(parsed) else parsed
        case "minutes" if (written := str(typed).strip()).isdecimal() and written.isascii():
            return int(written)
    return list(parsed) if isinstance(parsed, tuple) else as_text(str(typed))


def field_named(name: str) -> tuple[Field, str]:
    """Return the field that ``name`` means, and the key of one of its pairs if it has one.

    Raises:
        RequestError: If there is none of that name, with the nearest.
    """
    known = by_key(CLIENT_FIELDS.values())
    whole, _, part = name.partition(".")
    found = known.get(whole.replace("_", "-"))
    if found is None or (part and found.kind != "pairs"):
        message, remedy = f"there is no field '{name}'", did_you_mean(name, known)
        raise RequestError(message, remedy=remedy, field="unset")
    return found, part


def avoided_sounds(settings: Settings) -> list[str]:
    """Return a sentence for each sound of a client's own that they are to be spared.

    Args:
        settings: A person's settings, and over them the client.
    """
    avoidance = Avoidance(settings.client.avoid, ENGLISH.tag)
    kept = {**settings.values, **settings.client.values}
    chosen = {field: kept[field] for field in ("tone", "bed", "bell") if field in kept}
    found = {field: avoidance.in_sound(field, name) for field, name in chosen.items()}
    return [
        f"The {field} that is kept is heard as {word.told}, which is to be avoided, so that "
        f"recordings with it will be refused: change ‹{field}› or ‹avoid›."
        for field, word in found.items()
        if word
    ]


def check_usable(settings: Settings, folders: Folders) -> None:
    """Check that what a client's file says could be used in a recording, as far as can be told.

    Args:
        settings: A person's settings, and over them the client.
        folders: Where voices and figures are found.

    Raises:
        CftAudioError: If a pace could not be breathed, or a sound, voice or figure is not there.
    """
    values = settings.client.values
    pace_for(settings.choices({}))
    beds = (values.get(name, CLIENT_FIELDS[name].default) for name in ("bed", "bell"))
    check_sounds(values.get("tone", DEFAULT_TONE), *beds)
    for name in ("voice", "figure_voice"):
        if name in values:
            load_profile(values[name], folders.voices, name)
    if "figure" in values:
        pronouns = values.get("figure_pronouns")
        find_figure(values["figure"], Library(folders.scripts), pronouns)
