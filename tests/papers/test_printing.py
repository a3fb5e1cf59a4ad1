"""Pages printed to PDF by whatever browser is there, and what happens where none is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from cft_audio.files.printing import print_page

if TYPE_CHECKING:
    from pathlib import Path

    from program_runs import Machine

HANDOUT = ("handout", "loving-kindness", "--name", "Zoë")


@pytest.fixture
def no_browser(machine: Machine) -> Machine:
    """A machine on which nothing prints."""
    (machine.folder / "programs").mkdir()
    machine.environment["PATH"] = str(machine.folder / "programs")
    return machine


def install_browser(machine: Machine, does: str) -> None:
    """Put a browser on a machine that has none: a program that does something."""
    browser = machine.folder / "programs" / "chromium"
    browser.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    browser.chmod(0o755)


@pytest.mark.slow
@pytest.mark.needs("chromium", "pdfinfo")
def test_a_printed_handout_is_tagged_and_says_its_language_and_title(machine: Machine) -> None:
    machine.run(*HANDOUT, "-o", "page.pdf")

    pdf = machine.folder / "page.pdf"
    pdfinfo = shutil.which("pdfinfo")
    assert pdfinfo
    said = subprocess.run([pdfinfo, pdf], capture_output=True, text=True, check=True).stdout
    facts = dict(line.split(":", 1) for line in said.splitlines())
    assert facts["Tagged"].strip() == "yes"
    assert facts["Title"].strip() == "Loving-kindness, for Zoë: handout"
    assert facts["Pages"].strip() == "1"
    assert facts["JavaScript"].strip() == "no"
    assert PdfReader(pdf).trailer["/Root"]["/Lang"] == "en-GB"


def test_where_nothing_prints_the_page_itself_is_written_and_a_line_says_how(
    no_browser: Machine,
) -> None:
    done = no_browser.run(*HANDOUT, "-o", "papers", "--as", "pdf")

    assert no_browser.left_behind() == ["papers/loving-kindness-zoe-handout.html"]
    assert "no browser was found that prints to PDF" in done.stderr
    assert "Open the page in any browser and print it to PDF there" in done.stderr


def test_where_nothing_prints_a_page_that_was_asked_for_as_well_is_written_once(
    no_browser: Machine,
) -> None:
    said = no_browser.json(*HANDOUT, "-o", "papers", "--as", "pdf", "--as", "html")

    assert said["files"] == ["papers/loving-kindness-zoe-handout.html"]
    assert len(said["notes"]) == 1


def test_where_nothing_prints_no_page_that_is_there_is_written_over(no_browser: Machine) -> None:
    (no_browser.folder / "page.html").write_text("mine", encoding="utf-8")

    no_browser.run(*HANDOUT, "-o", "page.pdf", status=1)

    assert no_browser.left_behind() == ["page.html"]
    assert (no_browser.folder / "page.html").read_text(encoding="utf-8") == "mine"


def test_a_browser_that_does_not_print_is_named_and_leaves_nothing(no_browser: Machine) -> None:
    install_browser(no_browser, "echo 'cannot open display' >&2; exit 1")

    error = no_browser.run(*HANDOUT, "-o", "page.pdf", status=1).stderr

    assert "it could not be printed: cannot open display" in error
    assert no_browser.left_behind() == ["programs/chromium"]


def test_a_browser_is_told_nothing_of_anybody_on_its_command_line(no_browser: Machine) -> None:
    install_browser(no_browser, f"echo \"$@\" > '{no_browser.folder}/told'; exit 1")

    no_browser.run(*HANDOUT, "-o", "zoe.pdf", status=1)

    assert "zo" not in (no_browser.folder / "told").read_text(encoding="utf-8").lower()


def test_weasyprint_prints_where_there_is_no_browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printed: dict[str, Any] = {}

    class Page:
        def __init__(self, string: str) -> None:
            printed["html"] = string

        def write_pdf(self, target: Path, pdf_variant: str) -> None:
            printed["variant"] = pdf_variant
            target.write_bytes(b"%PDF")

    monkeypatch.setitem(sys.modules, "weasyprint", SimpleNamespace(HTML=Page))
    monkeypatch.setenv("PATH", "")

    print_page("<p>Hello</p>", tmp_path / "page.pdf", tmp_path / "page.pdf")

    assert printed == {"html": "<p>Hello</p>", "variant": "pdf/ua-1"}
    assert (tmp_path / "page.pdf").read_bytes() == b"%PDF"
