"""ZIPs that say nothing beside what is in them, read by other programs than the one that wrote."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
import pyzipper

from cft_audio.errors import OutputError
from cft_audio.files.passwords import Password
from cft_audio.files.zips import check_can_lock, write_zip, zip_holds

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = Password("harbour quiet seven maple")
OTHER = Password("harbour quiet seven maplf")
SECRET = b"a letter for nobody else " * 40


@pytest.fixture
def contents(tmp_path: Path) -> dict[str, Path | bytes]:
    """What is put into a ZIP: a file of some size, one in a folder, and a page."""
    sound = tmp_path / "sound"
    sound.write_bytes(bytes(range(256)) * 9000)
    return {"01 practice.mp3": sound, "02 practice/01.mp3": b"short", "letter.html": SECRET}


def as_bytes(contents: dict[str, Path | bytes]) -> dict[str, bytes]:
    return {n: c if isinstance(c, bytes) else c.read_bytes() for n, c in contents.items()}


def test_the_same_contents_give_the_same_bytes(
    tmp_path: Path, contents: dict[str, Path | bytes]
) -> None:
    for name in ("one.zip", "two.zip"):
        write_zip(tmp_path / name, contents)

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_entries_are_stored_in_order_and_tell_no_date_and_no_owner(
    tmp_path: Path, contents: dict[str, Path | bytes], password: Password | None
) -> None:
    write_zip(tmp_path / "it.zip", contents, password)

    with pyzipper.AESZipFile(tmp_path / "it.zip") as whole:
        entries = whole.infolist()
    assert [entry.filename for entry in entries] == list(contents)
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert {(entry.create_system, entry.comment) for entry in entries} == {(3, b"")}


def test_python_reads_an_open_one(tmp_path: Path, contents: dict[str, Path | bytes]) -> None:
    write_zip(tmp_path / "it.zip", contents)

    with zipfile.ZipFile(tmp_path / "it.zip") as whole:
        assert whole.testzip() is None
        assert {name: whole.read(name) for name in whole.namelist()} == as_bytes(contents)


@pytest.mark.needs("unzip")
def test_unzip_reads_an_open_one(tmp_path: Path, contents: dict[str, Path | bytes]) -> None:
    write_zip(tmp_path / "it.zip", contents)
    subprocess.run(
        ["unzip", "-q", tmp_path / "it.zip", "-d", tmp_path / "out"],  # noqa: S607 -- found by PATH
        check=True,
    )

    assert {n: (tmp_path / "out" / n).read_bytes() for n in contents} == as_bytes(contents)


@pytest.mark.needs("7z")
def test_7_zip_opens_a_locked_one_with_its_password_alone(
    tmp_path: Path, contents: dict[str, Path | bytes]
) -> None:
    write_zip(tmp_path / "it.zip", contents, PASSWORD)

    def extract(password: Password, to: str) -> int:
        command = ["7z", "x", f"-p{password.text}", f"-o{tmp_path / to}", tmp_path / "it.zip"]
        return subprocess.run(command, capture_output=True, check=False).returncode

    assert extract(PASSWORD, "out") == 0
    assert {n: (tmp_path / "out" / n).read_bytes() for n in contents} == as_bytes(contents)
    assert extract(OTHER, "nothing") != 0


def test_nothing_of_what_is_locked_can_be_read_but_names_and_sizes(
    tmp_path: Path, contents: dict[str, Path | bytes]
) -> None:
    write_zip(tmp_path / "it.zip", contents, PASSWORD)
    written = (tmp_path / "it.zip").read_bytes()

    assert SECRET[:25] not in written
    assert PASSWORD.text.encode() not in written
    assert b"letter.html" in written
    with pyzipper.AESZipFile(tmp_path / "it.zip") as whole:
        # 256 bits, and no checksum by which a guess at the content could be tried (AE-2).
        assert {entry.wz_aes_strength for entry in whole.infolist()} == {3}
        assert {entry.wz_aes_version for entry in whole.infolist()} == {2}
        assert {entry.CRC for entry in whole.infolist()} == {0}


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_what_it_holds_is_told_from_everything_else(
    tmp_path: Path, contents: dict[str, Path | bytes], password: Password | None
) -> None:
    file = tmp_path / "it.zip"
    write_zip(file, contents, password)
    reversed_order = dict(reversed(contents.items()))
    changed = contents | {"letter.html": SECRET[:-1] + b"!"}

    assert zip_holds(file, contents, password)
    assert not zip_holds(file, reversed_order, password)
    assert not zip_holds(file, changed, password)
    assert not zip_holds(file, contents | {"more": b""}, password)
    assert not zip_holds(file, contents, OTHER)
    assert not zip_holds(file, contents, PASSWORD if password is None else None)


@pytest.mark.parametrize("password", [None, PASSWORD])
@pytest.mark.parametrize("left", [0, 10, 400, -300, -5])
def test_what_is_cut_off_or_is_none_holds_nothing(
    tmp_path: Path, contents: dict[str, Path | bytes], password: Password | None, left: int
) -> None:
    file = tmp_path / "it.zip"
    write_zip(file, contents, password)
    file.write_bytes(file.read_bytes()[:left])

    assert not zip_holds(file, contents, password)


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_a_byte_that_was_changed_is_found_out(
    tmp_path: Path, contents: dict[str, Path | bytes], password: Password | None
) -> None:
    file = tmp_path / "it.zip"
    write_zip(file, contents, password)
    written = bytearray(file.read_bytes())
    written[5000] ^= 1
    file.write_bytes(written)

    assert not zip_holds(file, contents, password)


def test_where_nothing_locks_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyzipper", None)

    with pytest.raises(OutputError, match=r"pip install 'cft-audio\[private\]'"):
        check_can_lock()
