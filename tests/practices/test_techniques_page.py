"""The page that says which line carries what of a technique tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from practice_cases import PRACTICES, offered, planned, words

PAGE = Path(__file__).parents[2] / "docs" / "techniques.md"
ROW = re.compile(r"^\| (?!of the technique|---)(?P<element>.+?) \| (?P<line>.+?) \|$", re.MULTILINE)


SINCE = re.compile(r"\(from (\d+)\)$")


def lines_since(practice: str) -> list[tuple[float, str]]:
    """Return the lines that the page promises from a length on, each with its minutes."""
    text = PAGE.read_text(encoding="utf-8").split(f"## `{practice}`")[1].split("\n## ")[0]
    found = ((SINCE.search(row["element"]), row["line"]) for row in ROW.finditer(text))
    return [(float(since[1]), line) for since, line in found if since]


def lines_by_practice() -> dict[str, list[str]]:
    """Return the lines that the page quotes, by practice."""
    sections = re.split(r"^## `(.+?)`$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    pairs = zip(sections[1::2], sections[2::2], strict=True)
    return {practice: [row["line"] for row in ROW.finditer(text)] for practice, text in pairs}


def test_the_page_speaks_of_every_practice() -> None:
    assert sorted(lines_by_practice()) == sorted(PRACTICES)


@pytest.mark.parametrize("name", PRACTICES)
def test_each_line_on_the_page_is_said(name: str) -> None:
    said = "\n".join(words(planned(name, minutes)) for minutes in (10.0, 45.0))
    quoted = lines_by_practice()[name]

    assert len(quoted) >= 2
    assert [line for line in quoted if line not in said] == []


@pytest.mark.parametrize("name", PRACTICES)
def test_each_line_is_said_from_the_length_on_that_the_page_names(name: str) -> None:
    said = {minutes: words(planned(name, minutes)) for minutes in offered(name)}

    missing = [
        (minutes, line)
        for since, line in lines_since(name)
        for minutes in said
        if minutes >= since and line not in said[minutes]
    ]
    assert missing == []
