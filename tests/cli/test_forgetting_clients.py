"""Forgetting a client: all of them goes, what cannot go is told, and nobody else's is touched."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from program_runs import HELLO, Machine, digest

NAME = "Xiomara"
OTHER = "Siobhan"

COURSE = (
    'title = "A week"\nsummary = "Hello."\n'
    '[[session]]\npractice = "hello"\ntitle = "One"\nminutes = "0:15"\nplan = "Daily."\n'
)


@pytest.fixture
def desk(bare: Machine) -> Machine:
    return _practice(bare)


def _practice(machine: Machine) -> Machine:
    (machine.folder / "scripts").mkdir()
    (machine.folder / "scripts" / "hello.md").write_text(HELLO)
    (machine.folder / "week.toml").write_text(COURSE)
    return machine


def data(machine: Machine) -> Path:
    return Path(machine.json("config")["data"])


def begin(machine: Machine, code: str = "K7", name: str = NAME) -> None:
    machine.run("client", "new", code, "--name", name, "--pronounce", f"{name}=see-oh-MAR-ah")


def forget(machine: Machine, *options: str, status: int = 0) -> Any:
    done = machine.run("client", "forget", "K7", "--json", *options, status=status)
    return json.loads(done.stdout)


def everything_under(folder: Path) -> dict[str, bytes]:
    """Return the name and the content of every file and folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def takes(folder: Path) -> set[str]:
    return {f"{path.parent.name}{path.name}" for path in folder.glob("??/*.take")}


@pytest.mark.slow
def test_nothing_of_a_client_is_left_in_anything_that_is_kept(cold: Machine) -> None:
    """The name in no file and no file's name, and none of the lines that were theirs."""
    desk = _practice(cold)
    begin(desk)
    begin(desk, "B2", OTHER)
    desk.run("client", "edit", "K7", "--notes", f"{NAME} fears the sea", "--pronouns", "she/her")
    for client in ("K7", "B2"):
        for do in (
            ("build", "hello", "--with-text", "vtt", "--with-handout", "html"),
            ("preview", "hello", "--no-play"),
            ("programme", "build", "./week.toml"),
            ("handout", "hello", "-o", "pages"),
            ("picture", "hello"),
            ("words", "hello", "--as", "html", "-o", "words"),
            ("record-sheet", "hello", "-o", f"sheet-{client}"),
            ("build", "hello", "--split-chapters", "-o", "chapters"),
        ):
            desk.run(*do, "--client", client, "-q")
    desk.run("pronounce", "hear", NAME, "--client", "K7", "--no-play", "-o", "heard.wav")
    cache = Path(desk.json("cache")["folder"])
    own, others = (data(desk) / "clients" / code / "takes" for code in ("K7", "B2"))
    theirs, of_another, shared = takes(own), takes(others), takes(cache)
    written = {path for path in everything_under(desk.folder) if "week.toml" not in path}
    receipt = forget(desk, "--recordings", "--yes")

    assert len(theirs) >= 2
    assert not theirs & (of_another | shared)
    home = everything_under(desk.home)
    assert takes(others) == of_another
    assert takes(cache) == shared
    for path, content in home.items():
        assert NAME.lower() not in path.lower()
        assert "K7" not in path
        assert NAME.lower().encode() not in content.lower()
    assert any(OTHER.encode() in content for content in home.values())
    kept = {f"{Path(path).parent.name}{Path(path).name}" for path in home}
    assert of_another | shared <= kept
    assert not theirs & kept
    left = everything_under(desk.folder)
    assert not [path for path, content in left.items() if NAME.encode() in content]
    assert not [path for path in left if "k7" in path.lower() and "sheet" not in path]
    assert {path for path in written if "b2" in path} == {path for path in left if "b2" in path}
    assert receipt["left"] == []
    assert receipt["lines"] == len(theirs)
    assert receipt["words"] == 1
    assert len(receipt["out_of_reach"]) == 5
    assert len(list((data(desk) / "albums").iterdir())) == 1
    assert "nothing is kept" in desk.run("client", "show", "K7", status=2).stderr


def test_recordings_stay_unless_they_are_named_and_the_receipt_says_where(desk: Machine) -> None:
    begin(desk)
    made = desk.json("build", "hello", "--client", "K7")["file"]
    receipt = forget(desk, "--yes")

    path = str(desk.folder / made)
    assert receipt["left"] == [{"path": path, "why": "it was made for them"}]
    assert Path(path).exists()
    assert not (data(desk) / "clients").exists()


def test_what_was_changed_copied_or_moved_away_is_not_taken_for_what_was_made(
    desk: Machine,
) -> None:
    begin(desk)
    for number in range(4):
        desk.run("build", "hello", "--client", "K7", "-o", f"{number}.mp3", "-q")
    folder = desk.folder
    (folder / "0.mp3").write_bytes(b"another's")
    shutil.copy(folder / "1.mp3", folder / "copy.ogg")
    (folder / "2.mp3").rename(folder / "renamed.mp3")
    (folder / "3.mp3").rename(folder.parent / "away.mp3")
    receipt = forget(desk, "--recordings", "--yes")

    assert receipt["left"] == [
        {"path": str(folder / "0.mp3"), "why": "it was changed since it was made"}
    ]
    assert receipt["moved_before"] == 1
    assert (folder / "0.mp3").read_bytes() == b"another's"
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [
        *("0.mp3", "copy.ogg", "week.toml")
    ]


