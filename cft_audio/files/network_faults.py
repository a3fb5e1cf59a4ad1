"""What the network did, in the system's few words instead of a library's many."""

from __future__ import annotations

import errno
from socket import gaierror
from ssl import SSLCertVerificationError

_NO_NETWORK = (errno.ENETUNREACH, errno.ENETDOWN)


def network_fault(error: Exception, host: str) -> tuple[str, str]:
    """Return why a request to ``host`` got no answer, or not all of one, and what to do about it.

    Args:
        error: What ``requests``, or the disk, raised.
        host: Whom it was sent to.

    Returns:
        A message, and a remedy; no remedy where it may be gone at the next try.
    """
    from requests.exceptions import ContentDecodingError, ProxyError, Timeout
    from urllib3.exceptions import TimeoutError as Urllib3Timeout

    causes = causes_of(error)
    if any(isinstance(cause, SSLCertVerificationError) for cause in causes):
        return f"{host} has no certificate that this machine trusts. Nothing was sent to it", (
            "Somebody on the network may be reading along. If it is a proxy of your organisation, "
            "name its certificate in the variable REQUESTS_CA_BUNDLE"
        )
    if isinstance(error, ContentDecodingError):
        return f"the answer of {host} is damaged", ""
    reason = "the connection broke off"
    if is_offline(error):
        reason = "this machine seems to have no network"
    elif words := [word for cause in causes if (word := getattr(cause, "strerror", None))]:
        reason = str(words[-1])
    elif any(isinstance(cause, TimeoutError | Timeout | Urllib3Timeout) for cause in causes):
        reason = "timed out"
    way = " through the proxy" if isinstance(error, ProxyError) else ""
    return f"{host} cannot be reached{way}: {reason}", ""


def is_offline(error: Exception) -> bool:
    """Return whether ``error`` came of having no network: no host's name has an address then."""
    return any(
        isinstance(cause, gaierror) or getattr(cause, "errno", None) in _NO_NETWORK
        for cause in causes_of(error)
    )


def causes_of(error: Exception) -> list[BaseException]:
    """Return ``error`` and everything it came from, nearest first.

    urllib3 and requests put an error inside another as its argument as often as they chain it.
    """
    causes: list[BaseException] = [error]
    for cause in causes:
        inner = (cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args)
        causes += [e for e in inner if isinstance(e, BaseException) and e not in causes]
    return causes
