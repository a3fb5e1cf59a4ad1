"""Fixtures of the timeline stage."""

from collections.abc import Callable

import pytest
from timeline_cases import script_of

from cft_audio.script.cues import Cue, Script, Section


@pytest.fixture
def make() -> Callable[..., Script]:
    """Build a script of chapters, each a list of cues."""

    def script(*chapters: list[Cue]) -> Script:
        return script_of(*(Section(f"C{i}", tuple(cues)) for i, cues in enumerate(chapters)))

    return script
