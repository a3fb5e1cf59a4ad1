"""Sound files to inspect, in the folder of a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cft_audio.application.inspecting import inspect
from cft_audio.application.progress import ignore_progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.application.inspecting import Inspection


@pytest.fixture(scope="session")
def inspected() -> Callable[[Path], Inspection]:
    """What is found of a sound file."""
    return lambda file: inspect(file, ignore_progress)
