"""Choosing a practice, beginning one's own, and building a course of them."""

from __future__ import annotations

import shlex
import signal
from pathlib import Path

import pytest
from program_runs import HELLO, PATIENCE, SHORT, Machine, digest, ffmpeg, wait_until

from cft_audio.errors import LengthError
from cft_audio.planning.outline import Outline


@pytest.mark.slow
def test_a_proposal_comes_with_a_command_that_works(machine: Machine) -> None:
    found = machine.json("choose", "--hard", "anxiety", "--minutes", "3", "--practised", "new")
    command = shlex.split(found["command"])

    assert command[:2] == ["cft-audio", "build"]
    assert command[2] == found["practice"]
    assert "NAME" not in command
    assert found["reason"].endswith(".")
    machine.run(*command[1:], "--name", "Sam", "--dry-run")


def written(folder: Path, name: str, about: str, slots: str = "", body: str = "Hello.") -> None:
    """Write a practice of one's own."""
    (folder / "scripts").mkdir(exist_ok=True)
    (folder / "scripts" / f"{name}.md").write_text(
        f"---\ntitle: {name}\ntechnique: loving-kindness\nnatural: 5\n"
        f"about:\n  helps: [anger]\n{about}"
        f"slots:\n  name: {{ask: Name}}\n{slots}---\n## A\n\n[pause]\n\n{body}\n\n[pause x9]\n"
    )


def test_the_smallest_that_helps_is_proposed_first(machine: Machine) -> None:
    written(machine.folder, "hard", "  complexity: high\n")
    written(machine.folder, "guided", "  complexity: low\n  therapist_advised: yes\n")
    written(machine.folder, "later", "  complexity: low\n  experience: some\n")
    written(machine.folder, "easy", "  complexity: low\n")

    def proposed(hard: str, practised: str) -> str:
        asked = ("choose", "--hard", hard, "--minutes", "5", "--practised", practised)
        return str(machine.json(*asked)["practice"])

    assert proposed("anger", "new") == "easy"
    assert proposed("anger", "steady") == "easy"


