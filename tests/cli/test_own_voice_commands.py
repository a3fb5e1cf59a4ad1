"""record-sheet and voice-from-recordings: what they refuse, and what they say to do about it."""

from __future__ import annotations

import json
import sys
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from program_runs import HELLO, PRACTICE, Machine

if TYPE_CHECKING:
    from pathlib import Path

SHEET = ("record-sheet", PRACTICE, "--name", "Sam", "--minutes", "3")


def test_a_sheet_is_written_once_and_the_next_step_is_told(machine: Machine) -> None:
    done = machine.run(*SHEET)
    assert "21 lines" in done.stdout
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


def test_a_sheet_says_whose_it_is_and_how_it_was_made(machine: Machine) -> None:
    figure = ("--figure", "my aunt Rosa", "--figure-pronouns", "she/her")
    machine.run(*SHEET, *figure, "--for", "anxiety", "-q")
    page = (machine.folder / "record-sheet" / "record-sheet.html").read_text()

    assert "For Sam." in page
    assert "Written on 15 January 2027." in page
    command = f"cft-audio build {PRACTICE} --name Sam --minutes 3 --figure &#39;my aunt Rosa&#39;"
    assert f"<code>{command} --figure-pronouns she/her --for anxiety</code>" in page


def test_a_sheet_of_somebody_who_keeps_the_name_out_says_neither(
    machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    machine.environment["XDG_CONFIG_HOME"] = str(tmp_path_factory.mktemp("config"))
    machine.configure("no-name = true\n")
    machine.run(*SHEET, "-q")
    page = (machine.folder / "record-sheet" / "record-sheet.html").read_text()

    assert "For Sam." not in page
    assert "--name" not in page
    assert "Written on" in page


def test_a_sheet_is_read_on_a_phone(machine: Machine) -> None:
    machine.run(*SHEET, "-q")
    page = (machine.folder / "record-sheet" / "record-sheet.html").read_text()

    narrow = page.partition("@media (max-width: 40em)")[2].partition("@media print")[0]
    assert "grid-template-columns: 2.1em 1.5em 1fr;" in narrow
    assert ".time { grid-column: 3;" in narrow


def own_voice(folder: Path, name: str = "my-voice") -> None:
    """Put a voice of two lines that were read into ``folder``."""
    takes = folder / name
    takes.mkdir(parents=True)
    texts = ("There is nothing to get right here.", "Hello.")
    for number, _ in enumerate(texts):
        with wave.open(str(takes / f"{number}.wav"), "wb") as out:
            out.setparams((1, 2, 44_100, 0, "NONE", ""))
            tone = 8000 * np.sin(np.arange(44_100) / (8 + number))
            out.writeframes(tone.astype("<i2").tobytes())
    index = [{"text": text, "file": f"{number}.wav"} for number, text in enumerate(texts)]
    (takes / "takes.json").write_text(json.dumps({"format": 1, "takes": index}))
    profile = f'engine = "recorded"\nlanguage = "en-GB"\n[recorded]\ntakes = "{name}"\n'
    (folder / f"{name}.toml").write_text(profile)


def test_a_voice_of_ones_own_is_heard_by_a_line_that_was_read(bare: Machine) -> None:
    own_voice(bare.folder / "voices")
    heard = bare.json("voices", "hear", "my-voice", "--no-play", "-o", "own.wav")

    assert heard["text"] == "There is nothing to get right here."
    assert (bare.folder / "own.wav").exists()


def test_a_dry_run_of_a_programme_finds_what_a_voice_of_ones_own_lacks(bare: Machine) -> None:
    own_voice(bare.folder / "voices")
    (bare.folder / "scripts").mkdir()
    (bare.folder / "scripts" / "hello.md").write_text(HELLO)
    course = 'title = "Two"\n[[session]]\ntitle = "One"\nday = 1\npractice = "hello"\n'
    (bare.folder / "two.toml").write_text(f'{course}minutes = "0:12"\n')
    build = ("programme", "build", "two.toml", "--name", "Sam", "-n", "--voice", "my-voice")

    assert "the recorded voice has no take of" in bare.run(*build, status=1).stderr


def test_a_voice_of_ones_own_is_removed_once_that_is_agreed(bare: Machine) -> None:
    for folder in (bare.folder / "voices", bare.home / ".local/share/cft-audio/voices"):
        own_voice(folder)
        (folder / "my-voice" / "note.txt").write_text("mine")
        refused = bare.run("voices", "remove", "my-voice", status=2).stderr
        assert "made of your own recordings" in refused
        assert "--yes" in refused
        assert (folder / "my-voice.toml").exists()

        assert bare.json("voices", "remove", "my-voice", "--yes") == {"removed": "my-voice"}
        assert [path.name for path in folder.rglob("*")] == ["my-voice", "note.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="no terminal can be played there")
def test_it_is_asked_before_a_voice_of_ones_own_is_removed(bare: Machine) -> None:
    own_voice(bare.folder / "voices")
    no = bare.run_at_terminal("n\n", "voices", "remove", "my-voice", status=130)
    assert "'my-voice' has 2 lines that you read aloud. Remove it?" in no.stderr
    assert (bare.folder / "voices" / "my-voice.toml").exists()

    bare.run_at_terminal("y\n", "voices", "remove", "my-voice")
    assert list((bare.folder / "voices").iterdir()) == []


@pytest.mark.parametrize("name", ["joe", "nobody", "../voices/my-voice", "my-voice.toml"])
def test_no_other_voice_is_removed(bare: Machine, name: str) -> None:
    own_voice(bare.folder / "voices")
    bare.run("voices", "remove", name, "--yes", status=1)

    assert (bare.folder / "voices" / "my-voice" / "takes.json").exists()
