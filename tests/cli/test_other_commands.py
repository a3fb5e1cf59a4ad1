"""The commands around building."""

from __future__ import annotations

import re
import subprocess
import sys
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import pytest
from program_runs import HELLO, Machine

from cft_audio import cli

if TYPE_CHECKING:
    from pathlib import Path


def test_help_names_every_command_and_each_has_examples(bare: Machine) -> None:
    overview = bare.run("--help").stdout
    names = re.findall(r"^  ([a-z][a-z-]+)  +\w", overview, re.MULTILINE)
    modules = {module.name for module in iter_modules(cli.__path__)}

    assert len(names) == len(set(names)) >= 17
    for name in names:
        assert name.replace("-", "_") in modules
        assert "Example" in bare.run(name, "--help").stdout


def test_list_gives_what_programs_need(bare: Machine) -> None:
    rows = bare.json("list")

    by_id = {row["id"]: row for row in rows}
    assert by_id["soothing-rhythm-breathing"]["technique"] == "soothing-rhythm-breathing"
    assert {"name", "figure"} <= set(by_id["soothing-rhythm-breathing"]["slots"])
    figures = {row["id"] for row in bare.json("list", "--figures")}
    assert "wise-elder" in figures
    assert len(figures) >= 8


def test_list_compares_the_practices_as_a_table_that_fits(bare: Machine) -> None:
    bare.environment["COLUMNS"] = "120"
    compared = bare.run("list", "--compare").stdout

    assert compared.count("advantages") == 1
    assert max(map(len, compared.splitlines())) <= 120
    assert len(bare.json("list")) >= 16


def test_show_is_a_page_with_slots_and_chapters(bare: Machine) -> None:
    page = bare.run("show", "soothing-rhythm-breathing").stdout

    for expected in (
        "Soothing rhythm breathing",
        "--name",
        "--figure",
        "Chapters",
        "cft-audio build",
    ):
        assert expected in page


def test_doctor_finds_everything_well(bare: Machine) -> None:
    findings = bare.json("doctor")

    assert all(finding["ok"] for finding in findings if finding["needed"])


@pytest.mark.slow
def test_every_shipped_practice_passes_its_check(bare: Machine) -> None:
    names = [row["id"] for row in bare.json("list")]

    assert bare.run("check", *names).stdout.endswith("all well.\n")


def test_check_reports_every_error_of_a_file_and_fails(bare: Machine, tmp_path: Path) -> None:
    script = tmp_path / "mine.md"
    script.write_text(
        "---\ntitle: Mine\ntechnique: loving\n---\n## A\n\nHello {{ who }}.\n\n[breath 3]\n"
    )
    shown = bare.run("check", str(script), status=1).stdout

    assert "mine.md:3: 'technique' cannot be 'loving'" in shown
    assert "mine.md:7: 'who' is not a slot of this practice" in shown
    assert "mine.md:9: " in shown


def test_check_goes_on_after_a_file_that_is_not_there(bare: Machine, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("---\ntitle: Mine\n---\n")
    shown = bare.run("check", "loving-kindnes", str(tmp_path / "mine.md"), status=1).stdout

    assert "Did you mean 'loving-kindness'?" in shown
    assert "mine.md" in shown


@pytest.mark.parametrize(
    "body",
    ["{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{{ 'a' * 10**13 }}"],
    ids=["without end", "without measure"],
)
def test_a_template_that_never_ends_is_an_error_of_the_script(
    bare: Machine, tmp_path: Path, body: str
) -> None:
    script = tmp_path / "mine.md"
    script.write_text(f"---\ntitle: Mine\ntechnique: loving-kindness\n---\n## A\n\n{body}\n")

    assert "mine.md: the template calls itself" in bare.run("check", str(script), status=1).stdout


def test_check_warns_of_what_cannot_be_spoken_well_and_succeeds(
    bare: Machine, tmp_path: Path
) -> None:
    script = tmp_path / "mine.md"
    script.write_text(
        "---\ntitle: Mine\ntechnique: loving-kindness\n---\n## A\n\n"
        + "word " * 70
        + ".\n\n😀 hello.\n"
    )
    problems = bare.json("check", str(script))

    assert {problem["line"] for problem in problems} == {0, 7, 9}
    assert all(problem["warning"] for problem in problems)


def test_ones_own_folder_adds_and_overrides(bare: Machine) -> None:
    own = bare.folder / "scripts"
    own.mkdir()
    body = "---\ntitle: My own\ntechnique: loving-kindness\n---\n## A\n\nHello.\n"
    (own / "mine.md").write_text(body)
    (own / "soothing-rhythm-breathing.md").write_text(body)
    titles = {row["id"]: row["title"] for row in bare.json("list")}

    assert titles["mine"] == titles["soothing-rhythm-breathing"] == "My own"


def test_config_shows_where_each_value_comes_from(bare: Machine) -> None:
    where = bare.configure(
        'pace = "slow"\ntone = "ocean"\nfor = ["sleep", "anxiety"]\n'
        '[pronounce]\nXiomara = "see-oh-MAR-ah"\n'
    )
    assert where.is_relative_to(bare.home)
    bare.environment["CFT_AUDIO_BUILD_TONE"] = "bowls"
    shown = bare.json("config")["values"]

    assert shown["pace"] == {
        "value": "slow",
        "origin": "configuration file",
        "where": f"{where}:1: pace",
    }
    assert shown["tone"] == {
        "value": "bowls",
        "origin": "environment",
        "where": "CFT_AUDIO_BUILD_TONE",
    }
    assert (shown["bed"]["origin"], shown["bed"]["where"]) == ("built in", "")
    assert shown["for"]["value"] == ["sleep", "anxiety"]
    assert shown["pronounce"]["value"] == {"Xiomara": "see-oh-MAR-ah"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("pase = 'slow'", "Did you mean 'pace'?"),
        ("pace = ", "not valid TOML"),
        ("allow-online = 'false'", "Write true or false"),
        ("allow-online = 0", "Write true or false"),
        ("pace = true", "Known are: fours, gentle"),
    ],
)
def test_a_wrong_config_file_is_named(bare: Machine, content: str, message: str) -> None:
    where = bare.configure(content)
    failed = bare.run("config", status=2).stderr

    assert str(where) in failed
    assert message in failed
    assert message in bare.run("doctor", status=1).stdout


