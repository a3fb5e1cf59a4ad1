"""A script from elsewhere has a budget of time and memory, whatever it is made of."""

from __future__ import annotations

import json
import resource
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cft_audio import check, request
from cft_audio.api import plan
from cft_audio.application import scripts_apart
from cft_audio.application.practices import show_practice
from cft_audio.application.scripts_apart import KeptWriters, open_writer
from cft_audio.errors import ScriptError
from cft_audio.files.folders import default_folders, shipped_folder
from cft_audio.files.processes import run_program
from cft_audio.library.practices import Library
from cft_audio.planning.outline import Outline
from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter
from cft_audio.script.shipped import PARTIALS, PRACTICES
from cft_audio.signal.audio import samples

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.errors import Problem
    from cft_audio.files.folders import Folders

HEAD = """---
title: A practice
technique: loving-kindness
slots: {name: {ask: "Your name?"}}
---
## A

Hello, {{ name }}. You may stop at any time.

[pause]

"""

CPU_S, MEMORY_KB = 4.0, 400_000
"""Bounds that hold on a busy machine, where coverage is counted too: without, it is 1.5 s."""

LONGEST = ("inner-compassionate-other-parts", "soothing-rhythm-breathing", "compassionate-imagery")
"""The practices that take longest to be looked through (measured)."""

LOOP = "{% for a in range(99999) %}"

HOSTILE = {
    "loops in loops": f"{LOOP}{LOOP}{{% endfor %}}{{% endfor %}}",
    "loops that write": f"{LOOP}{LOOP}x{{% endfor %}}{{% endfor %}}",
    "a text times a number": '{{ "a" * 10**9 }}',
    "a format's width": '{{ "%1000000000d" % 3 }}',
    "a width of str.format": '{{ "{:1000000000}".format(3) }}',
    "center": '{{ "a"|center(10**9) }}',
    "join": '{{ range(10**5)|join("a"*100000) }}',
    "a macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "an include of itself": '{% include "own.md" %}',
    "a namespace that doubles": (
        "{% set n = namespace(x='a') %}"
        "{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}"
    ),
    "a replacement": '{{ ("a"*100000)|replace("a","a"*100000) }}',
    "brackets in brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "branches in branches": "{% if true %}" * 150 + "x" + "{% endif %}" * 150,
    "a sum of many": "{{ " + "+".join(["1"] * 20_000) + " }}",
    "a number of many digits": "{{ " + "9" * 100_000 + " }}",
    "many wordings": "{% vary %}" + "a{% or %}" * 5000 + "b{% endvary %}",
    "a paragraph without end": "{{ 'a b ' * 100000 }}",
    "cues without end": "{% for a in range(99999) %}\n[pause]\n\n{% endfor %}",
}


CHECK_AND_MEASURE = """
import json, re, resource, sys
from pathlib import Path
from cft_audio import check

def used():
    return [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]

def cpu_s():
    return sum(usage.ru_utime + usage.ru_stime for usage in used())

for file in sys.argv[1:]:
    before = cpu_s()
    problems = [problem.as_object() for problem in check(file)]
    # What the system says of this process itself begins with what its parent had.
    own_kb = int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
    print(json.dumps([problems, cpu_s() - before, max(own_kb, used()[1].ru_maxrss)]))
"""
"""Prints of each script what is found in it, the seconds of CPU that this took, and the peak of
memory up to there in kilobytes."""


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str], Path]:
    """Write a script of a stranger's and return its file."""

    def written(body: str) -> Path:
        file = tmp_path / "own.md"
        file.write_text(HEAD + body, encoding="utf-8")
        return file

    return written


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    home = tmp_path_factory.mktemp("home")
    return replace(default_folders(), cache=home / "clips", config=home / "config.toml", data=home)


def spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Any]]:
    """Check all hostile scripts in one process, whose children are only those of these checks."""
    files = {name: tmp_path_factory.mktemp("hostile") / "own.md" for name in HOSTILE}
    for name, file in files.items():
        file.write_text(HEAD + HOSTILE[name], encoding="utf-8")
    told = run_program([sys.executable, "-c", CHECK_AND_MEASURE, *map(str, files.values())])
    answers = map(json.loads, told.stdout.splitlines())
    return {name: (file, next(answers)) for name, file in files.items()}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_script_does_it_ends_in_an_error_soon_and_in_little_memory(
    seen: dict[str, tuple[Path, Any]], name: str
) -> None:
    file, (problems, cpu_s, memory_kb) = seen[name]

    assert any(p["file"] == str(file) and not p["warning"] for p in problems)
    assert all(p["message"] and p["remedy"] for p in problems)
    assert cpu_s < CPU_S
    assert memory_kb < MEMORY_KB


