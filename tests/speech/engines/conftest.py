"""Packages that bring engines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def bring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str, str], None]]:
    """Install a package ``NAME-engine`` that brings the engine NAME as pip would leave it."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def install(name: str, code: str, attribute: str = "Tones") -> None:
        (site / f"{name}_engine.py").write_text(code, encoding="utf-8")
        info = site / f"{name}_engine-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}-engine\nVersion: 1.2\n"
        )
        (info / "entry_points.txt").write_text(
            f"[cft_audio.engines]\n{name} = {name}_engine:{attribute}\n"
        )

    yield install
    for file in site.glob("*.py"):
        sys.modules.pop(file.stem, None)
