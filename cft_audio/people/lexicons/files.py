"""A lexicon as a file that people may write and comment themselves, and how it is changed.

It is TOML, one ``"word" = "sound"`` a line: a change touches its word and leaves all else, comments
too. A file is written beside its place and renamed, so that it is whole or as it was, and only one
process of a user changes lexicons at a time, so that none undoes what another has done.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from cft_audio.errors import LexiconError, Problem
from cft_audio.files.locks import hold_lock
from cft_audio.files.private import make_private, write_private
from cft_audio.people.clients.client import check_client_entry
from cft_audio.people.clients.places import LOCK, read_private_text, write_private_text
from cft_audio.schema.files import read_text
from cft_audio.schema.reader import Reader
from cft_audio.schema.toml import parse_toml
from cft_audio.speech.text.lexicon import check_entry, key_of

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.people.lexicons.places import LexiconFile

_HEADING = "# Words and how they sound.\n"


def entries(lexicon: LexiconFile, *, needed: bool = False) -> dict[str, str]:
    """Return the words of ``lexicon`` and their sounds.

    Args:
        lexicon: The lexicon.
        needed: Whether it is wrong for its file not to be there.

    Raises:
        LexiconError: With everything wrong in it, or if it cannot be read.
    """
    return _parsed(_text(lexicon, needed=needed), lexicon)


def add_entry(lexicon: LexiconFile, word: str, sound: str, data: Path) -> str | None:
    """Keep ``sound`` for ``word`` and return the one that was kept before, None for none.

    Raises:
        LexiconError: If the file cannot be read or written.
        RequestError: If they are no word and no sound.
    """
    check_entry(word, sound, "pronounce add")
    return _changed(lexicon, " ".join(word.split()), " ".join(sound.split()), data)


def remove_entry(lexicon: LexiconFile, word: str, data: Path) -> str | None:
    """Forget ``word`` and return the sound that was kept for it, None for none.

    Raises:
        LexiconError: If the file cannot be read or written.
    """
    return _changed(lexicon, word, None, data)


def _changed(lexicon: LexiconFile, word: str, sound: str | None, data: Path) -> str | None:
    """Keep ``sound`` for ``word``, or nothing if it is None, and return what was kept before."""
    try:
        make_private(data)
        with hold_lock(data, LOCK):
            before = _text(lexicon, needed=bool(lexicon.table))
            kept = _parsed(before, lexicon)
            said = {key_of(other): sound for other, sound in kept.items()}.get(key_of(word))
            after = edit_words(before or _HEADING, word, sound, lexicon.table)
            if after == _HEADING:
                _delete(lexicon)
            elif after != before:
                _write(lexicon, after)
    except OSError as error:
        message = f"it cannot be written: {error.strerror}"
        remedy = "See to its rights, or to room on its disk"
        raise LexiconError([Problem(str(lexicon.file), 0, message, remedy)]) from error
    return said


def _write(lexicon: LexiconFile, text: str) -> None:
    if lexicon.field == "client":
        write_private_text(lexicon.file, text, lexicon.seal)
    else:
        write_private(lexicon.file, text)


def _delete(lexicon: LexiconFile) -> None:
    """Remove a file in which no word is left; of a client, nothing empty is left behind."""
    lexicon.file.unlink(missing_ok=True)
    if lexicon.field == "client":
        with contextlib.suppress(OSError):  # something else of a client's may lie there
            lexicon.file.parent.rmdir()
            lexicon.file.parent.parent.rmdir()


def edit_words(text: str, word: str, sound: str | None, table: str = "") -> str:
    """Return ``text`` with ``sound`` for ``word``, or without the word if ``sound`` is None.

    Args:
        text: A lexicon, or a file that has one as a table.
        word: The word, which may stand there in another form.
        sound: Its sound.
        table: The table; empty for all of the file.
    """
    import tomlkit

    document = tomlkit.parse(text)
    words: Any = document
    if table:
        words = document.setdefault(table, tomlkit.table())
    for other in list(words):
        if key_of(other) == key_of(word) and (sound is None or other != word):
            words.remove(other)
    if sound is not None:
        words[word] = sound
    elif table and not words:
        document.remove(table)
    return tomlkit.dumps(document)


def _text(lexicon: LexiconFile, *, needed: bool) -> str:
    if lexicon.field == "client":
        return read_private_text(lexicon.file, LexiconError, lexicon.seal, needed=needed)
    return read_text(lexicon.file, LexiconError) if needed or lexicon.file.exists() else ""


def _parsed(text: str, lexicon: LexiconFile) -> dict[str, str]:
    file = str(lexicon.file)
    reader = Reader(file, LexiconError)
    table, check = parse_toml(text, file, LexiconError), check_entry
    if lexicon.table:
        table, check = reader.table(table, lexicon.table), check_client_entry
    words = reader.texts(table, lambda word, sound: check(word, sound, file))
    reader.check()
    return words