def test_nothing_is_proposed_that_cannot_be_made_yet(machine: Machine) -> None:
    """Neither a broken practice nor one that reads a letter, which has to be written first."""
    letter = "  letter: {ask: Which file, type: letter}\n"
    written(machine.folder, "aaa", "  complexity: low\n", letter)
    (machine.folder / "scripts" / "aac.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
    (machine.folder / "scripts" / "aad.md").write_text("---\ntitle: x\nhelps: [anger]\n---\n")
    for hard in ("anger", "shame", "low-mood"):
        asked = ("choose", "--hard", hard, "--minutes", "900", "--practised", "new")
        command = shlex.split(machine.json(*asked)["command"])
        assert command[2] not in ("aaa", "aac", "aad", "compassionate-letter-reading")
        assert command[command.index("--minutes") + 1] == "60"


def test_a_file_that_cannot_be_read_does_not_hide_the_practices(machine: Machine) -> None:
    (machine.folder / "scripts").mkdir()
    (machine.folder / "scripts" / "mine.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
    listed = machine.run("list")

    assert "mine.md:2: a letter or a sign in this line" in listed.stderr
    assert "loving-kindness" in listed.stdout


def test_somebody_at_a_terminal_is_asked_in_plain_words(machine: Machine) -> None:
    """A number or the word itself will do, and a slip is asked about again."""
    done = machine.run_at_terminal("sleepy\nsleep\n12\n1\nn\n", "choose")

    assert "Type a number from 1 to 9." in done.stderr
    assert "minutes do you have?" in done.stderr
    assert "--minutes 12 --for sleep" in done.stdout


@pytest.mark.slow
def test_what_a_practice_needs_is_asked_at_a_terminal(machine: Machine) -> None:
    command = ("build", "soothing-rhythm-breathing", "-m", "3", "--dry-run")
    done = machine.run_at_terminal("Sam\n", *command)

    assert "What would you like to be called?" in done.stderr
    assert "Sam" in done.stdout


def test_choosing_without_a_terminal_says_what_to_give(machine: Machine) -> None:
    assert "--practised" in machine.run("choose", status=2).stderr


@pytest.mark.slow
def test_a_script_that_was_begun_can_be_built_at_once(machine: Machine) -> None:
    begun = machine.run("new-script", "kind-morning", "--title", 'A "kind": morning').stdout
    file = Path("scripts", "kind-morning.md")
    assert begun.startswith(f"{file}\n")
    text = (machine.folder / file).read_text(encoding="utf-8")
    assert "use 'cft-audio check kind-morning'" in text
    assert "use 'cft-audio build --name Sam --dry-run kind-morning'" in text
    assert "0 errors, 2 warnings" in machine.run("check", "kind-morning").stdout
    plan = machine.json("build", "kind-morning", "--name", "Sam", "-m", "3", "--dry-run")

    assert plan["title"] == "A 'kind': morning"
    assert "--name" in machine.run("build", "kind-morning", "-m", "5", status=2).stderr


def test_a_script_is_never_begun_over_another(machine: Machine) -> None:
    machine.run("new-script", "mine")
    (machine.folder / "scripts" / "mine.md").write_text("precious")
    machine.run("new-script", "mine", status=1)

    assert (machine.folder / "scripts" / "mine.md").read_text() == "precious"
    hidden = machine.run("new-script", "loving-kindness", status=2).stderr
    assert "this one would hide it" in hidden
    assert "hyphens" in machine.run("new-script", "My Own!", status=2).stderr


COURSE = """
title = "Two evenings"
summary = "A short course."

[[session]]
title = "The first"
practice = "soothing-rhythm-breathing"
minutes = 3
plan = "Tonight."

[[session]]
title = "The second"
practice = "soothing-rhythm-breathing"
minutes = "3:30"
for = ["sleep"]
seed = 2
"""


ALBUM = (
    COURSE.replace("soothing-rhythm-breathing", "short")
    .replace("= 3\n", '= "0:12"\n')
    .replace("3:30", "0:14")
)
"""The same of a practice of a few seconds."""

EVENINGS = ("programme", "build", "evenings.toml", "--name")


def write_album(machine: Machine) -> None:
    """Write the short programme and its practice."""
    (machine.folder / "scripts").mkdir()
    (machine.folder / "scripts" / "short.md").write_text(HELLO)
    (machine.folder / "evenings.toml").write_text(ALBUM)


def test_a_programme_becomes_a_numbered_album_with_a_plan(machine: Machine) -> None:
    write_album(machine)
    machine.run(*EVENINGS, "Sam")

    folder = machine.folder / "output" / "evenings-sam"
    assert [path.name for path in sorted(folder.glob("*"))] == [
        "1 The first.mp3",
        "2 The second.mp3",
        "cover.jpg",
        "plan.html",
        "plan.txt",
        "playlist.m3u8",
    ]
    plan = (folder / "plan.txt").read_text(encoding="utf-8")
    for words in (
        *("Two evenings, for Sam", "Tonight.", "1 The first.mp3: Hello", "2 The second.mp3: Hello"),
        *("What the recordings are not", "116 123"),
    ):
        assert words in plan
    assert max(map(len, plan.splitlines())) <= 80
    tags = ffmpeg("-i", str(folder / "2 The second.mp3"))
    assert "Two evenings" in tags
    assert "2/2" in tags


def test_a_dry_run_of_a_programme_speaks_and_writes_nothing(cold: Machine) -> None:
    write_album(cold)
    before = cold.left_behind()
    foretold = cold.json(*EVENINGS, "Sam", "--dry-run")["recordings"]

    assert [row["state"] for row in foretold] == ["planned"] * 2
    assert [row["duration_s"] for row in foretold] == [12.0, 14.0]
    assert cold.json("cache")["clips"] == 0
    assert cold.left_behind() == before
    missing = cold.run(*EVENINGS, "Sam", "--dry-run", "--voice", "fable", status=1).stderr
    assert "Kokoro's model is missing" in missing


def test_a_dry_run_of_a_programme_speaks_where_estimates_cannot_tell(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise LengthError("it may be too short", remedy="", too_short=True)

    write_album(machine)
    monkeypatch.setattr(Outline, "estimate", refuse)

    assert machine.run(*EVENINGS, "Sam", "--dry-run").stdout.count("planned") == 2


@pytest.mark.slow
def test_a_plan_is_never_written_over_somebody_elses_file(machine: Machine) -> None:
    write_album(machine)
    machine.run(*EVENINGS, "Sam")
    output = machine.folder / "output"
    for recording in output.rglob("*.mp3"):
        recording.unlink()  # taken to a phone

    assert "evenings-sam/1 The first" in machine.run(*EVENINGS, "Sam", "-n").stdout
    diary = output / "evenings-sam" / "plan.txt"
    diary.write_text("mine")
    machine.run(*EVENINGS, "Sam", "-q")

    assert diary.read_text() == "mine"
    assert len(list((output / "evenings-sam-2").iterdir())) == 6


def test_a_plan_is_silent_about_the_listener_where_that_is_wished(machine: Machine) -> None:
    write_album(machine)
    machine.run(*EVENINGS, "Xiomara", "--no-name", "-o", "given")

    (plan,) = (machine.folder / "given").rglob("plan.txt")
    text = plan.read_text(encoding="utf-8")
    assert "Xiomara" not in text + str(plan)
    assert "1 The first.mp3" in text


def test_the_plan_that_is_shown_names_practices_by_title_and_by_what_builds_them(
    machine: Machine,
) -> None:
    shown = machine.run("programme", "show", "first-week").stdout

    assert "Soothing rhythm breathing  (soothing-rhythm-breathing)" in shown
    assert "What the recordings are not" in shown
    assert "116 123" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ("programme", "build", "first-week"),
        ("programme", "build", "first-week", "--dry-run"),
        ("record-sheet", "loving-kindness", "--minutes", "3"),
    ],
)
@pytest.mark.parametrize("name", ["x.mp3", "week.MP3", "page.html", "a/b.wav"])
def test_what_needs_a_folder_makes_none_that_is_named_like_a_file(
    arguments: tuple[str, ...], name: str, machine: Machine
) -> None:
    error = machine.run(*arguments, "--name", "Sam", "-o", name, status=2).stderr

    assert "several files are written" in error
    assert "Name a folder" in error
    assert list(machine.folder.iterdir()) == []


def test_a_long_title_in_any_script_makes_a_name_that_a_disk_takes(machine: Machine) -> None:
    write_album(machine)
    long = ALBUM.replace("The first", "慈" * 200)
    (machine.folder / "evenings.toml").write_text(long, encoding="utf-8")
    first, _ = machine.json(*EVENINGS, "Sam", "--dry-run")["recordings"]

    assert len(first["file"].rpartition("/")[2].encode()) < 255


@pytest.mark.slow
def test_a_programme_goes_on_where_it_stopped(machine: Machine) -> None:
    write_album(machine)
    first, second = machine.json(*EVENINGS, "Sam")["recordings"]
    assert (first["state"], second["state"]) == ("made", "made")
    made = (machine.folder / first["file"]).stat().st_mtime_ns
    (machine.folder / second["file"]).unlink()
    first, second = machine.json(*EVENINGS, "Sam")["recordings"]

    assert (first["state"], second["state"]) == ("kept", "made")
    assert (machine.folder / first["file"]).stat().st_mtime_ns == made
    assert (machine.folder / second["file"]).stat().st_size > 100_000


@pytest.mark.slow
def test_an_interrupted_programme_keeps_what_is_made(machine: Machine) -> None:
    write_album(machine)
    (machine.folder / "scripts" / "longer.md").write_text(SHORT)
    course = ALBUM.replace('"short"\nminutes = "0:14"', '"longer"\nminutes = "1:20"')
    (machine.folder / "evenings.toml").write_text(course)
    first = machine.folder / "output" / "evenings-sam" / "1 The first.mp3"
    process = machine.start(*EVENINGS, "Sam")
    wait_until(lambda: first.exists() and any(first.parent.glob(".*.part")), process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)

    assert process.returncode == 130
    assert "run the same command again" in err
    whole = {".mp3", ".txt", ".html", ".m3u8", ".jpg"}
    assert {path.suffix for path in first.parent.iterdir()} <= whole
    again = machine.json(*EVENINGS, "Sam")["recordings"]
    assert [row["state"] for row in again] == ["kept", "made"]


@pytest.mark.slow
def test_nobody_is_given_a_recording_that_speaks_to_somebody_else(machine: Machine) -> None:
    write_album(machine)
    made = machine.json(*EVENINGS, "Sam", "--no-name")["recordings"]
    before = [digest(machine.folder / row["file"]) for row in made]
    others = machine.json(*EVENINGS, "Ana", "--no-name", "--force")["recordings"]

    assert {Path(row["file"]).parent.name for row in made} == {"evenings"}
    assert {Path(row["file"]).parent.name for row in others} == {"evenings-2"}
    assert [digest(machine.folder / row["file"]) for row in made] == before
    assert [row["state"] for row in machine.json(*EVENINGS, "Sam", "--no-name")["recordings"]] == [
        "kept",
        "kept",
    ]


def test_a_file_that_lies_in_the_way_of_an_album_is_left_alone(machine: Machine) -> None:
    write_album(machine)
    folder = machine.folder / "output" / "evenings-sam"
    folder.mkdir(parents=True)
    (folder / "2 The second.mp3").write_bytes(b"my own")
    machine.run(*EVENINGS, "Sam", "--force")

    assert [path.name for path in folder.iterdir()] == ["2 The second.mp3"]
    assert (folder / "2 The second.mp3").read_bytes() == b"my own"
    assert len(list(folder.with_name("evenings-sam-2").glob("*.mp3"))) == 2


def test_a_changed_recording_of_an_album_is_not_taken_for_it(machine: Machine) -> None:
    write_album(machine)
    first, _ = machine.json(*EVENINGS, "Sam")["recordings"]
    (machine.folder / first["file"]).write_bytes(b"changed")
    refused = machine.run(*EVENINGS, "Sam", status=1).stderr

    assert "it is there already, and was not made of the same practice" in refused
    assert "Move it away, or choose another folder with -o." in refused


@pytest.mark.slow
def test_an_album_of_other_options_has_a_folder_that_tells_them(machine: Machine) -> None:
    write_album(machine)
    machine.run(*EVENINGS, "Sam")
    quiet = machine.json(*EVENINGS, "Sam", "--bed", "none")["recordings"]

    assert {Path(row["file"]).parent.name for row in quiet} == {"evenings-sam-no-bed"}
    again = machine.json(*EVENINGS, "Sam", "--bed", "none")["recordings"]
    assert [row["state"] for row in again] == ["kept", "kept"]


def test_what_a_programme_says_wrongly_is_told_of_the_programme(machine: Machine) -> None:
    write_album(machine)
    (machine.folder / "evenings.toml").write_text(ALBUM.replace("0:14", "99"))
    refused = machine.run(*EVENINGS, "Sam", status=2).stderr

    assert "cft-audio: recording 2, 'The second': the practice cannot be 1:39:00 long" in refused
    assert "--minutes" not in refused


@pytest.mark.slow
def test_a_programme_takes_what_any_of_its_practices_asks_for(machine: Machine) -> None:
    course = COURSE.replace("soothing-rhythm-breathing", "compassionate-attention", 1)
    (machine.folder / "evenings.toml").write_text(course)
    machine.run(*EVENINGS, "Sam", "--figure", "steady-friend", "--dry-run")

    missing = machine.run("programme", "build", "evenings.toml", status=2).stderr
    assert missing.count("also needs --name (") == 1
    assert "--minutes" in machine.run(*EVENINGS, "Sam", "-m", "5", status=2).stderr
    assert "whom" in machine.run(*EVENINGS, "Sam", "--with", "whom=x", "-n", status=2).stderr
    assert (
        "no letter" in machine.run(*EVENINGS, "Sam", "--letter", "evenings.toml", status=2).stderr
    )
    assert machine.left_behind() == ["evenings.toml"]


def test_a_broken_programme_does_not_hide_the_others(machine: Machine) -> None:
    (machine.folder / "scripts" / "programmes").mkdir(parents=True)
    (machine.folder / "scripts" / "programmes" / "mine.toml").write_text("title = ")
    listed = machine.run("programme", "list")

    assert "mine.toml" in listed.stderr
    assert "first-week" in listed.stdout


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("title = 'x'", "there is no session"),
        (COURSE.replace("summary", "sumary"), "Did you mean 'summary'?"),
        (
            COURSE.replace('minutes = "3:30"', 'minutes = "soon"'),
            "session 2: 'minutes' cannot be 'soon'",
        ),
        (COURSE.replace("practice = ", "practise = "), "session 1: 'practice' is missing"),
        (COURSE.replace("soothing-", "sothing-"), "Did you mean 'soothing-rhythm-breathing'?"),
        (COURSE.replace('["sleep"]', '"sleep"'), "session 2: 'for' is not a list"),
        (COURSE.replace('["sleep"]', '["sleeep"]'), "session 2: 'for' cannot have 'sleeep'"),
        (COURSE.replace("seed = 2", 'seed = "x"'), "session 2: 'seed' is not a whole number"),
        (COURSE + 'pace = "fast"', "session 2: 'pace' cannot be 'fast'"),
        (COURSE + "with = 3", "session 2: 'with' is not a table"),
    ],
)
def test_a_wrong_programme_says_what_and_where(
    machine: Machine, content: str, message: str
) -> None:
    (machine.folder / "mine.toml").write_text(content)
    error = machine.run("programme", "show", "mine.toml", status=1).stderr

    assert "mine.toml" in error
    assert message in error


