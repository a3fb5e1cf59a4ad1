"""A short practice in an empty folder, and whoever asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from batch_cases import Desk, desk_in

import cft_audio

if TYPE_CHECKING:
    from pathlib import Path

SHORT = """\
---
title: A short one
technique: loving-kindness
natural: 1:20
slots:
  name:
    ask: What would you like to be called?
---
## Arriving

Hello, {{ name }}. You may stop at any time.

[breathe 6]

You might let your shoulders be soft.

[pause]

## Going on

Thank you, {{ name }}.
"""
"""It can last from about 65 to 100 seconds."""


@pytest.fixture
def at_home(
    tmp_path: Path, warm_home: Path, monkeypatch: pytest.MonkeyPatch, own_scripts_here: None
) -> Path:
    """An empty current folder with the practice ``short``, and a home with a warm cache."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(warm_home))
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "short.md").write_text(SHORT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def request_for_robin(at_home: Path) -> cft_audio.SessionRequest:
    """A request that holds something personal."""
    return cft_audio.request(
        "short", name="Robin", minutes="1:30", pronounce={"Robin": "ROB-in"}, artist="Dr Mallow"
    )


@pytest.fixture
def desk(tmp_path: Path, warm_clips: Path, own_scripts_here: None) -> Desk:
    """A therapist's desk with two short practices."""
    return desk_in(tmp_path, warm_clips)
