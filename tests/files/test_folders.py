"""Folders: the same ones for a whole run, wherever it goes."""

from __future__ import annotations

import importlib
import pickle
from dataclasses import astuple
from typing import TYPE_CHECKING

import pytest
from platformdirs import windows

from cft_audio.files.folders import default_folders

if TYPE_CHECKING:
    from pathlib import Path


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


@pytest.mark.parametrize("system", ["Windows", "MacOS", "Unix"])
def test_every_system_has_its_own_place_for_each_folder(
    system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "Zoë B"
    local = home / "AppData" / "Local"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LOCALAPPDATA", str(local))
    monkeypatch.setenv("APPDATA", str(home / "AppData" / "Roaming"))
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(variable, raising=False)
    # Elsewhere it can ask nobody else for these folders.
    monkeypatch.setattr(windows, "get_win_folder", windows.get_win_folder_from_env_vars)
    dirs = getattr(importlib.import_module(f"platformdirs.{system.lower()}"), system)
    monkeypatch.setattr("cft_audio.files.folders._DIRS", dirs("cft-audio", appauthor=False))
    folders = default_folders()
    library = home / "Library"
    expected = {
        "Windows": (local / "cft-audio", local / "cft-audio" / "Cache", local / "cft-audio"),
        "MacOS": (
            library / "Application Support" / "cft-audio",
            library / "Caches" / "cft-audio",
            library / "Application Support" / "cft-audio",
        ),
        "Unix": (
            home / ".local" / "share" / "cft-audio",
            home / ".cache" / "cft-audio",
            home / ".config" / "cft-audio",
        ),
    }
    data, cache, config = expected[system]

    assert folders.data == data
    assert folders.cache == cache / "clips"
    assert folders.config == config / "config.toml"
    assert folders.own_voices == data / "voices"
    assert folders.scripts[1] == data / "scripts"
