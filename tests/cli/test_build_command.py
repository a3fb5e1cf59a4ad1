"""The promises of the program, kept by its public command on real files."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest
from mutagen.mp3 import MP3
from program_runs import (
    HELLO,
    PATIENCE,
    PRACTICE,
    SHORT,
    Machine,
    decoded_seconds,
    digest,
    loudness_and_peak,
    wait_until,
)

WISHES = """---
title: Wishes
technique: loving-kindness
slots:
  name: {ask: "Your name?"}
  loved_one: {ask: "Whom do you love?"}
  difficult_person: {ask: "Who is difficult?"}
  phrase_one: {ask: "Your wish?"}
---
## Wishes

{{ phrase_one }} Think of {{ loved_one }}. May {{ loved_one }} be well, and {{ difficult_person }}.
Stop at any time. Thank you, {{ name }}.
"""


@pytest.mark.parametrize(
    ("practice", "minutes"),
    [
        pytest.param(PRACTICE, "3", marks=pytest.mark.slow),
        ("short.md", "1:30"),
        ("short.md", "1.5"),
    ],
)
def test_the_recording_is_as_long_as_asked_and_as_loud_as_it_says(
    machine: Machine, practice: str, minutes: str
) -> None:
    (machine.folder / "short.md").write_text(SHORT)
    found = machine.json("build", practice, "--name", "Sam", "-m", minutes, "-o", "a.mp3")
    asked = 180.0 if minutes == "3" else 90.0

    file = machine.folder / "a.mp3"
    integrated, peak = loudness_and_peak(file)
    assert decoded_seconds(file) == pytest.approx(asked, abs=0.1)
    assert found["voice_lufs"] == pytest.approx(-18.0, abs=0.1)
    assert peak <= -1.0
    assert found["duration_s"] == pytest.approx(asked, abs=0.001)
    assert found["loudness_lufs"] == pytest.approx(integrated, abs=0.2)
    assert found["true_peak_dbtp"] == pytest.approx(peak, abs=0.5)
    assert Path(found["file"]).name == "a.mp3"


@pytest.mark.parametrize("asked", [-18.0, -23.0])
def test_the_voice_alone_is_as_loud_as_asked(machine: Machine, asked: float) -> None:
    (machine.folder / "short.md").write_text(SHORT)
    alone = ("--tone", "none", "--bed", "none", "--bells", "none", "--loudness", str(asked))
    machine.run("build", "short.md", "--name", "Sam", *alone, "-o", "a.mp3")

    assert loudness_and_peak(machine.folder / "a.mp3")[0] == pytest.approx(asked, abs=0.5)


@pytest.mark.slow
def test_the_same_request_gives_the_same_bytes_cold_and_warm(
    machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (machine.folder / "short.md").write_text(SHORT)
    arguments = ("build", "short.md", "--name", "Sam", "--tone", "ocean", "--bed", "rain")
    machine.run(*arguments, "-o", "warm.mp3")
    cold = Machine(machine.folder, tmp_path_factory.mktemp("cold"))
    cold.run_apart(*arguments, "-o", "cold.mp3")

    assert digest(machine.folder / "warm.mp3") == digest(machine.folder / "cold.mp3")


@pytest.mark.slow
def test_a_build_leaves_nothing_in_the_home_but_its_own_cache(
    machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No device numbers, no reports waiting to be sent: libraries are kept from keeping any."""
    home = tmp_path_factory.mktemp("bare")
    (machine.folder / "hello.md").write_text(HELLO)
    fresh = Machine(machine.folder, home)
    fresh.run_apart("build", "hello.md", "--name", "Sam", "-o", "a.mp3")

    kept = {path.relative_to(home).parts[:2] for path in home.rglob("*") if path.is_file()}
    assert kept == {(".cache", "cft-audio")}


