"""docs/privacy.md tells the truth: of what is kept, for whom to read it, and how it goes."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mutagen.id3 import ID3
from program_runs import HELLO, SHORT

from cft_audio.cli.program import COMMANDS
from cft_audio.files.folders import default_folders
from cft_audio.people.consent import consent_file
from cft_audio.speech.takes.cache import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from program_runs import Machine

PAGE = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
ROWS = re.findall(
    r"^\| `((?:DATA|CONFIG|CACHE|OUTPUT)/.+?)` \| .+ \| (.+?) \|$", PAGE, re.MULTILINE
)
NAME, OTHER, SOMEBODY = "Quillabeth", "Rosamunde", "Ardnamurchan"

COURSE = (
    'title = "A week"\nsummary = "Hello."\n'
    '[[session]]\npractice = "hello"\ntitle = "One"\nminutes = "0:15"\nplan = "Daily."\n'
)
ROSTER = f"code,name,practice,with_handout\nK8,{OTHER},hello,html\n"


@pytest.fixture
def used(cold: Machine) -> Machine:
    """A machine on which everything was done that keeps something of people."""
    (cold.folder / "scripts").mkdir()
    (cold.folder / "scripts" / "hello.md").write_text(HELLO)
    (cold.folder / "week.toml").write_text(COURSE)
    (cold.folder / "roster.csv").write_text(ROSTER)
    cold.run("client", "new", "K7", "--name", NAME, "--notes", f"{NAME} sleeps badly")
    for command in (
        ("build", "hello", "--client", "K7"),
        ("preview", "hello", "--client", "K7", "--no-play"),
        ("programme", "build", "./week.toml", "--client", "K7"),
        ("build", "hello", "--name", SOMEBODY),
        ("pronounce", "add", SOMEBODY, "ARD-na"),
        ("pronounce", "add", "Aoife", "EE-fa", "--client", SOMEBODY),
        ("client", "pack", "K7"),
        ("batch", "roster.csv", "--hand-over", "zip", "--workers", "0"),
    ):
        cold.run(*command)
    return cold


def kept(machine: Machine) -> Iterator[tuple[str, Path]]:
    """Yield every file that is kept, as the page calls it."""
    config = machine.json("config")
    data = Path(config["data"])
    folders = {"DATA": data, "CONFIG": Path(config["file"]).parent, "CACHE": cache_of(machine)}
    seen = set()
    for called, folder in folders.items():
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                seen.add(path)
                yield f"{called}/{path.relative_to(folder).as_posix()}", path
    assert {path for path in machine.home.rglob("*") if path.is_file()} == seen


def cache_of(machine: Machine) -> Path:
    return Path(machine.json("cache")["folder"]).parent


def patterns() -> list[str]:
    return [re.sub("CODE|NAME", "*", where) for where, _ in ROWS]


def with_names(folder: Path, *names: str) -> list[Path]:
    """Return each file and folder in which a name stands, or that is called by it."""
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes().lower() if path.is_file() else b""
        texts = (str(path.relative_to(folder)).lower().encode(), content)
        if any(name.lower().encode() in text for name in names for text in texts):
            found.append(path)
    return found


@pytest.mark.slow
def test_everything_that_is_kept_has_its_row(used: Machine) -> None:
    untold = [
        name for name, _ in kept(used) if not any(fnmatch(name, known) for known in patterns())
    ]
    names = [name for name, _ in kept(used)]

    assert untold == []
    for where in ("clients", "albums", "batches", "lexicon.toml"):
        assert any(name.startswith(f"DATA/{where}") for name in names), where
    assert any(name.startswith("CACHE/previews/") for name in names)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_nobody_else_can_read_it(used: Machine) -> None:
    assert "mode 0700 and files 0600" in PAGE
    cache = cache_of(used)
    data = Path(used.json("config")["data"])
    for folder in (data, *(cache / name for name in ("clips", "covers", "previews"))):
        for path in (folder, *folder.rglob("*")):
            wanted = 0o700 if path.is_dir() else 0o600
            assert stat.S_IMODE(path.stat().st_mode) == wanted, path


@pytest.mark.slow
def test_it_goes_as_it_says(used: Machine) -> None:
    assert with_names(used.home, NAME, OTHER, SOMEBODY)
    for code in ("K7", "K8", SOMEBODY):
        used.run("client", "forget", code, "--recordings", "--yes")
    used.run("pronounce", "remove", SOMEBODY)
    used.run("cache", "clear")

    assert with_names(used.home, NAME, OTHER, SOMEBODY) == []
    data = Path(used.json("config")["data"])
    assert not any(b"K8" in notes.read_bytes() for notes in (data / "batches").iterdir())
    left = {path.suffix for path in with_names(used.folder, NAME, OTHER)}
    assert left == {".csv"}  # the therapist's own roster


@pytest.mark.slow
def test_of_a_recording_for_nobody_all_lines_are_in_the_shared_cache(cold: Machine) -> None:
    (cold.folder / "hello.md").write_text(HELLO)
    cold.run("client", "new", "K7", "--name", NAME)
    cold.run("build", "hello.md", "--client", "K7", "-o", "a.mp3")
    shared = cold.json("cache")["clips"]
    cold.run("build", "hello.md", "--name", NAME, "-o", "b.mp3")

    assert cold.json("cache")["clips"] == shared + 1


def test_the_commands_it_names_are_there() -> None:
    names = {name for group in COMMANDS.values() for name in group}
    told = re.findall(r"`(?:cft-audio )?((?:client|pronounce|cache|consent|voices) \w+)", PAGE)

    assert {command.split()[0] for command in told} <= names
    assert {"client forget", "cache clear", "consent withdraw", "pronounce remove"} <= set(told)


def test_its_limits_and_file_names_are_the_programs() -> None:
    assert "a GB at most" in PAGE
    assert LARGEST == 1_000_000_000
    assert f"CONFIG/{consent_file(default_folders()).name}" in PAGE


def test_the_manifest_and_the_screen_tell_no_name(machine: Machine) -> None:
    (machine.folder / "scripts").mkdir()
    (machine.folder / "scripts" / "hello.md").write_text(HELLO)
    (machine.folder / "roster.csv").write_text(ROSTER)
    done = machine.run("batch", "roster.csv", "--hand-over", "folder", "--workers", "0")
    manifest = (machine.folder / "output" / "manifest.jsonl").read_text()

    assert OTHER not in done.stdout + done.stderr + manifest
    assert '"code": "K8"' in manifest
    assert all(OTHER.lower() not in name.lower() for name in machine.left_behind())


@pytest.mark.slow
def test_tags_tell_what_it_says_that_they_tell(machine: Machine) -> None:
    (machine.folder / "kind.md").write_text(SHORT)
    for name, more in (("open.mp3", ()), ("closed.mp3", ("--no-name",))):
        asked = ("kind.md", "--name", NAME, "--for", "anxiety", *more)
        machine.run("build", *asked, "-o", name)
    told, kept_out = ((machine.folder / name).read_bytes() for name in ("open.mp3", "closed.mp3"))

    assert NAME.encode() in told
    assert b"anxiety" in told
    assert "Let the breath come and go" in str(ID3(machine.folder / "open.mp3").getall("USLT")[0])
    for secret in (NAME, "anxiety"):
        assert secret.encode() not in kept_out


@pytest.mark.slow
@pytest.mark.needs("strace")
def test_no_program_that_is_started_is_given_a_name(machine: Machine) -> None:
    (machine.folder / "kind.md").write_text(SHORT)
    machine.run("client", "new", "K71", "--name", NAME)
    log = machine.folder / "started"
    watched = ("strace", "-f", "-qq", "-s", "4000", "-e", "trace=execve", "-o", str(log))
    command = ("build", "kind.md", "--client", "K71", "--format", "m4b", "--with-handout", "html")
    subprocess.run(
        [shutil.which("strace") or "", *watched[1:], sys.executable, "-m", "cft_audio", *command],
        cwd=machine.folder,
        env=machine.environment,
        check=True,
        capture_output=True,
    )
    machine.run("client", "forget", "K71", "--yes")

    started = log.read_text(errors="replace")
    assert "ffmpeg" in started
    assert NAME not in started
