"""Where a cluster is, and that nothing goes there in clear unless somebody says so."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
import stub_work

from cft_audio.errors import ClusterError, RequestError
from cft_audio.running.cluster import open_cluster
from cft_audio.running.cluster_address import check_way, find_scheduler

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("tcp://127.0.0.1:8786", "tcp://127.0.0.1:8786"),
        ("tls://dask.example:8786", "tls://dask.example:8786"),
        ("localhost:8786", "tcp://localhost:8786"),
        ("[::1]:8786", "tcp://[::1]:8786"),
    ],
)
def test_an_address_is_taken_as_it_is_and_a_bare_one_for_tcp(text: str, address: str) -> None:
    assert find_scheduler(text) == address


def test_a_scheduler_file_names_the_address(tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    file.write_text(json.dumps({"type": "Scheduler", "address": "tls://10.0.0.5:8786"}))

    assert find_scheduler(str(file)) == "tls://10.0.0.5:8786"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("http://localhost:8787/status", "dashboard"),
        ("ucx://10.0.0.1:8786", "no address of a scheduler"),
        ("tcp://10.0.0.1", "no address of a scheduler"),
        ("tcp://:8786", "no address of a scheduler"),
        ("tcp://10.0.0.1:many", "no address of a scheduler"),
        ("tcp://[::1:8786", "no address of a scheduler"),
        ("not-there.json", "neither an address nor a scheduler file"),
        ("", "neither an address nor a scheduler file"),
        ("localhost", "neither an address nor a scheduler file"),
    ],
)
def test_what_is_none_is_refused_with_what_to_give(text: str, said: str) -> None:
    with pytest.raises(RequestError, match=said) as refused:
        find_scheduler(text)
    assert refused.value.field == "cluster"
    assert "8786" in refused.value.remedy


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"address": 1}', "\x00"])
def test_another_file_is_no_scheduler_file(content: str, tmp_path: Path) -> None:
    file = tmp_path / "file.json"
    file.write_text(content)

    with pytest.raises(RequestError, match=r"no scheduler file|no address"):
        find_scheduler(str(file))


@pytest.mark.parametrize(
    "address",
    [
        "tcp://127.0.0.1:8786",
        "tcp://127.8.9.1:8786",
        "tcp://localhost:8786",
        "tcp://[::1]:8786",
        "tls://10.0.0.5:8786",
    ],
)
def test_what_stays_here_or_is_encrypted_may_go(address: str) -> None:
    check_way(address, insecure=False)


@pytest.mark.parametrize(
    "address", ["tcp://10.0.0.5:8786", "tcp://dask.example:8786", "tcp://localhost.example:8786"]
)
def test_anything_else_goes_only_where_somebody_says_so(address: str) -> None:
    with pytest.raises(RequestError, match="names, letters and the spoken voice") as refused:
        check_way(address, insecure=False)
    assert "‹insecure_cluster›" in refused.value.remedy
    check_way(address, insecure=True)


def test_a_cluster_on_another_machine_is_refused_before_anything_is_sent() -> None:
    with (
        pytest.raises(RequestError, match="in clear"),
        open_cluster(stub_work.count, "tcp://192.0.2.1:8786"),
    ):
        pass


def test_without_dask_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dask", None)
    with (
        pytest.raises(ClusterError, match=r"pip install 'cft-audio\[cluster\]'"),
        open_cluster(stub_work.count, "localhost:8786"),
    ):
        pass
