"""A lexicon as a file that people may write and comment themselves, and how it is changed.

It is TOML, one ``"word" = "sound"`` a line: a change touches the lines of its word and no other. A
file is written beside its place and renamed, so that it is whole or as it was, and only one
process of a user changes lexicons at a time, so that none undoes what another has done.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tomllib
from typing import TYPE_CHECKING

from cft_audio.errors import LexiconError
from cft_audio.files.private import make_private, write_private
from cft_audio.speech.text.lexicon import check_entry, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cft_audio.people.lexicons.places import Place

_LOCK = "lexicons.lock"
_HEADING = "# Words and how they sound.\n"


def entries(place: Place, *, needed: bool = False) -> dict[str, str]:
    """Return the words of the lexicon at ``place`` and their sounds.

    Args:
        place: The lexicon.
        needed: Whether it is wrong for its file not to be there.

    Raises:
        LexiconError: If it cannot be read.
        RequestError: If a word or a sound is none.
    """
    return _parsed(_text(place, needed=needed), place)


def add_entry(place: Place, word: str, sound: str, data: Path) -> str | None:
    """Keep ``sound`` for ``word`` and return the one that was kept before, None for none.

    Raises:
        LexiconError: If the file cannot be read or written.
        RequestError: If they are no word and no sound.
    """
    check_entry(word, sound, "pronounce add")
    key, value = (json.dumps(" ".join(text.split()), ensure_ascii=False) for text in (word, sound))
    return _changed(place, word, f"{key} = {value}\n", data)


def remove_entry(place: Place, word: str, data: Path) -> str | None:
    """Forget ``word`` and return the sound that was kept for it, None for none.

    Raises:
        LexiconError: If the file cannot be read or written.
    """
    return _changed(place, word, "", data)


def _changed(place: Place, word: str, line: str, data: Path) -> str | None:
    """Put ``line`` in the place of those of ``word``, and return the sound that was kept."""
    try:
        make_private(data)
        with _alone(data):
            before = _text(place, needed=False)
            kept = _parsed(before, place)
            said = {key_of(other): sound for other, sound in kept.items()}.get(key_of(word))
            after = _with_line(before or _HEADING, word, line)
            _check_only_changed(kept, after, word, line, place)
            if line:
                write_private(place.file, after)
            elif said is not None:
                _write_rest(place, after)
    except OSError as error:
        raise LexiconError(
            f"it cannot be written: {error.strerror}",
            remedy="See to its rights, or to room on its disk",
            where=str(place.file),
        ) from None
    return said


def _write_rest(place: Place, text: str) -> None:
    """Write what is left once a word has gone; of a client, nothing empty is left behind."""
    if text != _HEADING:
        write_private(place.file, text)
        return
    place.file.unlink()
    if place.option[:1] == ("--client",):
        with contextlib.suppress(OSError):  # something else of a client's may lie there
            place.file.parent.rmdir()
            place.file.parent.parent.rmdir()


def _with_line(text: str, word: str, line: str) -> str:
    lines = text.splitlines(keepends=True)
    old = [number for number, found in enumerate(lines) if _word_of(found) == key_of(word)]
    if old:
        lines[old[0]] = line
        return "".join(found for number, found in enumerate(lines) if number not in old[1:])
    end = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{end}{line}"


def _word_of(line: str) -> str | None:
    try:
        found = list(tomllib.loads(line))
    except tomllib.TOMLDecodeError:
        return None
    return key_of(found[0]) if found else None


def _check_only_changed(
    kept: dict[str, str], after: str, word: str, line: str, place: Place
) -> None:
    """Return if ``after`` holds what it should; a text over several lines would be in the way."""
    rest = {other: sound for other, sound in kept.items() if key_of(other) != key_of(word)}
    try:
        right = tomllib.loads(after) == rest | tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        right = False
    if not right:
        raise LexiconError(
            f"the line of '{word}' cannot be changed safely",
            remedy="Write one word a line in it, or change it yourself",
            where=str(place.file),
        )


def _text(place: Place, *, needed: bool) -> str:
    try:
        return place.file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        if not needed:
            return ""
        raise LexiconError("there is no such lexicon", where=str(place.file)) from None
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise LexiconError(f"it cannot be read: {why}", where=str(place.file)) from None


def _parsed(text: str, place: Place) -> dict[str, str]:
    where = str(place.file)
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise LexiconError(
            f"it is not valid TOML: {error}", remedy='Write "word" = "sound"', where=where
        ) from None
    for word, sound in table.items():
        if not isinstance(sound, str):
            raise LexiconError(
                f"'{word}' has no sound", remedy=f'Write "{word}" = "sound"', where=where
            )
        check_entry(word, sound, where)
    return table


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Wait until no other process of this user changes a lexicon, and keep others waiting.

    The system frees a lock whose process has ended, however it ended.
    """
    with os.fdopen(os.open(data / _LOCK, os.O_RDWR | os.O_CREAT, 0o600), "rb+") as lock:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