@pytest.mark.slow
@pytest.mark.parametrize("practice", LONGEST)
def test_a_copy_of_ones_own_of_a_long_practice_needs_less_than_half_of_its_budget(
    practice: str, tmp_path: Path, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_PLANNING", "_TRYING"):
        whole = getattr(scripts_apart, name)
        half = replace(whole, starts=whole.starts / 2, first=whole.first / 2)
        monkeypatch.setattr(scripts_apart, name, half)
    copy = tmp_path / f"my-{practice}.md"
    shutil.copy(shipped_folder("scripts") / f"{practice}.md", copy)
    library = Library(folders.scripts)
    session = Session(str(copy), {"name": "Sam"}, length_s=2700)

    assert all(problem.warning for problem in check(str(copy)))
    assert show_practice(str(copy), folders).practice.id == copy.stem
    with open_writer(session, library) as writer:
        outline = Outline(writer)
        outline.check_length()
        assert outline.estimate().timeline.length == samples(2700)


@pytest.mark.slow
def test_a_plan_and_a_page_of_it_end_likewise(own: Callable[[str], Path], folders: Folders) -> None:
    file, before = own(HOSTILE["loops in loops"]), spent()

    with pytest.raises(ScriptError, match=r"own.md: .+ than any practice needs"):
        plan(request(file, name="Sam", folders=folders), folders=folders)
    with pytest.raises(ScriptError, match=r"own.md: .+ than any practice needs"):
        show_practice(str(file), folders)
    assert spent() - before < 2 * CPU_S


@pytest.mark.slow
def test_time_is_one_budget_for_all_that_a_plan_renders(
    own: Callable[[str], Path], folders: Folders
) -> None:
    """A script that is slow each time, though never for long, ends as one that is slow at once."""
    file = own("{% for a in range(1500) %}{{ range(1500)|sum and '' }}{% endfor %}")
    library = Library(folders.scripts)

    with (
        pytest.raises(ScriptError, match="more time or memory"),
        open_writer(Session(str(file), {"name": "Sam"}), library) as writer,
    ):
        list(map(writer.write, range(1, 10_000)))


def test_a_script_of_ones_own_is_written_as_it_would_be_here(
    own: Callable[[str], Path], folders: Folders
) -> None:
    file, library = own("{% if minutes >= 5 %}More.{% endif %}"), Library(folders.scripts)
    session = Session(str(file), {"name": "Sam"})
    here = ScriptWriter(session, library)

    with open_writer(session, library) as apart:
        assert [apart.write(s) for s in (60, 600)] == [here.write(s) for s in (60, 600)]
        assert apart.practice_sha256 == here.practice_sha256


def test_errors_cross_as_they_are(own: Callable[[str], Path], folders: Folders) -> None:
    session = Session(str(own("{{ nmae }}")), {"name": "Sam"})

    def failure(writer: ScriptWriter) -> tuple[Problem, ...]:
        with pytest.raises(ScriptError) as caught:
            writer.write(60)
        return caught.value.problems

    with open_writer(session, Library(folders.scripts)) as apart:
        assert failure(apart) == failure(ScriptWriter(session, Library(folders.scripts)))


def test_what_is_named_as_shipped_is_what_ships() -> None:
    folder = shipped_folder("scripts")

    assert {file.name for file in folder.glob("*.md")} == PRACTICES
    assert {f"partials/{file.name}" for file in (folder / "partials").glob("*.md")} == PARTIALS


def test_only_what_ships_whole_is_rendered_without_a_budget(tmp_path: Path) -> None:
    shipped = shipped_folder("scripts")
    library = Library((tmp_path, shipped))
    assert library.open("loving-kindness").is_shipped

    beside = shipped.parent / "else" / "loving-kindness.md"
    assert not replace(library.open("loving-kindness"), path=beside).is_shipped
    assert not replace(library.open("loving-kindness"), path=shipped / "mine.md").is_shipped

    (tmp_path / "partials").mkdir()
    shutil.copy(shipped / "partials" / "words.md", tmp_path / "partials")
    assert not library.open("loving-kindness").is_shipped


def test_a_practice_of_ones_own_in_the_place_of_a_shipped_one_has_a_budget(tmp_path: Path) -> None:
    shipped = shipped_folder("scripts")
    shutil.copy(shipped / "loving-kindness.md", tmp_path)

    assert not Library((tmp_path, shipped)).open("loving-kindness").is_shipped


def test_a_kept_process_writes_each_change_and_ends_with_the_next_script(
    own: Callable[[str], Path], folders: Folders, tmp_path: Path
) -> None:
    writers, library = KeptWriters(), Library(folders.scripts)

    def words(file: Path, name: str) -> tuple[str, int]:
        session = Session(str(file), answers={"name": name})
        with writers.open(session, library) as writer:
            said = " ".join(line.text for line in writer.write(60.0).lines)
        assert writers._kept
        return said, writers._kept[1]._process.pid

    file = own("First.")
    said, first = words(file, "Ada")
    assert "Hello, Ada." in said
    assert "First." in said
    own("Second.")
    said, second = words(file, "Bea")
    assert "Hello, Bea." in said
    assert "Second." in said
    assert first == second

    other = tmp_path / "other.md"
    other.write_text(HEAD + "Third.", encoding="utf-8")
    said, third = words(other, "Ada")
    assert "Third." in said
    assert third != first
    assert not Path(f"/proc/{first}").exists()
    assert writers._kept
    with writers:
        pass
    assert not Path(f"/proc/{third}").exists()


@pytest.mark.slow
def test_a_kept_process_is_held_to_the_budget_of_one_plan(
    own: Callable[[str], Path], folders: Folders
) -> None:
    writers, library = KeptWriters(), Library(folders.scripts)
    file = own("First.")
    session = Session(str(file), answers={"name": "Ada"})
    with writers.open(session, library) as writer:
        writer.write(60.0)
    own(HOSTILE["loops in loops"])
    with pytest.raises(ScriptError, match="more time or memory"):  # noqa: SIM117 -- what raises
        with writers.open(session, library) as writer:
            writer.write(60.0)
    assert writers._kept is None
