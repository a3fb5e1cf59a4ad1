"""What ships is compiled once and kept as Python keeps modules; what somebody writes is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from shutil import ignore_patterns
from typing import TYPE_CHECKING

import pytest

import cft_audio
from cft_audio.files.folders import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

RENDER = """
import sys
from pathlib import Path
import jinja2
from cft_audio.library.practices import Library
from cft_audio.script.sample import sample_titles

compiled = []
compile = jinja2.Environment.compile
def note(self, source, name=None, *rest, **more):
    compiled.append(name)
    return compile(self, source, name, *rest, **more)
jinja2.Environment.compile = note
library = Library(tuple(map(Path, sys.argv[2:])))
file = library.open(sys.argv[1])
print(sample_titles(file.practice(), file.library.templates, lambda *_: None), file=sys.stderr)
print(*compiled)
print(*(name for name, _ in file.library.templates.sources(file.practice())))
"""


@pytest.fixture
def compiled_for(tmp_path: Path) -> Callable[..., list[str]]:
    """Gives the names of the templates that a new process compiles to render a practice.

    Those that the practice refers to are in the file ``names``.
    """

    def render(practice: str, *folders: Path, **environment: str) -> list[str]:
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        kept |= {"PYTHONPYCACHEPREFIX": str(tmp_path / "code"), **environment}
        command = [sys.executable, "-c", RENDER, practice, *map(str, folders)]
        done = subprocess.run(command, env=kept, capture_output=True, text=True, check=True)
        compiled, names = done.stdout.splitlines()
        (tmp_path / "names").write_text(names, encoding="utf-8")
        return compiled.split()

    return render


def code_in(folder: Path) -> set[str]:
    """Return the names of the templates of which code is kept."""
    return {file.name.partition(".")[0] for file in folder.rglob("scripts/**/*.pyc")}


def test_a_shipped_practice_is_compiled_by_the_first_process_alone(
    compiled_for: Callable[..., list[str]], tmp_path: Path
) -> None:
    shipped = shipped_folder("scripts")

    assert "loving-kindness.md" in compiled_for("loving-kindness", shipped)
    assert compiled_for("loving-kindness", shipped) == []
    assert {"loving-kindness", "session"} <= code_in(tmp_path / "code")


def test_code_that_is_damaged_or_of_another_program_is_made_anew(
    compiled_for: Callable[..., list[str]], tmp_path: Path
) -> None:
    shipped = shipped_folder("scripts")
    first = compiled_for("loving-kindness", shipped)
    files = sorted((tmp_path / "code").rglob("scripts/**/*.pyc"))
    whole = [file.read_bytes() for file in files]
    for file, content in zip(files, whole, strict=True):
        file.write_bytes(b"another" + content[7:])
    assert compiled_for("loving-kindness", shipped) == first
    for file, content in zip(files, whole, strict=True):
        file.write_bytes(content[: len(content) // 2])

    assert compiled_for("loving-kindness", shipped) == first
    assert [file.read_bytes()[:32] for file in files] == [content[:32] for content in whole]


def test_nothing_of_a_script_of_ones_own_is_kept(
    compiled_for: Callable[..., list[str]], tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = (shipped_folder("scripts") / "loving-kindness.md").read_text(encoding="utf-8")
    (own / "loving-kindness.md").write_text(text + "\nQuillabeth was here.\n", encoding="utf-8")
    for _ in range(2):
        compiled = compiled_for("loving-kindness", own, shipped_folder("scripts"))
        assert "loving-kindness.md" in compiled

    assert "loving-kindness" not in code_in(tmp_path)
    kept = [file for file in tmp_path.rglob("*.pyc") if b"Quillabeth" in file.read_bytes()]
    assert kept == []


def test_a_shipped_template_that_is_changed_is_read_anew(
    compiled_for: Callable[..., list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a checkout, where it is worked on, and where a practice of one's own may lie beside."""
    package = tmp_path / "checkout" / "cft_audio"
    shutil.copytree(Path(cft_audio.__file__).parent, package, ignore=ignore_patterns("__pycache__"))
    scripts = package.parent / "scripts"
    shutil.copytree(shipped_folder("scripts"), scripts, ignore=ignore_patterns("__pycache__"))
    shutil.copytree(shipped_folder("voices"), package.parent / "voices")
    monkeypatch.setenv("PYTHONPATH", str(package.parent))
    practice = scripts / "loving-kindness.md"
    compiled_for("loving-kindness", scripts)
    assert compiled_for("loving-kindness", scripts) == []
    text = practice.read_text(encoding="utf-8")
    used = '{% import "partials/more.md" as more %}'
    (scripts / "partials" / "more.md").write_text("{% macro no() %}{% endmacro %}")
    practice.write_text(text.replace("{% extends", f"{used}{{% extends", 1), encoding="utf-8")

    for _ in range(2):
        assert "partials/more.md" in compiled_for("loving-kindness", scripts)
        assert "partials/more.md" in (tmp_path / "names").read_text(encoding="utf-8").split()
    assert "more" not in code_in(tmp_path)


def test_where_python_keeps_no_code_none_is_kept(
    compiled_for: Callable[..., list[str]], tmp_path: Path
) -> None:
    shipped = shipped_folder("scripts")
    for _ in range(2):
        assert "loving-kindness.md" in compiled_for(
            "loving-kindness", shipped, PYTHONDONTWRITEBYTECODE="1"
        )

    assert not list(tmp_path.rglob("*.pyc"))
