"""A folder as a target: each file is there whole or not at all; and what is meant by a place."""

from __future__ import annotations

import hashlib
import os
import pickle
import random
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from targets_seen import looked_at

from cft_audio.errors import OutputError, RequestError
from cft_audio.files.targets import FolderTarget, target_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Make: TypeAlias = Callable[..., Path]

NAME = "c-07/soothing-rhythm-breathing-8min.mp3"


@pytest.fixture
def target(tmp_path: Path) -> FolderTarget:
    return FolderTarget(tmp_path / "recordings")


CONTENT = bytes(range(256)) * 1000


@pytest.fixture(params=["the same disk", "another disk"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """Makes finished files of so many times the content, on that disk."""
    folder = tmp_path
    if request.param == "another disk":
        folder = Path("/dev/shm")  # noqa: S108 -- its files have names of their own
        if not folder.is_dir() or folder.stat().st_dev == tmp_path.stat().st_dev:
            pytest.skip("there is no other disk")
    with tempfile.TemporaryDirectory(dir=folder) as own:
        numbers = count()

        def make(times: int = 1) -> Path:
            file = Path(own) / f"{next(numbers)}.mp3"
            file.write_bytes(CONTENT * times)
            return file

        yield make


def test_a_file_is_put_there_and_told_of(target: FolderTarget, made: Make) -> None:
    target.check()
    target.publish(made(2), NAME)
    target.publish(made(), NAME)

    assert target.names() == [NAME]
    assert target.size(NAME) == len(CONTENT)
    assert target.digest(NAME) == hashlib.sha256(CONTENT).hexdigest()
    assert target.read(NAME) == CONTENT


def test_one_that_is_not_there_is_none(target: FolderTarget) -> None:
    assert (target.size(NAME), target.digest(NAME), target.read(NAME)) == (None, None, None)
    assert target.names() == []
    target.remove(NAME)


def test_what_is_unfinished_is_no_file_of_it(target: FolderTarget, made: Make) -> None:
    target.publish(made(), "b.mp3")
    target.publish(made(), "a.mp3")
    (target.path / ".cft-audio-0a1b2c.part").write_bytes(b"half")

    assert target.names() == ["a.mp3", "b.mp3"]


def test_a_file_that_is_removed_takes_its_empty_folders_along(
    target: FolderTarget, made: Make
) -> None:
    target.publish(made(), NAME)
    target.publish(made(), "c-08/other.mp3")
    target.remove(NAME)

    assert [path.name for path in target.path.iterdir()] == ["c-08"]


def test_whoever_looks_sees_the_old_file_or_the_new_one(target: FolderTarget, made: Make) -> None:
    target.publish(made(), NAME)
    with looked_at(lambda: {target.size(NAME)}) as seen:
        for _ in range(15):
            target.publish(made(40), NAME)
            target.publish(made(), NAME)

    assert seen <= {len(CONTENT), 40 * len(CONTENT)}
    assert [path.name for path in (target.path / "c-07").iterdir()] == [NAME.rpartition("/")[2]]


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_killed_in_the_middle_it_is_whole_or_not_there(target: FolderTarget, made: Make) -> None:
    whole = made(40)
    digest = hashlib.sha256(whole.read_bytes()).hexdigest()
    code = (
        "import shutil, sys; from pathlib import Path\n"
        "from cft_audio.files.targets import FolderTarget\n"
        "target, whole = FolderTarget(Path(sys.argv[1])), Path(sys.argv[2])\n"
        "for n in range(10**6):\n"
        "    finished = Path(shutil.copyfile(whole, whole.with_name(f'finished {n % 3}')))\n"
        "    target.publish(finished, f'{n % 3}.mp3')\n"
        "    if n == 0: print('published', flush=True)\n"
    )
    draw = random.Random(7)  # noqa: S311 -- when it is killed
    for _ in range(10):
        command = [sys.executable, "-c", code, str(target.path), str(whole)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as publishing:
            assert publishing.stdout
            assert publishing.stdout.readline()
            time.sleep(draw.uniform(0.0, 0.05))
            publishing.kill()
        assert {target.digest(name) for name in target.names()} == {digest}


@pytest.mark.parametrize("name", ["../x.mp3", "/etc/x.mp3", "a/../../x.mp3", "", "a\\..\\x.mp3"])
def test_no_name_leads_out_of_it(target: FolderTarget, tmp_path: Path, name: str) -> None:
    file = tmp_path / "made.mp3"
    file.write_bytes(CONTENT)
    for use in (lambda: target.publish(file, name), lambda: target.remove(name)):
        with pytest.raises(OutputError, match="no name for a file"):
            use()
    assert not target.path.exists()
    assert file.exists()


def test_one_that_cannot_be_written_is_told_beforehand(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    target = FolderTarget(tmp_path / "file" / "inside")
    with pytest.raises(OutputError, match="a file, not a folder"):
        target.check()

    FolderTarget(tmp_path / "new").check()
    assert not (tmp_path / "new").exists()


def test_it_travels(target: FolderTarget) -> None:
    assert pickle.loads(pickle.dumps(target)) == target  # noqa: S301 -- our own


@pytest.mark.parametrize(
    "text", ["recordings", "./s3:odd", "C:\\Users\\x", "C:/Users/x", "C://x", "D:x", "a:b"]
)
def test_whatever_is_no_url_is_a_folder_wherever_a_process_works(text: str) -> None:
    target = target_for(text)
    assert isinstance(target, FolderTarget)
    assert target.path.is_absolute()


@pytest.mark.skipif(os.name == "nt", reason="paths of POSIX")
@pytest.mark.parametrize("text", ["file:///tmp/a%20b", "FILE:///tmp/a%20b", "local:///tmp/a%20b"])
def test_the_url_of_a_folder_is_that_folder(text: str) -> None:
    assert target_for(text).shown == "/tmp/a b"  # noqa: S108 -- nothing is written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://example.org/recordings", "nothing can be written"),
        ("zip://x.mp3::s3://bucket/a.zip", "nothing can be written"),
        ("s3:/bucket/x", "lacks the //"),
        ("sftp:host/x", "lacks the //"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, said: str) -> None:
    with pytest.raises(RequestError, match=said) as refused:
        target_for(text)
    assert refused.value.field == "output"


def test_without_fsspec_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(OutputError, match=r"pip install 'cft-audio\[cluster\]'"):
        target_for("s3://bucket/x")


def test_no_password_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(OutputError) as missing:
        target_for("sftp://sam:secret@host/x?key=secret")
    assert "secret" not in str(missing.value)
    assert "host/x" in str(missing.value)


def test_a_name_that_the_disk_does_not_take_is_told(tmp_path: Path) -> None:
    target = FolderTarget(tmp_path)

    for look in (target.size, target.digest, target.read):
        with pytest.raises(OutputError, match="too long"):
            look("a" * 300)
