"""What Windows refuses of names, paths and open files, played here as Windows answers."""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from cft_audio.application.naming import slug
from cft_audio.application.practices import begin_script
from cft_audio.errors import OutputError, RequestError
from cft_audio.files.folders import default_folders
from cft_audio.files.names import is_device, windows_fault
from cft_audio.files.output import Destination, check_writable, new_file
from cft_audio.files.private import write_private
from cft_audio.own_voice.voice_files import profile_of
from cft_audio.references import plain_words
from cft_audio.script.practice import TECHNIQUES

if TYPE_CHECKING:
    from collections.abc import Callable


def write(destination: Destination) -> None:
    with new_file(destination) as part:
        part.write_bytes(b"new")


def names(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Windows, with long paths switched off; called, it switches them."""

    def switch(are_on: bool) -> None:  # noqa: FBT001
        library = SimpleNamespace(ntdll=SimpleNamespace(RtlAreLongPathsEnabled=lambda: int(are_on)))
        monkeypatch.setattr(ctypes, "windll", library, raising=False)

    monkeypatch.setattr(sys, "platform", "win32")
    switch(False)
    return switch


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Access is denied")


@pytest.mark.parametrize("attempt", [write, check_writable])
@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("nul.mp3", "keeps the name 'nul.mp3' for a device"),
        ("CON", "keeps the name 'CON' for a device"),
        ("aux.mp3", "for a device"),
        ("com1.backup.mp3", "for a device"),
        ("COM0", "for a device"),
        ("Lpt9.wav", "for a device"),
        ("lpt².mp3", "for a device"),
        ("con .mp3", "for a device"),
        ("CONOUT$", "for a device"),
        ("nul/sam.mp3", "keeps the name 'nul' for a device"),
        ("a/prn.old/sam.mp3", "keeps the name 'prn.old' for a device"),
        ("sam: evening.mp3", "holds ':'"),
        ("what?.mp3", r"holds '\?'"),
        ('"sam".mp3', "holds '\"'"),
        ("a|b/sam.mp3", r"holds '\|'"),
        ("sam\n.mp3", r"holds '\\n'"),
        ("evening./sam.mp3", "the dot or blank at the end of the name 'evening.'"),
        ("evening /sam.mp3", "the dot or blank at the end of the name 'evening '"),
        ("sam.mp3 ", "the dot or blank"),
        ("sam.mp3.", "the dot or blank"),
    ],
)
@pytest.mark.usefixtures("windows")
def test_a_name_that_windows_cannot_keep_is_refused_before_anything_is_made(
    attempt: Callable[[Destination], None], name: str, cause: str, tmp_path: Path
) -> None:
    with pytest.raises(OutputError, match=cause) as raised:
        attempt(Destination(tmp_path / name, overwrite=True))

    assert raised.value.remedy
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["nul.toml", "words.", "a:b.toml"])
@pytest.mark.usefixtures("windows")
def test_nothing_of_a_persons_own_is_kept_under_such_a_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Windows"):
        write_private(tmp_path / name, "Xiomara = 'see-oh-MAR-ah'")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    ["console.mp3", "nul-sam.mp3", "com10.mp3", ".con.mp3", "Ünï 日本 🙂.mp3", "a'b & c.mp3"],
)
@pytest.mark.usefixtures("windows")
def test_every_other_name_is_written(name: str, tmp_path: Path) -> None:
    write(Destination(tmp_path / "a" / ".." / name))

    assert (tmp_path / name).read_bytes() == b"new"


@pytest.mark.parametrize(
    "path",
    [
        r"C:\Users\Zoë\Music\sam.mp3",
        r"c:sam.mp3",
        r"D:/Music/../sam.mp3",
        r"\\server\share\Music\sam.mp3",
        r"\\?\C:\Music\sam.mp3",
        r"\\?\UNC\server\share\sam.mp3",
        "sam.mp3",
        r"..\sam.mp3",
    ],
)
@pytest.mark.usefixtures("windows")
def test_the_colon_of_a_drive_and_the_marks_of_a_share_are_no_part_of_a_name(path: str) -> None:
    assert not windows_fault(Path(path), len(path))


@pytest.mark.parametrize("name", ["nul.mp3", "sam: evening.mp3", "evening.", "x" * 255])
def test_other_systems_take_all_of_these(name: str, tmp_path: Path) -> None:
    assert not windows_fault(tmp_path / name, 5000)


@pytest.mark.parametrize("attempt", [write, check_writable])
def test_a_path_too_long_for_windows_is_refused_with_both_lengths_before_anything_is_made(
    attempt: Callable[[Destination], None], windows: Callable[[bool], None], tmp_path: Path
) -> None:
    path = tmp_path / ("x" * 200) / f"{'y' * 200}.mp3"
    with pytest.raises(OutputError, match=f"has {len(str(path))} characters, and Windows takes 2"):
        attempt(Destination(path))
    assert names(tmp_path) == []

    windows(True)
    attempt(Destination(path))


@pytest.mark.usefixtures("windows")
def test_a_short_name_is_refused_too_where_it_could_not_be_written_beside(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * (250 - len(str(tmp_path)) - 1))
    path = folder / "a.mp3"

    assert len(str(path)) < 260
    with pytest.raises(OutputError, match="and Windows takes 259 here"):
        check_writable(Destination(path))


@pytest.mark.usefixtures("windows")
def test_a_file_that_a_player_holds_open_is_told_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sam.mp3"
    path.write_bytes(b"playing")
    opened = Path.open

    def shared_with_nobody(self: Path, mode: str = "r", **more: Any) -> Any:
        return refuse() if self == path and "+" in mode else opened(self, mode, **more)

    monkeypatch.setattr(Path, "open", shared_with_nobody)
    with pytest.raises(OutputError, match="open in another program, such as a player"):
        check_writable(Destination(path, overwrite=True))
    assert path.read_bytes() == b"playing"


def test_what_is_made_is_kept_beside_a_file_that_a_player_opened_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows refuses it; minutes of work are not thrown away for it."""
    path = tmp_path / "sam.mp3"
    path.write_bytes(b"playing")
    (tmp_path / "sam (2).mp3").write_bytes(b"precious")
    monkeypatch.setattr(os, "replace", refuse)

    with pytest.raises(OutputError, match="open in another program, such as a player") as raised:
        write(Destination(path, overwrite=True))
    assert str(tmp_path / "sam (3).mp3") in raised.value.message
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        "sam.mp3": b"playing",
        "sam (2).mp3": b"precious",
        "sam (3).mp3": b"new",
    }


@pytest.mark.parametrize("name", ["con", "NUL", "Aux.old", "com1", "LPT¹", "prn .txt"])
def test_a_devices_name_is_known_in_any_form(name: str) -> None:
    assert is_device(name)


@pytest.mark.parametrize("practice", ["con", "aux", "nul", "com1"])
def test_a_name_that_we_choose_is_never_a_devices(practice: str) -> None:
    """On any system: a recording is taken elsewhere on a stick."""
    assert not is_device(slug(practice) + ".mp3")
    assert slug(practice, "Sam", "3min") == f"{practice}-sam-3min"


@pytest.mark.parametrize("name", ["con", "aux", "nul"])
def test_no_practice_and_no_voice_is_called_like_a_device(name: str, tmp_path: Path) -> None:
    folders = replace(default_folders(), scripts=(tmp_path,))
    with pytest.raises(RequestError, match=f"'{name}' cannot be a practice's name"):
        begin_script(name, TECHNIQUES[0], None, folders, plain_words)
    with pytest.raises(RequestError, match=f"'{name}' cannot be a voice's name"):
        profile_of(name, tmp_path)
    assert names(tmp_path) == []
