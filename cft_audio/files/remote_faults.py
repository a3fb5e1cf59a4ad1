"""What went wrong at a place that fsspec reaches, in few words, and none that could be secret."""

from __future__ import annotations

import errno
import os

from cft_audio.errors import OutputError
from cft_audio.files.network_faults import causes_of, is_offline

_NOT_LET_IN = ("Credential", "Authentication", "Refresh", "Token")
"""Parts of the names of errors by which clients say that they have no, or wrong, credentials."""

_NOT_REACHED = ("Connect", "Timeout", "Endpoint", "Socket")

_AGAIN = "Check the connection, and run this again: what is there already stays"


def unusable(error: Exception, shown: str, package: str) -> OutputError:
    """Return the error for a person where a place cannot be used.

    Args:
        error: What fsspec, or the client that it uses, raised. Its text may hold anything.
        shown: The place.
        package: The package that reaches it; empty where it comes with fsspec.
    """
    causes = causes_of(error)
    names = [type(cause).__name__ for cause in causes]

    def is_named(parts: tuple[str, ...]) -> bool:
        return any(part in name for name in names for part in parts)

    if any(isinstance(cause, PermissionError) for cause in causes) or is_named(_NOT_LET_IN):
        reader = package or "fsspec"
        return OutputError(
            "these credentials are refused there, or may not write",
            remedy=f"Check the credentials that {reader} finds; its documentation says where it "
            "looks for them",
            where=shown,
        )
    if any(isinstance(cause, FileNotFoundError) for cause in causes):
        remedy = "Make it first, or look how it is written"
        return OutputError("there is no such bucket or folder", remedy=remedy, where=shown)
    if is_offline(error):
        return OutputError("this machine seems to have no network", remedy=_AGAIN, where=shown)
    if any(isinstance(cause, ConnectionError | TimeoutError) for cause in causes) or is_named(
        _NOT_REACHED
    ):
        return OutputError("it cannot be reached", remedy=_AGAIN, where=shown)
    if isinstance(error, NotImplementedError):
        message = "files cannot be written to a place of that kind"
        return OutputError(message, remedy="Give another", where=shown)
    reasons = [number for cause in causes if (number := getattr(cause, "errno", None))]
    reason = os.strerror(reasons[0]) if reasons and reasons[0] != errno.EIO else names[0]
    return OutputError(f"it cannot be used: {reason}", remedy=_AGAIN, where=shown)
