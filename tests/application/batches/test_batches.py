"""A batch: what is made, what is kept and why, and what becomes of the others where a row fails."""

from __future__ import annotations

import json
import shutil
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from batch_cases import COLUMNS, HERE, SAYING, TWO, Desk, states
from program_runs import decoded_seconds
from row_work import make_or_misbehave

from cft_audio.application.batches.checks import plan_rows
from cft_audio.application.batches.estimates import Estimates
from cft_audio.application.batches.manifests import FILE, read_manifest
from cft_audio.application.batches.run import Runners, Watch
from cft_audio.application.batches.work import make_recording
from cft_audio.application.recordings import build
from cft_audio.errors import OutputError
from cft_audio.files.output import Destination
from cft_audio.files.whole_file import PREFIX, unfinished_name
from cft_audio.running import tasks as limits
from cft_audio.running.here import Here
from cft_audio.running.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from pathlib import Path

    from cft_audio.application.batches.outcomes import RowOutcome
    from cft_audio.application.batches.work import MadeRecording, RecordingToMake
    from cft_audio.running.tasks import Outcome, Task

MADE = ("made", "it is new")
KEPT = ("kept", "nothing is different")


@pytest.mark.parametrize("workers", [0, pytest.param(1, marks=pytest.mark.slow), 2])
def test_a_recording_is_byte_for_byte_what_is_built_of_the_same_request(
    desk: Desk, workers: int
) -> None:
    rendering = Pool(make_recording, workers) if workers else HERE
    outcomes = desk.make(rendering=rendering)

    assert states(outcomes) == {"K01": MADE, "K02": MADE}
    for order in desk.orders():
        place = Destination(desk.folder / "a.mp3", overwrite=True)
        built = build(order.request, place, order.folders)
        assert built.recording.file.read_bytes() == desk.files()[order.name]


def test_the_manifest_says_what_is_there_and_nobodys_name(desk: Desk) -> None:
    [sam, bea] = desk.make()
    files = desk.files()
    [first, second] = [json.loads(line) for line in files[FILE].decode().splitlines()]

    assert set(files) == {FILE, sam.order.name, bea.order.name}
    assert (first["row"], first["code"], first["practice"]) == (2, "K01", "hello")
    assert first["outcome"] == second["outcome"] == "made"
    length_s = decoded_seconds(desk.folder / "out" / first["name"])
    assert first["length_s"] == pytest.approx(length_s, abs=0.01)
    assert first["voice_lufs"] == pytest.approx(-18, abs=0.3)
    assert b"Sam" not in files[FILE]
    assert b"Bea" not in files[FILE]


def test_what_is_there_as_it_was_made_is_kept(desk: Desk) -> None:
    desk.make()
    before = desk.files()

    assert states(desk.make()) == {"K01": KEPT, "K02": KEPT}
    assert desk.files() == before


def test_a_changed_name_makes_one_row_again(desk: Desk) -> None:
    desk.make()
    orders = desk.orders([TWO[0], ("K02", "Una", "hello")])

    assert states(desk.make(orders)) == {"K01": KEPT, "K02": ("made", "it sounds different")}


@pytest.mark.slow
def test_a_changed_script_makes_again_only_what_says_it(desk: Desk) -> None:
    rows = [*TWO, ("K03", "Tom", "short")]
    desk.make(desk.orders(rows))
    desk.change("hello", "Stop at any time", "Stop when you like")

    outcomes = states(desk.make(desk.orders(rows)))
    assert outcomes == {
        "K01": ("made", "it sounds different"),
        "K02": ("made", "it sounds different"),
        "K03": KEPT,
    }


def test_another_title_is_told_from_another_sound(desk: Desk) -> None:
    desk.make()
    orders = desk.orders([(*row, "For the night") for row in TWO], (*COLUMNS, "title"))

    assert states(desk.make(orders))["K01"] == (
        "made",
        "its tags or what lies beside it change",
    )


def test_a_file_that_is_gone_or_was_changed_is_made_again(desk: Desk) -> None:
    [sam, bea] = desk.make()
    before = desk.files()
    out = desk.folder / "out"
    (out / sam.order.name).unlink()
    with (out / bea.order.name).open("ab") as file:
        file.write(b"x")

    assert states(desk.make()) == {
        "K01": ("made", "a file of it is gone"),
        "K02": ("made", "a file of it was changed"),
    }
    after = desk.files()
    assert {name: after[name] for name in after if name != FILE} == {
        name: before[name] for name in before if name != FILE
    }


