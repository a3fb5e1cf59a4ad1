"""The commands around building."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from pkgutil import iter_modules

import pytest

from cft_audio import cli

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program in an empty folder with an empty home."""
    home = tmp_path / "home"
    work = tmp_path / "work"
    home.mkdir()
    work.mkdir()

    def ran(*arguments: str, status: int = 0, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "CFT_"))}
        done = subprocess.run(
            [sys.executable, "-m", "cft_audio", *arguments],
            cwd=work,
            env={**environment, "HOME": str(home), **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stderr + done.stdout
        assert "Traceback" not in done.stderr
        return done

    return ran


def test_help_names_every_command_and_each_has_examples(run: Run) -> None:
    overview = run("--help").stdout
    names = re.findall(r"^  ([a-z][a-z-]+)  +\w", overview, re.MULTILINE)
    modules = {module.name for module in iter_modules(cli.__path__)}

    assert len(names) == len(set(names)) >= 17
    for name in names:
        assert name.replace("-", "_") in modules
        assert "Example" in run(name, "--help").stdout


def test_list_gives_what_programs_need(run: Run) -> None:
    rows = json.loads(run("list", "--json").stdout)

    by_id = {row["id"]: row for row in rows}
    assert by_id["soothing-rhythm-breathing"]["technique"] == "soothing-rhythm-breathing"
    assert {"name", "figure"} <= set(by_id["soothing-rhythm-breathing"]["slots"])
    figures = {row["id"] for row in json.loads(run("list", "--figures", "--json").stdout)}
    assert "wise-elder" in figures
    assert len(figures) >= 8


def test_list_compares_the_practices_as_a_table_that_fits(run: Run) -> None:
    compared = run("list", "--compare").stdout

    assert compared.count("advantages") == 1
    assert max(map(len, compared.splitlines())) <= 120
    assert len(json.loads(run("list", "--json").stdout)) >= 16


def test_show_is_a_page_with_slots_and_chapters(run: Run) -> None:
    page = run("show", "soothing-rhythm-breathing").stdout

    for expected in (
        "Soothing rhythm breathing",
        "--name",
        "--figure",
        "Chapters",
        "cft-audio build",
    ):
        assert expected in page


def test_doctor_finds_everything_well(run: Run) -> None:
    findings = json.loads(run("doctor", "--json").stdout)

    assert all(finding["ok"] for finding in findings if finding["needed"])


def test_every_shipped_practice_passes_its_check(run: Run) -> None:
    names = [row["id"] for row in json.loads(run("list", "--json").stdout)]

    assert run("check", *names).stdout.endswith("all well.\n")


def test_check_reports_every_error_of_a_file_and_fails(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "mine.md"
    script.write_text(
        "---\ntitle: Mine\ntechnique: loving\n---\n## A\n\nHello {{ who }}.\n\n[breath 3]\n"
    )
    shown = run("check", str(script), status=1).stdout

    assert "mine.md:3: 'technique' cannot be 'loving'" in shown
    assert "mine.md:7: 'who' is not a slot of this practice" in shown
    assert "mine.md:9: " in shown


def test_check_goes_on_after_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("---\ntitle: Mine\n---\n")
    shown = run("check", "loving-kindnes", str(tmp_path / "mine.md"), status=1).stdout

    assert "Did you mean 'loving-kindness'?" in shown
    assert "mine.md" in shown


@pytest.mark.parametrize(
    "body",
    ["{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{{ 'a' * 10**13 }}"],
    ids=["without end", "without measure"],
)
def test_a_template_that_never_ends_is_an_error_of_the_script(
    run: Run, tmp_path: Path, body: str
) -> None:
    script = tmp_path / "mine.md"
    script.write_text(f"---\ntitle: Mine\ntechnique: loving-kindness\n---\n## A\n\n{body}\n")

    assert "mine.md: the template calls itself" in run("check", str(script), status=1).stdout


def test_check_warns_of_what_cannot_be_spoken_well_and_succeeds(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "mine.md"
    script.write_text(
        "---\ntitle: Mine\ntechnique: loving-kindness\n---\n## A\n\n"
        + "word " * 70
        + ".\n\n😀 hello.\n"
    )
    problems = json.loads(run("check", "--json", str(script)).stdout)

    assert {problem["line"] for problem in problems} == {0, 7, 9}
    assert all(problem["warning"] for problem in problems)


def test_ones_own_folder_adds_and_overrides(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "work" / "scripts"
    own.mkdir()
    body = "---\ntitle: My own\ntechnique: loving-kindness\n---\n## A\n\nHello.\n"
    (own / "mine.md").write_text(body)
    (own / "soothing-rhythm-breathing.md").write_text(body)
    titles = {row["id"]: row["title"] for row in json.loads(run("list", "--json").stdout)}

    assert titles["mine"] == titles["soothing-rhythm-breathing"] == "My own"


def test_config_shows_where_each_value_comes_from(run: Run, tmp_path: Path) -> None:
    where = Path(json.loads(run("config", "--json").stdout)["file"])
    assert str(where).startswith(str(tmp_path / "home"))
    where.parent.mkdir(parents=True)
    where.write_text(
        'pace = "slow"\ntone = "ocean"\nfor = ["sleep", "anxiety"]\n'
        '[pronounce]\nXiomara = "see-oh-MAR-ah"\n'
    )
    shown = json.loads(run("config", "--json", CFT_AUDIO_BUILD_TONE="bowls").stdout)["values"]

    assert shown["pace"] == {"value": "slow", "origin": "configuration file"}
    assert shown["tone"] == {"value": "bowls", "origin": "environment"}
    assert shown["bed"]["origin"] == "built in"
    assert shown["for"]["value"] == "sleep, anxiety"
    assert shown["pronounce"]["value"] == "Xiomara=see-oh-MAR-ah"


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
def test_a_wrong_config_file_is_named(run: Run, content: str, message: str) -> None:
    where = Path(json.loads(run("config", "--json").stdout)["file"])
    where.parent.mkdir(parents=True)
    where.write_text(content)
    failed = run("config", status=2).stderr

    assert str(where) in failed
    assert message in failed
    assert message in run("doctor", status=1).stdout


def test_a_setting_goes_by_any_of_its_long_names_in_file_and_environment(
    run: Run, tmp_path: Path
) -> None:
    where = Path(json.loads(run("config", "--json").stdout)["file"])
    where.parent.mkdir(parents=True)
    where.write_text('seed = 3\nbed = "~/sea.wav"\nfor = "sleep, anxiety"\n')
    shown = json.loads(run("config", "--json", CFT_AUDIO_BUILD_MINUTES="7:30").stdout)["values"]

    assert shown["variant"]["value"] == "3"
    assert shown["minutes"] == {"value": "450.0", "origin": "environment"}
    assert shown["bed"]["value"] == str(tmp_path / "home" / "sea.wav")
    assert shown["for"]["value"] == "sleep, anxiety"


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_any_letter_can_be_written_to_a_narrow_terminal(run: Run, encoding: str) -> None:
    run("pronounce", "add", "Aoife", "/ˈiːfə/", PYTHONIOENCODING=encoding)

    assert "Aoife" in run("pronounce", "list", PYTHONIOENCODING=encoding).stdout
    assert "Usage" in run("build", "--help", PYTHONIOENCODING=encoding).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGHUP")
def test_a_program_under_nohup_outlives_its_terminal(tmp_path: Path) -> None:
    code = (
        "import os, signal; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
        "from cft_audio.cli.program import run; run(['--version']);"
        "os.kill(os.getpid(), signal.SIGHUP); print('still here')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stdout.endswith("still here\n")


def test_the_cache_shows_its_size_and_clears(run: Run) -> None:
    assert json.loads(run("cache", "--json").stdout)["clips"] == 0
    assert run("cache", "clear").stdout.startswith("Removed 0 clips")


def test_the_overview_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from cft_audio.cli.program import run; run(['--help']);"
        "heavy = ('numpy', 'onnxruntime', 'jinja2', 'yaml', 'scipy');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.endswith("[]\n")
