"""Tasks on a Dask cluster: each is made, whatever happens to a worker, and only there."""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
import requests
import stub_work
from stub_work import noted
from watching import comes_true, is_alive

from cft_audio.errors import ClusterError, RequestError
from cft_audio.running import cluster_client, cluster_workers
from cft_audio.running.cluster import open_cluster
from cft_audio.running.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dask_cluster import DaskCluster

pytestmark = pytest.mark.slow

AT_ONE_TIME = 4
"""Tasks that a worker with one thread has at one time."""


def counted(many: int, notes: Path, wait_s: float = 0.01) -> Iterator[Task]:
    return (task(f"{n:064x}", (notes, wait_s, n)) for n in range(many))


def task(key: str, given: Any) -> Task:
    return Task(key, pickle.dumps(given))


def processes(notes: Path) -> list[int]:
    """Return the processes that noted something that misbehaves."""
    return [int(line.split()[-1]) for line in noted(notes)]


def another_version(folder: Path) -> dict[str, str]:
    """Return the environment in which the program seems to be of another version."""
    about = folder / "other" / "cft_audio-9.9.9.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: cft-audio\nVersion: 9.9.9\n")
    return {"PYTHONPATH": str(about.parent)}


def test_a_hundred_tasks_are_made_while_one_worker_is_killed_and_another_joins(
    cluster: DaskCluster, notes: Path
) -> None:
    first, _ = cluster.start_worker(), cluster.start_worker()
    answers, joined = [], None
    with open_cluster(stub_work.count, cluster.address) as opened:
        for outcome in opened.run(counted(100, notes)):
            answers.append(outcome.answer)
            if len(answers) == 30:
                first.kill()
                joined = cluster.start_worker()

    assert sorted(answers) == list(range(100))
    assert len(noted(notes)) <= 100 + 2 * AT_ONE_TIME
    assert joined is not None


def test_no_worker_is_left_and_one_that_joins_makes_the_rest(
    cluster: DaskCluster, notes: Path
) -> None:
    worker, answers = cluster.start_worker(), []
    with open_cluster(stub_work.count, cluster.address) as opened:
        for outcome in opened.run(counted(12, notes)):
            answers.append(outcome.answer)
            if len(answers) == 4:
                worker.kill()
                cluster.start_worker()

    assert sorted(answers) == list(range(12))
    assert len(noted(notes)) <= 12 + AT_ONE_TIME


def test_what_misbehaves_costs_no_other_and_stands_in_no_log(
    cluster: DaskCluster, notes: Path
) -> None:
    workers = [cluster.start_worker(), cluster.start_worker()]
    kinds = [*(f"good {n}" for n in range(20)), "dies", "raises", "refuses", "dies once"]
    with open_cluster(stub_work.misbehave, cluster.address) as opened:
        outcomes = opened.run(task(f"{n:064x}", (k, notes)) for n, k in enumerate(kinds))
        done = {kinds[int(outcome.key, 16)]: outcome for outcome in outcomes}

    assert all(done[f"good {n}"].answer == f"good {n} done" for n in range(20))
    assert "ended twice" in str(done["dies"].error)
    assert "ValueError in misbehave" in str(done["raises"].error)
    assert done["refuses"].error == RequestError(
        "that cannot be", remedy="Ask for less", field="minutes"
    )
    assert (done["dies once"].answer, done["dies once"].starts) == ("dies once done", 2)
    assert [worker.poll() for worker in workers] == [None, None]
    said = cluster.said()
    assert "Sam" not in said
    assert "Traceback" not in said


def test_nothing_of_a_task_can_be_read_where_a_cluster_shows_itself(
    cluster: DaskCluster, notes: Path
) -> None:
    cluster.start_worker()
    waits = (0.0, 60.0, 60.0)
    rows = [(notes, wait_s, "Quillfeather", b"Quillfeather") for wait_s in waits]
    with open_cluster(stub_work.carry, cluster.address) as opened:
        outcomes = opened.run(task(f"{n:064x}", row) for n, row in enumerate(rows))
        assert next(outcomes).answer == "Quillfeather"
        assert comes_true(lambda: len(noted(notes)) == 2, within_s=20)
        [(worker, keys)] = opened._client.processing().items()
        port = opened._client.scheduler_info()["services"]["dashboard"]
        about = [f"call-stacks/{quote(worker, safe='')}", *(f"task/{key}" for key in keys)]
        pages = [f"info/{page}.html" for page in ("main/workers", "main/logs", *about)]
        shown = [
            requests.get(f"http://127.0.0.1:{port}/{page}", timeout=20)
            for page in [*pages, "metrics", "json/identity.json"]
        ]
        outcomes.close()  # type: ignore[attr-defined]

    assert {page.status_code for page in shown} == {200}
    assert "perform" in shown[2].text
    assert not any("Quillfeather" in text for text in [cluster.said(), *(p.text for p in shown)])


def test_work_that_a_worker_does_not_have_is_an_error_of_each_task(
    cluster: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "only_here.py").write_text("def work(given):\n    return given\n")
    cluster.start_worker()
    monkeypatch.syspath_prepend(tmp_path)
    work = importlib.import_module("only_here").work

    with open_cluster(work, cluster.address) as opened:
        errors = [str(outcome.error) for outcome in opened.run([task("a", 1), task("b", 2)])]
    assert len(errors) == 2
    assert all("could not begin it: ModuleNotFoundError" in error for error in errors)