def test_whoever_wants_all_anew_gets_the_same_bytes(desk: Desk) -> None:
    desk.make()
    before = desk.files()

    assert states(desk.make(anew=True)) == dict.fromkeys(("K01", "K02"), ("made", "asked for anew"))
    assert {n: b for n, b in desk.files().items() if n != FILE} == {
        n: b for n, b in before.items() if n != FILE
    }


@pytest.mark.parametrize("left", [b"", b'nothing of this\n{}\n[]\nnull\n{"name": 1}\n\xff\n'])
def test_a_manifest_that_is_lost_is_made_of_what_is_there(desk: Desk, left: bytes) -> None:
    desk.make()
    manifest = desk.folder / "out" / FILE
    before = read_manifest(manifest.read_bytes())
    manifest.write_bytes(left) if left else manifest.unlink()

    assert states(desk.make()) == {"K01": KEPT, "K02": KEPT}
    after = read_manifest(manifest.read_bytes())
    assert [replace(row, seconds=0) for row in after.rows] == [
        replace(row, seconds=0) for row in before.rows
    ]


def test_a_file_of_somebody_else_is_not_written_over_unless_that_is_said(desk: Desk) -> None:
    theirs = desk.folder / "out" / "K01" / "hello.mp3"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"a song")
    first, again = states(desk.make()), desk.make()
    told = next(outcome.error for outcome in again if outcome.error)

    assert first == {"K01": ("failed", ""), "K02": MADE}
    assert theirs.read_bytes() == b"a song"
    assert "none of this program's" in told.message
    assert "‹overwrite›" in told.remedy
    assert states(desk.make(anew=True))["K01"] == ("made", "asked for anew")


def test_a_row_that_fails_leaves_the_others_and_what_was_made_of_it_before(desk: Desk) -> None:
    desk.make()
    before = desk.files()
    orders = desk.orders([(*row, bed) for row, bed in zip(TWO, ("rain", ""), strict=True)], BED)
    fails = Here(_fails_for("K01"))

    first = desk.make(orders, rendering=fails)
    assert states(first)["K02"] == KEPT
    assert [outcome.state for outcome in first] == ["failed", "kept"]
    rows = {row.code: row for row in read_manifest(desk.files()[FILE]).rows}
    assert rows["K01"].outcome == "failed"
    assert list(rows["K01"].files) == ["K01/hello.mp3"]
    assert desk.files()["K01/hello.mp3"] == before["K01/hello.mp3"]

    assert states(desk.make(orders)) == {"K01": ("made", "it failed before"), "K02": KEPT}


BED = (*COLUMNS, "bed")


def _fails_for(code: str) -> Callable[[RecordingToMake], MadeRecording]:
    def make(given: RecordingToMake) -> MadeRecording:
        if given.name.startswith(code):
            raise OutputError("the disk is full", remedy="Make room")
        return make_recording(given)

    return make


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only there memory is held to a limit")
def test_a_poison_a_hanging_and_a_huge_row_leave_all_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LEAST_LIMIT_S", 12.0)
    bad = ("DIES", "HANGS", "HUGE", "FAULT")
    good = [f"K{number:02}" for number in range(12)]
    codes = [*good[:3], "DIES", *good[3:6], "HANGS", *good[6:9], "HUGE", "FAULT", *good[9:]]
    orders = desk.orders([(code, f"Sam{n}", "hello") for n, code in enumerate(codes)])

    outcomes = desk.make(orders, rendering=Pool(make_or_misbehave, 2))
    found = states(outcomes)
    errors = {o.order.code: str(o.error) for o in outcomes if o.error}
    assert {found[code] for code in good} == {MADE}
    assert set(errors) == set(bad)
    assert "ended twice" in errors["DIES"]
    assert "took longer than" in errors["HANGS"]
    assert "more memory" in errors["HUGE"]
    assert "ValueError in make_or_misbehave" in errors["FAULT"]
    assert "Sam" not in str(errors)

    again = states(desk.make(orders))
    assert {code for code, what in again.items() if what != KEPT} == set(bad)
    assert {again[code] for code in bad} == {("made", "it failed before")}


def test_a_row_whose_lines_were_lost_meanwhile_is_planned_once_more(desk: Desk) -> None:
    lost = []

    def make(given: RecordingToMake) -> MadeRecording:
        if not lost:
            lost.append(given.name)
            for order in desk.orders():
                assert order.folders.personal is not None
                shutil.rmtree(order.folders.personal.folder)
        return make_recording(given)

    told: list[RowOutcome] = []
    batch = desk.batch(desk.orders())
    outcomes = batch.run(Runners(SAYING, Here(make)), Estimates(), Watch(told.append), anew=False)
    assert states(outcomes) == {"K01": MADE, "K02": MADE}
    assert [outcome.state for outcome in told] == ["made", "made"]


