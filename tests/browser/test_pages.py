"""Every page can be read by everybody: on a telephone, on paper, aloud, and without a network."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.needs("node", "chromium", "java")]


def without_nothing(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return only those pages of which there is something to say."""
    return {name: what for name, what in found.items() if what}


def test_axe_finds_nothing_that_keeps_anybody_out(seen: Mapping[str, Any]) -> None:
    assert without_nothing({name: page["violations"] for name, page in seen.items()}) == {}


def test_the_nu_html_checker_finds_no_fault(modules: Path, pages: Mapping[str, Path]) -> None:
    java = shutil.which("java")
    assert java
    checker = modules / "vnu-jar" / "build" / "dist" / "vnu.jar"

    done = subprocess.run(
        [java, "-jar", checker, "--format", "json", *pages.values()],
        capture_output=True,
        text=True,
        check=False,
    )

    assert json.loads(done.stderr or done.stdout)["messages"] == []


@pytest.mark.parametrize(
    "screen", ["desk", "telephone", "large letters", "large letters on a telephone"]
)
def test_nothing_has_to_be_scrolled_sideways(seen: Mapping[str, Any], screen: str) -> None:
    wide = {name: page["wide"][screen] for name, page in seen.items()}

    assert {name: found["cut"] for name, found in wide.items() if found["cut"]} == {}
    assert max(found["over"] for found in wide.values()) <= 0


def test_opened_as_a_file_it_asks_nobody_for_anything(seen: Mapping[str, Any]) -> None:
    assert without_nothing({name: page["requests"] for name, page in seen.items()}) == {}
    assert without_nothing({name: page["complaints"] for name, page in seen.items()}) == {}


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_handout_and_a_worksheet_take_one_page_each(seen: Mapping[str, Any], paper: str) -> None:
    printed = {
        name: page["papers"][paper]
        for name, page in seen.items()
        if name.endswith(("handout", "worksheet"))
    }

    assert len(printed) > 16
    assert {name: count for name, count in printed.items() if count != 1} == {}


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_letter_of_six_recordings_fits_two_pages(seen: Mapping[str, Any], paper: str) -> None:
    assert seen["letter-six"]["papers"][paper] <= 2
    assert seen["letter-three"]["papers"][paper] <= 2
    assert seen["letter-one"]["papers"][paper] == 1
    assert seen["how-to-open"]["papers"][paper] == 1
