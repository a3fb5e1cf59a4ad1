"""Files that processes keep for one another: whole or not there, and no more than there is room."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cft_audio.files import kept_files
from cft_audio.files.kept_files import KeptFiles

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_was_kept_is_read_by_whoever_asks(tmp_path: Path) -> None:
    KeptFiles(tmp_path / "kept").keep("a", memoryview(b"a sound"))
    read = KeptFiles(tmp_path / "kept").read("a")

    assert read is not None
    assert bytes(read) == b"a sound"
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["a"]


def test_what_was_not_kept_or_is_empty_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")

    assert KeptFiles(tmp_path).read("a") is None
    assert KeptFiles(tmp_path).read("empty") is None
    assert KeptFiles(tmp_path / "none").read("a") is None


def test_no_more_is_kept_than_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_files, "MOST_FILES", 2)
    files = KeptFiles(tmp_path)
    for name in "abc":
        files.keep(name, memoryview(b"sound"))

    assert files.read("b") is not None
    assert files.read("c") is None


def test_a_folder_that_takes_nothing_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    files = KeptFiles(tmp_path / "file")
    files.keep("a", memoryview(b"sound"))

    assert files.read("a") is None
