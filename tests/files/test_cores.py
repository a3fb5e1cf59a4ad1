"""The cores this process may use, with simulated schedulers and containers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from cft_audio.files.cores import usable_cores

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def eight_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "process_cpu_count", lambda: 8, raising=False)


def system(folder: Path, cgroup: str = "", **limits: str) -> Path:
    """Return the root of a file system with these groups and limits."""
    (folder / "proc" / "self").mkdir(parents=True)
    (folder / "proc" / "self" / "cgroup").write_text(cgroup)
    for path, text in limits.items():
        file = folder / "sys" / "fs" / "cgroup" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{text}\n")
    return folder


def test_without_groups_it_is_what_the_scheduler_allows(tmp_path: Path) -> None:
    assert usable_cores(tmp_path) == 8


def test_before_python_3_13_it_is_the_affinity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "process_cpu_count")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 3, 5}, raising=False)

    assert usable_cores(tmp_path) == 3


@pytest.mark.parametrize(("count", "expected"), [(6, 6), (None, 1)])
def test_where_there_is_no_affinity_it_is_every_core(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int | None, expected: int
) -> None:
    monkeypatch.delattr(os, "process_cpu_count")
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: count)

    assert usable_cores(tmp_path) == expected


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("200000 100000", 2),
        ("150000 100000", 2),
        ("10000 100000", 1),
        ("max 100000", 8),
        ("6400000 100000", 8),
        ("", 8),
        ("200000", 8),
        ("200000 0", 8),
        ("-1 100000", 8),
    ],
)
def test_a_group_of_version_2_limits_it(tmp_path: Path, limit: str, expected: int) -> None:
    assert usable_cores(system(tmp_path, "0::/a/b\n", **{"a/b/cpu.max": limit})) == expected


def test_the_tightest_of_the_groups_around_it_counts(tmp_path: Path) -> None:
    limits = {"a/b/cpu.max": "max 100000", "a/cpu.max": "300000 100000", "cpu.max": "500000 100000"}

    assert usable_cores(system(tmp_path, "0::/a/b\n", **limits)) == 3


@pytest.mark.parametrize("folder", ["cpu,cpuacct/docker/x", "cpu,cpuacct", "cpu/docker/x", "cpu"])
def test_a_group_of_version_1_limits_it(tmp_path: Path, folder: str) -> None:
    """Inside a container its own group may be mounted as the root of all."""
    groups = "5:memory:/docker/x\n4:cpu,cpuacct:/docker/x\n0::/\n"
    limits = {f"{folder}/cpu.cfs_quota_us": "250000", f"{folder}/cpu.cfs_period_us": "100000"}

    assert usable_cores(system(tmp_path, groups, **limits)) == 3


def test_a_group_of_version_1_without_a_limit_limits_nothing(tmp_path: Path) -> None:
    limits = {"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}

    assert usable_cores(system(tmp_path, "4:cpu,cpuacct:/\n", **limits)) == 8


def test_on_this_machine_it_is_at_least_one_and_no_more_than_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()

    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
