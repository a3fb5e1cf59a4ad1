"""The system's keyring keeps the passphrase where that is wished; else a person is asked."""

from __future__ import annotations

import json
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from leaving_out import leave_out

if TYPE_CHECKING:
    from pathlib import Path

    from program_runs import Machine

PASSPHRASE = "correct horse battery"  # noqa: S105 -- it opens what tests lock
NAME = "Xiomara"


@pytest.fixture
def desk(bare: Machine, quick_passphrases: None) -> Machine:
    """A machine with a keyring, where something is kept of a client."""
    if find_spec("keyring") is None:
        leave_out("the package keyring is not installed")
    bare.environment |= {
        "PYTHON_KEYRING_BACKEND": "pretend_keyring.FileKeyring",
        "PRETEND_KEYRING": str(bare.home / "keyring.json"),
    }
    (bare.home / "passphrase").write_text(PASSPHRASE)
    bare.run("client", "new", "K7", "--name", NAME)
    return bare


def lock(machine: Machine) -> str:
    given = str(machine.home / "passphrase")
    return machine.run("client", "lock", "--keyring", "--passphrase-file", given).stderr


def kept(machine: Machine) -> list[str]:
    file: Path = machine.home / "keyring.json"
    return [*json.loads(file.read_text()).values()] if file.exists() else []


def state(machine: Machine) -> dict[str, object]:
    [finding] = [f for f in machine.json("doctor") if f["what"] == "locked clients"]
    return finding


@pytest.mark.slow
def test_where_the_keyring_has_it_nobody_is_asked(desk: Machine) -> None:
    lock(desk)

    assert kept(desk) == [PASSPHRASE]
    assert NAME in desk.run("client", "show", "K7").stdout
    assert state(desk)["found"] == "the passphrase is in the keyring of this test"
    (desk.home / "passphrase").write_text("another passphrase")
    given = str(desk.home / "passphrase")
    desk.run("client", "change-passphrase", "--passphrase-file", given)
    assert kept(desk) == ["another passphrase"]
    assert NAME in desk.run("client", "show", "K7").stdout
    desk.run("client", "unlock")
    assert kept(desk) == []


@pytest.mark.slow
def test_a_keyring_that_hangs_is_given_up_and_a_person_is_asked(desk: Machine) -> None:
    lock(desk)
    desk.environment["PYTHON_KEYRING_BACKEND"] = "pretend_keyring.HangingKeyring"
    began = time.monotonic()

    shown = desk.run_at_terminal(f"{PASSPHRASE}\n", "client", "show", "K7")

    assert NAME in shown.stdout
    assert "Passphrase" in shown.stderr
    assert time.monotonic() - began < 60


def test_without_a_keyring_it_says_so_and_is_locked_all_the_same(desk: Machine) -> None:
    desk.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

    assert "No keyring of this system keeps it: you are asked each time" in lock(desk)

    assert kept(desk) == []
    assert state(desk)["found"] == "the passphrase is asked for once a run"
