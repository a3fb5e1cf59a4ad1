"""Real rows, made by a cluster: the bytes that one machine makes, though a worker is lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from program_runs import SHORT

from cft_audio.files.targets import target_for

if TYPE_CHECKING:
    from dask_cluster import DaskCluster
    from program_runs import Machine

pytestmark = pytest.mark.slow

NAMES = ("Quillfeather", "Zoë Marchbanks", "Aoife", "Robin")


def test_rows_made_by_a_cluster_are_those_of_one_machine_though_a_worker_is_lost(
    bucket: str, cluster: DaskCluster, machine: Machine
) -> None:
    rows = [
        f"K0{n},{name},short.md,2,{'rain' if n % 2 else 'none'}" for n, name in enumerate(NAMES)
    ]
    roster = "\n".join(["code,name,practice,minutes,bed", *rows])
    (machine.folder / "short.md").write_text(SHORT, encoding="utf-8")
    (machine.folder / "roster.csv").write_text(roster, encoding="utf-8")
    machine.environment |= {name: v for name, v in os.environ.items() if name.startswith("AWS_")}
    workers = [cluster.start_worker(), cluster.start_worker()]
    machine.run("batch", "roster.csv", "-o", "here")

    place = ("-o", "s3://recordings", "--cluster", str(cluster.file))
    with machine.start("batch", "roster.csv", *place) as batch:
        assert batch.stdout
        said = batch.stdout.readline()
        workers[0].kill()
        said += batch.stdout.read()
        assert batch.wait() == 0, said

    here = {
        file.relative_to(machine.folder / "here").as_posix(): file.read_bytes()
        for file in (machine.folder / "here").rglob("*.mp3")
    }
    there = target_for("s3://recordings")
    assert len(here) == len(NAMES)
    assert {name for name in there.names() if name.endswith(".mp3")} == here.keys()
    assert all(there.read(name) == content for name, content in here.items())
    assert not any(name in cluster.said() for name in NAMES)