def test_a_setting_goes_by_any_of_its_long_names_in_file_and_environment(bare: Machine) -> None:
    bare.configure('seed = 3\nbed = "~/sea.wav"\nfor = "sleep, anxiety"\n')
    bare.environment["CFT_AUDIO_BUILD_MINUTES"] = "7:30"
    shown = bare.json("config")["values"]

    assert shown["variant"]["value"] == 3
    assert (shown["minutes"]["value"], shown["minutes"]["origin"]) == (7.5, "environment")
    assert shown["bed"]["value"] == str(bare.home / "sea.wav")
    assert shown["for"]["value"] == ["sleep", "anxiety"]


def test_a_wrong_variable_is_named_and_one_of_several_words_is_read(bare: Machine) -> None:
    bare.environment["CFT_AUDIO_BUILD_FOR"] = "sleep anxiety"
    assert bare.json("config")["values"]["for"]["value"] == ["sleep", "anxiety"]

    bare.environment["CFT_AUDIO_BUILD_FOR"] = "sleeep"
    assert "CFT_AUDIO_BUILD_FOR: 'sleeep' is not" in bare.run("config", status=2).stderr
    assert "Correct that variable" in bare.run("doctor", status=1).stdout


def test_a_flag_may_be_a_setting_of_what_makes_sessions(bare: Machine) -> None:
    (bare.folder / "hello.md").write_text(HELLO)
    bare.configure("quiet = true\n")
    bare.environment["CFT_AUDIO_BUILD_DRY_RUN"] = "true"

    assert bare.run("build", "hello.md", "--name", "Sam").stdout == ""
    assert bare.left_behind() == ["hello.md"]
    assert bare.json("config")["values"]["dry-run"]["value"] is True


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_any_letter_can_be_written_to_a_narrow_terminal(bare: Machine, encoding: str) -> None:
    bare.environment["PYTHONIOENCODING"] = encoding
    bare.run_apart("pronounce", "add", "Aoife", "/ˈiːfə/")

    assert "Aoife" in bare.run_apart("pronounce", "list").stdout
    assert "Usage" in bare.run_apart("build", "--help").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGHUP")
def test_a_program_under_nohup_outlives_its_terminal() -> None:
    code = (
        "import os, signal; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
        "from cft_audio.cli.program import run; run(['--version']);"
        "os.kill(os.getpid(), signal.SIGHUP); print('still here')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stdout.endswith("still here\n")


def test_the_cache_shows_its_size_and_clears(cold: Machine) -> None:
    assert cold.json("cache")["clips"] == 0
    assert cold.run("cache", "clear").stdout.startswith("Removed 0 clips")


def test_the_overview_loads_nothing_heavy() -> None:
    code = (
        "import sys; from cft_audio.cli.program import run; run(['--help']);"
        "heavy = ('numpy', 'onnxruntime', 'jinja2', 'yaml', 'scipy');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.endswith("[]\n")
