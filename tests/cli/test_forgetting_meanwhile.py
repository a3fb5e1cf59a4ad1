"""A client is not forgotten while something is made for them, by which it would come back."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from program_runs import HELLO, SHORT, Machine, checked, wait_until

if TYPE_CHECKING:
    import subprocess

NAME = "Xiomara"


@pytest.fixture
def desk(bare: Machine) -> Machine:
    """A machine with two clients, a practice of a few seconds and a roster for one of them."""
    (bare.folder / "scripts").mkdir()
    (bare.folder / "scripts" / "hello.md").write_text(HELLO)
    (bare.folder / "scripts" / "short.md").write_text(SHORT)
    for code in ("K7", "K8"):
        bare.run("client", "new", code, "--name", NAME)
    rows = "\n".join(f"K7,short,{number}" for number in range(6))
    (bare.folder / "r.csv").write_text(f"client,practice,seed\n{rows}\n")
    return bare


def kept(machine: Machine) -> list[str]:
    data = Path(machine.json("config")["data"])
    return sorted(path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file())


def forget(machine: Machine, code: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    return machine.run("client", "forget", code, "--recordings", "--yes", status=status)


@pytest.mark.slow
def test_nobody_is_forgotten_while_a_batch_makes_something_for_them(desk: Machine) -> None:
    running = desk.start("batch", "r.csv", "--workers", "1")
    wait_until(lambda: list((desk.folder / "output").rglob("*.mp3")), running)
    before = kept(desk)
    refused = forget(desk, "K7", status=1)
    forget(desk, "K8")

    assert "something is being made for K7 just now" in refused.stderr
    assert "wait until it is done" in refused.stderr
    assert "clients/K7/client.toml" in before
    out, err = running.communicate(timeout=300)
    assert running.returncode == 0, err
    assert "6 made." in out
    forget(desk, "K7")
    assert not [name for name in kept(desk) if "K7" in name or "at-work" in name]
    assert not list((desk.folder / "output").rglob("*.mp3"))


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_what_a_killed_run_leaves_keeps_nobody_from_being_forgotten(desk: Machine) -> None:
    running = desk.start("build", "short", "--client", "K7")
    wait_until(lambda: any("at-work" in name for name in kept(desk)), running)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert any("at-work" in name for name in kept(desk))
    forget(desk, "K7")

    assert not [name for name in kept(desk) if "K7" in name or "at-work" in name]


def test_nothing_is_left_of_who_was_at_work(desk: Machine) -> None:
    desk.run("build", "hello", "--client", "K7")
    desk.run("client", "pack", "K7")
    desk.run("client", "edit", "K7", "--bed", "none")

    assert not [name for name in kept(desk) if "at-work" in name]


def test_who_was_forgotten_since_a_roster_was_read_gets_nothing(desk: Machine) -> None:
    """Another batch was waited for, say."""
    import cft_audio.application.batches.batch as module

    usual = module.read_notes

    def forgotten(*given: object) -> object:
        module.read_notes = usual
        forget(desk, "K7")
        return usual(*given)  # type: ignore[arg-type]

    module.read_notes = forgotten  # type: ignore[assignment]
    try:
        refused = desk.run("batch", "r.csv", "--workers", "0", status=2)
    finally:
        module.read_notes = usual

    assert "nothing is kept any more of client K7, of row 2" in refused.stderr
    assert not [name for name in kept(desk) if "K7" in name]


@pytest.mark.slow
def test_notes_of_a_batch_do_not_bring_back_who_was_forgotten_meanwhile(desk: Machine) -> None:
    (desk.folder / "all.csv").write_text("client,practice\nK7,hello\nK8,hello\n")
    checked(desk.run("batch", "all.csv", "-q", "--workers", "0"), 0)
    (desk.folder / "all.csv").write_text("client,practice,seed\nK7,hello,\nK7,short,3\n")
    running = desk.start("batch", "all.csv", "--workers", "1", "--force")
    wait_until(lambda: any("at-work" in name for name in kept(desk)), running)
    forget(desk, "K8")
    running.communicate(timeout=300)

    notes = Path(desk.json("config")["data"]) / "batches"
    assert not any("K8" in path.read_text() for path in notes.iterdir())
