"""What a client gets: put together whole, by coded names, and replaced only where it differs."""

from __future__ import annotations

import errno
import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
import pyzipper
from program_runs import HELLO, Machine, digest
from reading import text_of

pytestmark = pytest.mark.slow

NAME, OTHER = "Quillabeth", "Rosamunde"
PASSWORD = "harbour quiet seven maple"  # noqa: S105 -- for tests

SECOND = HELLO.replace("title: Hello", "title: Good evening").replace("Stop", "You may stop")
ROSTER = f"""code,name,practice,with_handout,artist,no_name
K1,{NAME},evening,html,Dr Ada Okafor,
K1,{NAME},hello,,Dr Ada Okafor,
K2,{OTHER},hello,,,yes
"""
COURSE = (
    'title = "A week"\nsummary = "Hello."\n'
    '[[session]]\npractice = "evening"\ntitle = "One"\nminutes = "0:15"\nplan = "Daily."\n'
    '[[session]]\npractice = "hello"\ntitle = "Two"\nminutes = "0:15"\nplan = "Daily."\n'
)


def furnished(machine: Machine) -> Machine:
    (machine.folder / "scripts").mkdir()
    for name, text in (("hello", HELLO), ("evening", SECOND)):
        (machine.folder / "scripts" / f"{name}.md").write_text(text)
    (machine.folder / "roster.csv").write_text(ROSTER)
    (machine.folder / "pw.txt").write_text(f"{PASSWORD}\n")
    (machine.folder / "pw.txt").chmod(0o600)
    return machine


@pytest.fixture
def desk(bare: Machine) -> Machine:
    """A machine with two practices of a few seconds, a roster of two clients, and a password."""
    return furnished(bare)


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory, warm_home: Path) -> Path:
    """The folder of the roster's recordings, made once; nobody may change it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "home").mkdir()
    (folder / "work").mkdir()
    machine = furnished(Machine(folder / "work", folder / "home"))
    machine.environment["XDG_CACHE_HOME"] = str(warm_home / ".cache")
    machine.run("batch", "roster.csv", "--workers", "0", "-q")
    return machine.folder / "output"


@pytest.fixture
def full_desk(desk: Machine, recordings: Path) -> Machine:
    """Such a machine where the recordings are made already, and none is handed over."""
    shutil.copytree(recordings, desk.folder / "output")
    return desk


def batch(machine: Machine, kind: str, *more: str, status: int = 0) -> Any:
    """Make the roster's recordings, hand them over, and return what is told of that."""
    asked = ("batch", "roster.csv", "--hand-over", kind, "--workers", "0", *more, "--json")
    return json.loads(machine.run(*asked, status=status).stdout)


