"""Places elsewhere as targets: an S3 server of this machine, and one that renames."""

from __future__ import annotations

import hashlib
import os
import pickle
import random
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import boto3
import pytest
import requests
from targets_seen import looked_at

from cft_audio.application.clients.packing import place_beside
from cft_audio.errors import OutputError, RequestError
from cft_audio.files.remote_target import RemoteTarget
from cft_audio.files.targets import target_for

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.files.targets import Target

pytestmark = pytest.mark.slow

NAME = "c-07/soothing-rhythm-breathing-8min.mp3"
IN_PARTS = 40_000_000
"""Bytes that go to S3 in several requests."""


@pytest.fixture(params=["s3", "renaming", "copying"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    """A place of each kind."""
    if request.param == "s3":
        request.getfixturevalue("bucket")
        return target_for("s3://recordings/2026")
    if request.param == "renaming":
        return RemoteTarget(f"file://{tmp_path}/recordings")
    return target_for(f"memory://{tmp_path.name}")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    file = tmp_path / "made.mp3"
    file.write_bytes(bytes(range(256)) * 1000)
    return file


def listed(bucket: str) -> set[tuple[str, int]]:
    """Return the name and the bytes of each object, as the server lists them."""
    page = requests.get(f"{bucket}?list-type=2", timeout=10).text
    return {
        (key, int(size))
        for key, size in re.findall(r"<Key>(.*?)</Key>.*?<Size>(\d+)</Size>", page, re.DOTALL)
    }


def test_a_file_is_put_there_told_of_and_removed(target: Target, made: Path) -> None:
    target.check()
    assert target.names() == []
    target.publish(made, NAME)
    target.publish(made, "another.mp3")

    content = made.read_bytes()
    assert target.names() == ["another.mp3", NAME]
    assert target.size(NAME) == len(content)
    assert target.digest(NAME) == hashlib.sha256(content).hexdigest()
    assert target.read(NAME) == content

    made.write_bytes(b"anew")
    target.publish(made, NAME)
    assert target.read(NAME) == b"anew"
    target.remove(NAME)
    assert (target.size(NAME), target.digest(NAME), target.read(NAME)) == (None, None, None)
    assert target.names() == ["another.mp3"]
    target.remove(NAME)
    with pytest.raises(OutputError, match="no name"):
        target.publish(made, "../x.mp3")


def test_what_others_change_is_seen(bucket: str, made: Path) -> None:
    target = target_for("s3://recordings")
    target.publish(made, "a.mp3")
    assert target.size("a.mp3") == 256_000
    for name in ("a.mp3", "b.mp3"):
        boto3.client("s3").put_object(Bucket="recordings", Key=name, Body=b"another's")

    assert target.names() == ["a.mp3", "b.mp3"]
    assert (target.size("a.mp3"), target.read("a.mp3")) == (9, b"another's")


def test_no_object_is_ever_listed_in_part(bucket: str, made: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.wav"
    with large.open("wb") as file:
        file.truncate(IN_PARTS)
    target = target_for("s3://recordings/2026")
    with looked_at(lambda: listed(bucket) or {("", 0)}) as seen:
        for _ in range(20):
            target.publish(made, NAME)
        target.publish(large, "large.wav")
        time.sleep(0.1)
        target.publish(made, "large.wav")
        time.sleep(0.1)

    assert seen - {("", 0)} == {
        (f"2026/{NAME}", 256_000),
        ("2026/large.wav", IN_PARTS),
        ("2026/large.wav", 256_000),
    }


def test_where_files_are_renamed_none_is_ever_seen_in_part(tmp_path: Path, made: Path) -> None:
    target = RemoteTarget(f"file://{tmp_path}/recordings")
    large = tmp_path / "large.mp3"
    large.write_bytes(made.read_bytes() * 40)
    place = tmp_path / "recordings" / NAME
    target.publish(made, NAME)
    with looked_at(lambda: {place.stat().st_size}) as seen:
        for _ in range(15):
            target.publish(large, NAME)
            target.publish(made, NAME)

    assert seen <= {256_000, 256_000 * 40}
    assert list(place.parent.iterdir()) == [place]


def test_killed_in_the_middle_an_object_is_whole_or_not_there(bucket: str, tmp_path: Path) -> None:
    large = tmp_path / "large.wav"
    with large.open("wb") as file:
        file.truncate(IN_PARTS)
    code = (
        "import sys; from pathlib import Path; from cft_audio.files.targets import target_for\n"
        "target = target_for('s3://recordings'); target.check(); print(flush=True)\n"
        "target.publish(Path(sys.argv[1]), sys.argv[2])\n"
    )
    draw = random.Random(7)  # noqa: S311 -- when it is killed
    whole = 0
    for n in range(5):
        command = [sys.executable, "-c", code, str(large), f"{n}.wav"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as publishing:
            assert publishing.stdout
            publishing.stdout.readline()
            time.sleep(draw.uniform(0.0, 0.4))
            publishing.kill()
        assert {size for _, size in listed(bucket)} <= {IN_PARTS}
        whole += (f"{n}.wav", IN_PARTS) in listed(bucket)
    assert whole < 5


def test_where_renaming_is_copying_it_is_said() -> None:
    [note] = target_for("memory://recordings").notes
    assert "cannot rename" in note
    assert target_for("s3://recordings").notes == ()


def test_a_bucket_that_is_not_there_is_told_and_none_is_made(bucket: str, made: Path) -> None:
    target = target_for("s3://nowhere/2026")
    for use in (target.check, lambda: target.publish(made, NAME), target.names):
        with pytest.raises(OutputError, match=r"s3://nowhere/2026.*no such bucket"):
            use()
    assert "nowhere" not in requests.get(bucket.rpartition("/")[0], timeout=10).text


def test_wrong_credentials_are_told_and_not_shown(server: str, bucket: str, made: Path) -> None:
    requests.post(f"{server}/moto-api/reset-auth", data="0", timeout=10)
    try:
        with pytest.raises(OutputError, match=r"credentials.*s3fs") as refused:
            target_for("s3://recordings").publish(made, NAME)
    finally:
        requests.post(f"{server}/moto-api/reset-auth", data="inf", timeout=10)
    assert "SECRET" not in str(refused.value)


def test_missing_credentials_are_told(
    bucket: str, made: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(variable)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    code = (
        "import sys; from pathlib import Path; from cft_audio.files.targets import target_for\n"
        "try: target_for('s3://recordings').publish(Path(sys.argv[1]), 'a.mp3')\n"
        "except Exception as error: print(error)\n"
    )
    command = [sys.executable, "-c", code, str(made)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "the credentials that s3fs finds" in said


def test_a_place_that_cannot_be_reached_is_told(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = os.environ | {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_MAX_ATTEMPTS": "1",
    }
    code = (
        "import sys; from pathlib import Path; from cft_audio.files.targets import target_for\n"
        "try: target_for('s3://recordings').publish(Path(sys.argv[1]), 'a.mp3')\n"
        "except Exception as error: print(error)\n"
    )
    command = [sys.executable, "-c", code, str(made)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert "it cannot be reached" in said.stdout


@pytest.mark.parametrize(
    ("text", "package"), [("gs://bucket/x", "gcsfs"), ("sftp://host/x", "paramiko")]
)
def test_a_missing_package_is_named(text: str, package: str) -> None:
    with pytest.raises(OutputError, match=f"pip install {package}"):
        target_for(text)


def test_an_unknown_kind_of_place_is_refused() -> None:
    with pytest.raises(RequestError, match="no kind of place called 'carrier-pigeon'"):
        target_for("carrier-pigeon://loft")


def test_it_travels_and_shows_no_password() -> None:
    target = RemoteTarget("sftp://sam:secret@host/x")
    assert "secret" not in repr(target) + target.shown
    assert pickle.loads(pickle.dumps(target)) == target  # noqa: S301 -- our own


def test_what_is_handed_over_goes_to_a_folder_alone() -> None:
    with pytest.raises(RequestError, match="goes to a folder alone"):
        place_beside(target_for("memory://recordings"))
