"""Tasks in processes of their own: whatever becomes of one, the others are done."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
import stub_work
from stub_work import noted
from watching import comes_true, is_alive

from cft_audio.errors import RequestError
from cft_audio.running import tasks as limits
from cft_audio.running.here import Here
from cft_audio.running.pool import Pool
from cft_audio.running.tasks import Outcome, Task

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


def task(key: str, given: Any) -> Task:
    return Task(key, pickle.dumps(given))


def by_key(outcomes: Iterator[Outcome]) -> dict[str, Outcome]:
    found = {outcome.key: outcome for outcome in outcomes}
    assert len(found) > 0
    return found


def misbehaving(*kinds: str, notes: Path) -> list[Task]:
    return [task(kind, (kind, notes)) for kind in kinds]


@pytest.mark.parametrize("runner", [Here(stub_work.count), Pool(stub_work.count, 2)])
def test_each_task_is_done_once(runner: Here | Pool, notes: Path) -> None:
    done = by_key(runner.run(task(str(n), (notes, 0.0, n)) for n in range(20)))

    assert {key: outcome.answer for key, outcome in done.items()} == {str(n): n for n in range(20)}
    assert Counter(noted(notes)) == Counter(str(n) for n in range(20))
    assert {outcome.error for outcome in done.values()} == {None}


def test_one_that_ends_its_process_costs_no_other(notes: Path) -> None:
    good = [f"good {n}" for n in range(30)]
    rows = [*good[:4], "dies", *good[4:]]

    done = by_key(Pool(stub_work.misbehave, 2).run(misbehaving(*rows, notes=notes)))
    assert [done[key].answer for key in good] == [f"{key} done" for key in good]
    assert done["dies"].starts == 2
    assert "ended twice" in str(done["dies"].error)
    assert sorted(key.rsplit(" ", 1)[0] for key in noted(notes)) == sorted([*good, "dies", "dies"])


def test_one_whose_process_dies_by_chance_is_done_at_the_second_start(notes: Path) -> None:
    done = by_key(Pool(stub_work.misbehave, 1).run(misbehaving("dies once", notes=notes)))

    assert (done["dies once"].answer, done["dies once"].starts) == ("dies once done", 2)


def test_one_that_hangs_is_given_up_after_its_time(
    notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LEAST_LIMIT_S", 1.0)
    rows = misbehaving("good", "hangs", "good again", notes=notes)

    done = by_key(Pool(stub_work.misbehave, 1).run(rows))
    assert "took longer than" in str(done["hangs"].error)
    assert (done["good"].error, done["good again"].error) == (None, None)
    assert not any(is_alive(int(line.split()[-1])) for line in noted(notes))


@pytest.mark.skipif(
    sys.platform != "linux", reason="only there a process can be held to its memory"
)
def test_one_of_four_gigabytes_is_refused_its_memory(notes: Path) -> None:
    done = by_key(Pool(stub_work.misbehave, 1).run(misbehaving("huge", "good", notes=notes)))

    assert "more memory" in str(done["huge"].error)
    assert done["good"].error is None


@pytest.mark.parametrize("runner", [Here(stub_work.misbehave), Pool(stub_work.misbehave, 1)])
def test_an_error_is_told_as_it_is_and_a_fault_without_a_persons_words(
    runner: Here | Pool, notes: Path
) -> None:
    done = by_key(runner.run(misbehaving("refuses", "raises", "prints", notes=notes)))

    refused = RequestError("that cannot be", remedy="Ask for less", field="minutes")
    assert done["refuses"].error == refused
    assert "ValueError in misbehave" in str(done["raises"].error)
    assert "Sam" not in repr(done["raises"])
    assert done["prints"].answer == "prints done"


def test_tasks_are_taken_as_they_can_be_done(notes: Path) -> None:
    taken = []

    def rows() -> Iterator[Task]:
        for n in range(40):
            taken.append(n)
            yield task(str(n), (notes, 0.0, n))

    for done, _ in enumerate(Pool(stub_work.count, 2).run(rows()), start=1):
        assert len(taken) <= done + 4


def test_nothing_of_a_task_is_shown() -> None:
    assert "Sam" not in repr(task("a", "Sam")) + repr(Outcome("a", answer="Sam"))


def test_its_processes_end_with_it(notes: Path) -> None:
    by_key(Pool(stub_work.misbehave, 2).run(misbehaving("good", "well", notes=notes)))

    assert not any(is_alive(int(line.split()[-1])) for line in noted(notes))


def test_whoever_takes_no_more_outcomes_leaves_nothing_running(notes: Path) -> None:
    outcomes = Pool(stub_work.misbehave, 2).run(misbehaving("good", "hangs", notes=notes))
    next(outcomes)
    assert comes_true(lambda: len(noted(notes)) == 2, within_s=20)

    begun = time.monotonic()
    outcomes.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < 2
    assert not any(is_alive(int(line.split()[-1])) for line in noted(notes))


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_a_run_that_is_stopped(end: signal.Signals, notes: Path) -> None:
    code = (
        "import pickle, sys, stub_work; from pathlib import Path\n"
        "from cft_audio.running.pool import Pool; from cft_audio.running.tasks import Task\n"
        "rows = [Task(k, pickle.dumps((k, Path(sys.argv[1])))) for k in ('good', *['hangs'] * 3)]\n"
        "for outcome in Pool(stub_work.misbehave, 2).run(rows): pass\n"
    )
    command = [sys.executable, "-c", code, str(notes)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as running:
        hanging = lambda: sum(line.startswith("hangs") for line in noted(notes)) == 2  # noqa: E731
        assert comes_true(hanging, within_s=30)
        running.send_signal(end)

        processes = [int(line.split()[-1]) for line in noted(notes)]
        ended = lambda: not any(map(is_alive, processes))  # noqa: E731
        assert comes_true(ended, within_s=2)
        running.wait(2)
    assert len(noted(notes)) == 3


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="how much memory it had is POSIX")
def test_a_process_takes_no_more_memory_with_each_task() -> None:
    done = Pool(stub_work.memory, 2).run(task(str(n), n) for n in range(100))
    answers = [outcome.answer for outcome in done]

    for process in {number for number, _ in answers}:
        peaks = [peak for number, peak in answers if number == process]
        assert peaks[-1] - peaks[0] < 5_000
