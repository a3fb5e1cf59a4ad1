"""Which workers of a cluster may be given tasks: those that would make what is made here."""

from __future__ import annotations

import logging
import sys
import time
from contextlib import suppress
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from typing import TYPE_CHECKING, Any, TypeAlias

from cft_audio.errors import ClusterError, RequestError
from cft_audio.running.cluster_address import check_way

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Describe: TypeAlias = Callable[[], Mapping[str, str]]
    """A function of a module, or a ``partial`` of one, that says what matters of a machine."""

_PACKAGES = ("cft-audio", "distributed")
"""What has to be the same for tasks and outcomes to be understood; and Python."""

_PATIENCE_S = 60.0
"""Seconds without any worker after which it is given up."""

_LOOK_S = 1.0
"""Seconds between two looks at who is there."""

_ANSWER_S = 30.0
"""Seconds in which the scheduler has to answer, and a worker to say what it is: it may have to load
the program first."""

_PARTING_S = 0.4
"""Seconds in which workers do a last thing."""

_WINDOW = 4
"""Tasks that a worker has at once: one that it does, some that travel, and outcomes that wait to be
fetched, which are lost with it."""

_WINDOW_A_THREAD = 2
"""The same of each thread of a worker that has several."""

_REMEDY = "Install there what is installed here, and start it anew"

_LOG = logging.getLogger(__name__)


def describe_with(describe: Describe) -> dict[str, str]:
    """Return what matters of this machine by name; what is asked of each worker.

    Args:
        describe: Says what matters besides.
    """
    python = ".".join(map(str, sys.version_info[:2]))
    return {"Python": python, **{name: _version(name) for name in _PACKAGES}, **describe()}


def _version(package: str) -> str:
    try:
        return installed(package)
    except PackageNotFoundError:
        return "none"


def find_differences(here: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    """Return what differs on another machine, in a few words each."""
    names = dict.fromkeys([*here, *there])
    pairs = ((name, here.get(name, "none"), there.get(name, "none")) for name in names)
    return [f"{name} {other} (here {own})" for name, own, other in pairs if own != other]


class Workers:
    """The workers that are there, looked at again and again while tasks are done.

    Args:
        client: Is connected to the scheduler.
        describe: Says what has to be the same everywhere; it is run on each worker.
        insecure: Whether what goes to them may go in clear.
    """

    def __init__(self, client: Any, describe: Describe, *, insecure: bool) -> None:
        self._client = client
        self._describe = describe
        self._insecure = insecure
        self._here = describe_with(describe)
        self._threads: dict[str, int] = {}
        self._refused: dict[str, str] = {}
        self._looked = self._seen = time.monotonic()

    @property
    def fit(self) -> frozenset[str]:
        """The addresses of those that may be given tasks."""
        return frozenset(self._threads)

    @property
    def window(self) -> int:
        """How many tasks they should have together at one time."""
        return sum(max(_WINDOW, _WINDOW_A_THREAD * count) for count in self._threads.values())

    def check(self) -> None:
        """Look at the scheduler and at every worker, before the first task; wait for a worker.

        Raises:
            ClusterError: If one of them differs, or no worker comes.
            RequestError: If what goes to one could be read on the way.
        """
        self._check_scheduler()
        for address in self._there():
            check_way(address, insecure=self._insecure)
        while not self._look() and not self._threads:
            time.sleep(0.2)
        if self._refused:
            named = "; ".join(f"{address}: {why}" for address, why in self._refused.items())
            raise ClusterError(f"workers differ from this machine. {named}", remedy=_REMEDY)

    def look(self) -> None:
        """Look who came and who went, if that is due.

        One that came and differs is given nothing, and a warning says why.

        Raises:
            ClusterError: If there has been no worker for too long, or the scheduler went away.
        """
        if time.monotonic() > self._looked + _LOOK_S:
            for address in self._look():
                _LOG.warning("the worker %s is not used: %s", address, self._refused[address])

    def leave(self, last: Callable[[], object]) -> None:
        """Let each worker do a last thing, if it does so at once: nobody is held up by it."""
        with suppress(Exception):
            if self._client.status == "running" and self._threads:
                self._client.run(
                    last, workers=[*self._threads], on_error="ignore", callback_timeout=_PARTING_S
                )

    def _look(self) -> list[str]:
        """Look who came and who went, and return those that came and are not used."""
        there = self._there()
        self._looked = time.monotonic()
        for known in (self._threads, self._refused):
            for lost in known.keys() - there:
                del known[lost]
        came = [name for name in there if name not in {*self._threads, *self._refused}]
        faults = self._find_faults(came) if came else {}
        self._threads.update({name: there[name] for name, fault in faults.items() if not fault})
        refused = {name: fault for name, fault in faults.items() if fault}
        self._refused.update(refused)
        if self._threads:
            self._seen = self._looked
        elif self._looked > self._seen + _PATIENCE_S:
            raise ClusterError(
                f"the cluster has had no worker for {_PATIENCE_S:.0f} seconds",
                remedy="Start one with 'dask worker', and run this again: what is made is kept",
            )
        return list(refused)

    def _there(self) -> dict[str, int]:
        """Return the threads of each worker that there is."""
        if self._client.status != "running":
            raise lost_scheduler()
        try:
            there: dict[str, int] = self._client.nthreads(callback_timeout=_ANSWER_S)
        except OSError as error:
            raise lost_scheduler() from error
        return there

    def _find_faults(self, addresses: list[str]) -> dict[str, str]:
        """Return why each of some workers cannot be used; nothing for those that can.

        Those that went away again meanwhile are left out.
        """
        ways = {address: _way_fault(address, insecure=self._insecure) for address in addresses}
        asked = [address for address, fault in ways.items() if not fault]
        try:
            answers = self._client.run(
                describe_with,
                self._describe,
                workers=asked,
                on_error="return",
                callback_timeout=_ANSWER_S,
            )
        except TimeoutError:
            return ways | dict.fromkeys(asked, "it does not answer")
        except OSError as error:
            raise lost_scheduler() from error
        answered = {a: answer for a, answer in answers.items() if not isinstance(answer, OSError)}
        return {address: fault for address, fault in ways.items() if fault} | {
            address: _fault_in(answer, self._here) for address, answer in answered.items()
        }

    def _check_scheduler(self) -> None:
        """Raise ClusterError if the scheduler cannot take tasks apart, as it has to."""
        needed = describe_with(dict)
        try:
            answer = self._client.run_on_scheduler(describe_with, dict, callback_timeout=_ANSWER_S)
        except OSError as error:
            raise lost_scheduler() from error
        except Exception as error:  # noqa: BLE001 -- whatever it raised there
            answer = error
        if fault := _fault_in(answer, needed):
            raise ClusterError(f"the scheduler differs from this machine: {fault}", remedy=_REMEDY)


def lost_scheduler() -> ClusterError:
    """Return the error for a scheduler that is not there any more."""
    return ClusterError(
        "the cluster's scheduler cannot be reached any more",
        remedy="See whether it runs, and run this again: what is made is kept",
    )


def _way_fault(address: str, *, insecure: bool) -> str:
    try:
        check_way(address, insecure=insecure)
    except RequestError as error:
        return error.message
    return ""


def _fault_in(answer: Any, here: Mapping[str, str]) -> str:
    """Return what an answer shows that differs from what is ``here``."""
    if isinstance(answer, ImportError | AttributeError):
        return f"cft-audio {here['cft-audio']} is not installed there"
    if isinstance(answer, Exception):
        return f"it could not say what is installed there ({type(answer).__name__})"
    return ", ".join(find_differences(here, answer))
