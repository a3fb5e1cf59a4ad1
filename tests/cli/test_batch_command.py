"""``cft-audio batch``: a roster checked, made, made again, and what is told of it."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from program_runs import HELLO, SHORT, Machine, checked, decoded_seconds, digest, wait_until

from cft_audio.files.whole_file import PREFIX
from cft_audio.running.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = ("code", "name", "practice")
TWO = (("K01", "Sam", "hello"), ("K02", "Bea", "hello"))


@pytest.fixture
def desk(bare: Machine) -> Machine:
    """A machine with two short practices and a roster of two recordings."""
    scripts = bare.folder / "scripts"
    scripts.mkdir()
    (scripts / "hello.md").write_text(HELLO)
    (scripts / "short.md").write_text(SHORT)
    roster(bare, TWO)
    return bare


def roster(
    machine: Machine, rows: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS
) -> None:
    with (machine.folder / "r.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *rows])


def batch(machine: Machine, *options: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Make the roster without other processes, unless ``options`` ask for some."""
    here = () if "--workers" in options else ("--workers", "0")
    return machine.run("batch", "r.csv", *here, *options, status=status)


def made(machine: Machine, output: str = "output") -> dict[str, str]:
    """Return the digest of each finished recording by its name where they go."""
    folder = machine.folder / output
    files = (path for path in folder.glob("[!.]*/*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def test_a_roster_is_made_and_made_again_only_where_it_differs(desk: Machine) -> None:
    first = batch(desk)
    before = made(desk)
    second = batch(desk)
    roster(desk, [TWO[0], ("K02", "Una", "hello")])
    third = batch(desk)

    assert before.keys() == {"K01/hello.mp3", "K02/hello.mp3"}
    assert first.stdout.splitlines() == [
        "row 2, K01: K01/hello.mp3  0:10  made: it is new",
        "row 3, K02: K02/hello.mp3  0:10  made: it is new",
        "2 made.",
    ]
    assert second.stdout.endswith("kept: nothing is different\n2 kept.\n")
    assert "row 3, K02: K02/hello.mp3  0:10  made: it sounds different" in third.stdout
    assert third.stdout.endswith("1 made, 1 kept.\n")
    assert made(desk)["K01/hello.mp3"] == before["K01/hello.mp3"]
    assert not list(desk.folder.rglob(f"{PREFIX}*"))


def test_everything_wrong_is_told_at_once_and_nothing_written(desk: Machine) -> None:
    before = desk.left_behind()
    rows = [("K01", "Sam", "helo", ""), ("K02", "Bea", "hello", "7h"), ("../x", "Tom", "hello", "")]
    roster(desk, rows, (*COLUMNS, "minutes"))
    refused = batch(desk, status=2)

    places = [line.partition("r.csv:")[2] for line in refused.stderr.strip().splitlines()]
    assert [": ".join(place.split(": ")[:2]) for place in places] == [
        "2: row 2, column practice (C2)",
        "3: row 3, column minutes (D3)",
        "4: row 4, column code (A4)",
    ]
    assert "'cft-audio list'" in refused.stderr
    assert refused.stdout == ""
    assert desk.left_behind() == before


def test_a_dry_run_tells_of_each_row_and_of_all_and_writes_nothing(desk: Machine) -> None:
    before = desk.left_behind()
    shown = batch(desk, "-n")
    told = desk.json("batch", "r.csv", "-n")

    assert desk.left_behind() == before
    assert "K01/hello.mp3" in shown.stdout
    assert "2 of 2 to make:" in shown.stdout
    assert [row["why"] for row in told["rows"]] == ["it is new"] * 2
    assert told["rows"][0]["file"] == "K01/hello.mp3"
    assert told["total"]["to_make"] == 2
    assert told["total"]["expected_s"] > 0
    assert told["total"]["length_s"] == pytest.approx(
        sum(row["length_s"] for row in told["rows"]), abs=0.2
    )


def test_what_a_dry_run_foretells_is_what_comes(desk: Machine) -> None:
    foretold = {row["file"]: row for row in desk.json("batch", "r.csv", "-n")["rows"]}
    batch(desk)

    for name in made(desk):
        file = desk.folder / "output" / name
        assert decoded_seconds(file) == pytest.approx(foretold[name]["length_s"], rel=0.1)
        assert file.stat().st_size <= foretold[name]["bytes"]
    assert desk.json("batch", "r.csv", "-n")["total"]["to_make"] == 0
    assert "All 2 are there as they should be." in batch(desk, "-n").stdout


@pytest.mark.slow
def test_a_program_is_told_of_each_row(desk: Machine) -> None:
    told = desk.json("batch", "r.csv")

    assert {key: told[key] for key in ("made", "kept", "failed", "removed")} == {
        "made": 2,
        "kept": 0,
        "failed": 0,
        "removed": [],
    }
    assert [(row["row"], row["code"], row["state"]) for row in told["rows"]] == [
        (2, "K01", "made"),
        (3, "K02", "made"),
    ]


def test_a_row_that_fails_is_named_with_what_to_do_and_the_others_are_made(desk: Machine) -> None:
    theirs = desk.folder / "output" / "K01" / "hello.mp3"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"a song")
    done = batch(desk, status=3)
    told = json.loads(batch(desk, "--json", status=3).stdout)

    assert "row 2, K01: K01/hello.mp3  failed" in done.stdout
    assert done.stdout.endswith("1 made, 1 failed.\n")
    assert "Row 2 failed: there is a file of its name, which is none of this" in done.stderr
    assert "--force" in done.stderr
    assert theirs.read_bytes() == b"a song"
    assert told["rows"][0]["error"]["error"] == "NameTakenError"
    theirs.unlink()
    assert batch(desk).stdout.endswith("1 made, 1 kept.\n")


@pytest.mark.parametrize(
    "workers", ["0", *(pytest.param(count, marks=pytest.mark.slow) for count in ("1", "2"))]
)
def test_any_number_of_workers_makes_what_build_makes(desk: Machine, workers: str) -> None:
    batch(desk, "--workers", workers, "-q")
    for code, name, practice in TWO:
        file = f"{code}.mp3"
        desk.run("build", practice, "--name", name, "-o", file, "-q")

        assert digest(desk.folder / file) == made(desk)[f"{code}/hello.mp3"]


def test_without_workers_all_is_done_in_one_process(
    desk: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(*_: object) -> None:
        pytest.fail("another process was started")

    monkeypatch.setattr(Pool, "run", start)

    assert batch(desk, "--workers", "0").stdout.endswith("2 made.\n")


def test_files_are_named_as_one_likes(desk: Machine) -> None:
    batch(desk, "-o", "here", "--file-name", "{practice}/{code} {row}", "-q")
    refused = batch(desk, "--file-name", "{name}", status=2)

    assert made(desk, "here").keys() == {"hello/K01 2.mp3", "hello/K02 3.mp3"}
    assert "--file-name: files cannot be named by '{name}'" in refused.stderr


def test_what_somebody_changed_is_not_pruned(desk: Machine) -> None:
    batch(desk, "-q")
    (desk.folder / "output" / "K02" / "hello.mp3").write_bytes(b"mine")
    roster(desk, TWO[:1])
    foretold, told = batch(desk, "-n", "--prune"), batch(desk, "--prune")

    for run in (foretold, told):
        assert "K02/hello.mp3 stays: it was changed since it was made." in run.stderr
        assert "removed" not in run.stdout
    assert (desk.folder / "output" / "K02" / "hello.mp3").read_bytes() == b"mine"


def test_files_of_rows_that_are_no_more_are_removed_only_by_prune(desk: Machine) -> None:
    batch(desk)
    roster(desk, TWO[:1])
    told, foretold, pruning = batch(desk), batch(desk, "-n"), batch(desk, "-n", "--prune")
    kept = made(desk)
    removed = desk.json("batch", "r.csv", "--prune")["removed"]

    assert "No row asks any more for K02/hello.mp3. --prune removes what" in told.stderr
    assert "No row asks any more for K02/hello.mp3" in foretold.stderr
    assert "K02/hello.mp3  would be removed" in pruning.stdout
    assert kept.keys() == {"K01/hello.mp3", "K02/hello.mp3"}
    assert removed == ["K02/hello.mp3"]
    assert made(desk).keys() == {"K01/hello.mp3"}


def test_force_makes_all_anew_with_the_same_bytes(desk: Machine) -> None:
    batch(desk, "-q")
    before = made(desk)

    assert batch(desk, "--force").stdout.endswith("2 made.\n")
    assert made(desk) == before


def test_an_online_voice_takes_the_consent_of_this_run(desk: Machine) -> None:
    roster(desk, [(*row, "google-gb") for row in TWO], (*COLUMNS, "voice"))
    refused = batch(desk, status=2)
    agreed = batch(desk, "-n", "--send-names-to-google")

    assert "lines for 2 people, names included, would be sent to Google" in refused.stderr
    assert "--send-names-to-google" in refused.stderr
    assert "lines for 2 people, names included, are sent to Google" in agreed.stderr
    assert desk.left_behind() == ["r.csv", "scripts/hello.md", "scripts/short.md"]


ENGINE = """
from dataclasses import dataclass

@dataclass(frozen=True)
class Settings:
    pass

class Engine:
    Settings = Settings
    online = True
    fingerprint = "afar"

    def __init__(self, settings, context):
        pass

    def speak(self, sentence, tempo):
        raise AssertionError("nothing is to be sent")
"""


@pytest.mark.slow
def test_consent_for_google_is_none_for_the_service_of_another_engine(desk: Machine) -> None:
    site = desk.folder.parent / "site"
    info = site / "afar_engine-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: afar-engine\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[cft_audio.engines]\nafar = afar_engine:Engine\n")
    (site / "afar_engine.py").write_text(ENGINE)
    (desk.folder / "voices").mkdir()
    (desk.folder / "voices" / "ann.toml").write_text('engine = "afar"\n')
    places = [str(site), *filter(None, [os.environ.get("PYTHONPATH")])]
    desk.environment["PYTHONPATH"] = os.pathsep.join(places)
    columns = (*COLUMNS, "voice", "figure_voice")
    for voices in (("ann", ""), ("google-gb", "ann"), ("joe", "ann")):
        roster(desk, [(*row, *voices) for row in TWO], columns)
        for options in (("-n",), ("--workers", "0")):
            command = ("batch", "r.csv", "--send-names-to-google", *options)
            refused = desk.run_apart(*command, status=2)

            assert "would be sent to the service behind the engine 'afar'" in refused.stderr
            assert "no consent can be given for a whole roster" in refused.stderr
            assert "send-names" not in refused.stderr
    roster(desk, TWO)
    assert desk.run("batch", "r.csv", "-n", "--send-names-to-google").stderr == ""


def test_a_template_can_be_checked_as_it_is(desk: Machine) -> None:
    written = desk.run("batch", "--template", "t.csv")
    checked_ = desk.run("batch", "t.csv", "-n")

    assert "cft-audio batch t.csv -n" in written.stdout
    assert "to make:" in checked_.stdout


def test_a_template_takes_the_place_of_no_file_unasked(desk: Machine) -> None:
    refused = desk.run("batch", "--template", "r.csv", status=1)

    assert "Choose another name, or write over it with --force." in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "ROSTER is missing"),
        (("none.csv",), "none.csv"),
        (("r.csv", "--template", "t.csv"), "Leave ROSTER out"),
        (("r.csv", "--workers", "-1"), "--workers"),
        (("r.csv", "--sheet", "Clients"), "sheet"),
        (("r.csv", "-o", "s3:here"), "lacks the //"),
        (("--template", "t.ods"), "--template: 't.ods' does not say in which format"),
    ],
)
def test_what_is_not_meant_is_told(desk: Machine, arguments: tuple[str, ...], said: str) -> None:
    assert said in desk.run("batch", *arguments, status=2).stderr


