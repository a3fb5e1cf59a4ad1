"""Google's service, asked with care: encrypted, in good time, slowly, and again where that helps.

One request at a time, paced; what may pass is asked again after a wait that grows; every wait can
be cut short. What was asked and what is answered is none of this module's business.
"""

from __future__ import annotations

import logging
import math
import random
import threading
import time
import weakref
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from cft_audio.errors import EngineError
from cft_audio.speech.engines.google.faults import GO_ON, PassingError, fault_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from requests import PreparedRequest, Response, Session

    Answer = TypeVar("Answer")

_LOG = logging.getLogger(__name__)
_TOLD = 2.0
"""Seconds of waiting from which a person is told why."""


@dataclass(frozen=True)
class Policy:
    """How the service is asked; all times in seconds.

    Attributes:
        interval: Between the beginnings of two requests, at least.
        tries: How often one request is sent at most.
        first_wait: Before the second try, at most; doubled for each further one.
        longest_wait: The longest that is waited because the service asks for it. Where it asks
            for more, the build ends and says so.
        connect: For a connection.
        silence: Without a byte of an answer.
        whole: For the whole answer.
    """

    interval: float = 0.5
    tries: int = 6
    first_wait: float = 2.0
    longest_wait: float = 90.0
    connect: float = 10.0
    silence: float = 15.0
    whole: float = 45.0


POLICY = Policy()
"""Two requests a second at most: others met no limit with half a second to one between requests in
large amounts (thu-coai/LAUG #3). Tries are spread over up to a minute: 2, 4, 8, 16 and 32 s."""


class Service:
    """Sends requests for one caller at a time, and none any more once one has failed for good.

    Args:
        policy: How.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._ended = threading.Event()
        self._failure = EngineError("it was stopped before Google had answered")
        self._waited_for: Future[Response] = Future()
        self._next = 0.0

    def ask(self, request: PreparedRequest, read: Callable[[Response], Answer]) -> Answer:
        """Return what ``read`` makes of the answer to ``request``.

        Args:
            request: What to send.
            read: Returns what is in an answer; raises PassingError if it is worth asking again.

        Raises:
            EngineError: If there is no usable answer, or after ``give_up``.
        """
        tried = 0
        while True:
            try:
                return read(self._response(request))
            except PassingError as fault:
                tried += 1
                self._wait_after(fault, tried)
            except EngineError as error:
                raise self._end(error) from error

    def give_up(self) -> None:
        """Let an ``ask`` under way, and every later one, raise EngineError at once."""
        self._end(self._failure)
        with suppress(InvalidStateError):
            self._waited_for.set_exception(copy(self._failure))

    def _end(self, error: EngineError) -> EngineError:
        """Return ``error``, which every later ``ask`` raises as well."""
        self._failure = error
        self._ended.set()
        return error

    def _wait_after(self, fault: PassingError, tried: int) -> None:
        """Put off the next request, or raise that there will be none."""
        policy = self._policy
        more, remedy = "", fault.remedy
        if fault.wait > policy.longest_wait:
            more = f", and wants to be left alone for {math.ceil(fault.wait / 60)} minutes"
            remedy = f"Run the same command again after that. {GO_ON}"
        elif tried >= min(policy.tries, fault.tries or policy.tries):
            more = f", at each of {tried} tries"
        if more:
            raise self._end(EngineError(f"{fault.message}{more}", remedy=remedy)) from fault
        most = policy.first_wait * 2 ** (tried - 1)
        # Not of a seed: programs that failed together must not come back together. It decides
        # when something is asked, never what.
        wait = max(fault.wait, random.SystemRandom().uniform(most / 2, most))
        if wait > _TOLD:
            _LOG.warning("%s. Asking again in %.0f s.", fault.message, wait)
        self._next = max(self._next, time.monotonic() + wait)

    def _response(self, request: PreparedRequest) -> Response:
        answer: Future[Response] = Future()
        self._waited_for = answer
        if self._ended.wait(max(0.0, self._next - time.monotonic())):
            raise copy(self._failure)
        self._next = time.monotonic() + self._policy.interval
        # A thread of its own, which nobody waits for: what it waits for cannot be interrupted.
        threading.Thread(target=self._send, args=(request, answer), daemon=True).start()
        try:
            return answer.result(self._policy.whole)
        except TimeoutError as error:
            raise PassingError(
                f"Google did not answer in {self._policy.whole:g} seconds"
            ) from error

    def _send(self, request: PreparedRequest, answer: Future[Response]) -> None:
        from requests import RequestException

        timeout = (self._policy.connect, self._policy.silence)
        with suppress(InvalidStateError):  # it was given up meanwhile
            try:
                session = self._session
                # The proxies and certificates that the person's machine is set to; never "verify
                # off". No redirect is followed, which would give the text to another host.
                settings = session.merge_environment_settings(
                    request.url or "", {}, stream=False, verify=None, cert=None
                )
                response = session.send(request, timeout=timeout, allow_redirects=False, **settings)
                answer.set_result(response)
            except RequestException as error:
                answer.set_exception(fault_of(error, request))
            except Exception as error:  # noqa: BLE001 -- it is raised where it is waited for
                answer.set_exception(error)

    @cached_property
    def _session(self) -> Session:
        import requests

        session = requests.Session()
        weakref.finalize(self, session.close)
        return session