def test_a_dry_run_tells_the_same_and_does_nothing(desk: Machine) -> None:
    begin(desk)
    desk.run("build", "hello", "--client", "K7", "-q")
    before = everything_under(desk.home), everything_under(desk.folder)
    told = forget(desk, "--recordings", "--dry-run")
    after = everything_under(desk.home), everything_under(desk.folder)
    done = forget(desk, "--recordings", "--yes")

    assert after == before
    assert told | {"dry_run": False} == done


def test_it_is_asked_first_and_not_done_unasked(desk: Machine) -> None:
    begin(desk)
    refused = desk.run("client", "forget", "K7", status=2).stderr
    assert "nobody is there to agree to it" in refused
    assert "--yes" in refused
    asked = desk.run_at_terminal("n\n", "client", "forget", "K7", status=130)
    assert "Forget all that is kept of client K7?" in asked.stderr
    assert desk.json("client", "show", "K7")["fields"]["name"] == NAME
    desk.run_at_terminal("y\n", "client", "forget", "K7")
    assert desk.json("client", "list") == []


def test_a_receipt_for_a_person_names_what_went_what_is_left_and_what_is_out_of_reach(
    desk: Machine,
) -> None:
    begin(desk)
    desk.run("build", "hello", "--client", "K7", "-q")
    told = desk.run("client", "forget", "k7", "--yes").stdout

    assert told.startswith("Removed:\n")
    assert "and in them 1 word, 1 spoken line" in told
    assert "Left:\n" in told
    assert "hello-k7.mp3: it was made for them" in told
    assert "Out of reach of this program:\n" in told
    assert "backups and cloud folders" in told
    assert NAME not in told


def test_a_name_that_stands_elsewhere_is_pointed_out_and_left(desk: Machine) -> None:
    config = desk.configure(f'name = "{NAME}"\n')
    begin(desk, "B2", NAME)
    begin(desk)
    desk.run("pronounce", "add", NAME, "see-oh-MAR-ah")
    before = digest(config)
    receipt = forget(desk, "--yes")

    assert {left["path"] for left in receipt["left"]} == {
        str(config),
        str(data(desk) / "lexicon.toml"),
    }
    assert all("stands in it" in left["why"] for left in receipt["left"])
    assert digest(config) == before


def test_a_client_with_a_wrong_file_words_alone_or_lines_alone_is_forgotten_too(
    desk: Machine,
) -> None:
    begin(desk)
    (data(desk) / "clients" / "K7" / "client.toml").write_text("name = ")
    forget(desk, "--yes")
    desk.run("pronounce", "add", "Aoife", "EE-fa", "--client", "Mary Ann")
    desk.run("client", "forget", "mary ann", "--yes")
    folder = data(desk) / "clients" / "K7" / "takes" / "ab"
    folder.mkdir(parents=True)
    (folder / "cd.take").write_bytes(b"x")
    assert [row["code"] for row in desk.json("client", "list")] == ["K7"]
    assert forget(desk, "--yes")["lines"] == 1

    assert not (data(desk) / "clients").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may remove anything")
def test_what_cannot_be_removed_is_left_told_and_a_failure(desk: Machine) -> None:
    begin(desk)
    made = desk.json("build", "hello", "--client", "K7", "-o", "there")["file"]
    (desk.folder / "there").chmod(0o500)
    receipt = forget(desk, "--recordings", "--yes", status=1)
    (desk.folder / "there").chmod(0o700)

    [left] = receipt["left"]
    assert left["path"] == str(desk.folder / made)
    assert "cannot be removed: Permission denied" in left["why"]


def test_what_is_refused_by_the_disk_is_left_told_and_a_failure(
    desk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where another program holds a recording open."""
    begin(desk)
    made = desk.folder / desk.json("build", "hello", "--client", "K7")["file"]
    unlink = Path.unlink

    def refuse(path: Path, **options: bool) -> None:
        if path == made:
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, **options)

    monkeypatch.setattr(Path, "unlink", refuse)
    receipt = forget(desk, "--recordings", "--yes", status=1)
    assert receipt["left"] == [
        {"path": str(made), "why": "it cannot be removed: Permission denied"}
    ]


def test_a_damaged_line_of_notes_hides_no_other(desk: Machine) -> None:
    begin(desk)
    desk.run("build", "hello", "--client", "K7", "-o", "a.mp3", "-q")
    notes = data(desk) / "clients" / "K7" / "made.jsonl"
    notes.write_text(f"{{\nnull\n[]\n{notes.read_text()}")
    desk.run("build", "hello", "--client", "K7", "-o", "b.mp3", "-q")
    assert notes.read_text().startswith("{\nnull\n[]\n")
    forget(desk, "--recordings", "--yes")

    assert not list(desk.folder.glob("*.mp3"))


@pytest.mark.slow
def test_what_goes_to_standard_output_is_not_noted(desk: Machine) -> None:
    begin(desk)
    process = desk.start("build", "hello", "--client", "K7", "-o", "-", "-q")
    assert process.stdout is not None
    assert process.stdout.buffer.read(3) == b"ID3"
    process.stdout.buffer.read()
    process.communicate()

    assert process.returncode == 0
    assert not (data(desk) / "clients" / "K7" / "made.jsonl").exists()


def test_a_folder_that_is_called_by_the_code_goes_when_it_is_empty_and_no_other(
    desk: Machine,
) -> None:
    desk.run("client", "new", "K1", "--name", "Sam")
    for folder in ("week-k1", "k12"):
        desk.run("build", "hello", "--client", "K1", "-o", f"{folder}/a.mp3")
    desk.run("client", "forget", "K1", "--recordings", "--yes")

    assert not (desk.folder / "week-k1").exists()
    assert list((desk.folder / "k12").iterdir()) == []
