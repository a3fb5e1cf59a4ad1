"""Why a connection failed, in the system's few words instead of a library's many."""

from __future__ import annotations

from ssl import SSLCertVerificationError


def explain_failure(error: Exception) -> str:
    """Return why a request by ``requests`` got no answer, or not all of one."""
    from requests.exceptions import Timeout
    from urllib3.exceptions import TimeoutError as Urllib3Timeout

    causes = _causes(error)
    words = [getattr(cause, "strerror", None) for cause in causes]
    if reasons := [str(word) for word in words if word]:
        return reasons[-1]
    if any(isinstance(cause, TimeoutError | Timeout | Urllib3Timeout) for cause in causes):
        return "timed out"
    return "the connection broke off"


def is_untrusted(error: Exception) -> bool:
    """Return whether the other side has no certificate that this machine trusts."""
    return any(isinstance(cause, SSLCertVerificationError) for cause in _causes(error))


def _causes(error: Exception) -> list[BaseException]:
    """Return ``error`` and everything it came from, nearest first.

    urllib3 and requests put an error inside another as its argument as often as they chain it.
    """
    causes: list[BaseException] = [error]
    for cause in causes:
        inner = (cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args)
        causes += [
            other for other in inner if isinstance(other, BaseException) and other not in causes
        ]
    return causes
