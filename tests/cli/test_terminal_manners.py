"""Manners at a terminal: widths, streams that are closed or full, signals, slips, completion."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys

import pytest
from players import install_player
from program_runs import (
    HELLO,
    PATIENCE,
    SHORT,
    Machine,
    decoded_seconds,
    terminal,
    wait_until,
)
from wcwidth import wcswidth

unix = pytest.mark.skipif(sys.platform == "win32", reason="there are no such streams or signals")

PAGES = [
    ("list",),
    ("list", "--compare"),
    ("list", "--figures"),
    ("voices",),
    ("programme", "list"),
    ("programme", "show", "first-week"),
    ("show", "compassionate-imagery"),
    ("config",),
    ("cache",),
    ("doctor",),
    ("pronounce", "list"),
    ("build", "soothing-rhythm-breathing", "--name", "Sam", "--minutes", "3", "--dry-run"),
]
HELPS = [(), ("build",), ("preview",), ("programme", "build"), ("voices", "install"), ("choose",)]


DRAWN = re.compile(r"(?:chapter|voice|breath|bell|time) {2,}\S")
"""How a row of a plan begins that is drawn as wide as the terminal."""


def words_of(text: str) -> list[str]:
    written = (line for line in text.splitlines() if not DRAWN.match(line))
    return " ".join(written).split()


def holds_a_command_or_one_word(line: str) -> bool:
    """Whether a line may be longer: a command to copy, or a word that has no blank to break at."""
    return "cft-audio " in line or len(line.split()) <= 2


@pytest.mark.parametrize("arguments", PAGES, ids=" ".join)
def test_pages_keep_to_the_width_and_to_whole_words(
    machine: Machine, arguments: tuple[str, ...]
) -> None:
    unbound = machine.run(*arguments).stdout
    figures = {word for word in words_of(unbound) if re.fullmatch(r"\d+|\d+\.\d|GB|MB", word)}
    headings = {*unbound.split("\n")[0].split()}

    for width in (40, 80, 200):
        machine.environment["COLUMNS"] = str(width)
        wrapped = machine.run(*arguments).stdout
        too_long = [line for line in wrapped.splitlines() if wcswidth(line) > width]
        assert [line for line in too_long if not holds_a_command_or_one_word(line)] == []
        assert set(words_of(unbound)) - set(words_of(wrapped)) - headings <= figures


@pytest.mark.parametrize("path", HELPS, ids=" ".join)
def test_help_keeps_to_the_width_and_to_whole_words(bare: Machine, path: tuple[str, ...]) -> None:
    shown = {}
    for width in (200, 80, 40):
        bare.environment["COLUMNS"] = str(width)
        shown[width] = bare.run(*path, "--help").stdout

    for width, text in shown.items():
        loose = [line for line in text.splitlines() if wcswidth(line) > width]
        assert [line for line in loose if len(line.split()) > 2 and "--" not in line] == [
            line for line in loose if "cft-audio" in line and "--" not in line
        ]
        assert set(text.split()) == set(shown[200].split())
        assert "None" not in text


def test_in_a_pipe_a_row_is_a_line(bare: Machine) -> None:
    rows = bare.run("list").stdout.splitlines()

    assert len(rows) == 1 + len(bare.json("list"))
    (imagery,) = (row for row in rows if row.startswith("compassionate-imagery "))
    assert "Kind company" in imagery
    assert imagery.endswith("let their kindness reach you.")


@pytest.mark.slow
def test_a_terminal_has_its_own_width(bare: Machine) -> None:
    import fcntl
    import struct
    import termios

    with terminal() as (person, program):
        fcntl.ioctl(program, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
        process = subprocess.Popen(
            [sys.executable, "-m", "cft_audio", "show", "loving-kindness"],
            cwd=bare.folder,
            env=bare.environment,
            stdout=program,
        )
        text = b""
        while not text.count(b"Chapters"):
            text += os.read(person, 4096)
        process.wait(PATIENCE)

    assert 40 < max(map(len, text.decode().splitlines())) <= 60


def test_wide_letters_count_two_columns(bare: Machine) -> None:
    (bare.folder / "scripts").mkdir()
    title = "愛と慈しみの瞑想 を 毎日 少しずつ"
    script = HELLO.replace("title: Hello", f"title: {title}\nsummary: 🌊 {title}, {title}, {title}")
    (bare.folder / "scripts" / "ai.md").write_text(script)
    bare.environment["COLUMNS"] = "40"
    shown = bare.run("list").stdout + bare.run("show", "ai").stdout

    assert "愛と慈しみの瞑想" in shown
    lines = shown.splitlines()
    assert [n for n in lines if wcswidth(n) > 40 and not holds_a_command_or_one_word(n)] == []


def test_ones_own_practices_are_marked(bare: Machine) -> None:
    bare.run("new-script", "mine")
    rows = {row.split()[0]: row for row in bare.run("list").stdout.splitlines()}

    assert [name for name, row in rows.items() if "  your own  " in row] == ["mine"]
    assert {row["id"] for row in bare.json("list") if row["own"]} == {"mine"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "Kind evening"),
        ("show", "  kind   EVENING "),
        ("show", "kind_evening"),
        ("check", "Kind evening"),
        ("programme", "show", "A first week"),
        ("programme", "show", "a First  week"),
        ("build", "Kind evening", "--name", "Sam", "-n"),
    ],
)
def test_titles_work_where_names_do(machine: Machine, arguments: tuple[str, ...]) -> None:
    (machine.folder / "scripts").mkdir()
    script = HELLO.replace("title: Hello", "title: Kind evening")
    (machine.folder / "scripts" / "short.md").write_text(script)

    machine.run(*arguments)


@pytest.mark.slow
def test_a_figure_is_known_by_its_name_too(machine: Machine) -> None:
    session = ("build", "compassionate-imagery", "--name", "Sam", "-m", "3", "--dry-run")
    by_id = machine.json(*session, "--figure", "wise-elder")

    assert machine.json(*session, "--figure", "  A Wise  elder") == by_id


def test_a_practice_asked_for_by_its_title_is_the_practice(machine: Machine) -> None:
    (machine.folder / "scripts").mkdir()
    (machine.folder / "scripts" / "short.md").write_text(HELLO)
    made = machine.json("build", "hello", "--name", "Sam")

    assert made["file"].endswith("short-sam.mp3")


def test_a_title_that_two_have_is_asked_about(bare: Machine) -> None:
    (bare.folder / "scripts").mkdir()
    for name in ("one", "two"):
        (bare.folder / "scripts" / f"{name}.md").write_text(HELLO)

    assert "one, two" in bare.run("show", "Hello", status=2).stderr


@pytest.mark.parametrize("command", ["build", "check", "show"])
def test_a_file_of_another_ending_is_said_to_be_one(bare: Machine, command: str) -> None:
    (bare.folder / "mine.txt").write_text(HELLO)
    done = bare.run(command, "mine.txt", status=1 if command == "check" else 2)

    assert "'mine.txt' is a file" in done.stdout + done.stderr
    assert "ends in .md" in done.stdout + done.stderr


def test_without_a_practice_or_with_a_wrong_one_the_way_on_is_told(bare: Machine) -> None:
    for arguments in (("build",), ("build", "nothing-like-it"), ("preview",)):
        said = bare.run(*arguments, status=2).stderr
        assert "'cft-audio list'" in said
        assert "'cft-audio choose'" in said
        assert said.count("--help") <= 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--verison",), "There is no option '--verison'. Did you mean '--version'?\n"),
        (("build", "x", "--nmae", "S"), "There is no option '--nmae'. Did you mean '--name'?\n"),
        (("build", "x", "--nam", "S"), "There is no option '--nam'. Did you mean '--name'?\n"),
        (("biuld",), "There is no command 'biuld'. Did you mean 'build'?\n"),
        (("gui-thing",), "There is no command 'gui-thing'.\n"),
        (("build", "-o", "--force", "x"), "-o needs a value, and '--force' is an option."),
        (("build", "x", "--name", "--figure"), "--name needs a value, and '--figure' is an option"),
        (("build", "x", "-o", "-f"), "-o needs a value, and '-f' is an option"),
        (("voices", "hear", "joe", "--text", "--json"), "--text needs a value"),
        (("build", "loving", "kindness"), "in quotation marks.\n"),
        (("voices", "hear"), "Name a voice to hear, or give --all."),
        (("programme", "show"), "NAME is missing. 'cft-audio programme list' shows"),
    ],
)
def test_a_slip_is_answered_in_one_way(
    bare: Machine, arguments: tuple[str, ...], said: str
) -> None:
    told = bare.run(*arguments, status=2).stderr

    assert said in told
    assert told.count("See 'cft-audio") == 1
    assert "Possible options" not in told
    assert bare.left_behind() == []


def test_help_is_a_command_too(bare: Machine) -> None:
    assert bare.run("help").stdout == bare.run("--help").stdout
    assert bare.run("help", "build").stdout == bare.run("build", "--help").stdout
    assert "install [OPTIONS]" in bare.run("help", "voices", "install").stdout


def test_no_help_offers_what_is_always_refused(bare: Machine) -> None:
    assert "--minutes" not in bare.run("programme", "build", "--help").stdout
    assert "--no-name" not in bare.run("record-sheet", "--help").stdout


@pytest.mark.parametrize("name", ["NAME", "YOUR NAME", "<name>", "Your name", "[your name]"])
def test_what_stands_for_a_name_is_not_spoken(bare: Machine, name: str) -> None:
    refused = bare.run("build", "loving-kindness", "--name", name, "-n", status=2).stderr

    assert "stands for a name" in refused


@pytest.mark.parametrize("name", ["Name-Lee", "Nam", "SAM", "Yourname Okafor"])
def test_names_that_are_nearly_that_are_names(machine: Machine, name: str) -> None:
    (machine.folder / "hello.md").write_text(HELLO)
    machine.run("build", "hello.md", "--name", name, "--dry-run")


@pytest.mark.slow
@unix
@pytest.mark.parametrize(
    ("arguments", "status", "closed"),
    [
        # What is printed, a question, and an error: each without the stream that it needs.
        *(("list", 0, closed) for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-")),
        *(("choose", 2, closed) for closed in ("<&-", "<&- >&-", ">&- 2>&-")),
        ("build loving-kindness", 2, "<&- >&- 2>&-"),
        *(("show nothing", 2, closed) for closed in ("2>&-", ">&- 2>&-")),
    ],
)
def test_closed_streams_are_no_fault(
    bare: Machine, arguments: str, status: int, closed: str
) -> None:
    command = f"{sys.executable} -m cft_audio {arguments} {closed}"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=bare.folder,
        env=bare.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "fault" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == status


@unix
@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("list > /dev/full", 1),
        ("list --json > /dev/full", 1),
        ("show nothing --json > /dev/full", 1),
        ("show nothing 2> /dev/full", 2),
    ],
)
def test_a_full_disk_under_the_output_is_an_error(bare: Machine, command: str, status: int) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m cft_audio {command}"],
        cwd=bare.folder,
        env=bare.environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == status
    if status == 1:
        assert "No space left on device" in done.stderr
        assert done.stderr.count("\n") == 1
    assert "Exception" not in done.stderr


def test_the_mp3_goes_to_standard_output_and_nothing_else_does(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO)
    command = [sys.executable, "-m", "cft_audio", "build", "hello.md", "--name", "Sam", "-o", "-"]
    sent = subprocess.run(
        command, cwd=machine.folder, env=machine.environment, capture_output=True, check=True
    ).stdout
    made = machine.json("build", "hello.md", "--name", "Sam", "-o", "made.mp3")
    (machine.folder / "sent.mp3").write_bytes(sent)

    assert sent == (machine.folder / "made.mp3").read_bytes()
    assert decoded_seconds(machine.folder / "sent.mp3") == pytest.approx(
        made["duration_s"], abs=0.1
    )
    assert machine.left_behind() == ["hello.md", "made.mp3", "sent.mp3"]


@unix
def test_the_mp3_is_not_made_for_a_closed_stream(bare: Machine) -> None:
    (bare.folder / "hello.md").write_text(HELLO)
    command = f"{sys.executable} -m cft_audio build hello.md --name Sam -o - >&-"
    refused = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=bare.folder,
        env=bare.environment,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )

    assert refused.returncode == 2
    assert "-o -: standard output is closed" in refused.stderr


@pytest.mark.parametrize("option", ["--json", "--play", "--open"])
def test_the_recording_is_not_mixed_with_what_is_printed(bare: Machine, option: str) -> None:
    (bare.folder / "hello.md").write_text(HELLO)
    refused = bare.run("build", "hello.md", "--name", "Sam", "-o", "-", option, status=2)

    assert "only the recording" in refused.stderr
    assert bare.left_behind() == ["hello.md"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("preview", "loving-kindness", "--name", "S", "-o", "-"),
        ("programme", "build", "first-week", "-o", "-"),
        ("record-sheet", "loving-kindness", "-o", "-"),
        ("voices", "hear", "joe", "-o", "-"),
        ("play", "-"),
    ],
)
def test_no_other_command_makes_a_folder_of_a_dash(
    bare: Machine, arguments: tuple[str, ...]
) -> None:
    assert "neither a file nor a folder" in bare.run(*arguments, status=2).stderr
    assert bare.left_behind() == []


@pytest.mark.slow
@unix
@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_gives_the_status_that_shells_give(
    machine: Machine, name: str, status: int
) -> None:
    (machine.folder / "short.md").write_text(SHORT)
    process = machine.start("build", "short.md", "--name", "Sam", "-m", "2")
    wait_until(lambda: any(machine.folder.glob("output/.*.part")), process)
    process.send_signal(getattr(signal, name))
    _, err = process.communicate(timeout=PATIENCE)

    assert process.returncode == status
    assert "Stopped. No unfinished file was left behind." in err
    assert machine.left_behind() == ["short.md"]


@unix
def test_a_question_that_is_interrupted_leaves_its_line(machine: Machine) -> None:
    with terminal() as (person, program):
        process = subprocess.Popen(
            [sys.executable, "-m", "cft_audio", "build", "loving-kindness", "-m", "3"],
            cwd=machine.folder,
            env=machine.environment,
            stdin=program,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        asked = process.stderr.read(len("What would you like to be called?"))
        os.write(person, b"\x04")
        _, err = process.communicate(timeout=PATIENCE)

    assert asked.startswith("What would")
    assert err.splitlines()[-1].startswith("cft-audio: Stopped")


@unix
def test_something_is_on_the_screen_before_anything_is_planned(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO)
    with terminal() as (person, program):
        process = subprocess.Popen(
            [sys.executable, "-m", "cft_audio", "build", "hello.md", "--name", "Sam", "-n"],
            cwd=machine.folder,
            env=machine.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=program,
        )
        first = os.read(person, 100)
        process.wait(PATIENCE)

    assert first.decode().startswith("Planning")


def test_the_last_line_of_a_build_says_how_to_go_on(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO)
    told = machine.run("build", "hello.md", "--name", "Sam", "-o", "my session.mp3").stdout

    where, play = told.splitlines()
    assert re.fullmatch(r"my session\.mp3  0:\d\d long", where)
    assert play == "Play it:  cft-audio play 'my session.mp3'"
    more = machine.run("build", "hello.md", "--name", "Sam", "-f", "-v", "-o", "a.mp3").stdout
    assert "LUFS" not in told
    assert "LUFS" in more


@unix
def test_what_is_built_is_played_and_shown_if_wanted(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO)
    machine.environment["PATH"] = str(machine.folder / "nothing")
    build = ("build", "hello.md", "--name", "Sam", "-f", "--open", "--play")
    silent = machine.json(*build)
    assert (silent["opened"], silent["played"]) == (False, False)
    said = machine.run(*build).stderr
    assert "not opened: the program xdg-open" in said
    assert "not played: no program" in said

    opener = "open" if sys.platform == "darwin" else "xdg-open"
    install_player(machine, machine.folder / "bin", opener, 'echo "$@" > opened')
    install_player(machine, machine.folder / "bin", "mpv", 'echo "$@" > heard')
    ended_at_once = machine.json(*build)
    assert (ended_at_once["opened"], ended_at_once["played"]) == (True, False)
    assert (machine.folder / "heard").read_text().endswith("hello-sam.mp3\n")
    assert str(machine.folder / "output") in (machine.folder / "opened").read_text()
    install_player(machine, machine.folder / "bin", opener, "exit 3")
    assert machine.json("build", "hello.md", "--name", "Sam", "-f", "--open")["opened"] is False


@pytest.mark.slow
@unix
def test_choose_goes_on_to_make_what_it_proposes(machine: Machine) -> None:
    typed = "anger\n1\nnew\ny\nn\nSam\nwise-elder\n"
    done = machine.run_at_terminal(typed, "choose")

    assert "Why this one: " in done.stdout
    assert "No practice is whole in less than 3 minutes" in done.stdout
    assert "What would you like to be called?" in done.stderr
    assert "-sam-3min.mp3  3:00 long" in done.stdout
    assert len(machine.left_behind()) == 1


@pytest.mark.parametrize(("minutes", "words"), [("1", "less than 3"), ("200", "more than 60")])
def test_choose_says_where_it_proposes_another_length(
    bare: Machine, minutes: str, words: str
) -> None:
    asked = ("choose", "--hard", "sleep", "--minutes", minutes, "--practised", "new")
    found = bare.json(*asked)

    assert words in found["note"]
    assert found["reason"]
    assert words in bare.run(*asked).stdout
    assert "NAME" not in bare.run(*asked).stdout


@pytest.mark.slow
@unix
def test_a_figure_that_the_listener_chose_is_asked_for(machine: Machine) -> None:
    session = ("build", "compassionate-imagery", "--minutes", "3", "--dry-run")
    done = machine.run_at_terminal("Sam\nan old tree\n", *session)

    assert "Who, or what, would you like to have beside you?" in done.stderr
    assert "tree" in done.stdout


COMPLETED = [
    ("build comp", "compassionate-imagery"),
    ("build min", "mine"),
    ("show lov", "loving-kindness"),
    ("check lov", "loving-kindness"),
    ("programme build fi", "first-week"),
    ("programme show sl", "sleep-fortnight"),
    ("build x --figure wi", "wise-elder"),
    ("build x --voice j", "joe"),
    ("build x --figure-voice j", "joe"),
    ("voices hear j", "joe"),
    ("build x --for tr", "trauma-sensitive"),
    ("build x --bed r", "rain"),
    ("build x --client Al", "Alex"),
    ("pronounce list --client Al", "Alex"),
    ("prog", "programme"),
]


@pytest.mark.parametrize(("typed", "completed"), COMPLETED)
def test_a_shell_completes_what_there_is(bare: Machine, typed: str, completed: str) -> None:
    (bare.folder / "scripts").mkdir()
    (bare.folder / "scripts" / "mine.md").write_text(HELLO)
    bare.run("pronounce", "add", "Sam", "SAM", "--client", "Alex")
    words = ["cft-audio", *typed.split()]
    bare.environment |= {
        "_CFT_AUDIO_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }

    assert f"plain,{completed}\n" in bare.run_apart().stdout


def test_a_shell_completes_while_a_setting_is_wrong(bare: Machine) -> None:
    bare.configure('pace = "quick"')
    bare.environment |= {
        "_CFT_AUDIO_COMPLETE": "bash_complete",
        "COMP_WORDS": "cft-audio build lov",
        "COMP_CWORD": "2",
    }
    done = bare.run_apart()

    assert (done.stdout, done.stderr) == ("plain,loving-kindness\n", "")


def test_a_path_is_completed_by_the_shell(bare: Machine) -> None:
    bare.environment |= {
        "_CFT_AUDIO_COMPLETE": "bash_complete",
        "COMP_WORDS": "cft-audio build ./my",
        "COMP_CWORD": "2",
    }

    assert bare.run_apart().stdout == "file,./my\n"


def test_nothing_heavy_is_imported_to_complete_a_name(bare: Machine) -> None:
    program = (
        "import sys; from cft_audio.application.names import names_of; "
        "from cft_audio.files.folders import default_folders; "
        "[names_of(n, default_folders()) for n in ('practice', 'voice', 'figure', 'client')]; "
        "print({'numpy', 'onnxruntime', 'requests', 'pydub'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=bare.environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "set()\n"


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (("cache", "clear"), {"clips", "bytes"}),
        (("new-script", "kind-morning"), {"practice", "file"}),
    ],
)
def test_commands_that_change_something_print_json_too(
    bare: Machine, arguments: tuple[str, ...], keys: set[str]
) -> None:
    assert bare.json(*arguments).keys() == keys


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("play", "nothing.mp3"), 2),
        (("new-script", "loving-kindness"), 2),
        (("new-script",), 2),
        (("voices", "remove", "nobody"), 1),
        (("voices", "install"), 2),
        (("pronounce", "add", "Sam"), 2),
        (("pronounce", "hear", ""), 2),
        (("pronounce", "hear", "…"), 2),
        (("voices", "hear", "joe", "--text", " "), 2),
        (("cache", "clear", "now"), 2),
        (("config", "now"), 2),
        (("doctor", "--verbos"), 2),
        (("check",), 2),
        (("list", "--compar"), 2),
        (("consent", "nothing"), 2),
        (("biuld",), 2),
        (("programme", "build", "nothing"), 2),
        (("voice-from-recordings", "nothing"), 2),
    ],
)
def test_every_failing_command_prints_its_error_as_json(
    bare: Machine, arguments: tuple[str, ...], status: int
) -> None:
    told = json.loads(bare.run(*arguments, "--json", status=status).stdout)

    assert {"error", "message", "remedy", "field", "where"} <= told.keys()
    assert bare.left_behind() == []


def test_a_word_is_heard_where_no_file_can_be_written(machine: Machine) -> None:
    (machine.folder / "output").write_text("a file in the way of the folder")
    install_player(machine, machine.folder / "bin", "mpv", "exec /bin/sleep 6")
    heard = machine.json("pronounce", "hear", "Sam")

    assert heard["played"] is True
    assert heard["file"] is None
    refused = machine.run("pronounce", "hear", "Sam", "--no-play", status=1).stderr
    assert "part of that path is a file" in refused
    assert machine.left_behind() == ["bin/mpv", "output"]


def test_values_in_json_are_values(bare: Machine) -> None:
    config = bare.json("config")["values"]
    programmes = bare.json("programme", "list")

    assert config["loudness"]["value"] == -18.0
    assert config["force"]["value"] is False
    assert config["name"]["value"] is None
    assert all(isinstance(row["sessions"], int) and row["length"] > 60 for row in programmes)


def test_the_doctor_looks_for_a_player(bare: Machine) -> None:
    bare.environment["PATH"] = str(bare.folder / "nothing")
    (finding,) = (row for row in bare.json("doctor") if row["what"] == "sound player")
    if sys.platform != "win32":
        assert not finding["ok"]
        assert not finding["needed"]
        assert "mpv" in finding["remedy"]
