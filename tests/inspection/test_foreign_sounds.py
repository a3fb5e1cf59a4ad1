"""No breath is found in what paces none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from foreign_sounds import MUSIC, SPEECH, write_music, write_speech

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.application.inspecting import Inspection

FIRST = ("a loop of four chords as long as a breath", "the sea")


@pytest.mark.parametrize(
    "name",
    [name if name in FIRST else pytest.param(name, marks=pytest.mark.slow) for name in MUSIC],
)
def test_no_breath_is_found_in_music_or_in_the_sea(
    name: str, tmp_path: Path, inspected: Callable[[Path], Inspection]
) -> None:
    write_music(name, tmp_path / "a.wav")
    found = inspected(tmp_path / "a.wav")

    assert found.as_object()["breaths_per_minute"] is None
    assert found.heard.length_s == pytest.approx(150, abs=0.1)


@pytest.mark.needs("espeak-ng")
@pytest.mark.parametrize("name", SPEECH)
def test_no_breath_is_found_in_speech_that_comes_again_and_again(
    name: str, tmp_path: Path, inspected: Callable[[Path], Inspection]
) -> None:
    write_speech(name, tmp_path / "a.wav")

    assert inspected(tmp_path / "a.wav").as_object()["breaths_per_minute"] is None
