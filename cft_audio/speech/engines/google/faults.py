"""What keeps Google from answering, in words for a person, and whether it may pass."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cft_audio.errors import EngineError
from cft_audio.files.network_faults import is_offline, network_fault
from cft_audio.files.remote import host_of

if TYPE_CHECKING:
    from requests import PreparedRequest, RequestException, Response

GO_ON = "What Google has said so far is kept, and not sent again"
BROWSE = (
    "Open translate.google.com in a browser: the network may want you to sign in, or Google may "
    f"want you to agree to something. {GO_ON}"
)
_TRIES_OFFLINE = 2
"""How often a host is asked for where there seems to be no network: more tries are in vain."""

_TRY_LATER = f"Run the same command again later. {GO_ON}"


class PassingError(EngineError):
    """Something that may be gone at the next try.

    Args:
        message: What is wrong, as one sentence without its full stop.
        remedy: What to do where it doesn't pass.
        wait: Seconds that the service asks to wait; 0 where it doesn't.
        tries: How often it is worth trying at most; None for as often as anything else.
    """

    def __init__(
        self,
        message: str,
        *,
        remedy: str = _TRY_LATER,
        wait: float = 0.0,
        tries: int | None = None,
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.wait = wait
        self.tries = tries


def robot() -> EngineError:
    """Return the error for Google asking whether a person is there."""
    return EngineError(
        "Google takes the requests from this network for a robot's (it answers with its page of "
        '"unusual traffic", a captcha)',
        remedy="Wait some hours, or use another network; asking on makes it worse. " + GO_ON,
    )


def check_status(response: Response) -> None:
    """Check that Google answers what it was asked.

    Raises:
        PassingError: If it may do so later.
        EngineError: If it won't.
    """
    status = f"({response.status_code} {response.reason})"
    match response.status_code:
        case 429:
            remedy = f"Run the same command again in an hour or more. {GO_ON}"
            message = f"Google is asked too much from this network {status}"
            raise PassingError(message, remedy=remedy, wait=_wait_of(response))
        case code if code >= 500:  # noqa: PLR2004 -- its own faults
            raise PassingError(f"Google's service fails {status}", wait=_wait_of(response))
        case 403:
            raise EngineError(
                f"Google refuses requests from this network {status}",
                remedy="It does so to networks that ask much, to some VPNs and to data centres: "
                f"try another network, or tomorrow. {GO_ON}",
            )
        case code if code >= 400:  # noqa: PLR2004 -- faults of the request
            raise EngineError(
                f"Google does not understand the request {status}",
                remedy="Its service may have changed: choose another voice, or update gTTS: pip "
                "install --upgrade gtts",
            )
        case code if code >= 300:  # noqa: PLR2004 -- other places, where the text is not sent to
            target = urlsplit(response.headers.get("Location", ""))
            if "/sorry" in target.path:
                raise robot()
            place = target.hostname or "another page"
            message = f"Google leads on to {place}, and the text was not sent there"
            raise EngineError(message, remedy=BROWSE)


def fault_of(error: RequestException, request: PreparedRequest) -> EngineError:
    """Return what a request that got no answer failed by, in words for a person."""
    message, remedy = network_fault(error, host_of(request.url or ""))
    if remedy:
        return EngineError(message, remedy=remedy)
    return PassingError(
        message,
        tries=_TRIES_OFFLINE if is_offline(error) else None,
        remedy=f"Check the connection, and run the same command again. {GO_ON}. Other voices need "
        "no network, such as ‹voice:joe›",
    )


def _wait_of(response: Response) -> float:
    """Return the seconds that a Retry-After asks for, as a number or a date; 0 without one."""
    from urllib3.exceptions import InvalidHeader
    from urllib3.util import Retry

    try:
        return float(Retry().parse_retry_after(response.headers.get("Retry-After", "0")))
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0