@pytest.mark.slow
def test_two_builds_at_once_share_a_cache(
    machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (machine.folder / "hello.md").write_text(HELLO)
    fresh = Machine(machine.folder, tmp_path_factory.mktemp("shared"))
    arguments = ("build", "hello.md", "--name", "Robin")
    both = [fresh.start(*arguments, "-o", f"{n}.mp3") for n in range(2)]

    for process in both:
        _, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err
    assert digest(machine.folder / "0.mp3") == digest(machine.folder / "1.mp3")


@pytest.mark.slow
def test_the_dry_run_tells_the_whole_plan_and_writes_nothing(machine: Machine) -> None:
    plan = machine.json("build", PRACTICE, "--name", "Sam", "-m", "3", "--dry-run")

    assert plan["practice"] == plan["technique"] == PRACTICE
    assert plan["duration_s"] == pytest.approx(180, abs=0.001)
    assert plan["breaths_per_minute"] == 6.0
    assert plan["chapters"][0]["start_s"] == 0
    position = 0.0
    for event in plan["events"]:
        assert event["start_s"] == pytest.approx(position, abs=0.001)
        assert event["type"] in ("say", "pause", "breathe", "chime")
        assert ("text" in event) == (event["type"] == "say")
        assert ("breaths" in event) == (event["type"] == "breathe")
        position = event["start_s"] + event["duration_s"]
    assert position == pytest.approx(180, abs=0.001)
    assert "Sam" in " ".join(event.get("text", "") for event in plan["events"])
    assert machine.left_behind() == []


@pytest.mark.parametrize(
    "name", ["[breathe 999]", "{{ 7*7 }}", "## x", '(a)[ipa:"b"]', "; rm -rf ~", "../../etc", "😀"]
)
def test_a_hostile_name_is_spoken_and_names_a_harmless_file(machine: Machine, name: str) -> None:
    (machine.folder / "hello.md").write_text(HELLO)
    found = machine.json("build", "hello.md", f"--name={name}", "-o", "out")

    assert Path(found["file"]).parent.name == "out"
    assert re.fullmatch(r"[a-z0-9-]+\.mp3", Path(found["file"]).name)
    length = decoded_seconds(machine.folder / found["file"])
    assert length == pytest.approx(found["duration_s"], abs=0.1)
    plan = machine.json("build", "hello.md", f"--name={name}", "--dry-run")
    assert any(name in event.get("text", "") for event in plan["events"])


def test_no_name_keeps_the_name_out_of_the_file_and_all_it_holds(machine: Machine) -> None:
    (machine.folder / "hello.md").write_text(HELLO)
    found = machine.json("build", "hello.md", "--name", "Zebedee", "--no-name")

    file = machine.folder / found["file"]
    assert "zebedee" not in file.name.lower()
    content = file.read_bytes()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        assert "Zebedee".encode(encoding) not in content


def test_no_name_keeps_what_else_was_said_of_people_out_of_the_transcript(machine: Machine) -> None:
    (machine.folder / "wishes.md").write_text(WISHES)
    found = machine.json(
        *("build", "wishes.md", "--name", "Zebedee Quispe", "--no-name"),
        *("--with", "loved_one=Quispe's son Tomasz", "--with", "difficult_person=Ernesto"),
        *("--with", "phrase_one=May I, little Zebby, be safe."),
    )
    lyrics = " ".join(MP3(machine.folder / found["file"]).tags.getall("USLT")[0].text.split())

    for word in ("Zebedee", "Quispe", "Tomasz", "Ernesto", "Zebby"):
        assert word not in lyrics
    assert lyrics.endswith("Thank you, ….")


@pytest.mark.slow
def test_no_name_leaves_the_figures_own_words_in(machine: Machine) -> None:
    found = machine.json(
        *("build", "compassionate-imagery", "--name", "Sam", "-m", "3", "--no-name"),
        *("--figure", "wise-elder"),
    )

    assert "a wise elder" in MP3(machine.folder / found["file"]).tags.getall("USLT")[0].text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-o", "a.ogg"), "no .ogg file can be written"),
        (("--breaths-per-minute", "nan"), "'nan' is not a number"),
        (("--tone", "oceann", "--dry-run"), "Did you mean 'ocean'?"),
        (("--bed", "rainn", "--dry-run"), "Did you mean 'rain'?"),
        (("--voice", "jo"), "there is no voice called 'jo'"),
        (("--figure", "wise-eldr", "--dry-run"), "Did you mean 'wise-elder'?"),
    ],
)
def test_a_slip_in_an_option_is_a_usage_error(
    machine: Machine, arguments: tuple[str, ...], message: str
) -> None:
    done = machine.run("build", PRACTICE, "--name", "Sam", "-m", "3", *arguments, status=2)

    assert message in done.stderr
    assert machine.left_behind() == []


def test_the_table_of_a_dry_run_has_clock_times_and_quotes_the_figure(machine: Machine) -> None:
    (machine.folder / "short.md").write_text(f"{SHORT}\n> You are welcome here.\n")
    asked = ("build", "short.md", "--name", "Sam", "-m", "2", "--dry-run")
    told = machine.run(*asked).stdout
    rows = told[told.index("\n  0:00.0 ") :].splitlines()
    times = [row.split()[0] for row in rows if row]

    assert all(re.fullmatch(r"\d+:[0-5]\d\.\d", time) for time in times)
    assert times[-1] == "2:00.0"
    assert sum(" s  > " in row for row in rows) >= 1


@pytest.mark.slow
@pytest.mark.parametrize("figure", ["Wise Elder", "Wise-Elder"])
def test_a_figure_is_known_however_it_is_written(machine: Machine, figure: str) -> None:
    asked = ("build", "compassionate-imagery", "--name", "Sam", "-m", "3", "--dry-run")
    plan = machine.json(*asked, "--figure", figure)

    assert any("a wise elder" in event.get("text", "") for event in plan["events"])