def test_a_place_that_takes_nothing_is_named_as_it_was_asked_for(desk: Machine) -> None:
    refused = batch(desk, "-o", "r.csv/in", status=1)

    assert "r.csv/in: it cannot be written: part of that path is a file" in refused.stderr


def test_quiet_prints_nothing(desk: Machine) -> None:
    done = batch(desk, "-q")

    assert (done.stdout, done.stderr) == ("", "")


def test_settings_hold_for_every_row_and_an_error_names_their_line(desk: Machine) -> None:
    desk.configure("avoid = ['stop']\n")
    refused = batch(desk, status=2)

    assert refused.stderr.count("config.toml:1") == 2


def test_the_same_clients_next_week_go_by_their_files(desk: Machine) -> None:
    desk.run("client", "new", "K7", "--name", "Sam", "--bed", "rain", "--title", "Evening")
    roster(desk, [("K7", "hello")], ("client", "practice"))
    batch(desk, "-q")
    desk.run("client", "edit", "K7", "--bed", "none")

    assert "made: it sounds different" in batch(desk).stdout
    receipt = desk.json("client", "forget", "K7", "--recordings", "--yes")
    assert any(path.endswith("K7/hello.mp3") for path in receipt["removed"])
    assert made(desk) == {}
    data = Path(desk.json("config")["data"])
    assert "K7" not in "".join(path.read_text() for path in (data / "batches").iterdir())


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_ctrl_c_leaves_nothing_unfinished_and_it_goes_on(desk: Machine) -> None:
    rows = [(f"K{number:02}", f"Sam{number}", "short", "1:20") for number in range(8)]
    roster(desk, rows, (*COLUMNS, "minutes"))
    running = desk.start("batch", "r.csv", start_new_session=True)
    wait_until(lambda: len(made(desk)) >= 2, running)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)

    assert running.returncode == 130
    assert "What is made is kept" in err
    assert "Traceback" not in err
    assert not list(desk.folder.rglob(f"{PREFIX}*"))
    there = made(desk)
    assert 2 <= len(there) < 8
    done = batch(desk)
    assert done.stdout.endswith(f"{8 - len(there)} made, {len(there)} kept.\n")
    assert there.items() <= made(desk).items()
    assert len(out.splitlines()) <= len(there)


