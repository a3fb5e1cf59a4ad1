"""The page docs/library.md: every example on it runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "library.md"


@pytest.mark.slow
def test_every_example_runs_in_an_empty_folder(
    tmp_path: Path, warm_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run them one after the other, as a reader would type them."""
    examples = re.findall(
        r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert len(examples) >= 9
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(warm_home / ".cache"))
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(examples)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "excerpt.wav").is_file()
    assert "minutes" in done.stdout