def test_an_existing_file_is_kept_without_force(machine: Machine) -> None:
    file = machine.folder / "a.mp3"
    file.write_bytes(b"precious")
    (machine.folder / "hello.md").write_text(HELLO)
    done = machine.run("build", "hello.md", "--name", "Sam", "-o", "a.mp3", status=1)

    assert file.read_bytes() == b"precious"
    assert "--force" in done.stderr
    machine.run("build", "hello.md", "--name", "Sam", "-o", "a.mp3", "--force")
    assert file.read_bytes() != b"precious"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_leaves_nothing_behind(machine: Machine, number: int) -> None:
    process = machine.start("build", PRACTICE, "--name", "Sam", "-m", "3", "-o", "out/a.mp3")
    wait_until(lambda: is_encoding(machine), process)
    process.send_signal(number)
    _, err = process.communicate(timeout=PATIENCE)

    assert process.returncode == 128 + number
    assert "Traceback" not in err
    assert machine.left_behind() == []


@pytest.mark.slow
def test_a_killed_build_leaves_no_recording_and_the_next_one_works(machine: Machine) -> None:
    process = machine.start("build", PRACTICE, "--name", "Sam", "-m", "3", "-o", "out/a.mp3")
    wait_until(lambda: is_encoding(machine), process)
    process.kill()
    process.communicate(timeout=PATIENCE)

    assert not list(machine.folder.rglob("*.mp3"))
    machine.run("build", PRACTICE, "--name", "Sam", "-m", "3", "-o", "out/a.mp3")


def is_encoding(machine: Machine) -> bool:
    """Return whether the encoder has written something."""
    return any(part.stat().st_size > 100_000 for part in machine.folder.rglob("*.part"))


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("build",), 2, "PRACTICE is missing"),
        (("biuld",), 2, "Did you mean 'build'?"),
        (("build", "soothing"), 2, "there is no practice called 'soothing'"),
        (("build", PRACTICE), 2, f"cft-audio: the practice '{PRACTICE}' also needs --name"),
        (("build", PRACTICE, "--name", "S", "-m", "x"), 2, "'x' is not a length"),
        (("build", PRACTICE, "--name", "S", "-m", "0:30"), 2, "Ask for a length from"),
        (("build", PRACTICE, "--name", "S", "-m", "999"), 2, "Ask for a length from"),
        (("build", PRACTICE, "--name", "S", "--pace", "fast"), 2, "'fast' is not one of"),
        (("build", PRACTICE, "--name", "S", "--ratio", "4"), 2, "not a breathing pattern"),
        (("build", PRACTICE, "--name", "S", "--breaths-per-minute", "30"), 2, "light-headed"),
        (("build", PRACTICE, "--name", "S", "--with", "x"), 2, "SLOT=VALUE"),
        (("build", PRACTICE, "--name", "S", "--with", "nmae=x"), 2, "Did you mean 'name'?"),
        (("build", PRACTICE, "--name", "S", "--voice", "jo"), 2, "Did you mean 'joe'?"),
        (("build", PRACTICE, "--name", "S", "--tone", "swel"), 2, "swell"),
        (("build", PRACTICE, "--name", "S", "--bed", "gone.wav"), 2, "gone.wav"),
        (("build", PRACTICE, "--name", "S", "--loudness", "-3"), 2, "loudness"),
        (
            ("build", PRACTICE, "--name", "S", "--figure", "x", "--figure-pronouns", "y"),
            2,
            "she/her",
        ),
        (("build", PRACTICE, "--name", "S", "--pronounce", "S=/a☃/"), 1, "does not know ☃"),
    ],
)
def test_a_wrong_request_gets_one_clear_sentence(
    machine: Machine, arguments: tuple[str, ...], status: int, message: str
) -> None:
    done = machine.run(*arguments, status=status)

    assert message in done.stderr
    assert done.stdout == ""
    assert machine.left_behind() == []


@pytest.mark.parametrize("asked", ["0:05", "900"])
def test_the_range_that_an_error_gives_can_be_asked_for(machine: Machine, asked: str) -> None:
    (machine.folder / "short.md").write_text(SHORT)
    arguments = ("build", "short.md", "--name", "Sam", "--pace", "slow", "--dry-run")
    error = machine.run(*arguments, "-m", asked, status=2).stderr
    shortest, longest = re.findall(r"(?:\d+:)?\d+:\d\d(?= to|\.\n)", error)[-2:]

    for length in (shortest, longest):
        machine.run(*arguments, "-m", length)


def test_a_folder_that_cannot_be_written_is_said_before_any_work(cold: Machine) -> None:
    (cold.folder / "file").write_text("not a folder")
    done = cold.run("build", PRACTICE, "--name", "S", "-o", "file/a.mp3", status=1)

    assert "file" in done.stderr
    assert cold.json("cache")["clips"] == 0
