"""record-sheet and voice-from-recordings: what they refuse, and what they say to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from program_runs import PRACTICE

if TYPE_CHECKING:
    import pytest
    from program_runs import Machine

SHEET = ("record-sheet", PRACTICE, "--name", "Sam", "--minutes", "3")


def test_a_sheet_is_written_once_and_the_next_step_is_told(machine: Machine) -> None:
    done = machine.run(*SHEET)
    assert "22 lines" in done.stdout
    assert "cft-audio voice-from-recordings record-sheet" in done.stderr
    assert machine.left_behind() == ["record-sheet/lines.json", "record-sheet/record-sheet.html"]

    assert "made already" in machine.run(*SHEET).stdout
    machine.run(*SHEET, "-o", "record-sheet", "--force", "-q")
    assert machine.left_behind() == ["record-sheet/lines.json", "record-sheet/record-sheet.html"]


def test_another_sheet_gets_a_folder_of_its_own(machine: Machine) -> None:
    machine.run(*SHEET, "-q")
    before = (machine.folder / "record-sheet" / "lines.json").read_bytes()
    other = machine.json(*SHEET, "--variant", "2")["page"]
    third = machine.json(*SHEET, "--variant", "3", "--force")["page"]

    assert other == f"record-sheet-{PRACTICE}-sam-3min/record-sheet.html"
    assert third == f"record-sheet-{PRACTICE}-sam-3min-2/record-sheet.html"
    assert machine.json(*SHEET, "--variant", "2")["state"] == "kept"
    assert (machine.folder / "record-sheet" / "lines.json").read_bytes() == before
    refused = machine.run(*SHEET, "--variant", "3", "-o", "record-sheet", status=1).stderr
    assert "Choose another name with -o, or write over it with --force." in refused


def test_where_recordings_go_is_not_where_a_sheet_goes(
    machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    machine.environment["XDG_CONFIG_HOME"] = str(tmp_path_factory.mktemp("config"))
    machine.configure('output = "recordings"\n')
    machine.environment["CFT_AUDIO_BUILD_OUTPUT"] = "recordings"
    machine.run(*SHEET, "-q")

    assert machine.left_behind() == ["record-sheet/lines.json", "record-sheet/record-sheet.html"]


def test_the_same_request_writes_the_same_sheet(machine: Machine) -> None:
    machine.run(*SHEET, "-q")
    machine.run(*SHEET, "-q", "-o", "again")

    for name in ("lines.json", "record-sheet.html"):
        first, again = (machine.folder / folder / name for folder in ("record-sheet", "again"))
        assert first.read_bytes() == again.read_bytes()


def test_a_request_that_build_would_refuse_writes_no_sheet(machine: Machine) -> None:
    said = machine.run("record-sheet", PRACTICE, "--name", "Sam", "-m", "0:20", status=2).stderr

    assert "Ask for a length from" in said
    assert machine.left_behind() == []


def test_a_folder_without_a_sheet_or_recordings_is_told(machine: Machine) -> None:
    (machine.folder / "empty").mkdir()
    told = machine.run("voice-from-recordings", "empty", status=2).stderr
    assert "record-sheet" in told

    machine.run(*SHEET, "-q")
    told = machine.run("voice-from-recordings", "record-sheet", status=1).stderr
    assert "no recordings" in told
