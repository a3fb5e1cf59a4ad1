"""Downloads: whole, checked, continued where that is safe, and nothing in place otherwise."""

from __future__ import annotations

import hashlib
import shutil
import socket
import ssl
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
import trustme
from catalogue_server import Service, serving

from cft_audio.errors import DownloadError
from cft_audio.files.download import RemoteFile, download
from cft_audio.files.remote import fetch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODEL = np.random.default_rng(1).bytes(1_000_000)
VOICE = np.random.default_rng(2).bytes(300_000)
HALF = 500_000
"""Where a connection breaks; what came in the last block before may be lost."""


@pytest.fixture
def service() -> Iterator[Service]:
    with serving({"m/model.onnx": MODEL, "m/voice é.bin": VOICE}) as served:
        yield served


def remote(service: Service, path: str = "m/model.onnx", content: bytes = MODEL) -> RemoteFile:
    address = f"{service.url}/{path.replace(' ', '%20')}"
    return RemoteFile(address, len(content), md5_of(content))


def md5_of(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def get(*files: RemoteFile, folder: Path) -> list[int]:
    """Download ``files`` and return the progress that was told."""
    told: list[int] = []
    download(files, folder, told.append)
    return told


def refused(*files: RemoteFile, folder: Path) -> DownloadError:
    with pytest.raises(DownloadError) as caught:
        get(*files, folder=folder)
    assert not (folder / files[0].name).exists()
    return caught.value


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


def break_off(service: Service, folder: Path) -> bytes:
    """Let a download break off half-way, and return what is kept of it."""
    service.broken["m/model.onnx"] = HALF
    error = refused(remote(service), folder=folder)
    service.broken.clear()
    assert "127.0.0.1 cannot be reached" in error.message
    assert "what has come is kept" in error.remedy
    part = kept(folder)["model.onnx.part"]
    assert 0 < len(part) <= HALF
    assert MODEL.startswith(part)
    return part


def test_several_files_come_whole_with_one_progress(service: Service, tmp_path: Path) -> None:
    files = (remote(service), remote(service, "m/voice é.bin", VOICE))
    told = get(*files, folder=tmp_path / "models" / "new")

    assert kept(tmp_path / "models" / "new") == {"model.onnx": MODEL, "voice é.bin": VOICE}
    assert told == sorted(told)
    assert len(MODEL) in told
    assert told[-1] == len(MODEL) + len(VOICE)


def test_what_is_there_and_whole_is_not_downloaded_again(service: Service, tmp_path: Path) -> None:
    get(remote(service), folder=tmp_path)
    told = get(remote(service), remote(service, "m/voice é.bin", VOICE), folder=tmp_path)

    assert service.asked == ["m/model.onnx", "m/voice é.bin"]
    assert told[0] == len(MODEL)


def test_it_is_continued_after_a_broken_connection(service: Service, tmp_path: Path) -> None:
    part = break_off(service, tmp_path)
    told = get(remote(service), folder=tmp_path)

    assert service.begun == [0, len(part)]
    assert told[0] > len(part)
    assert kept(tmp_path) == {"model.onnx": MODEL}


def test_it_is_continued_after_an_interrupt(service: Service, tmp_path: Path) -> None:
    def interrupt(size: int) -> None:
        if size >= HALF:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download([remote(service)], tmp_path, interrupt)
    assert not (tmp_path / "model.onnx").exists()
    get(remote(service), folder=tmp_path)

    assert service.begun[1] >= HALF
    assert kept(tmp_path) == {"model.onnx": MODEL}


def test_a_service_that_cannot_continue_begins_anew(service: Service, tmp_path: Path) -> None:
    service.ranges = False
    break_off(service, tmp_path)
    told = get(remote(service), folder=tmp_path)

    assert service.begun == [0, 0]
    assert told[-1] == len(MODEL)
    assert kept(tmp_path) == {"model.onnx": MODEL}


def test_a_file_that_changed_between_two_runs_is_downloaded_anew(
    service: Service, tmp_path: Path
) -> None:
    part = break_off(service, tmp_path)
    new = MODEL[::-1]
    service.files["m/model.onnx"] = new
    get(remote(service, content=new), folder=tmp_path)

    assert service.begun == [0, len(part), 0]
    assert kept(tmp_path) == {"model.onnx": new}


def test_a_file_that_is_shorter_now_is_downloaded_anew(service: Service, tmp_path: Path) -> None:
    break_off(service, tmp_path)
    service.files["m/model.onnx"] = VOICE
    get(remote(service, content=VOICE), folder=tmp_path)

    assert kept(tmp_path) == {"model.onnx": VOICE}


@pytest.mark.parametrize("left", [b"x" * 10, b"x" * len(MODEL), b"x" * (len(MODEL) + 1)])
def test_what_something_else_left_is_never_trusted(
    service: Service, tmp_path: Path, left: bytes
) -> None:
    for name in ("model.onnx", "model.onnx.part"):
        (tmp_path / name).write_bytes(left)
    get(remote(service), folder=tmp_path)

    assert kept(tmp_path) == {"model.onnx": MODEL}


@pytest.mark.parametrize(
    ("served", "fault"),
    [
        (MODEL[:-1] + b"!", "its checksum is not the one expected"),
        (MODEL[:-1], "it has 999999 bytes instead of 1000000"),
        (MODEL * 3, "bytes instead of 1000000"),
    ],
)
def test_a_damaged_file_leaves_nothing(
    service: Service, tmp_path: Path, served: bytes, fault: str
) -> None:
    service.files["m/model.onnx"] = served
    error = refused(remote(service), folder=tmp_path)

    assert error.message.startswith("model.onnx came damaged from 127.0.0.1: ")
    assert fault in error.message
    assert kept(tmp_path) == {}


def test_without_room_nothing_is_asked_for(service: Service, tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    huge = RemoteFile(f"{service.url}/m/model.onnx", free * 10, "0" * 32)
    error = refused(remote(service), huge, folder=tmp_path)

    assert "MB free" in error.message
    assert error.where == str(tmp_path)
    assert service.asked == []


def test_a_disk_that_fills_up_on_the_way_is_told_and_what_came_is_kept(
    service: Service, tmp_path: Path
) -> None:
    def fill_up(size: int) -> None:
        if size >= HALF:
            raise OSError(28, "No space left on device")

    with pytest.raises(DownloadError, match="No space left on device") as caught:
        download([remote(service)], tmp_path, fill_up)

    assert caught.value.where == str(tmp_path)
    assert len(kept(tmp_path)["model.onnx.part"]) >= HALF


def test_a_folder_that_cannot_be_made_is_told(service: Service, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    error = refused(remote(service), folder=tmp_path / "file" / "models")

    assert "cannot be kept" in error.message
    assert service.asked == []


@pytest.mark.parametrize("status", [404, 429, 500])
def test_a_service_that_refuses_is_named_with_its_answer(
    service: Service, tmp_path: Path, status: int
) -> None:
    service.status["m/model.onnx"] = status
    error = refused(remote(service), folder=tmp_path)

    assert error.message.startswith(f"127.0.0.1 answered '{status} ")
    assert error.remedy


def test_a_service_that_falls_silent_is_given_up(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cft_audio.files.remote.PATIENCE_S", 0.3)
    service.cut["m/model.onnx"] = HALF
    error = refused(remote(service), folder=tmp_path)

    assert error.message == "127.0.0.1 cannot be reached: timed out"
    assert kept(tmp_path)["model.onnx.part"]


def test_nobody_there_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = Service({}, f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert "refused" in refused(remote(nobody), folder=tmp_path).message


def test_a_certificate_that_is_not_trusted_ends_it(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with serving({"m/model.onnx": MODEL}, context) as secure:
        error = refused(remote(secure), folder=tmp_path)

    assert "has no certificate that this machine trusts" in error.message
    assert secure.asked == []


def test_nothing_unencrypted_is_taken_where_encryption_was_asked_for(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    with serving({"m/model.onnx": MODEL}, context) as secure:
        get(remote(secure), folder=tmp_path / "direct")
        secure.moved["m/model.onnx"] = remote(service).url
        error = refused(remote(secure), folder=tmp_path / "led away")

    assert kept(tmp_path / "direct") == {"model.onnx": MODEL}
    assert "leads on to an address that is not encrypted" in error.message


def test_a_folder_of_this_machine_is_a_source_as_well(tmp_path: Path) -> None:
    mirror = tmp_path / "a mirror é"
    mirror.mkdir()
    (mirror / "model.onnx").write_bytes(MODEL)
    new = partial(RemoteFile, size=len(MODEL), digest=md5_of(MODEL))
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "model.onnx.part").write_bytes(MODEL[:HALF])
    get(new((mirror / "model.onnx").as_uri()), folder=tmp_path / "models")
    error = refused(new((mirror / "gone.onnx").as_uri()), folder=tmp_path / "models")

    assert kept(tmp_path / "models") == {"model.onnx": MODEL}
    assert "No such file" in error.message


@pytest.mark.parametrize("path", ["a/..%5C..%5Cx.onnx", "a/b/x.onnx", "C%3Ax.onnx"])
def test_no_address_leads_out_of_the_folder(path: str) -> None:
    assert RemoteFile(f"https://example.org/{path}", 1, "").name == "x.onnx"


def test_no_more_is_fetched_than_is_wanted(service: Service) -> None:
    assert fetch(remote(service).url, 1000) == MODEL[:1000]
    assert fetch(remote(service).url, 2_000_000) == MODEL
