"""What ten minutes of each practice say, word for word, so that a person reviews each change.

``python tests/practices/write_golden.py`` writes the files anew; read the difference aloud.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from practice_cases import PRACTICES, telling

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", PRACTICES)
def test_ten_minutes_say_what_was_read_and_agreed(name: str) -> None:
    assert telling(name) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_no_golden_file_is_left_of_a_practice_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(PRACTICES)