def test_a_row_whose_lines_are_lost_twice_fails(desk: Desk) -> None:
    orders = desk.orders([("LOST", "Sam", "hello"), TWO[1]])
    outcomes = desk.make(orders, rendering=Here(make_or_misbehave))

    assert states(outcomes)["K02"] == MADE
    assert "was removed while it was needed" in str(outcomes[-1].error)


@pytest.mark.slow
def test_lines_are_spoken_once_for_all_rows_before_any_is_rendered(desk: Desk) -> None:
    order_of_events = []

    class Noting:
        """Notes what it says, and says it."""

        def __init__(self, what: str, runner: Here) -> None:
            self._what, self._runner = what, runner

        def run(self, tasks: Iterable[Task]) -> Generator[Outcome]:
            for outcome in self._runner.run(tasks):
                order_of_events.append(self._what)
                yield outcome

    desk.make(
        desk.orders([*TWO, ("K03", "Tom", "short")]),
        rendering=Noting("rendered", HERE),
        speaking=Noting("said", SAYING),
    )
    assert order_of_events == ["said"] * 3 + ["rendered"] * 3


def test_an_interrupt_leaves_nothing_unfinished_and_no_empty_folder(desk: Desk) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.make(rendering=Here(stop))
    assert desk.files() == {}
    assert not (desk.folder / "out").exists()


def test_what_a_killed_batch_left_is_removed_by_the_next(desk: Desk) -> None:
    unfinished: list[Path] = []

    def make(given: RecordingToMake) -> MadeRecording:
        assert given.scratch is not None
        unfinished.append(given.scratch)
        return make_recording(given)

    desk.make(rendering=Here(make))
    before = desk.files()
    assert not unfinished[0].exists()
    (unfinished[0] / "x").mkdir(parents=True)
    (unfinished[0] / "x" / "half.mp3").write_bytes(b"half")
    [noted] = (desk.folders.data / "batches").glob("*.json")
    (half := noted.with_name(unfinished_name())).write_text("{")

    assert states(desk.make()) == {"K01": KEPT, "K02": KEPT}
    assert desk.files() == before
    assert not half.exists()


def test_of_two_batches_at_once_one_waits_and_finds_all_made(desk: Desk) -> None:
    waiting, told = threading.Event(), []

    def first() -> None:
        def make(given: RecordingToMake) -> MadeRecording:
            waiting.wait(60)
            return make_recording(given)

        told.append(states(desk.make(rendering=Here(make))))

    running = threading.Thread(target=first)
    running.start()
    batch = desk.batch(desk.orders())
    for _ in range(600):
        if list((desk.folder / "out").glob(f"{PREFIX}*")):
            break
        threading.Event().wait(0.1)
    watch = Watch(lambda _: None, waiting=waiting.set)
    second = states(batch.run(Runners(SAYING, HERE), Estimates(), watch, anew=False))
    running.join()

    assert told == [{"K01": MADE, "K02": MADE}]
    assert second == {"K01": KEPT, "K02": KEPT}


def test_rows_that_another_machine_wrote_meanwhile_stay_in_the_manifest(desk: Desk) -> None:
    """It shares nothing but the folder, and so no lock."""
    manifest = desk.folder / "out" / FILE
    other = {"name": "K99/hello.mp3", "row": 9, "code": "K99", "practice": "hello"}

    def make(given: RecordingToMake) -> MadeRecording:
        made = make_recording(given)
        there = manifest.read_text() if manifest.exists() else ""
        if "K99" not in there:
            manifest.write_text(there + json.dumps(other) + "\n")
        return made

    desk.make(rendering=Here(make))
    assert {row.code for row in read_manifest(manifest.read_bytes()).rows} == {"K01", "K02", "K99"}


def test_files_of_rows_that_are_no_more_are_told_and_removed_only_if_that_is_said(
    desk: Desk,
) -> None:
    desk.make()
    batch = desk.batch(desk.orders([TWO[0]]))

    assert batch.others() == ["K02/hello.mp3"]
    assert "K02/hello.mp3" in desk.files()
    assert batch.prune(lambda: None).removed == ("K02/hello.mp3",)
    assert set(desk.files()) == {FILE, "K01/hello.mp3"}
    assert not (desk.folder / "out" / "K02").exists()
    assert batch.others() == []


