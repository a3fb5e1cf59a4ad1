"""A signal ends this process, whatever the process is at."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

GREEDY = """
try:
    import interrupted
except:
    pass
"""
"""A library that goes on whatever its imports raise, as several do that this program stands on."""

INTERRUPTED = """
import signal
signal.raise_signal(signal.{name})
"""

PROGRAM = """
import sys
import time
sys.path.insert(0, ".")  # on a safe path, as in CI, it is not there
from cft_audio.files.this_process import end_on_signals
end_on_signals()
try:
    import greedy
    time.sleep(60)
except KeyboardInterrupt:
    print("ended")
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_during_an_import_is_not_lost(tmp_path: Path, name: str) -> None:
    (tmp_path / "greedy.py").write_text(GREEDY)
    (tmp_path / "interrupted.py").write_text(INTERRUPTED.format(name=name))
    (tmp_path / "program.py").write_text(PROGRAM)

    done = subprocess.run(
        [sys.executable, "program.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
    )
    assert done.stdout == "ended\n"