def under(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def letter(machine: Machine, code: str = "K1") -> list[str]:
    page = machine.folder / "output" / "hand-over" / code / "letter.html"
    return text_of(page.read_text(encoding="utf-8"))


def test_each_client_of_a_batch_gets_a_folder_in_the_order_of_the_rows(full_desk: Machine) -> None:
    told = batch(full_desk, "folder")
    place = full_desk.folder / "output" / "hand-over"

    assert sorted(under(place)) == [
        "K1/01 practice 1min handout.html",
        "K1/01 practice 1min.mp3",
        "K1/02 practice 1min.mp3",
        "K1/letter.html",
        "K2/01 practice 1min.mp3",
        "K2/letter.html",
    ]
    assert digest(place / "K1/01 practice 1min.mp3") == digest(
        full_desk.folder / "output/K1/evening.mp3"
    )
    assert [(each["code"], each["state"], each["recordings"]) for each in told["hand_overs"]] == [
        ("K1", "made", 2),
        ("K2", "made", 1),
    ]
    said = letter(full_desk)
    assert said.index("Good evening (less than a minute)") < said.index(
        "Hello (less than a minute)"
    )
    assert f"Dear {NAME}," in said
    assert "Made for you by Dr Ada Okafor." in said


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_a_dry_run_lists_what_would_be_handed_over(desk: Machine, kind: str) -> None:
    asked = ("batch", "roster.csv", "--hand-over", kind, "-n")
    before = desk.left_behind()
    foretold = {each["code"]: each for each in desk.json(*asked)["hand_overs"]}
    shown = desk.run(*asked).stdout
    assert desk.left_behind() == before

    made = {each["code"]: each for each in batch(desk, kind)["hand_overs"]}
    assert foretold.keys() == made.keys()
    for code, plan in foretold.items():
        assert plan["path"] == made[code]["path"]
        assert plan["recordings"] == made[code]["recordings"]
        assert (plan["state"], plan["why"]) == ("planned", "not put together before")
        assert Path(plan["path"]).name in shown
    assert {each["state"] for each in desk.json(*asked)["hand_overs"]} == {"kept"}
    (desk.folder / "output" / "K2" / "hello.mp3").unlink()
    again = {each["code"]: each["why"] for each in desk.json(*asked)["hand_overs"]}
    assert again["K2"] == "recordings in it are made"
    assert "hand_overs" not in desk.json("batch", "roster.csv", "-n")


def test_where_the_name_is_kept_out_nothing_that_is_handed_over_has_it(full_desk: Machine) -> None:
    batch(full_desk, "zip")
    place = full_desk.folder / "output" / "hand-over"
    with zipfile.ZipFile(place / "K2.zip") as whole:
        contents = b"".join(whole.read(name) for name in whole.namelist())

    assert OTHER.encode() not in contents
    assert b"Hello," in contents
    assert all(
        NAME not in name and OTHER not in name for name in under(full_desk.folder / "output")
    )


def test_the_same_recordings_give_the_same_bytes_and_are_left_alone(full_desk: Machine) -> None:
    batch(full_desk, "zip")
    place = full_desk.folder / "output" / "hand-over"
    before = {path: (digest(path), path.stat().st_mtime_ns) for path in place.iterdir()}
    again = batch(full_desk, "zip")
    after = {path: (digest(path), path.stat().st_mtime_ns) for path in place.iterdir()}
    (place / "K1.zip").unlink()
    batch(full_desk, "zip")

    assert {each["state"] for each in again["hand_overs"]} == {"kept"}
    assert after == before
    assert digest(place / "K1.zip") == before[place / "K1.zip"][0]


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_it_is_replaced_as_a_whole_where_it_differs(full_desk: Machine, kind: str) -> None:
    batch(full_desk, kind)
    (full_desk.folder / "roster.csv").write_text(
        ROSTER.replace(",evening,html,", ",hello,,", 1).replace(
            f"K1,{NAME},hello,,Dr Ada Okafor,\nK2", f"K1,{NAME},evening,html,Dr Ada Okafor,\nK2"
        )
    )
    again = batch(full_desk, kind)
    place = full_desk.folder / "output" / "hand-over" / ("K1" if kind == "folder" else "K1.zip")
    names = sorted(under(place)) if kind == "folder" else sorted(zipfile.ZipFile(place).namelist())

    assert [each["state"] for each in again["hand_overs"]] == ["made", "kept"]
    assert names == [
        "01 practice 1min.mp3",
        "02 practice 1min handout.html",
        "02 practice 1min.mp3",
        "letter.html",
    ]
    assert not [path for path in place.parent.iterdir() if path.name.startswith(".")]


def test_what_somebody_changed_or_put_there_stays(full_desk: Machine) -> None:
    batch(full_desk, "folder")
    place = full_desk.folder / "output" / "hand-over"
    mine = place / "K1" / "letter.html"
    mine.write_text("my own words")
    (place / "K2" / "mine.txt").write_text("mine")
    told = batch(full_desk, "folder", status=3)

    assert [each["state"] for each in told["hand_overs"]] == ["failed", "failed"]
    assert "was changed" in told["hand_overs"][0]["error"]["message"]
    assert told["hand_overs"][0]["error"]["where"].endswith("K1/letter.html")
    assert mine.read_text() == "my own words"
    assert (place / "K2" / "mine.txt").read_text() == "mine"


def test_what_is_there_and_none_of_ours_is_not_written_over(desk: Machine) -> None:
    place = desk.folder / "output" / "hand-over"
    place.mkdir(parents=True)
    (place / "K1.zip").write_bytes(b"mine")
    done = desk.run("batch", "roster.csv", "--hand-over", "zip", "--workers", "0", status=3)

    assert "K1: " in done.stderr
    assert "Move it away" in done.stderr
    assert (place / "K1.zip").read_bytes() == b"mine"
    assert (place / "K2.zip").exists()


def test_what_a_file_manager_leaves_there_is_no_change(full_desk: Machine) -> None:
    batch(full_desk, "folder")
    (full_desk.folder / "output" / "hand-over" / "K1" / ".DS_Store").write_bytes(b"x")

    assert {each["state"] for each in batch(full_desk, "folder")["hand_overs"]} == {"kept"}


def test_a_client_of_whom_a_row_failed_gets_nothing_yet(full_desk: Machine) -> None:
    batch(full_desk, "folder")
    shutil.rmtree(full_desk.folder / "output")
    bed = full_desk.folder / "bed.wav"
    bed.write_bytes(b"RIFF no sound")
    rows = ROSTER.replace("no_name\n", "no_name,bed\n").replace(
        "Okafor,\nK1", "Okafor,,bed.wav\nK1"
    )
    (full_desk.folder / "roster.csv").write_text(rows)
    done = full_desk.run("batch", "roster.csv", "--hand-over", "folder", "--workers", "0", status=3)

    assert "nothing is handed over to K1 yet: row 2 failed" in done.stderr
    assert [path.name for path in (full_desk.folder / "output" / "hand-over").iterdir()] == ["K2"]


def test_a_locked_zip_opens_with_the_password_alone_and_has_the_letter_in_it(
    desk: Machine,
) -> None:
    told = batch(desk, "zip", "--password-file", "pw.txt")
    place = desk.folder / "output" / "hand-over"
    with pyzipper.AESZipFile(place / "K1.zip") as whole:
        names = whole.namelist()
        with pytest.raises(RuntimeError):
            whole.read("letter.html")
        whole.setpassword(PASSWORD.encode())
        page = whole.read("letter.html").decode()
    opening = (place / "K1-how-to-open.html").read_text(encoding="utf-8")

    assert f"Dear {NAME}," in page
    assert told["hand_overs"][0]["how_to_open"].endswith("K1-how-to-open.html")
    assert not any(word in " ".join(names) for word in (NAME, "hello", "evening", "K1"))
    assert NAME not in opening
    assert PASSWORD not in opening
    assert NAME.encode() not in (place / "K1.zip").read_bytes()


def test_a_locked_zip_is_left_alone_where_the_same_is_in_it(full_desk: Machine) -> None:
    asked = ("zip", "--password-file", "pw.txt")
    batch(full_desk, *asked)
    place = full_desk.folder / "output" / "hand-over"
    before = digest(place / "K1.zip")
    again = batch(full_desk, *asked)
    same = digest(place / "K1.zip")
    (full_desk.folder / "pw.txt").write_text("another harbour entirely\n")
    batch(full_desk, *asked)
    with pyzipper.AESZipFile(place / "K1.zip") as whole:
        whole.setpassword(b"another harbour entirely")
        whole.testzip()
    batch(full_desk, "zip")

    assert {each["state"] for each in again["hand_overs"]} == {"kept"}
    assert same == before
    assert zipfile.ZipFile(place / "K1.zip").testzip() is None
    assert sorted(path.name for path in place.iterdir()) == ["K1.zip", "K2.zip"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--hand-over", "folder", "--password-file", "pw.txt"), "a folder cannot be locked"),
        (("--password-file", "pw.txt"), "--hand-over zip"),
        (
            ("--hand-over", "zip", "--password-file", "short.txt"),
            "7 characters, and 8 is the least",
        ),
        (("--hand-over", "zip", "--password-file", "none.txt"), "it cannot be read"),
        (("--hand-over", "tar"), "'tar' is not one of"),
    ],
)
def test_what_cannot_be_meant_is_told_before_anything_is_made(
    desk: Machine, options: tuple[str, ...], told: str
) -> None:
    (desk.folder / "short.txt").write_text("seven77\n")
    before = desk.left_behind()
    done = desk.run("batch", "roster.csv", *options, status=2)

    assert told in done.stderr
    assert desk.left_behind() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_it_is_said_that_others_can_read_the_password_and_that_all_have_one(desk: Machine) -> None:
    (desk.folder / "pw.txt").chmod(0o644)
    asked = ("batch", "roster.csv", "--hand-over", "zip", "--password-file", "pw.txt")
    said = desk.run(*asked, "--workers", "0").stderr

    assert "Others on this machine can read the password" in said
    assert "All ZIPs have one password" in said
    assert "cft-audio client pack" in said
    assert PASSWORD not in said


