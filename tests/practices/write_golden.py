"""Write what ten minutes of each practice say, for ``test_golden.py``."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from practice_cases import PRACTICES, telling  # noqa: E402 -- found only now

(HERE / "golden").mkdir(exist_ok=True)
for old in (HERE / "golden").glob("*.txt"):
    old.unlink()
for practice in PRACTICES:
    (HERE / "golden" / f"{practice}.txt").write_text(telling(practice), encoding="utf-8")
