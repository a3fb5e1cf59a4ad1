"""A password comes from a file, is shown nowhere, and is one that opens on every system."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.errors import RequestError
from cft_audio.files.passwords import SHORTEST, read_password

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pw.txt"
    path.touch(mode=0o600)
    return path


@pytest.mark.parametrize(
    "content",
    [
        b"four plain words",
        b"four plain words\n",
        b"four plain words\r\nand a second line\r\n",
        b"  four plain words \t\n",
        b"\xef\xbb\xbffour plain words\n",
        "four plain words\r\n".encode("utf-16"),
    ],
)
def test_it_is_the_first_line_however_an_editor_wrote_it(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    assert read_password(file).text == "four plain words"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "its first line is empty"),
        (b"\n\nfour plain words\n", "its first line is empty"),
        (b"   \n", "its first line is empty"),
        (b"seven77\n", f"the password has 7 characters, and {SHORTEST} is the least"),
        ("Öffne dich bald\n".encode(), "signs that systems write in several ways"),
        (b"four\x07plain words\n", "signs that systems write in several ways"),
        (b"x" * 5000, "too long for a password"),
    ],
)
def test_what_is_none_is_refused_and_not_shown(file: Path, content: bytes, message: str) -> None:
    file.write_bytes(content)

    with pytest.raises(RequestError) as refused:
        read_password(file)

    told = str(refused.value)
    assert message in told
    assert str(file) in told
    first = content.decode(errors="replace").split("\n")[0].strip()
    assert not first or first not in told


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="it cannot be read: No such file"):
        read_password(tmp_path / "nothing.txt")
    with pytest.raises(RequestError, match="it cannot be read"):
        read_password(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.parametrize(("mode", "told"), [(0o600, 0), (0o400, 0), (0o640, 1), (0o604, 1)])
def test_that_others_can_read_it_is_told(file: Path, mode: int, told: int) -> None:
    file.write_bytes(b"four plain words\n")
    file.chmod(mode)

    notes = read_password(file).notes

    assert len(notes) == told
    assert all("Others on this machine can read" in note for note in notes)


def test_it_is_not_shown_by_its_object(file: Path) -> None:
    file.write_bytes(b"four plain words\n")

    assert "plain" not in repr(read_password(file))


@given(content=st.binary(max_size=300))
def test_whatever_is_in_it_is_a_password_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any-password"
    path.write_bytes(content)
    try:
        password = read_password(path).text
    except RequestError:
        return
    assert len(password) >= SHORTEST
    assert password.isascii()
    assert password == password.strip()
