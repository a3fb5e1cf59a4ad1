"""What Chromium, axe and the Nu HTML checker make of every page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import every_page
import pytest
from leaving_out import leave_out
from program_runs import Machine

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.fixture(scope="session")
def modules() -> Path:
    """The folder into which ``npm ci`` has put what package.json names."""
    folder = os.environ.get("CFT_AUDIO_TEST_BROWSER", "")
    if not folder:
        leave_out("CFT_AUDIO_TEST_BROWSER names no folder with what package.json asks for")
    return Path(folder).absolute() / "node_modules"


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, warm_home: Path) -> Mapping[str, Path]:
    """Every page by its name."""
    machine = Machine(tmp_path_factory.mktemp("pages"), warm_home)
    found = every_page.write_practice_papers(machine)
    found["words"] = every_page.write_transcript(machine)
    found["mine"] = every_page.write_own_handout(machine)
    for programme in every_page.PROGRAMMES:
        found[f"plan-{programme}"] = machine.folder / f"plan-{programme}.html"
        plan = every_page.plan_page(programme, machine.folder)
        found[f"plan-{programme}"].write_text(plan, encoding="utf-8")
    for name, page in every_page.letters().items():
        found[name] = machine.folder / f"{name}.html"
        found[name].write_text(page, encoding="utf-8")
    return found


@pytest.fixture(scope="session")
def seen(modules: Path, pages: Mapping[str, Path]) -> Mapping[str, Any]:
    """What was found in each page, by its name."""
    node, chromium = shutil.which("node"), shutil.which("chromium")
    assert node
    assert chromium
    script = Path(__file__).with_name("pages.mjs")
    done = subprocess.run(
        [node, script, modules, chromium, *pages.values()],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return {name: found[str(file)] for name, file in pages.items()}
