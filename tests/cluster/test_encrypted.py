"""A cluster with TLS, by certificates that Dask's own settings name."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import dask
import distributed  # noqa: F401 -- its settings have to be there before they are changed
import pytest
import stub_work
import trustme
from dask_cluster import DaskCluster
from test_cluster import counted

from cft_audio.errors import ClusterError
from cft_audio.running import cluster_client
from cft_audio.running.cluster import open_cluster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Certificates:
    """Files of an authority, and of one that it trusts."""

    authority: Path
    own: Path
    key: Path

    @classmethod
    def make(cls, folder: Path) -> Certificates:
        """Return new ones, of an authority of their own."""
        folder.mkdir()
        made = cls(folder / "ca.pem", folder / "own.pem", folder / "key.pem")
        authority = trustme.CA()
        issued = authority.issue_cert("dask.example")
        authority.cert_pem.write_to_path(str(made.authority))
        made.own.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
        issued.private_key_pem.write_to_path(str(made.key))
        return made

    @property
    def options(self) -> tuple[str, ...]:
        """What a scheduler or a worker is started with."""
        files = ("--tls-ca-file", self.authority, "--tls-cert", self.own, "--tls-key", self.key)
        return tuple(map(str, files))

    def settings(self) -> dict[str, str]:
        """Return what Dask's configuration says of them."""
        return {
            "distributed.comm.tls.ca-file": str(self.authority),
            "distributed.comm.tls.client.cert": str(self.own),
            "distributed.comm.tls.client.key": str(self.key),
        }


@pytest.fixture
def certificates(tmp_path: Path) -> Certificates:
    return Certificates.make(tmp_path / "certificates")


@pytest.fixture
def encrypted(certificates: Certificates, tmp_path: Path) -> Iterator[DaskCluster]:
    with ExitStack() as started:
        folder = tmp_path / "cluster"
        folder.mkdir()
        cluster = started.enter_context(
            DaskCluster(folder, ("--protocol", "tls", *certificates.options))
        )
        cluster.start_worker()
        yield cluster


def test_everything_goes_there_encrypted(
    encrypted: DaskCluster, certificates: Certificates, notes: Path
) -> None:
    with (
        dask.config.set(certificates.settings()),
        open_cluster(stub_work.count, str(encrypted.file)) as opened,
    ):
        answers = [outcome.answer for outcome in opened.run(counted(20, notes))]
        workers = opened._workers.fit

    assert sorted(answers) == list(range(20))
    assert encrypted.address.startswith("tls://")
    assert all(worker.startswith("tls://") for worker in workers)


def test_without_certificates_it_is_said_where_to_name_them(encrypted: DaskCluster) -> None:
    with (
        pytest.raises(ClusterError, match=r"tls:.*no certificates.*DASK_DISTRIBUTED__COMM__TLS"),
        open_cluster(stub_work.count, encrypted.address),
    ):
        pass


@pytest.mark.parametrize("whose", ["another's", "nobody's"])
def test_certificates_of_others_are_refused(
    whose: str, encrypted: DaskCluster, tmp_path: Path
) -> None:
    others = Certificates.make(tmp_path / "others")
    settings = others.settings()
    if whose == "nobody's":
        settings["distributed.comm.tls.ca-file"] = str(tmp_path / "gone.pem")

    with (
        dask.config.set(settings),
        pytest.raises(ClusterError, match="certificate"),
        open_cluster(stub_work.count, encrypted.address),
    ):
        pass


def test_in_clear_it_does_not_answer(
    encrypted: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_client, "_CONNECTING_S", 2.0)
    with (
        pytest.raises(ClusterError, match=r"no scheduler answers.*tls://"),
        open_cluster(stub_work.count, encrypted.address.replace("tls:", "tcp:")),
    ):
        pass


def test_where_dask_is_to_encrypt_everything_nothing_goes_in_clear(
    certificates: Certificates, cluster: DaskCluster
) -> None:
    settings = certificates.settings() | {"distributed.comm.require-encryption": "true"}
    with (
        dask.config.set(settings),
        pytest.raises(ClusterError, match="ask for encryption"),
        open_cluster(stub_work.count, cluster.address),
    ):
        pass
