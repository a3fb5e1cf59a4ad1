"""What comes beside a recording: never over what is there, and all of it or none."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from program_runs import HELLO, PATIENCE

from cft_audio.application.beside import files as beside
from cft_audio.errors import OutputError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from program_runs import Machine

    from cft_audio.files.output import Destination

ASKED = ("build", "hello.md", "--name", "Sam")
WORDS = ("--with-text", "vtt", "--with-text", "txt", "--with-handout", "html")
BESIDE = ["hello-sam-handout.html", "hello-sam.mp3", "hello-sam.txt", "hello-sam.vtt"]


@pytest.fixture
def hello(machine: Machine) -> Machine:
    (machine.folder / "hello.md").write_text(HELLO)
    return machine


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_was_asked_for_lies_beside_the_recording(hello: Machine) -> None:
    made = hello.json(*ASKED, *WORDS)

    assert names(hello.folder / "output") == BESIDE
    assert sorted(Path(file).name for file in made["beside"]) == sorted({*BESIDE} - {BESIDE[1]})
    assert hello.json(*ASKED, *WORDS)["state"] == "kept"


def test_what_is_asked_for_later_comes_beside_a_recording_that_is_kept(hello: Machine) -> None:
    hello.run(*ASKED)
    made = hello.json(*ASKED, *WORDS)

    assert made["state"] == "kept"
    assert names(hello.folder / "output") == BESIDE


def test_a_file_of_ones_own_beside_a_kept_recording_is_left_as_it_is(hello: Machine) -> None:
    hello.run(*ASKED)
    (hello.folder / "output" / "hello-sam.txt").write_text("mine")
    made = hello.json(*ASKED, *WORDS)

    assert (hello.folder / "output" / "hello-sam.txt").read_text() == "mine"
    assert names(hello.folder / "output") == BESIDE
    assert "hello-sam.txt" not in {Path(file).name for file in made["beside"]}
    hello.run(*ASKED, *WORDS, "--force")
    assert "Stop at any time" in (hello.folder / "output" / "hello-sam.txt").read_text()


def test_a_file_in_the_way_of_one_beside_it_gives_the_recording_another_name(
    hello: Machine,
) -> None:
    (hello.folder / "output").mkdir()
    (hello.folder / "output" / "hello-sam.vtt").write_text("mine")
    made = hello.json(*ASKED, *WORDS)

    assert Path(made["file"]).name == "hello-sam-2.mp3"
    assert (hello.folder / "output" / "hello-sam.vtt").read_text() == "mine"
    assert (hello.folder / "output" / "hello-sam-2.vtt").is_file()


def test_beside_a_named_file_it_is_told_before_any_work(hello: Machine) -> None:
    (hello.folder / "a.vtt").write_text("mine")
    refused = hello.run(*ASKED, *WORDS, "-o", "a.mp3", status=1)

    assert "a.vtt" in refused.stderr
    assert "--force" in refused.stderr
    assert hello.left_behind() == ["a.vtt", "hello.md"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_is_full_midway_leaves_nothing_half_done(
    code: int, hello: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recording itself was whole before; what was to come beside it is all there or not."""
    hello.run(*ASKED)
    make, made = beside.new_file, list[Path]()

    def fill(destination: Destination) -> AbstractContextManager[Path]:
        if made:
            raise OutputError(os.strerror(code), where=str(destination.path))
        made.append(destination.path)
        return make(destination)

    monkeypatch.setattr(beside, "new_file", fill)
    refused = hello.run(*ASKED, *WORDS, status=1)

    assert os.strerror(code) in refused.stderr
    assert made
    assert names(hello.folder / "output") == ["hello-sam.mp3"]


def test_a_disk_that_fills_while_it_is_encoded_leaves_nothing(hello: Machine) -> None:
    """As a limit on the size of a file plays it."""
    resource = pytest.importorskip("resource", reason="files have no limit on this system")

    def limit() -> None:
        most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, most))

    process = hello.start(*ASKED, *WORDS, "-o", "out", preexec_fn=limit)
    _, err = process.communicate(timeout=PATIENCE)

    assert process.returncode == 1, err
    assert "Traceback" not in err
    assert hello.left_behind() == ["hello.md"]


def test_no_name_stands_in_what_lies_beside_it(hello: Machine) -> None:
    made = hello.json("build", "hello.md", "--name", "Zebedee", "--no-name", *WORDS)

    assert len(made["beside"]) == 3
    for file in made["beside"]:
        assert "zebedee" not in file.lower()
        assert "zebedee" not in (hello.folder / file).read_text(encoding="utf-8").lower()
