"""A table of clients becomes what each of them gets, as a therapist goes the whole way."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
import pyzipper
from program_runs import SHORT
from studio_process import chromium, machine, studio_of, visiting

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser
    from program_runs import Machine

__all__ = ["chromium", "machine"]

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

FAULTY = "code,name,practice,bed\nK01,Xiomara,short,rian\nK02,Siobhan,short,rain\n"
PASSWORD = "as quiet as snow"  # noqa: S105 -- typed in a test


def test_a_table_is_mended_made_and_handed_over(machine: Machine, chromium: Browser) -> None:
    (machine.folder / "scripts").mkdir()
    (machine.folder / "scripts" / "short.md").write_text(SHORT, encoding="utf-8")
    context = chromium.new_context()
    with studio_of(machine) as link, visiting(context) as page:
        page.goto(link, wait_until="commit")
        page.get_by_role("link", name="Clients", exact=True).click()
        page.get_by_role("link", name=re.compile("table|roster")).first.click()
        give = page.get_by_label("Your table")
        give.set_input_files({"name": "k.csv", "mimeType": "text/csv", "buffer": FAULTY.encode()})
        page.get_by_role("button", name="Look at it").click()
        page.get_by_text("1 place needs another look").wait_for()
        cells = page.locator("tbody tr").first.locator("td").all_inner_texts()
        assert cells[:3] == ["2", "bed", "D2"]
        assert "rian" in cells[3]
        assert "rain" in cells[4]

        mended = FAULTY.replace("rian", "rain").encode()
        give.set_input_files({"name": "k.csv", "mimeType": "text/csv", "buffer": mended})
        page.get_by_role("button", name="Look at it").click()
        page.get_by_role("heading", name="2 of 2 to make").wait_for()
        page.get_by_role("button", name="Make them").click()
        page.get_by_text("2 of 2 are there.", exact=True).wait_for()
        page.get_by_role("link", name="Hand them over").click()
        page.get_by_label("As", exact=True).select_option("zip")
        page.get_by_label("Password of the ZIP").fill(PASSWORD)
        page.get_by_label("The same password again").fill(PASSWORD)
        page.get_by_role("button", name="Put it together").click()
        page.get_by_role("heading", name="Put together").wait_for()
    context.close()

    there = machine.home / "Music" / "cft-audio"
    (machine.folder / "k.csv").write_bytes(mended)
    machine.run("batch", "k.csv", "-o", "same", "-q")
    assert digests(there) == digests(machine.folder / "same")
    (packed,) = (there / "hand-over").rglob("*K01*.zip")
    with pyzipper.AESZipFile(packed) as file:
        file.setpassword(PASSWORD.encode())
        assert any(name.endswith("letter.html") for name in file.namelist())
        assert file.testzip() is None


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each recording of a folder by its name, hand-overs left out."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.mp3"))
        if "hand-over" not in path.parts
    }
