"""A connection to the scheduler of a Dask cluster, of which Dask says nothing by itself."""

from __future__ import annotations

import logging
import ssl
import threading
import warnings
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from cft_audio.errors import ClusterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CONNECTING_S = 5.0
"""Seconds in which the scheduler has to answer."""

_PARTING_S = 0.4
"""Seconds that closing may take."""

_SETTINGS = {
    "distributed.admin.large-graph-warning-threshold": "1 TB",
    "distributed.diagnostics.computations.nframes": 0,
}
"""Of Dask's: spoken lines are large and are to travel, the code that sends them is not."""


_LOGGERS = ("distributed", "distributed.client", "tornado", "tornado.application")
"""Of Dask, those that have a level of their own."""

_CERTIFICATES = (
    "Name them in Dask's settings distributed.comm.tls.ca-file, client.cert and client.key, or in "
    "the variables DASK_DISTRIBUTED__COMM__TLS__CA_FILE and …__CLIENT__CERT, …__CLIENT__KEY"
)


@contextmanager
def connect(address: str) -> Iterator[Any]:
    """Give a client of the scheduler at ``address``, as Dask's own settings say.

    Raises:
        ClusterError: If Dask is not installed, or the scheduler does not answer.
    """
    with _quiet_dask():
        client = _open(address)
        try:
            yield client
        finally:
            with suppress(Exception):
                client.close(timeout=_PARTING_S)


def _open(address: str) -> Any:
    from distributed import Client, Security

    security = Security()
    if address.startswith("tls:"):
        _check_certificates(address, security)
    elif security.require_encryption:
        message = "Dask's settings on this machine ask for encryption, and that address has none"
        raise ClusterError(message, remedy="Give the tls:// address of the cluster", where=address)
    made = _within(
        2 * _CONNECTING_S,
        lambda: Client(address, security=security, timeout=_CONNECTING_S, set_as_default=False),
    )
    if not isinstance(made, Exception):
        return made
    if isinstance(made, ssl.SSLError) or isinstance(made.__cause__, ssl.SSLError):
        message = "the scheduler's certificate, or the one shown to it, is not trusted"
        raise ClusterError(message, remedy=_CERTIFICATES, where=address) from made
    raise ClusterError(
        "no scheduler answers there",
        remedy="See whether it runs, and whether this machine reaches it; one that was started "
        "with TLS has a tls:// address",
        where=address,
    ) from made


def _within(seconds: float, make: Callable[[], Any]) -> Any:
    """Return what ``make`` does, or its error, or a TimeoutError.

    Dask waits for ever for a first word where something else listens.
    """
    made: SimpleQueue[Any] = SimpleQueue()

    def put() -> None:
        try:
            made.put(make())
        except Exception as error:  # noqa: BLE001 -- returned
            made.put(error)

    with warnings.catch_warnings():  # of versions that differ, which is an error here
        warnings.simplefilter("ignore")
        threading.Thread(target=put, daemon=True).start()
        try:
            return made.get(timeout=seconds)
        except Empty:
            return TimeoutError()


def _check_certificates(address: str, security: Any) -> None:
    """Raise ClusterError if there are none, or they cannot be read."""
    try:
        is_set = security.get_connection_args("client")["ssl_context"] is not None
    except OSError as error:
        message = f"the certificates for it cannot be read: {error.strerror or error}"
        raise ClusterError(message, remedy=_CERTIFICATES, where=address) from error
    if not is_set:
        message = "no certificates are set for it on this machine"
        raise ClusterError(message, remedy=_CERTIFICATES, where=address)


@contextmanager
def _quiet_dask() -> Iterator[None]:
    """Let Dask write nothing to the terminal, and keep to our settings; what went wrong is told."""
    try:
        import dask
        import distributed  # noqa: F401 -- it sets its loggers up
    except ImportError as error:
        raise ClusterError(
            "a cluster can be used only where Dask is installed",
            remedy="Install it: pip install 'cft-audio[cluster]'",
        ) from error
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        with dask.config.set(_SETTINGS):
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
