"""What has to be the same on each machine that makes recordings."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from cft_audio.application.batches import machines
from cft_audio.application.batches.machines import describe_machine
from cft_audio.files.folders import PACKAGE, shipped_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_a_machine_is_described_alike_each_time_and_in_short() -> None:
    described = describe_machine()

    assert described == describe_machine()
    assert {"practices", "voices", "the program's files"} <= described.keys()
    assert "none" not in described.values()
    assert all(len(value) <= 10 for value in described.values())


@pytest.mark.parametrize(
    ("change", "differs"), [("a word", True), ("its line ends", False), ("its name", True)]
)
def test_a_practice_that_differs_is_seen_and_the_line_ends_of_a_system_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, *, differs: bool
) -> None:
    before = describe_machine()["practices"]
    copy = shutil.copytree(shipped_folder("scripts"), tmp_path / "scripts")
    practice = copy / "kind-body-scan.md"
    content = practice.read_bytes()
    if change == "a word":
        practice.write_bytes(content.replace(b"breath", b"breeze", 1))
    elif change == "its name":
        practice.rename(copy / "another.md")
    else:
        practice.write_bytes(content.replace(b"\n", b"\r\n"))
    monkeypatch.setattr(machines, "shipped_folder", lambda _: copy)

    assert (describe_machine()["practices"] != before) is differs


@pytest.mark.parametrize("file", ["mix/mixer.py", "languages/packs/en.toml", "running/worker.py"])
def test_a_program_that_differs_anywhere_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    before = describe_machine()["the program's files"]
    copy = shutil.copytree(PACKAGE, tmp_path / "cft_audio", ignore=shutil.ignore_patterns("*.pyc"))
    monkeypatch.setattr(machines, "PACKAGE", copy)
    unchanged = describe_machine()["the program's files"]
    (copy / file).write_bytes((copy / file).read_bytes() + b"# another\n")

    assert unchanged == before
    assert describe_machine()["the program's files"] != before
