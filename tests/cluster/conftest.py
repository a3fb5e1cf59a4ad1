"""Clusters to give tasks to."""

from __future__ import annotations

import logging
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from dask_cluster import DaskCluster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEEDED = ("distributed", "fsspec", "moto", "s3fs", "trustme")
collect_ignore_glob = [] if all(map(find_spec, NEEDED)) else ["test_*.py"]
"""Without them nothing is collected, which is an error where these tests are asked for."""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[DaskCluster]:
    """A scheduler without any worker yet."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    with DaskCluster(folder) as started:
        yield started


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """The file in which each execution is noted."""
    return tmp_path / "notes"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """An S3 server, its credentials and address where s3fs looks for them.

    One for all tests of a process: s3fs stays with the first that it found.
    """
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    started = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    started.start()
    host, port = started.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "AKIASECRETSECRET")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        yield f"http://{host}:{port}"
    started.stop()


@pytest.fixture
def bucket(server: str) -> Iterator[str]:
    """The address of an empty bucket."""
    import requests

    requests.post(f"{server}/moto-api/reset", timeout=10)
    requests.put(f"{server}/recordings", timeout=10)
    yield f"{server}/recordings"
    requests.post(f"{server}/moto-api/reset", timeout=10)
