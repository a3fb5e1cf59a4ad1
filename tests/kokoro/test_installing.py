"""Kokoro installed from packages, from a service, and after an interruption: whole or not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from catalogue_server import Service, serving
from program_runs import Machine

from cft_audio.speech.voices.kokoro.pieces import kokoro_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

MODEL = "kokoro-v1.0.int8.onnx"
INSTALL = ("voices", "install", "kokoro", "--yes")


@pytest.fixture
def empty(tmp_path: Path) -> Machine:
    """A machine on which nothing is installed."""
    for name in ("home", "work"):
        (tmp_path / name).mkdir()
    return Machine(tmp_path / "work", tmp_path / "home")


@pytest.fixture
def service(installed: Path, empty: Machine) -> Iterator[Service]:
    """A mirror with the real files, which the machine is told of."""
    files = {path.name: path.read_bytes() for path in (installed / "kokoro").iterdir()}
    served = {name if name == MODEL else f"voices/{name}": c for name, c in files.items()}
    with serving(served) as service:
        empty.environment["CFT_AUDIO_KOKORO_URL"] = service.url
        yield service


def kept(machine: Machine) -> list[str]:
    """Return every file in the folder of Kokoro."""
    folder = machine.home / ".local" / "share" / "cft-audio" / "voices" / "kokoro"
    return sorted(path.name for path in folder.glob("*"))


EVERYTHING = sorted(["LICENSE", "NOTICE", *(file.name for file in kokoro_files())])


def test_packages_that_somebody_has_are_enough(
    empty: Machine, packages: Path, tmp_path: Path
) -> None:
    some = tmp_path / "some"
    shutil.copytree(packages, some)
    next(some.glob("*model_3*")).rename(some / "renamed.zip")
    (some / "damaged.tgz").write_bytes(next(some.glob("*.tgz")).read_bytes()[:1_000_000])
    before = next(some.glob("*model_2*"))
    before.rename(tmp_path / before.name)
    error = empty.run(*INSTALL, "--from", str(some), status=1).stderr
    assert f"{MODEL} is missing there" in error
    assert kept(empty) == []

    (tmp_path / before.name).rename(before)
    made = empty.run(*INSTALL, "--from", str(some), "--default")

    assert kept(empty) == EVERYTHING
    assert "96 MB are on this machine already" in made.stderr
    assert "MIT for the model's ONNX form" in made.stderr
    config = empty.json("config")
    assert config["values"]["voice"]["value"] == "heart"
    assert "is installed already" in empty.run(*INSTALL, status=1).stderr
    rows = {row["voice"]: row for row in empty.json("voices")}
    assert rows["isabella"]["state"] == "installed"
    assert "voices remove kokoro" in empty.run("voices", "remove", "isabella", status=2).stderr
    empty.run("voices", "remove", "kokoro")
    assert kept(empty) == []


def test_an_interrupted_install_leaves_nothing_and_goes_on(
    empty: Machine, service: Service
) -> None:
    service.broken[MODEL] = 50_000_000
    said = empty.run(*INSTALL, status=1).stderr
    assert f"92.4 MB  {service.url}/{MODEL}" in said
    assert "96 MB are fetched from 127.0.0.1" in said
    assert kept(empty) == []

    service.broken.clear()
    asked = empty.run_at_terminal("y\ny\n", "voices", "install", "kokoro")
    assert "Install it under these licences? [y/N]" in asked.stderr
    assert "Make heart the voice of your recordings? [y/N]" in asked.stderr
    assert kept(empty) == EVERYTHING
    assert empty.json("config")["values"]["voice"]["value"] == "heart"
    begun = dict(zip(service.asked, service.begun, strict=True))
    assert begun[MODEL] > 40_000_000


def test_a_forged_file_is_found_out(empty: Machine, service: Service) -> None:
    voice = service.files["voices/bm_fable.bin"]
    service.files["voices/bm_fable.bin"] = bytes([voice[0] ^ 1]) + voice[1:]

    assert "bm_fable.bin came damaged" in empty.run(*INSTALL, status=1).stderr
    assert kept(empty) == []
