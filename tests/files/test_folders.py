"""Folders: the same ones for a whole run, wherever it goes."""

from __future__ import annotations

import importlib
import pickle
from dataclasses import astuple
from pathlib import Path

import pytest
from platformdirs import windows

from cft_audio.files.folders import default_folders, expanded, is_path, unwrapped


def test_every_folder_is_absolute_whatever_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, "relative")
    folders = default_folders()
    scripts, voices, *others, keys, personal = astuple(folders)

    assert scripts[0] == tmp_path / "scripts"
    assert voices[0] == tmp_path / "voices"
    assert all(folder.is_absolute() for folder in (*scripts, *voices, *others, folders.downloads))
    assert keys is None
    assert personal is None


def test_a_change_of_directory_or_another_process_changes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = default_folders()
    sent = pickle.loads(pickle.dumps(before))  # noqa: S301 -- our own
    monkeypatch.chdir(tmp_path)

    assert sent == before
    assert before.scripts[0].parent != tmp_path


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/a/letter.txt", "/a/letter.txt"),
        (" /a/letter.txt\n", "/a/letter.txt"),
        ("'/a/my letter.txt'", "/a/my letter.txt"),
        ('"/a/my letter.txt" ', "/a/my letter.txt"),
        ("“/a/my letter.txt”", "/a/my letter.txt"),
        (r"/a/my\ letter\ \(1\).txt", "/a/my letter (1).txt"),
        (r"/a/Sam\'s\ \&\ mine.txt ", "/a/Sam's & mine.txt"),
        (r"'/a/Sam'\''s letter.txt'", "/a/Sam's letter.txt"),
        ("/a/Sam's letter.txt", "/a/Sam's letter.txt"),
        ("file:///a/my%20letter%231.txt", "/a/my letter#1.txt"),
        ("file://localhost/a/Zo%C3%AB.txt", "/a/Zoë.txt"),
        ("FILE:/a/b.txt", "/a/b.txt"),
        (r"a\b.txt", r"a\b.txt"),
        ("'", "'"),
        ("a.txt", "a.txt"),
    ],
)
def test_a_path_is_taken_as_a_terminal_on_unix_gives_it(written: str, meant: str) -> None:
    assert unwrapped(written, windows=False) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r'"C:\Users\Sam\my letter.txt" ', r"C:\Users\Sam\my letter.txt"),
        (r"& 'C:\Users\Sam\my letter.txt'", r"C:\Users\Sam\my letter.txt"),
        (r"C:\Users\Sam\ (1)\letter.txt", r"C:\Users\Sam\ (1)\letter.txt"),
        ("file:///C:/Users/my%20letter.txt", r"C:\Users\my letter.txt"),
        ("file://server/share/letter.txt", r"\\server\share\letter.txt"),
    ],
)
def test_a_path_is_taken_as_a_terminal_on_windows_gives_it(written: str, meant: str) -> None:
    assert unwrapped(written, windows=True) == meant


def test_what_is_there_by_the_very_name_that_was_given_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    odd = ("'quoted'", r"back\ slash", "blank ", "~")
    for name in odd:
        Path(name).touch()

    assert [expanded(name) for name in odd] == [Path(name) for name in odd]
    assert expanded("'~/a b'") == Path.home() / "a b"
    assert expanded("x" * 300) == Path("x" * 300)


def test_words_are_no_path_and_a_path_is_none_of_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sea.wav").touch()
    paths = ("/a", "~/a", "./a", "../a", r"C:\a", "'/a b'", "file:///a", "sea.wav", "sea.wav ")
    words = ("my aunt Rosa", "my mum/dad", "Dr. Who", "rain", "", "...", "x" * 300)

    assert all(map(is_path, paths))
    assert not any(map(is_path, words))


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
