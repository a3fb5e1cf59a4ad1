"""A stand-in for a program that plays sound: it notes what it was given."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from program_runs import Machine


def install_player(machine: Machine, folder: Path, name: str, script: str) -> None:
    """Put a player called ``name`` first on the path of ``machine``."""
    folder.mkdir(exist_ok=True)
    player = folder / name
    player.write_text(f"#!/bin/sh\n{script}\n")
    player.chmod(0o755)
    before = machine.environment.get("PATH", os.defpath)
    machine.environment["PATH"] = f"{folder}{os.pathsep}{before}"
