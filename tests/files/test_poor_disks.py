"""Disks and systems that lack what a file written whole would like to have, as they answer."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cft_audio.errors import OutputError
from cft_audio.files.output import Destination, new_file
from cft_audio.files.private import write_private

if TYPE_CHECKING:
    from collections.abc import Callable


def refusing(code: int) -> Callable[..., None]:
    """Return a system call that is refused with ``code``."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return refuse


def write(path: Path, *, overwrite: bool = False) -> None:
    with new_file(Destination(path, overwrite)) as part:
        part.write_bytes(b"new")


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP])
def test_a_share_that_cannot_flush_takes_a_recording_all_the_same(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", refusing(code))
    write(tmp_path / "sam.mp3")

    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"new"]


def test_a_disk_that_fails_while_flushing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", refusing(errno.EIO))
    with pytest.raises(OutputError, match="the disk reports an error"):
        write(tmp_path / "sam.mp3")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP])
def test_a_stick_without_permissions_keeps_words_all_the_same(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "words.toml"
    file.write_text("before")
    file.chmod(0o644)
    monkeypatch.setattr(Path, "chmod", refusing(code))
    write_private(file, "after")

    assert file.read_text() == "after"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600  # closed where it could not be opened


def test_a_system_without_links_is_as_careful(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some telephones, as Python answers there."""

    def refuse(*_: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = tmp_path / "sam.mp3"
    write(path)
    assert path.read_bytes() == b"new"

    path.write_bytes(b"theirs")
    with pytest.raises(OutputError, match="already"):
        write(path)
    write(path, overwrite=True)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"new"]


def test_a_name_that_differs_only_in_its_case_is_the_same_file_where_the_disk_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As macOS and Windows do: ``Sam.mp3`` is there once ``sam.mp3`` is."""

    def folded(path: str | Path) -> str:
        text = os.fspath(path)
        return str(tmp_path / text[len(str(tmp_path)) + 1 :].lower())

    def blind(call: Callable[..., object]) -> Callable[..., object]:
        return lambda path, *given, **more: call(folded(path), *given, **more)

    write(tmp_path / "sam.mp3")
    for name in ("stat", "lstat"):
        monkeypatch.setattr(os, name, blind(getattr(os, name)))
    link = os.link
    monkeypatch.setattr(os, "link", lambda new, path, **more: link(new, folded(path), **more))

    with pytest.raises(OutputError, match="already"):
        write(tmp_path / "Sam.mp3")
    assert [file.name for file in tmp_path.iterdir()] == ["sam.mp3"]
