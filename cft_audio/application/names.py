"""The names that a field can have here and now, for a shell or a form to complete."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cft_audio.application.fields import FIELDS
from cft_audio.schema.durations import parse_minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cft_audio.files.folders import Folders

_PATHS = ("path", "text or path")


def names_of(field: str, folders: Folders, minutes: str | None = None) -> tuple[list[str], bool]:
    """Return the names that ``field`` can have, sorted, and whether it may be a file as well.

    Nothing is read but the names of files, and practices where a length is given. A field that is
    not known has neither.

    Args:
        field: A field of a request or of a command, such as ``practice`` or ``voice``.
        folders: Where everything is found and kept.
        minutes: A length as a person writes it: practices that are not offered so short are left
            out.
    """
    known = FIELDS.get(field)
    may_be_file = known.kind in _PATHS if known else field in ("practice", "programme")
    names = _names(field, folders)
    if field == "practice" and minutes:
        names = _offered(names, minutes, folders)
    return sorted(map(str, names)), may_be_file


def _offered(names: Iterable[object], minutes: str, folders: Folders) -> Iterable[object]:
    """Return those of ``names`` that are offered at a length; all where it is none."""
    from cft_audio.library.practices import Library

    practices, _ = Library(folders.scripts).practices()
    try:
        length_s = parse_minutes(minutes)
    except ValueError:
        return names
    hurried = {practice.id for practice in practices if length_s < practice.shortest_s}
    return [name for name in names if name not in hurried]


def _names(field: str, folders: Folders) -> Iterable[object]:
    from cft_audio.library.practices import Library
    from cft_audio.people.clients.places import known_clients
    from cft_audio.sound.catalogue import SOUNDS
    from cft_audio.speech.voices.profiles import profile_files

    library, voices = Library(folders.scripts), partial(profile_files, folders.voices)
    known: dict[str, Callable[[], Iterable[object]]] = {
        "practice": library.practice_files,
        "programme": library.programme_files,
        "figure": library.figure_files,
        **dict.fromkeys(("voice", "figure_voice", "fallback"), voices),
        **dict.fromkeys(("client", "code"), partial(known_clients, folders.data)),
        "sound": lambda: [sound.name for sound in SOUNDS],
    }
    if field in known:
        return known[field]()
    return FIELDS[field].choices if field in FIELDS else ()
