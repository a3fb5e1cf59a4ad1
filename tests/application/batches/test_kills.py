"""A batch that is killed at any instant loses nothing, and what it makes in the end is the same."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="what is killed is found in /proc")
def test_a_batch_that_is_killed_twenty_times_makes_what_nobody_disturbed(tmp_path: Path) -> None:
    from kills import kill_often

    report = kill_often(tmp_path, kills=20, rows=12)

    assert report.faults == []
    assert report.kills == 20
    assert report.took_s <= report.most_s
