from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cft_audio.errors import OutputError
from cft_audio.files.output import Destination, check_writable, new_file

if TYPE_CHECKING:
    from collections.abc import Iterator


def write(destination: Destination, content: bytes = b"new") -> None:
    with new_file(destination) as part:
        part.write_bytes(content)


def names(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def test_the_file_appears_complete_in_a_folder_that_is_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "sam.mp3"
    with new_file(Destination(path)) as part:
        part.write_bytes(b"new")
        assert part.parent == path.parent
        assert not path.exists()
    assert path.read_bytes() == b"new"
    assert names(path.parent) == ["sam.mp3"]


@pytest.mark.parametrize("end", [ValueError, OSError, KeyboardInterrupt, SystemExit])
def test_whatever_ends_it_early_leaves_nothing_and_the_old_file(
    end: type[BaseException], tmp_path: Path
) -> None:
    (tmp_path / "old.mp3").write_bytes(b"old")

    def fail(path: Path) -> None:
        with new_file(Destination(path, overwrite=True)) as part:
            part.write_bytes(b"half")
            raise end

    for name in ("old.mp3", "new.mp3"):
        with pytest.raises(end):
            fail(tmp_path / name)
    assert names(tmp_path) == ["old.mp3"]
    assert (tmp_path / "old.mp3").read_bytes() == b"old"


def test_an_existing_file_is_replaced_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "sam.mp3"
    path.write_bytes(b"old")
    for attempt in (write, check_writable):
        with pytest.raises(OutputError, match="already") as raised:
            attempt(Destination(path))
        assert "or ‹overwrite it›" in raised.value.remedy
    assert path.read_bytes() == b"old"
    check_writable(Destination(path, overwrite=True))
    write(Destination(path, overwrite=True))
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["sam.mp3"]


def test_a_file_that_comes_to_exist_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "sam.mp3"

    def race() -> None:
        with new_file(Destination(path)) as part:
            part.write_bytes(b"ours")
            path.write_bytes(b"theirs")

    with pytest.raises(OutputError, match="already"):
        race()
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["sam.mp3"]


def test_a_disk_without_hard_links_is_as_careful(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAT and some network shares; the system call is refused as they refuse it."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "sam.mp3"
    write(Destination(path))
    assert path.read_bytes() == b"new"

    def race() -> None:
        with new_file(Destination(tmp_path / "kim.mp3")) as part:
            part.write_bytes(b"ours")
            (tmp_path / "kim.mp3").write_bytes(b"theirs")

    with pytest.raises(OutputError, match="already"):
        race()
    assert (tmp_path / "kim.mp3").read_bytes() == b"theirs"
    assert names(tmp_path) == ["kim.mp3", "sam.mp3"]


def test_a_folder_is_not_a_file_and_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path, cause in (
        (tmp_path, "that is a folder"),
        (tmp_path / "file" / "sam.mp3", "not a folder"),
        (tmp_path / "file" / "deeper" / "sam.mp3", "not a folder"),
        (tmp_path / ("x" * 300), "too long"),
    ):
        for attempt in (write, check_writable):
            with pytest.raises(OutputError, match=cause) as raised:
                attempt(Destination(path, overwrite=True))
            assert raised.value.where == str(path)
            assert raised.value.remedy
    assert names(tmp_path) == ["file"]


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """A folder that this process may read but not write, even if root runs it."""
    if sys.platform == "win32":
        pytest.skip("POSIX permissions")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        was = os.geteuid()
        if was == 0:
            os.seteuid(65_534)
        yield folder
        os.seteuid(was)
        folder.chmod(0o700)


def test_a_read_only_folder_is_reported(read_only_folder: Path) -> None:
    for path in (read_only_folder / "sam.mp3", read_only_folder / "new" / "sam.mp3"):
        for attempt in (write, check_writable):
            with pytest.raises(OutputError, match="may not write") as raised:
                attempt(Destination(path))
            assert raised.value.where == str(path)


def test_a_check_leaves_nothing_behind_not_even_the_folder(tmp_path: Path) -> None:
    check_writable(Destination(tmp_path / "new" / "deep" / "sam.mp3"))
    assert names(tmp_path) == []


def test_only_what_a_killed_process_left_long_ago_is_swept(tmp_path: Path) -> None:
    ages = {
        ".cft-audio-0123456789ab.part": 7200,
        ".cft-audio-ba9876543210.part": 60,
        "mine.part": 7200,
        ".cft-audio-notes": 7200,
    }
    for name, age in ages.items():
        (tmp_path / name).write_bytes(b"left")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    write(Destination(tmp_path / "sam.mp3"))
    assert names(tmp_path) == [
        ".cft-audio-ba9876543210.part",
        ".cft-audio-notes",
        "mine.part",
        "sam.mp3",
    ]
