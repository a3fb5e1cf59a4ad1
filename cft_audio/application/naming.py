"""Names of one's own: where a name is another recording's, the next one tells what differs.

Nothing of anybody is noted for it. A recording says in its own tags what it was made of, and of its
sound, which is all that could tell two listeners of one name apart, it holds a hash.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anyascii import anyascii

from cft_audio.files.names import is_device
from cft_audio.sound.names import DEFAULT_TONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cft_audio.application.request import SessionRequest

_LONGEST_PART = 60
"""Characters that a file's name takes of each of its parts; a name may be of any length."""

_LONGEST_TELLING = 100
"""Characters of what differs in a file's name, which file systems limit to 255; beyond them, names
are numbered."""


def file_name(request: SessionRequest, suffix: str) -> str:
    """Return what the recording of ``request`` is called in a folder, if nothing else is."""
    session = request.session
    length = ""
    if session.length_s is not None:
        minutes, seconds = divmod(round(session.length_s), 60)
        length = f"{minutes}m{seconds:02}s" if seconds else f"{minutes}min"
    return slug(Path(session.practice).stem, listener_in_names(request), length) + suffix


def listener_in_names(request: SessionRequest) -> str:
    """Return what stands for the listener in the names of files; empty where nothing does."""
    output = request.output
    name = request.session.answers.get("name", "") if output.name_in_tags else ""
    return output.code or name


def slug(*parts: str) -> str:
    """Return ``parts`` as one name of small letters, digits and hyphens, for any file system."""
    short = (re.sub(r"[^a-z0-9]+", "-", anyascii(part).lower())[:_LONGEST_PART] for part in parts)
    name = "-".join(filter(None, (part.strip("-") for part in short)))
    return f"{name}-recording" if is_device(name) else name


def name_of_its_own(
    named: Callable[[str], Path],
    is_usable: Callable[[Path], bool],
    differences: Callable[[Path], Iterable[str]],
) -> Path:
    """Return the first path that can be used.

    Args:
        named: Gives the path with an ending of its name: empty, ``variant-2``, ``variant-2-2``.
        is_usable: Returns whether nothing is at a path, or what would be made.
        differences: Gives what would be made in the words that tell it from what is at a path.
    """
    told: list[str] = []
    number = 1
    while True:
        path = named("-".join([*told, *([str(number)] if number > 1 else [])]))
        if is_usable(path):
            return path
        more = [words for words in differences(path) if words not in told]
        if more and len("-".join([*told, *more])) <= _LONGEST_TELLING:
            told, number = [*told, *more], 1
        else:
            number += 1


def ending(stem: str, told: str, suffix: str = "") -> str:
    """Return a file's name with what it tells."""
    return (f"{stem}-{told}" if told else stem) + suffix


def differences(wanted: Mapping[str, Any], there: Mapping[str, Any]) -> list[str]:
    """Return what tells a request from another, as parts of a file's name.

    Args:
        wanted: The request's options, as ``tags.options_of`` gives them.
        there: Those of the other; empty where they are not known.
    """
    both = wanted.keys() & there.keys()
    differ = (name for name in _TOLD if name in both and wanted[name] != there[name])
    parts = [slug(_TOLD[name](wanted[name])) for name in differ]
    answers = wanted["answers"].items() if "answers" in both else ()
    return parts + [slug(n, text) for n, text in answers if there["answers"].get(n) != text]


def _told_tone(tone: str | None) -> str:
    return "no tone" if tone == "none" else f"tone {tone or DEFAULT_TONE}"


def _told_bed(bed: str) -> str:
    return {"none": "no bed", "a file": "own bed"}.get(bed, f"bed {bed}")


def _told_level(sound: str, level: float | None) -> str:
    return f"{sound} as usual" if level is None else f"{sound} {level:+g} db"


def _told_bell(bell: str) -> str:
    return "own bell" if bell == "a file" else f"bell {bell}"


_TOLD: Mapping[str, Callable[[Any], str]] = {
    "seed": "variant {}".format,
    "for": lambda names: f"for {' '.join(names)}" if names else "unadapted",
    "core": lambda core: f"core {core}" if core else "any core",
    "edits": lambda digest: f"edits {digest}" if digest else "unedited",
    "returning": lambda returning: "returning" if returning else "in full",
    "self_led": lambda self_led: "self led" if self_led else "guided",
    "pace": str,
    "figure": lambda figure: figure or "own figure",
    "voice": lambda voice: f"voice {Path(voice).stem}",
    "figure_voice": lambda v: f"figure voice {Path(v).stem}" if v else "one voice",
    "tone": _told_tone,
    "bed": _told_bed,
    "ticks": lambda ticks: "with ticks" if ticks else "no ticks",
    "bell": _told_bell,
    "bells": "{} bells".format,
    "bells_at": lambda places: (
        f"bells at {' '.join(places)}" if places else "bells of the practice"
    ),
    "bell_every_s": lambda s: f"bell every {s / 60:g} min" if s else "no bell between",
    "bed_level": lambda level: _told_level("bed", level),
    "tone_level": lambda level: _told_level("tone", level),
    "bell_level": lambda level: _told_level("bell", level),
    "loudness": "{:g} lufs".format,
    "bitrate": lambda kbps: f"{kbps} kbps" if kbps else "",
    "channels": str,
    "sample_rate": lambda rate: f"{rate / 1000:g} khz",
}
"""How each option is told in a file's name, in the order of the name."""