def test_a_worker_that_is_told_to_end_leaves_its_task_to_another(
    cluster: DaskCluster, notes: Path
) -> None:
    worker = cluster.start_worker()
    with open_cluster(stub_work.count, cluster.address) as opened:
        outcomes = opened.run([task("slow", (notes, 3.0, "made"))])
        told = []

        def replace_worker() -> None:
            if noted(notes) and not told:
                told.append(cluster.start_worker())
                worker.send_signal(signal.SIGTERM)

        opened._workers.look = _before(opened._workers.look, replace_worker)  # type: ignore[method-assign]
        [outcome] = outcomes

    assert (outcome.answer, outcome.error) == ("made", None)
    assert noted(notes) == ["made", "made"]


def _before(function: Any, first: Any) -> Any:
    def both() -> Any:
        first()
        return function()

    return both


def test_a_worker_of_another_version_is_named_before_the_first_task(
    cluster: DaskCluster, notes: Path, tmp_path: Path
) -> None:
    cluster.start_worker(environment=another_version(tmp_path))

    with (
        pytest.raises(ClusterError, match=r"tcp://127.*cft-audio 9.9.9 \(here ") as refused,
        open_cluster(stub_work.count, cluster.address) as opened,
    ):
        list(opened.run(counted(3, notes)))
    assert "Install there" in str(refused.value)
    assert not noted(notes)


def test_a_worker_of_another_version_that_joins_later_is_named_and_not_used(
    cluster: DaskCluster, notes: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cluster.start_worker()
    with open_cluster(stub_work.count, cluster.address) as opened:
        cluster.start_worker(environment=another_version(tmp_path))
        rows = counted(400, notes)
        seen = 0
        for seen, _ in enumerate(opened.run(rows), start=1):
            if "9.9.9" in caplog.text:
                break
            assert seen < 400

    [record] = caplog.records
    assert "is not used: cft-audio 9.9.9" in record.getMessage()


def test_what_else_differs_is_named(cluster: DaskCluster, notes: Path, tmp_path: Path) -> None:
    environment = {"STUB_VOICE": "joe 2"}
    cluster.start_worker(environment=environment)

    with (
        pytest.raises(ClusterError, match=r"voice joe 2 \(here joe 1\)"),
        open_cluster(
            stub_work.count, cluster.address, describe=partial(stub_work.describe, "joe 1")
        ),
    ):
        pass


def test_a_cluster_without_workers_is_given_up(
    cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_workers, "_PATIENCE_S", 1.0)
    with (
        pytest.raises(ClusterError, match=r"no worker for 1 seconds.*what is made is kept"),
        open_cluster(stub_work.count, cluster.address),
    ):
        pass


def test_whatever_else_listens_at_the_address_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster_client, "_CONNECTING_S", 0.5)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(ClusterError, match="no scheduler answers"),
        open_cluster(stub_work.count, f"127.0.0.1:{silent.getsockname()[1]}"),
    ):
        pass


def test_a_scheduler_that_goes_away_is_told_and_nothing_is_left_running(
    cluster: DaskCluster, notes: Path
) -> None:
    cluster.start_worker()
    with open_cluster(stub_work.misbehave, cluster.address) as opened:
        outcomes = opened.run([task("good", ("good", notes)), task("hangs", ("hangs", notes))])
        assert next(outcomes).answer == "good done"
        assert comes_true(lambda: len(noted(notes)) == 2, within_s=10)
        cluster.scheduler.kill()
        with pytest.raises(ClusterError, match="what is made is kept"):
            next(outcomes)

    assert comes_true(lambda: not any(map(is_alive, processes(notes))), within_s=10)


CLIENT = """
import pickle, sys, stub_work
from pathlib import Path
from cft_audio.running.cluster import open_cluster
from cft_audio.running.tasks import Task
rows = [Task(kind, pickle.dumps((kind, Path(sys.argv[2])))) for kind in ("good", *["hangs"] * 9)]
try:
    with open_cluster(stub_work.misbehave, sys.argv[1]) as cluster:
        for outcome in cluster.run(rows):
            pass
except KeyboardInterrupt:
    pass
"""


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_whoever_goes_leaves_nothing_running_on_the_workers(
    end: signal.Signals, cluster: DaskCluster, notes: Path
) -> None:
    workers = [cluster.start_worker(threads=2), cluster.start_worker()]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", CLIENT, cluster.address, str(notes)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as client:
        assert comes_true(lambda: len(noted(notes)) == 4, within_s=30)
        client.send_signal(end)
        begun = time.monotonic()
        _, complaints = client.communicate()
        took = time.monotonic() - begun

    assert took < 2.0  # a second, and another where the machine does something else meanwhile
    assert complaints == b""
    assert comes_true(lambda: not any(map(is_alive, processes(notes))), within_s=2)
    assert [worker.poll() for worker in workers] == [None, None]
    with open_cluster(stub_work.count, cluster.address) as opened:
        assert len(list(opened.run(counted(10, notes)))) == 10


def test_a_dask_worker_that_is_killed_takes_its_processes_with_it(
    cluster: DaskCluster, notes: Path
) -> None:
    worker = cluster.start_worker()
    with open_cluster(stub_work.misbehave, cluster.address) as opened:
        outcomes = opened.run([task("good", ("good", notes)), task("hangs", ("hangs", notes))])
        next(outcomes)
        assert comes_true(lambda: len(noted(notes)) == 2, within_s=10)
        worker.kill()
        assert comes_true(lambda: not any(map(is_alive, processes(notes))), within_s=2)
        outcomes.close()  # type: ignore[attr-defined]
