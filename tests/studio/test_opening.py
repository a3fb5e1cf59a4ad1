"""A studio opens soon, and leaves nothing that was heard."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from own_pages import folders_in

from cft_audio.studio.opening import open_workroom

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("numpy", "PIL", "lxml", "requests", "cft_audio.mix.mixer", "cft_audio.master.mastering")


def test_the_first_page_waits_for_nothing_that_only_others_need() -> None:
    code = (
        "import sys, cft_audio.studio.app, cft_audio.studio.opening, cft_audio.studio.routes, "
        "cft_audio.studio.server; print([name for name in sys.argv[1:] if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, *HEAVY]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_what_was_only_listened_to_ends_with_the_studio(tmp_path: Path) -> None:
    room = open_workroom(folders_in(tmp_path, tmp_path / "cache"), tmp_path / "out")
    (room.passing / "heard.wav").write_bytes(b"Hello, Quillabeth.")
    room.end()
    assert not room.passing.exists()
