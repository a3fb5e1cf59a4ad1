"""A page printed to PDF, by a browser of this machine, or by WeasyPrint if it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.errors import NoBrowserError, OutputError
from cft_audio.files.processes import run_program

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE_S = 90.0

_NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("microsoft-edge", "microsoft-edge-stable", "brave-browser", "vivaldi"),
)
_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium.app/Contents/MacOS/Chromium",
    "Brave Browser.app/Contents/MacOS/Brave Browser",
)
_WINDOWS = (
    r"Microsoft\Edge\Application\msedge.exe",
    r"Google\Chrome\Application\chrome.exe",
    r"BraveSoftware\Brave-Browser\Application\brave.exe",
)
_WINDOWS_FOLDERS = ("PROGRAMFILES(X86)", "PROGRAMFILES", "LOCALAPPDATA")

_QUIETLY = (
    *("--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-quic"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--generate-pdf-document-outline"),
    "--no-pdf-header-footer",
)
"""It prints one page of this machine's, and asks nobody for anything."""


def check_printing() -> None:
    """Check that a page can be printed.

    Raises:
        NoBrowserError: If nothing is there that could.
    """
    if not (any(_browsers()) or _weasyprint() is not None):
        raise NoBrowserError(
            "no browser was found that prints to PDF",
            remedy="Open the page in any browser and print it to PDF there, or install Chromium",
        )


def print_page(html: str, pdf: Path, recording: Path) -> None:
    """Print a page of HTML into the file ``pdf``.

    Args:
        html: The page; it needs nothing from elsewhere.
        pdf: Where to write; it is written over.
        recording: What the file will be called in the end, for errors.

    Raises:
        NoBrowserError: If nothing is there that could.
        OutputError: If it did not come out.
    """
    check_printing()
    complaints = []
    for browser in _browsers():
        complaint = _print_with(browser, html, pdf)
        if not complaint:
            return
        complaints.append(complaint)
    if (weasyprint := _weasyprint()) is not None:
        weasyprint.HTML(string=html).write_pdf(pdf, pdf_variant="pdf/ua-1")
        return
    message, remedy = f"it could not be printed: {complaints[0]}", "Open the page, and print it"
    raise OutputError(message, remedy=remedy, where=str(recording))


def _print_with(browser: Path, html: str, pdf: Path) -> str:
    """Print a page, and return what went wrong; empty for nothing."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, encoding="utf-8")
        # As root, which only containers are, its sandbox does not start.
        rootless = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [str(browser), *_QUIETLY, *rootless, f"--user-data-dir={folder}/profile"]
        try:
            done = run_program(
                [*command, f"--print-to-pdf={printed}", page.as_uri()], patience=_PATIENCE_S
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        if not printed.is_file():
            said = done.stderr.decode(errors="replace").strip().splitlines()
            return said[-1] if said else f"status {done.returncode}"
        shutil.copyfile(printed, pdf)
        return ""


def _browsers() -> Iterator[Path]:
    """Yield each browser that is there."""
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from (folder / name for name in _MAC if (folder / name).is_file())
    elif sys.platform == "win32":
        for variable in _WINDOWS_FOLDERS:
            folder = Path(os.environ.get(variable, "C:\\"))
            yield from (folder / name for name in _WINDOWS if (folder / name).is_file())
    yield from (Path(found) for name in _NAMES if (found := shutil.which(name)))


def _weasyprint() -> Any:
    """Return the module, if it is installed with all that it needs."""
    with suppress(ImportError, OSError):
        return import_module("weasyprint")
    return None
