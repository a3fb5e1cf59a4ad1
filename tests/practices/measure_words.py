"""Print what the words of practices and programmes show, and what lies outside its goal.

Usage: measure_words.py [PRACTICE …] [--programmes]

Without a practice, all are measured; ``--programmes`` measures the programmes alone. It ends with
status 1 if anything lies outside its goal. ``test_sameness.py`` holds the same goals.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from practice_cases import PRACTICES
from sameness import GOALS, measure_pairs, measure_practice, measure_programmes

asked = [name for name in sys.argv[1:] if not name.startswith("--")]
failed = 0


def show(what: str, figures: dict[str, float], notes: dict[str, str]) -> None:
    global failed  # noqa: PLW0603 -- a command
    print(f"\n{what}")  # noqa: T201 -- a command
    for name, value in figures.items():
        goal = GOALS[name]
        is_well = goal.least <= value <= goal.most
        failed += not is_well
        mark = "" if is_well else "   <-- outside its goal"
        note = f"  {notes[name]}" if name in notes else ""
        print(f"  {name:34} {value:7.2f}  of {goal.least:g} to {goal.most:g}{note}{mark}")  # noqa: T201


if "--programmes" not in sys.argv:
    for practice in asked or PRACTICES:
        show(practice, *measure_practice(practice))
    show("between techniques", *measure_pairs(asked or PRACTICES))
if not asked:
    for programme, measured in measure_programmes().items():
        show(programme, *measured)
print(f"\n{failed} outside their goals" if failed else "\nall within their goals")  # noqa: T201
sys.exit(bool(failed))
