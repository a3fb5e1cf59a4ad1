"""Folders: the same ones for a whole run, wherever it goes."""

from __future__ import annotations

import pickle
from dataclasses import astuple
from typing import TYPE_CHECKING

from cft_audio.files.folders import default_folders

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_every_folder_is_absolute_whatever_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, "relative")
    folders = default_folders()
    scripts, voices, *others = astuple(folders)

    assert scripts[0] == tmp_path / "scripts"
    assert voices[0] == tmp_path / "voices"
    assert all(folder.is_absolute() for folder in (*scripts, *voices, *others, folders.downloads))


def test_a_change_of_directory_or_another_process_changes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = default_folders()
    sent = pickle.loads(pickle.dumps(before))  # noqa: S301 -- our own
    monkeypatch.chdir(tmp_path)

    assert sent == before
    assert before.scripts[0].parent != tmp_path
