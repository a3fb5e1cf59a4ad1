"""Clients kept by the command line, and recordings that go by what is kept."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path

import pytest
from mutagen.id3 import ID3
from program_runs import HELLO, PATIENCE, Machine

NAME = "Xiomara"


@pytest.fixture
def desk(bare: Machine) -> Machine:
    """A machine with nothing kept, and a practice of a few seconds."""
    (bare.folder / "hello.md").write_text(HELLO)
    return bare


def clients(machine: Machine) -> Path:
    return Path(machine.json("config")["data"]) / "clients"


def file_of(machine: Machine, code: str = "K7") -> Path:
    return clients(machine) / code / "client.toml"


def planned(machine: Machine, *options: str) -> str:
    """Return the words of the greeting."""
    plan = machine.json("build", "hello.md", "--client", "K7", "-n", *options)
    return " ".join(event.get("text", "") for event in plan["events"])


def test_a_client_is_begun_changed_shown_and_listed(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", NAME, "-m", "12:30", "--avoid", "sea")
    desk.run("client", "edit", "K7", "--with", "loved_one=Rex", "--notes", "two\nlines")
    shown = desk.json("client", "show", "k7")

    assert shown["code"] == "K7"
    assert shown["since"] == shown["since"][:10]
    assert shown["notes"] == "two\nlines"
    assert shown["fields"] == {
        "name": NAME,
        "minutes": 12.5,
        "avoid": ["sea"],
        "with": {"loved_one": "Rex"},
    }
    desk.run("client", "edit", "K7", "--unset", "with.loved_one", "--unset", "avoid")
    assert desk.json("client", "show", "K7")["fields"] == {"name": NAME, "minutes": 12.5}
    told = desk.run("client", "show", "K7").stdout
    assert NAME in told
    assert "two\nlines" in told


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_nobody_else_can_read_what_is_kept_of_a_client(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", NAME)
    desk.run("build", "hello.md", "--client", "K7", "-q")
    kept = list(clients(desk).rglob("*"))

    assert {path.name for path in kept} >= {"client.toml", "made.jsonl", "takes"}
    for path in (clients(desk), *kept):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_no_name_is_in_the_list_unless_it_is_asked_for(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", NAME, "--notes", "hers")
    desk.run("pronounce", "add", "Aoife", "EE-fa", "--client", "Mary Ann")
    listed = desk.run("client", "list").stdout + json.dumps(desk.json("client", "list"))
    named = desk.run("client", "list", "--names").stdout

    assert "K7" in listed
    assert not any(word in listed for word in (NAME, "Mary", "hers"))
    assert "1 known by a name alone" in listed
    assert NAME in named
    assert "Mary Ann" in named
    assert desk.run("client", "list", "--help")


def test_a_list_of_nobody_says_how_to_begin(desk: Machine) -> None:
    assert "client new K7" in desk.run("client", "list").stdout
    assert desk.json("client", "list") == []


def test_what_is_typed_beats_the_client_who_beats_the_settings(desk: Machine) -> None:
    desk.configure('name = "Bo"\nbed = "rain"\npattern = "4-4"\n[with]\nwho = "Al"\n')
    desk.run("client", "new", "K7", "--name", NAME, "--breaths-per-minute", "5.5")
    assert NAME in planned(desk)
    assert "Zoe" in planned(desk, "--name", "Zoe")
    plan = desk.json("build", "hello.md", "-n")
    assert any("Bo" in event.get("text", "") for event in plan["events"])

    made = desk.json("build", "hello.md", "--client", "K7", "-o", "a.mp3")
    options = json.loads(str(ID3(desk.folder / made["file"])["TXXX:cft-audio options"]))
    assert (options["bed"], options["breaths_per_minute"]) == ("rain", 5.5)


def test_files_are_called_by_the_code_and_their_tags_have_the_name(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", NAME)
    made = desk.json("build", "hello.md", "--client", "K7", "--with-text", "txt")
    hidden = desk.json("build", "hello.md", "--client", "K7", "--no-name", "--variant", "2")
    page = desk.json("handout", "hello.md", "--client", "K7")["files"]

    assert made["file"] == "output/hello-k7.mp3"
    assert made["beside"] == ["output/hello-k7.txt"]
    assert page == ["output/hello-k7-handout.html"]
    assert NAME in str(ID3(desk.folder / made["file"])["TIT2"])
    assert hidden["file"].startswith("output/hello-k7-")
    assert NAME not in str(ID3(desk.folder / hidden["file"])["TIT2"])
    assert all(NAME.lower() not in name.lower() for name in desk.left_behind())
    assert desk.json("build", "hello.md", "--client", "K7")["file"] == made["file"]


def test_what_is_wrong_in_a_clients_file_is_told_with_its_line(desk: Machine) -> None:
    desk.run("client", "new", "K7")
    file = file_of(desk)
    file.write_text('code = "K7"\nbed = "rian"\n')
    told = desk.run("build", "hello.md", "--client", "K7", "--name", "Sam", status=2).stderr
    assert told.startswith(f"cft-audio: {file}:2: bed: there is no bed and no sound file 'rian'")
    error = desk.run("build", "hello.md", "--client", "K7", "--name", "S", "--json", status=2)
    assert json.loads(error.stdout)["setting"] == f"{file}:2: bed"
    assert "--bed" in desk.run("client", "edit", "K7", "--bed", "rani", status=2).stderr

    file.write_text('code = "K7"\npcae = "slow"\n')
    told = desk.run("build", "hello.md", "--client", "K7", status=2).stderr
    assert f"{file}:2: 'pcae' is not kept of a client. Did you mean 'pace'?" in told
    assert "cannot be read" in desk.run("client", "list").stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--bed", "rian"), "--bed: there is no bed"),
        (("--voice", "jo"), "--voice: there is no voice called 'jo'. Did you mean 'joe'?"),
        (("--minutes", "soon"), "--minutes: 'soon' is not a length"),
        (("--figure", "wise-eldr"), "--figure: "),
        (("--pattern", "box", "--ratio", "4:6"), "--pattern"),
        (("--pronounce", "Sam=s33"), "is not a way to say"),
        (("--avoid", "!"), "--avoid: '!' has no word in it"),
        (("--client", "B"), "There is no option '--client'"),
        (("--letter", "l.txt"), "There is no option '--letter'"),
        (("--allow-online",), "There is no option '--allow-online'"),
        (("--notes", "\a"), "there is a control character"),
        (("--notes", "x" * 300_000), "--notes: a client's file has at most 200 kB"),
    ],
)
def test_what_could_not_be_used_is_not_kept(
    desk: Machine, options: tuple[str, ...], message: str
) -> None:
    assert message in desk.run("client", "new", "K7", *options, status=2).stderr
    assert not clients(desk).exists()


@pytest.mark.parametrize("code", ["", "../x", "CON", "a.", "x" * 300, "🙂", "C:\\x", "-x"])
def test_a_hostile_code_is_refused_and_writes_nothing(desk: Machine, code: str) -> None:
    told = desk.run("client", "new", "--", code, status=2).stderr

    assert told.count("\n") == 1
    assert not clients(desk).exists()
    assert desk.left_behind() == ["hello.md"]
    for do in (("edit", "--pace", "slow"), ("show",), ("forget", "--yes")):
        desk.run("client", do[0], *do[1:], "--", code, status=2)
    desk.run("build", "hello.md", "--name", "Sam", "-n", f"--client={code}", status=2)


def test_a_code_is_one_clients_and_others_are_not_named(desk: Machine) -> None:
    desk.run("client", "new", "K7-north")
    again = desk.run("client", "new", "k7-North", status=2).stderr
    assert "there is a file of a client called 'K7-north' already" in again
    assert "'cft-audio client edit K7-north'" in again
    for command in ("show", "edit", "forget", "pack"):
        told = desk.run("client", command, "B2", status=2).stderr
        assert "CODE: nothing is kept for a client called 'B2'" in told
        assert "K7" not in told
    near = desk.run("build", "hello.md", "--client", "K7-nrth", status=2).stderr
    assert "Did you mean 'K7-north'?" in near


def test_name_and_figure_are_asked_for_at_a_terminal(desk: Machine) -> None:
    asked = desk.run_at_terminal("Your name\nSam\n\n", "client", "new", "K7")
    assert "stands for a name" in asked.stderr
    assert desk.json("client", "show", "K7")["fields"] == {"name": "Sam"}
    desk.run("client", "new", "K8")
    assert desk.json("client", "show", "K8")["fields"] == {}


def test_a_code_that_is_the_name_is_pointed_out(desk: Machine) -> None:
    assert "files will be called by it" in desk.run("client", "new", "Sam", "--name", "sam").stderr


def test_words_that_were_kept_before_go_with_a_client(desk: Machine) -> None:
    desk.run("pronounce", "add", "Aoife", "EE-fa", "--client", "K7")
    desk.run("pronounce", "add", "Nguyen", "nuh-WIN", "--client", "Mary Ann")
    desk.run("client", "new", "K7", "--name", "mary  ann", "--pronounce", "Bo=BOH")

    kept = desk.json("client", "show", "K7")["fields"]["pronounce"]
    assert kept == {"Aoife": "EE-fa", "Nguyen": "nuh-WIN", "Bo": "BOH"}
    assert [path.name for path in clients(desk).iterdir()] == ["K7"]
    assert [path.name for path in (clients(desk) / "K7").iterdir()] == ["client.toml"]


def test_words_of_somebody_of_that_name_stay_if_it_is_somebody_else(desk: Machine) -> None:
    desk.run("pronounce", "add", "Nguyen", "nuh-WIN", "--client", "Sam")
    desk.run_at_terminal("n\n", "client", "new", "K7", "--name", "Sam")

    assert "pronounce" not in desk.json("client", "show", "K7")["fields"]
    assert len(desk.json("pronounce", "list", "--client", "Sam")) == 1


def test_pronounce_reads_and_writes_the_file_of_a_client(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", NAME, "--pace", "slow")
    desk.run("pronounce", "add", NAME, "see-oh-MAR-ah", "--client", "K7")
    [row] = desk.json("pronounce", "list", "--client", "K7")
    assert (row["word"], row["origin"], row["file"]) == (NAME, "client K7", str(file_of(desk)))
    said = desk.json("pronounce", "show", NAME, "--client", "K7")
    assert said["ipa"] != desk.json("pronounce", "show", NAME)["ipa"]
    desk.run("pronounce", "remove", NAME, "--client", "K7")

    assert "pronounce" not in file_of(desk).read_text()
    assert desk.json("client", "show", "K7")["fields"] == {"name": NAME, "pace": "slow"}


def test_somebody_known_by_words_alone_goes_on_as_before(desk: Machine) -> None:
    desk.run("pronounce", "add", NAME, "see-oh-MAR-ah", "--client", "Mary Ann")
    made = desk.json("build", "hello.md", "--name", NAME, "--client", "mary ann")

    assert made["file"] == "output/hello-xiomara.mp3"
    assert made["warnings"] == []
    refused = desk.run("client", "edit", "Mary Ann", "--pace", "slow", status=2).stderr
    assert "there is no file of a client called 'Mary Ann'" in refused


def test_personal_lines_are_kept_with_the_client_and_others_are_shared(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", "Yllabeth")  # whom no other test shares a home with
    desk.run("build", "hello.md", "--client", "K7", "-q")
    own = list((clients(desk) / "K7" / "takes").glob("??/*.take"))
    shared = Path(desk.json("cache")["folder"])

    assert len(own) == 1
    assert not (shared / own[0].parent.name / own[0].name).exists()
    assert desk.json("client", "list")[0]["lines"] == 1


def test_a_sound_kept_of_a_client_who_is_to_be_spared_it_is_told_at_once(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", "Sam", "--avoid", "sea")
    clashing = desk.run("client", "edit", "K7", "--tone", "ocean")
    mended = desk.run("client", "edit", "K7", "--tone", "hum")

    assert "change --tone or --avoid" in clashing.stderr
    assert mended.stderr == ""


def test_what_a_client_is_to_be_spared_is_refused_before_it_is_spoken(desk: Machine) -> None:
    (desk.folder / "sea.md").write_text(HELLO + "\nHear the waves come in.\n")
    desk.run("client", "new", "K7", "--name", "Sam", "--avoid", "sea, wave")
    refused = desk.run("build", "sea.md", "--client", "K7", "-n", status=2).stderr
    assert "Hear the waves come in" in refused
    checked = desk.run("check", "sea.md", "--client", "K7", status=1).stdout
    assert "waves" in checked
    desk.run("build", "hello.md", "--client", "K7", "-n")
    desk.run("build", "hello.md", "--client", "K7", "-n", "--tone", "ocean", status=2)


def test_choosing_goes_by_the_client(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", "Sam", "--minutes", "5")
    wish = ("choose", "--hard", "anxiety", "--practised", "new", "--client", "K7")
    command = desk.json(*wish)["command"]

    assert "--minutes 5" in command
    assert command.endswith("--client K7")
    desk.run(*wish[:-1], "K8", status=2)


def test_a_course_goes_by_the_client(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", "Sam", "-m", "3", "--pace", "slow")
    (desk.folder / "scripts").mkdir()
    (desk.folder / "scripts" / "hello.md").write_text(HELLO)
    (desk.folder / "week.toml").write_text(
        'title = "A week"\nsummary = "Hello."\n'
        '[[session]]\npractice = "hello"\ntitle = "One"\nminutes = "0:15"\nplan = "Daily."\n'
    )
    made = desk.json("programme", "build", "./week.toml", "--client", "K7")["recordings"]
    again = desk.json("programme", "build", "./week.toml", "--client", "K7")["recordings"]

    assert made[0]["file"].startswith("output/week-k7/")
    assert again[0]["state"] == "kept"
    assert "for Sam" in (desk.folder / "output" / "week-k7" / "plan.txt").read_text()
    noted = (clients(desk) / "K7" / "made.jsonl").read_text()
    assert {Path(json.loads(line)["path"]).name for line in noted.splitlines()} == {
        *("1 One.mp3", "plan.txt", "plan.html", "playlist.m3u8", "cover.jpg")
    }


def test_a_client_of_the_settings_counts_and_is_blamed(desk: Machine) -> None:
    file = desk.configure('client = "K7"\n')
    told = desk.run("build", "hello.md", "-n", status=2).stderr
    assert told.startswith(f"cft-audio: {file}:1: client: nothing is kept for a client called 'K7'")
    desk.run("client", "new", "K7", "--name", NAME)
    assert desk.json("build", "hello.md")["file"] == "output/hello-k7.mp3"


def test_a_shell_completes_codes(desk: Machine) -> None:
    desk.run("client", "new", "K7")
    desk.environment |= {"_CFT_AUDIO_COMPLETE": "bash_complete", "COMP_CWORD": "3"}
    desk.environment["COMP_WORDS"] = "cft-audio client show K"
    done = desk.start()
    out, _ = done.communicate(timeout=PATIENCE)
    assert "K7" in out


def refuse_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_everything_as_it_was(
    desk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.run("client", "new", "K7", "--name", NAME)
    before = file_of(desk).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse_disk)
        for do in (("new", "K8"), ("edit", "K7", "--pace", "slow")):
            told = desk.run("client", *do, status=1).stderr
            assert "it cannot be written: No space left on device" in told
            assert NAME not in told

    assert file_of(desk).read_bytes() == before
    assert [p.name for p in clients(desk).rglob("*") if p.is_file()] == ["client.toml"]


def test_what_cannot_be_noted_is_told_with_the_recording_in_place(
    desk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cft_audio.people.clients import made

    desk.run("client", "new", "K7", "--name", NAME, "--pronounce", f"{NAME}=see-oh-MAR-ah")
    with monkeypatch.context() as patch:
        patch.setattr(made, "write_private_text", refuse_disk)
        told = desk.run("build", "hello.md", "--client", "K7", status=1).stderr

    assert "what was made for a client cannot be noted: No space left" in told
    assert NAME not in told
    assert (desk.folder / "output" / "hello-k7.mp3").exists()
    desk.run("build", "hello.md", "--client", "K7")
    assert "hello-k7.mp3" in (clients(desk) / "K7" / "made.jsonl").read_text()


def test_a_recording_is_noted_even_if_what_stands_beside_it_is_interrupted(
    desk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cft_audio.application import recordings

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    desk.run("client", "new", "K7", "--name", NAME, "--pronounce", f"{NAME}=see-oh-MAR-ah")
    with monkeypatch.context() as patch:
        patch.setattr(recordings, "write_beside", interrupt)
        desk.run("build", "hello.md", "--client", "K7", "--with-text", "txt", status=130)

    assert (desk.folder / "output" / "hello-k7.mp3").exists()
    assert "hello-k7.mp3" in (clients(desk) / "K7" / "made.jsonl").read_text()


@pytest.mark.slow
def test_many_programs_at_once_lose_nothing(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", NAME)
    changes = [("edit", "K7", "--with", f"slot{n}=x") for n in range(3)]
    words = [("add", f"Name{letter}", "NAYM", "--client", "K7") for letter in "ab"]
    started = [desk.start("client", *change) for change in changes]
    started += [desk.start("pronounce", *word) for word in words]
    for process in started:
        _, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err

    kept = desk.json("client", "show", "K7")["fields"]
    assert kept["with"] == {f"slot{n}": "x" for n in range(3)}
    assert kept["pronounce"] == {"Namea": "NAYM", "Nameb": "NAYM"}


def test_two_who_begin_one_client_at_once_begin_it_once(desk: Machine) -> None:
    started = [desk.start("client", "new", "K7", "--pace", pace) for pace in ("slow", "gentle")]
    statuses = [(process.communicate(timeout=PATIENCE), process.returncode) for process in started]

    assert sorted(status for _, status in statuses) == [0, 2]
