"""What closes what is kept of clients: from the moment it is wished, and whole or an error."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.errors import ClientError, LockedError
from cft_audio.files.folders import default_folders
from cft_audio.people.clients import key_files
from cft_audio.people.clients.key_files import (
    PublicKey,
    age,
    make_private_key,
    open_private_key,
    public_of,
    write_public_key,
)
from cft_audio.people.clients.places import place_of, read_private_text, write_private_text
from cft_audio.people.clients.sealing import ClientSeal, is_closed
from cft_audio.people.clients.unlocking import OpenedKeys, Unlocking
from cft_audio.speech.takes.cache import ClipCache
from cft_audio.speech.takes.take import Take

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE = str(age().x25519.Identity.generate())
NAME = "Xiomara"


def lock(data: Path, private: str = PRIVATE) -> ClientSeal:
    """Close from now on, to a key that no passphrase has been set for."""
    write_public_key(data, PublicKey(public_of(private)))
    return ClientSeal(data, OpenedKeys(private))


@given(content=st.binary(max_size=200_000))
def test_what_is_closed_is_opened_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    seal = lock(tmp_path_factory.mktemp("data"))
    closed = seal.close(content)

    assert is_closed(closed)
    assert len(content) < 16 or content not in closed
    assert seal.open(closed) == content
    assert seal.close(closed) == closed


@given(place=st.integers(0, 700), bit=st.integers(0, 7))
def test_what_is_damaged_is_never_opened_as_something_else(
    tmp_path_factory: pytest.TempPathFactory, place: int, bit: int
) -> None:
    """A damaged beginning is taken for what was never closed, and then is neither text nor take."""
    seal = lock(tmp_path_factory.mktemp("data"))
    closed = bytearray(seal.close(bytes(500)))
    closed[place % len(closed)] ^= 1 << bit

    if is_closed(bytes(closed)):
        with pytest.raises(ValueError, match="damaged"):
            seal.open(bytes(closed))
    else:
        assert seal.open(bytes(closed)) == bytes(closed)


def test_what_began_before_closes_what_it_keeps_after(tmp_path: Path) -> None:
    place = place_of("K7", tmp_path)
    write_private_text(place.file, f'name = "{NAME}"', place.seal)
    assert NAME.encode() in place.file.read_bytes()

    lock(tmp_path)
    assert place.seal is not None
    assert place.seal.closes
    write_private_text(place.file, f'name = "{NAME}"', place.seal)

    assert is_closed(place.file.read_bytes())


def test_nobody_opens_it_without_the_key(tmp_path: Path) -> None:
    lock(tmp_path)
    place = place_of("K7", tmp_path)
    write_private_text(place.file, NAME, place.seal)

    with pytest.raises(LockedError, match="was not unlocked"):
        read_private_text(place.file, ClientError, place.seal)
    stranger = OpenedKeys(str(age().x25519.Identity.generate()))
    with pytest.raises(ClientError, match="another key, or is damaged"):
        read_private_text(place.file, ClientError, place_of("K7", tmp_path, stranger).seal)


@pytest.mark.parametrize("content", [b"", b"# only words\n", b"age1\xff", b"what is this"])
def test_a_spoilt_public_key_is_an_error_and_nothing_is_written_plain(
    tmp_path: Path, content: bytes
) -> None:
    place = place_of("K7", tmp_path)
    (tmp_path / key_files.PUBLIC).write_bytes(content)

    with pytest.raises(LockedError):
        write_private_text(place.file, NAME, place.seal)
    assert not place.file.exists()


def test_a_take_comes_back_as_it_was(tmp_path: Path) -> None:
    take = Take(np.arange(-5000, 5000, dtype=np.int16), (100, 2000))
    plain = ClipCache(tmp_path / "takes")
    plain.put("ab12", take)
    seal = lock(tmp_path)
    cache = ClipCache(tmp_path / "takes", seal=seal)
    cache.put("cd34", take)

    for key in ("ab12", "cd34"):  # what was kept before is read as it is
        kept = cache.get(key)
        assert kept is not None
        assert (kept.pcm == take.pcm).all()
        assert kept.breaks == take.breaks
    closed = (tmp_path / "takes" / "cd" / "34.take").read_bytes()
    assert is_closed(closed)
    assert take.pcm[:64].tobytes() not in closed
    assert ClipCache(tmp_path / "takes").get("cd34") is None


def test_where_it_is_closed_no_answer_of_a_service_is_kept_as_it_came(tmp_path: Path) -> None:
    place = place_of("K7", tmp_path).personal
    folders = replace(default_folders(), personal=place)
    assert folders.answers == place.folder

    lock(tmp_path)

    assert folders.answers is None


def test_a_process_is_given_the_key_that_was_opened_and_asks_nobody(tmp_path: Path) -> None:
    def ask(_: str) -> str:
        pytest.fail("somebody was asked")

    unopened = pickle.loads(pickle.dumps(Unlocking(tmp_path, {}, ask)))  # noqa: S301 -- ours
    lock(tmp_path)
    with pytest.raises(LockedError, match="nobody is there"):
        unopened.private_key()
    opened = Unlocking(tmp_path, {}, ask)
    opened._private = PRIVATE
    given = pickle.loads(pickle.dumps(opened))  # noqa: S301 -- ours

    assert given.private_key() == PRIVATE
    assert PRIVATE not in repr((given, opened, replace(default_folders(), keys=given)))


@pytest.mark.slow
def test_a_busy_machine_is_not_taken_for_a_wrong_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Age tries how fast the machine is first, and is mistaken where something else runs."""
    private = make_private_key(tmp_path, "correct horse")
    decrypt, asked = age().passphrase.decrypt, list[str]()

    def busy(closed: bytes, passphrase: str) -> bytes:
        asked.append(passphrase)
        if len(asked) <= 2:
            raise age().DecryptError("Excessive work parameter for passphrase.")
        return decrypt(closed, passphrase)

    monkeypatch.setattr(age().passphrase, "decrypt", busy)

    assert open_private_key(tmp_path, "correct horse") == private
    assert len(asked) == 3
