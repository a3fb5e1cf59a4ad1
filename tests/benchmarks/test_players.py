"""What benchmarks/players.py says of what a program sees."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from player_readers.seen import ART, EXACT_S, Seen, find_differences, look_at, seen_in_tags

THERE = Seen(
    "Ease",
    "A. Therapist",
    "Evenings",
    "2026-11-03",
    "Hello, Zoë.\nRest.",
    60.0,
    (("Arriving", 0.0), ("Rest / now: Zoë; a=b #1", 11.264)),
    ART,
)


def differences(**seen: Any) -> list[str]:
    return list(find_differences(replace(THERE, **seen), THERE, EXACT_S))


def test_whoever_sees_everything_misses_nothing() -> None:
    assert differences() == []


def test_ends_of_lines_a_millisecond_and_a_tenth_of_a_second_do_not_matter() -> None:
    near = (("Arriving", 0.0), ("Rest / now: Zoë; a=b #1", 11.265))
    assert differences(words="Hello, Zoë. Rest.\n", length_s=60.09, chapters=near) == []


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ({"chapters": ()}, "no chapters"),
        ({"chapters": THERE.chapters[:1]}, "other chapters"),
        ({"chapters": (("Arriving", 0.0), ("Rest / now: Zoë", 11.264))}, "other chapters"),
        ({"chapters": tuple((t, s - 0.025) for t, s in THERE.chapters)}, "chapters 25 ms early"),
        ({"chapters": tuple((t, s + 0.002) for t, s in THERE.chapters)}, "chapters 2 ms late"),
        (
            {"chapters": tuple((t, s + 0.3) for t, s in THERE.chapters)},
            "chapters less than a second late",
        ),
        ({"chapters": tuple((t, s + 9.0) for t, s in THERE.chapters)}, "chapters elsewhere"),
        ({"cover": None}, "no cover"),
        ({"cover": ("PNG", 1000, 1000)}, "another cover"),
        ({"title": ""}, "no title"),
        ({"artist": "A. Therapist "}, "another artist"),
        ({"date": "2026"}, "the year alone"),
        ({"date": "2026-03-11"}, "another date"),
        ({"date": ""}, "no date"),
        ({"length_s": 0.0}, "no length"),
        ({"length_s": 60.3}, "a length too long"),
        ({"length_s": 59.7}, "a length too short"),
        ({"words": ""}, "no words"),
        ({"words": "Hello, ZoÃ«. Rest."}, "other words"),
    ],
)
def test_what_is_missing_or_otherwise_is_told(seen: dict[str, Any], told: str) -> None:
    assert differences(**seen) == [told]


def test_tags_are_found_in_capitals_and_words_in_a_language() -> None:
    tags = {"TITLE": "Ease", "artist": "A.", "lyrics-eng": "Hello."}
    assert seen_in_tags(tags, 1.0, (), None) == Seen("Ease", "A.", words="Hello.", length_s=1.0)


def test_a_picture_is_looked_at() -> None:
    written = BytesIO()
    Image.new("RGB", (40, 30)).save(written, "PNG")
    assert look_at(written.getvalue()) == ("PNG", 40, 30)
    assert look_at(b"") is None
