"""A folder is replaced as one, and made known afterwards, or nothing has changed."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from cft_audio.errors import OutputError
from cft_audio.files.faults import output_errors
from cft_audio.files.whole_folder import replace_folder


def contents(folder: Path) -> dict[str, str]:
    """Return every file below ``folder`` with its text; an empty folder counts as one."""
    return {
        str(path.relative_to(folder)): path.read_text() if path.is_file() else "folder"
        for path in sorted(folder.rglob("*"))
        if path.is_file() or not list(path.iterdir())
    }


@pytest.fixture(params=["new", "replaced"])
def voice(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder that is not there yet, or holds something."""
    folder = tmp_path / "voices" / "mine"
    if request.param == "replaced":
        folder.mkdir(parents=True)
        (folder / "old.wav").write_text("old")
    return folder


def fill(voice: Path, announce: object = None, end: BaseException | None = None) -> None:
    with replace_folder(voice, announce if callable(announce) else lambda: None) as folder:
        (folder / "new.wav").write_text("new")
        if end:
            raise end


def test_it_appears_whole_private_and_alone(voice: Path) -> None:
    announced: list[dict[str, str]] = []
    fill(voice, lambda: announced.append(contents(voice)))

    assert announced == [{"new.wav": "new"}]
    assert contents(voice.parent) == {"mine/new.wav": "new"}
    assert os.name == "nt" or stat.S_IMODE(voice.stat().st_mode) == 0o700


@pytest.mark.parametrize("end", [ValueError(), OSError(), KeyboardInterrupt(), SystemExit()])
@pytest.mark.parametrize("moment", ["filling", "announcing"])
def test_whatever_ends_it_early_changes_nothing(
    voice: Path, moment: str, end: BaseException
) -> None:
    voice.parent.mkdir(exist_ok=True)
    before = contents(voice.parent)

    def fail() -> None:
        raise end

    with pytest.raises(type(end)):
        fill(voice, fail) if moment == "announcing" else fill(voice, end=end)
    assert contents(voice.parent) == before


@pytest.mark.parametrize("which", [1, 2])
def test_an_interrupt_between_or_after_the_renamings_changes_nothing(
    voice: Path, which: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice.parent.mkdir(exist_ok=True)
    before = contents(voice.parent)
    rename, renamed = Path.rename, []

    def interrupted(self: Path, target: Path) -> Path:
        renamed.append(target)
        moved = rename(self, target)
        if len(renamed) == which:
            raise KeyboardInterrupt
        return moved

    monkeypatch.setattr(Path, "rename", interrupted)
    try:
        fill(voice)
    except KeyboardInterrupt:
        assert contents(voice.parent) == before
    else:
        assert contents(voice.parent) == {"mine/new.wav": "new"}


def test_only_what_a_killed_process_left_long_ago_is_swept(tmp_path: Path) -> None:
    for name, age in {
        ".cft-audio-a.part": 7200,
        ".cft-audio-b.part": 60,
        ".mine-c.old": 7200,
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.wav").write_text("x")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    fill(tmp_path / "mine")

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *(".cft-audio-b.part", ".mine-c.old", "mine")
    ]


def test_a_folder_of_which_a_player_has_a_file_open_stays_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows refuses it."""
    folder = tmp_path / "voices" / "mine"
    folder.mkdir(parents=True)
    (folder / "old.wav").write_text("old")
    rename = os.rename

    def refuse(path: Path, target: Path) -> None:
        if Path(path) == folder:
            raise PermissionError(13, "Access is denied", str(path))
        rename(path, target)

    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(OutputError, match="open in another program"), output_errors(folder):
        fill(folder)
    assert contents(tmp_path) == {"voices/mine/old.wav": "old"}