@pytest.mark.slow
@pytest.mark.parametrize("count", [2, 4])
def test_several_batches_at_once_make_each_row_once_and_none_fails(
    desk: Machine, count: int
) -> None:
    rows = [(f"K{number:02}", f"Sam{number}", "hello") for number in range(6)]
    roster(desk, rows)
    running = [desk.start("batch", "r.csv", "--json") for _ in range(count)]
    ended = [process.communicate(timeout=300) for process in running]
    done = [
        checked(subprocess.CompletedProcess("", process.returncode, *both), 0)
        for process, both in zip(running, ended, strict=True)
    ]
    told = [json.loads(each.stdout) for each in done]
    together = made(desk)

    assert sum(each["made"] for each in told) == len(rows)
    assert all(each["failed"] == 0 for each in told)
    batch(desk, "-o", "alone", "-q")
    assert together == made(desk, "alone")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a disk of a size is mounted")
def test_a_disk_that_fills_up_loses_nothing_that_was_made(desk: Machine, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=20m", "none", str(small)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    try:
        rows = [(f"K{number:02}", f"Sam{number}", "short", "1:20") for number in range(12)]
        roster(desk, rows, (*COLUMNS, "minutes"))
        full = desk.run("batch", "r.csv", "-o", str(small), status=3)
        left = {p for p in small.rglob("*") if p.is_file() and p.name != "manifest.jsonl"}

        assert "MB are free" in full.stderr or "the disk is full" in full.stderr
        assert not list(small.rglob(f"{PREFIX}*"))
        assert 1 <= len(left) < 12
        assert all(decoded_seconds(path) == pytest.approx(80, abs=0.1) for path in left)
        subprocess.run(["/bin/mount", "-o", "remount,size=200m", str(small)], check=True)
        again = desk.run("batch", "r.csv", "-o", str(small))
        assert again.stdout.endswith(f"{12 - len(left)} made, {len(left)} kept.\n")
    finally:
        subprocess.run(["/bin/umount", str(small)], check=False)


NAMES = [f"Xqz{letter}mara" for letter in "abcdefghijklmnopqrst"]
"""Names that stand nowhere else."""


def processes() -> str:
    """Return the arguments of all processes, as any user of the machine sees them."""
    told = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            told.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return "\n".join(told)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no /proc")
def test_no_name_is_seen_in_what_is_printed_kept_beside_or_started(
    desk: Machine, tmp_path: Path
) -> None:
    """Nor in names of files, of folders, or of what is unfinished."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    desk.environment["TMPDIR"] = str(temporary)
    rows = [
        (f"K{number:02}", name, "hello", "yes" if number % 2 else "", f"{name}=mah-RAH")
        for number, name in enumerate(NAMES)
    ]
    roster(desk, rows, (*COLUMNS, "no_name", "pronounce"))
    running = desk.start("batch", "r.csv", "--json")
    seen, names_of_files = [], set()
    while running.poll() is None:
        seen.append(processes())
        for folder in (desk.folder / "output", temporary):
            for place, folders, files in os.walk(folder):  # some vanish meanwhile
                names_of_files |= {f"{place}/{name}" for name in (*folders, *files)}
        time.sleep(0.05)
    out, err = running.communicate()
    assert running.returncode == 0, err

    manifest = (desk.folder / "output" / "manifest.jsonl").read_text()
    told = "\n".join([out, err, manifest, *seen, *names_of_files])
    assert [name for name in NAMES if name.lower() in told.lower()] == []
    assert any("ffmpeg" in each for each in seen)
    assert any(PREFIX in name for name in names_of_files)
    for number in range(1, len(NAMES), 2):
        file = desk.folder / "output" / f"K{number:02}" / "hello.mp3"
        assert NAMES[number].encode() not in file.read_bytes()
    notes = Path(desk.json("config")["data"]) / "batches"
    assert not any(name in path.read_text() for path in notes.iterdir() for name in NAMES)


def test_whoever_is_told_of_a_name_left_out_is_told_how_to_see_it(desk: Machine) -> None:
    roster(desk, [("K01", "Sam", "hello", "Xiomara=/??/")], (*COLUMNS, "pronounce"))
    hidden, shown = batch(desk, "-n", status=2), batch(desk, "-n", "--log-names", status=2)

    assert "--log-names shows it" in hidden.stderr
    assert "Xiomara" not in hidden.stderr
    assert "--log-names" not in shown.stderr
    assert "'Xiomara'" in shown.stderr


def test_names_are_printed_for_whoever_wants_them(desk: Machine) -> None:
    roster(desk, [("K01", NAMES[0], "hello")])
    hidden, shown = batch(desk), batch(desk, "--log-names", "--force")

    assert NAMES[0] not in hidden.stdout + hidden.stderr
    assert f"row 2, K01 ({NAMES[0]}): K01/hello.mp3" in shown.stdout
    assert "Warning: a voice may get words wrong in row 2. --log-names shows which." in (
        hidden.stderr
    )
    assert NAMES[0] in shown.stderr


@pytest.mark.slow
def test_a_thousand_rows_are_foretold_in_seconds(bare: Machine) -> None:
    practices = ("soothing-rhythm-breathing", "kind-body-scan", "loving-kindness")
    rows = [(f"K{n:04}", f"Sam{n}", practices[n % 3], "10") for n in range(1000)]
    roster(bare, rows, (*COLUMNS, "minutes"))
    began = time.process_time()
    told: Any = bare.json("batch", "r.csv", "-n")

    assert told["total"]["rows"] == told["total"]["to_make"] == 1000
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--insecure-cluster",), "--insecure-cluster"),
        (("--cluster", "tcp://127.0.0.1:9", "--workers", "2"), "--workers"),
        (("--file-name", " "), "--file-name"),
    ],
)
def test_an_option_that_would_count_for_nothing_is_refused(
    desk: Machine, options: tuple[str, ...], what: str
) -> None:
    result = desk.run("batch", "r.csv", *options, status=2)

    assert what in result.stderr
    assert not (desk.folder / "output").exists()