def test_the_course_on_the_page_about_programmes_is_read(machine: Machine) -> None:
    page = (Path(__file__).parents[2] / "docs" / "programmes.md").read_text()
    (machine.folder / "exam.toml").write_text(page.split("```toml\n")[1].split("```")[0])
    course = machine.json("programme", "show", "exam.toml")

    assert [session["length_s"] for session in course["sessions"]] == [300, 450]
    assert course["sessions"][1]["answers"] == {"figure": "steady-friend"}


def test_every_shipped_programme_is_shown_whole(machine: Machine) -> None:
    for row in machine.json("programme", "list"):
        plan = machine.run("programme", "show", row["id"]).stdout
        assert plan.count("\n") > int(row["sessions"])


def test_a_bed_and_a_letter_of_ones_own_are_used(machine: Machine) -> None:
    reading = "{% for paragraph in letter %}\n> {{ paragraph }}\n\n{% endfor %}"
    letter = "  letter: {ask: Which file, type: letter}\n"
    written(machine.folder, "reading", "", letter, reading)
    (machine.folder / "letter.txt").write_text(
        "Dear Sam,\n\nYou did what\nyou could. [breathe 9]\n\n## With care"
    )
    bed = machine.folder / "sea.wav"
    ffmpeg("-f", "lavfi", "-i", "anoisesrc=d=8:c=brown:a=0.3", str(bed))
    plan = machine.json(
        *("build", "reading", "--name", "Sam", "--letter", "letter.txt"),
        *("--bed", "sea.wav", "--dry-run"),
    )

    said = [event["text"] for event in plan["events"] if event["type"] == "say"]
    assert said == ["Dear Sam,", "You did what you could. [breathe 9]", "With care"]
    assert Path(plan["bed"]).name == "sea.wav"
    wrong = machine.run("build", "reading", "--name", "Sam", status=2).stderr
    assert "--letter FILE" in wrong
    gone = ("build", "reading", "--name", "Sam", "--letter", "gone.txt")
    assert "there is no file 'gone.txt'" in machine.run(*gone, status=2).stderr
    (machine.folder / "empty.txt").write_text(" \n")
    empty = ("build", "reading", "--name", "Sam", "--letter", "empty.txt")
    assert "there is nothing in it" in machine.run(*empty, status=2).stderr