def test_a_file_that_was_changed_since_is_not_removed_and_told(desk: Desk) -> None:
    desk.make()
    changed = desk.folder / "out" / "K02" / "hello.mp3"
    changed.write_bytes(b"cut by hand")
    pruned = desk.batch(desk.orders([TWO[0]])).prune(lambda: None)

    assert (pruned.removed, pruned.left) == ((), ("K02/hello.mp3",))
    assert changed.read_bytes() == b"cut by hand"


@pytest.mark.parametrize(
    ("column", "value", "files"),
    [
        ("with_text", "lrc, vtt", {"K01/hello.mp3", "K01/hello.lrc", "K01/hello.vtt"}),
        ("with_handout", "html", {"K01/hello.mp3", "K01/hello-handout.html"}),
        ("format", "opus", {"K01/hello.opus"}),
        ("split_chapters", "yes", {"K01/hello/1 Hello.mp3"}),
    ],
)
def test_what_a_row_asks_for_beside_is_made_kept_and_made_again(
    desk: Desk, column: str, value: str, files: set[str]
) -> None:
    orders = desk.orders([(*TWO[0], value)], (*COLUMNS, column))
    desk.make(orders)

    made = desk.files()
    assert made.keys() - {FILE} == files
    [row] = read_manifest(made[FILE]).rows
    assert row.files.keys() == files
    assert states(desk.make(orders)) == {"K01": KEPT}
    for name in sorted(files):
        (desk.folder / "out" / name).unlink()
        assert states(desk.make(orders)) == {"K01": ("made", "a file of it is gone")}
        assert {n: b for n, b in desk.files().items() if n != FILE} == {
            n: b for n, b in made.items() if n != FILE
        }


@pytest.mark.slow
def test_a_letter_is_read_from_beside_the_roster(desk: Desk) -> None:
    (desk.folder / "scripts" / "letter.md").write_text(
        "---\ntitle: Letter\ntechnique: compassionate-letter\nnatural: 1\n"
        "slots: {letter: {ask: 'Which letter?', type: letter}}\n---\n## Reading\n\n{{ letter }}\n"
    )
    (desk.folder / "mine.txt").write_text("Dear one, you are doing well.")
    orders = desk.orders([("K01", "letter", "mine.txt")], ("code", "practice", "letter"))

    assert states(desk.make(orders)) == {"K01": MADE}
    assert orders[0].request.session.answers["letter"] == "Dear one, you are doing well."


def test_what_a_recording_has_no_more_beside_it_goes_when_it_is_made_again(desk: Desk) -> None:
    desk.make(desk.orders([(*TWO[0], "lrc, vtt")], (*COLUMNS, "with_text")))
    desk.make(desk.orders([(*TWO[0], "vtt")], (*COLUMNS, "with_text")))

    assert desk.files().keys() - {FILE} == {"K01/hello.mp3", "K01/hello.vtt"}


def test_what_each_row_would_come_to_is_told_and_nothing_done(desk: Desk) -> None:
    def whys() -> list[str]:
        plans = list(plan_rows(desk.batch(desk.orders()), Estimates(), anew=False))
        return [plan.why for plan in plans]

    before = sorted(path for path in desk.folder.rglob("*") if "r.csv" not in path.name)
    first = whys()
    assert sorted(p for p in desk.folder.rglob("*") if "r.csv" not in p.name) == before
    assert first == ["it is new", "it is new"]

    desk.make()
    assert whys() == ["", ""]
    (desk.folder / "out" / "K01" / "hello.mp3").unlink()
    assert whys() == ["a file of it is gone", ""]
    (desk.folder / "out" / FILE).unlink()
    assert whys() == ["it is new", "its file is there, and not in the manifest"]
    desk.make()
    shutil.rmtree(desk.folders.data / "batches")
    assert whys() == ["it may be different: what was asked for is not noted here"] * 2


def test_what_was_asked_for_is_noted_where_nobody_else_reads(desk: Desk) -> None:
    desk.make()
    [noted] = (desk.folders.data / "batches").iterdir()

    assert noted.stat().st_mode & 0o077 == 0
    assert "Sam" not in noted.read_text()


@pytest.mark.slow
def test_a_full_disk_is_each_rows_failure_or_ends_the_batch_in_order(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 0))
    outcomes = desk.make()

    assert [outcome.state for outcome in outcomes] == ["failed", "failed"]
    assert all("MB are free" in str(outcome.error) for outcome in outcomes)
    assert desk.files().keys() == {FILE}
    monkeypatch.undo()
    assert states(desk.make()) == dict.fromkeys(("K01", "K02"), ("made", "it failed before"))