def test_a_client_is_packed_with_all_that_was_made_for_them(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", NAME)
    for command in (
        ("build", "hello", "--with-handout", "html", "--with-text", "vtt"),
        ("build", "evening", "--split-chapters", "-o", "chapters"),
        ("preview", "evening", "--no-play"),
        ("picture", "hello"),
    ):
        desk.run(*command, "--client", "K7", "-q")
    told = desk.json("client", "pack", "K7")
    place = desk.folder / "output" / "hand-over"

    assert told["path"] == "output/hand-over/K7"
    assert told["recordings"] == 2
    assert sorted(under(place)) == [
        "K7/01 practice 1min handout.html",
        "K7/01 practice 1min.mp3",
        "K7/01 practice 1min.vtt",
        "K7/02 practice 1min/01.mp3",
        "K7/letter.html",
    ]
    said = letter(desk, "K7")
    assert f"Dear {NAME}," in said
    assert "To read with it: handout" in said
    assert "Good evening (less than a minute)" in said
    assert sum(NAME in line for line in said) == 1


def test_what_was_handed_over_is_not_packed_again(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", NAME)
    desk.run("build", "hello", "--client", "K7", "-q")
    first = desk.json("client", "pack", "K7")
    again = desk.json("client", "pack", "K7")
    elsewhere = desk.json("client", "pack", "K7", "--as", "zip", "-o", "away")

    assert (first["state"], again["state"], elsewhere["state"]) == ("made", "kept", "made")
    assert {each["recordings"] for each in (first, again, elsewhere)} == {1}


def test_a_recording_that_was_changed_is_not_handed_over(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", NAME)
    for name in ("hello", "evening"):
        desk.run("build", name, "--client", "K7", "-o", f"{name}.mp3", "-q")
    with (desk.folder / "hello.mp3").open("ab") as file:
        file.write(b"x")
    done = desk.run("client", "pack", "K7")

    assert "A file was changed since it was made" in done.stderr
    assert "1 recording and a letter" in done.stdout


def test_without_a_recording_there_is_nothing_to_hand_over(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", NAME)
    said = desk.run("client", "pack", "K7", status=2).stderr

    assert "no recording is there that was made for client K7" in said
    assert "'cft-audio build PRACTICE --client K7'" in said
    assert not (desk.folder / "output").exists()
    assert "client new K9" in desk.run("client", "pack", "K9", status=2).stderr


def test_somebody_without_a_code_gets_one_first(desk: Machine) -> None:
    desk.run("pronounce", "add", "Aoife", "EE-fa", "--client", NAME)
    desk.run("build", "hello", "--client", NAME, "--name", NAME, "-q")
    said = desk.run("client", "pack", NAME, status=2).stderr
    desk.run("client", "new", "K7", "--name", NAME)

    assert "has no code to call a folder by" in said
    assert "'cft-audio client new'" in said
    assert desk.json("client", "pack", "K7")["recordings"] == 1


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_what_cannot_be_written_whole_is_not_written(
    desk: Machine, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the disk is full by the second recording."""
    desk.run("client", "new", "K7", "--name", NAME)
    desk.run("build", "hello", "--client", "K7", "-q")
    desk.run("client", "pack", "K7", "--as", kind)
    desk.run("build", "evening", "--client", "K7", "-q")
    before, copied = under(desk.folder), []

    def fill_up(*_: object, **__: object) -> None:
        copied.append(1)
        if len(copied) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile" if kind == "folder" else "copyfileobj", fill_up)
    said = desk.run("client", "pack", "K7", "--as", kind, status=1).stderr

    assert "the disk is full" in said
    assert under(desk.folder) == before
    assert not [
        path for path in (desk.folder / "output/hand-over").iterdir() if path.name[0] == "."
    ]


def test_a_letter_greets_nobody_where_that_is_asked(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", NAME)
    desk.run("build", "hello", "--client", "K7", "-q")
    said = desk.run("client", "pack", "K7", "--no-name").stderr
    greeted_nobody = letter(desk, "K7")
    desk.run("client", "edit", "K7", "--no-name")
    again = desk.json("client", "pack", "K7")

    assert "The name stands in the tags of recordings" in said
    assert "Hello," in greeted_nobody
    assert NAME not in " ".join(greeted_nobody)
    assert again["state"] == "kept"


def test_a_letter_greets_nobody_whose_name_a_recording_keeps_out(desk: Machine) -> None:
    batch(desk, "folder")
    desk.json("client", "pack", "K2", "-o", "output/hand-over")
    desk.run("client", "new", "K7", "--name", NAME)
    desk.run("build", "hello", "--client", "K7", "--no-name", "-q")
    desk.run("client", "pack", "K7")

    for code, name in (("K2", OTHER), ("K7", NAME)):
        said = letter(desk, code)
        assert "Hello," in said
        assert not any(name in line or "NAME" in line for line in said)


def test_a_title_with_the_name_in_it_is_not_in_the_letter(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", NAME)
    desk.run("build", "hello", "--client", "K7", "--title", f"For {NAME}, at night", "-q")
    desk.run("client", "pack", "K7")

    said = letter(desk, "K7")
    assert "Hello (less than a minute)" in said
    assert sum(NAME in line for line in said) == 1


def test_what_is_easy_comes_first_long_before_short_and_a_course_last_in_its_order(
    desk: Machine,
) -> None:
    (desk.folder / "week.toml").write_text(COURSE)
    desk.run("client", "new", "K7", "--name", NAME)
    desk.run("programme", "build", "./week.toml", "--client", "K7", "-q")
    for practice, minutes in (
        ("compassionate-imagery", "3"),
        ("soothing-rhythm-breathing", "3"),
        ("kind-body-scan", "3"),
        ("soothing-rhythm-breathing", "4"),
    ):
        desk.run("build", practice, "-m", minutes, "--client", "K7", "-q")
    desk.run("client", "pack", "K7")

    told = [line for line in letter(desk, "K7") if line.endswith((" minutes)", " minute)"))]
    assert told == [
        "Soothing rhythm breathing (4 minutes)",
        "Soothing rhythm breathing (3 minutes)",
        "A kind body scan (3 minutes)",
        "Kind company (3 minutes)",
        "One (less than a minute)",
        "Two (less than a minute)",
    ]


def test_forgetting_names_what_was_handed_over_as_out_of_reach(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", NAME)
    desk.run("build", "hello", "--client", "K7", "-q")
    for kind in ("folder", "zip"):
        desk.run("client", "pack", "K7", "--as", kind)
    place = desk.folder / "output" / "hand-over"
    shutil.copy(place / "K7.zip", desk.folder / "copy.zip")
    looked = desk.run("client", "forget", "K7", "--recordings", "--dry-run").stdout
    receipt = json.loads(
        desk.run("client", "forget", "K7", "--recordings", "--yes", "--json").stdout
    )

    assert f"handed over on 2027-01-15: {place / 'K7.zip'}, 1 recording" in " ".join(looked.split())
    assert receipt["handed_over"] == [
        {"path": str(place / name), "on": "2027-01-15", "recordings": 1}
        for name in ("K7", "K7.zip")
    ]
    assert not any(place.iterdir())
    assert (desk.folder / "copy.zip").exists()


def test_forgetting_takes_what_a_roster_asked_for_out_of_the_notes(desk: Machine) -> None:
    batch(desk, "folder")
    data = Path(desk.json("config")["data"])
    receipt = json.loads(desk.run("client", "forget", "K1", "--yes", "--json").stdout)
    [notes] = (data / "batches").iterdir()

    assert receipt["batches"] == [str(notes)]
    assert "K1" not in notes.read_text()
    assert "K2" in notes.read_text()
