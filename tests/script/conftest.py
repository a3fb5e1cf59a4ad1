"""A practice written on the spot, and what becomes of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library
from cft_audio.script.answers import PaceInScript, Setting, context
from cft_audio.script.cues import Script
from cft_audio.script.edits import NO_EDITS, Edits
from cft_audio.script.render import read_sections, script_of
from cft_audio.script.templates import Templates

PACE = PaceInScript(6.0, 4, 0, 6, 0)

FRONT = """\
---
title: A practice
technique: soothing-rhythm-breathing
slots:
  name: {ask: "Your name?"}
  figure: {ask: "Your figure?", type: figure, default: a friend}
---
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of scripts and return its path."""

    def written(text: str, name: str = "a.md") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def made(write: Callable[..., Path], tmp_path: Path) -> Callable[..., Script]:
    """Render a body under ordinary front matter."""

    def script(body: str, minutes: float = 10.0, edits: Edits = NO_EDITS, **answers: str) -> Script:
        write(FRONT + body)
        library = Library((tmp_path,))
        practice = library.open("a").practice()
        values = context(
            practice,
            {"name": "Sam", **answers},
            lambda answer: find_figure(answer, library),
            Setting(PACE, minutes, minutes),
        )
        rendered = Templates(library.folders).render(practice, values)
        return script_of(practice, read_sections(rendered, practice), (3.0, 4.5), edits)

    return script
