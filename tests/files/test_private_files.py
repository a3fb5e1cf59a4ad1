"""A person's own small files: whole or as they were, and for their owner's eyes only."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from cft_audio.files.private import write_private

if TYPE_CHECKING:
    from pathlib import Path


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_file_and_the_folders_that_are_made_are_the_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "notes.json"
    write_private(file, "Zoë\r\n")

    assert file.read_bytes() == "Zoë\r\n".encode()
    assert [mode_of(path) for path in (file, file.parent, file.parent.parent)] == [
        *(0o600, 0o700, 0o700)
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.parametrize("mode", [0o664, 0o400])
def test_a_file_keeps_the_permissions_its_owner_gave_it(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "notes.json"
    file.write_text("old")
    file.chmod(mode)
    write_private(file, "new")

    assert file.read_text() == "new"
    assert mode_of(file) == mode


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "synced").mkdir()
    file = tmp_path / "synced" / "notes.json"
    (tmp_path / "notes.json").symlink_to(file)
    write_private(tmp_path / "notes.json", "new")

    assert (tmp_path / "notes.json").is_symlink()
    assert file.read_text() == "new"


def test_an_interrupt_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "notes.json").write_text("old")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_private(tmp_path / "notes.json", "new")

    assert [path.name for path in tmp_path.iterdir()] == ["notes.json"]
    assert (tmp_path / "notes.json").read_text() == "old"
