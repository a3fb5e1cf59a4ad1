"""The queue: what was asked to be made, kept on the disk until it is, and made one at a time."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cft_audio.application.progress import share_done
from cft_audio.errors import CftAudioError, LockedError
from cft_audio.people.clients.records import NoRecordError
from cft_audio.running.making import Making, Stage, StoppedError
from cft_audio.running.tasks import error_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cft_audio.people.clients.records import Records

WAITING, RUNNING, MADE, FAILED, STOPPED = "waiting", "running", "made", "failed", "stopped"
"""The states of a job."""

_LEAST_SHARE = 0.03
"""How much has to be done before the time left can be told."""

_TELL_S = 0.25
"""Seconds between two tellings of progress at least."""

_PARTING_S = 15.0
"""Seconds that whoever stops a job waits for its process to end: three times what one is given."""


@dataclass(frozen=True)
class Job:
    """Something to be made, or that was.

    Attributes:
        kind: What kind of thing it is: ``recording``, ``batch``, ``voice`` or ``own-voice``.
        wanted: What was asked for, as plain values.
        client: The code of the client it is for; empty for nobody of whom things are kept.
        asked_at: When it was asked for, in seconds since 1970.
        state: One of the states.
        made: What came of it, as plain values.
        error: Why it failed, as plain values.
    """

    kind: str
    wanted: Mapping[str, Any] = field(repr=False)
    client: str = ""
    asked_at: float = 0.0
    state: str = WAITING
    made: Mapping[str, Any] = field(default_factory=dict, repr=False)
    error: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in (MADE, FAILED, STOPPED)


@dataclass(frozen=True)
class Standing:
    """How far a job is.

    Attributes:
        stage: What is done just now.
        share: How much of the whole is done, 0 to 1.
        began: When it was begun, by the monotonic clock.
        so_far: What is there so far, as plain values; None where nothing was told of it.
    """

    stage: str
    share: float
    began: float
    so_far: Any = field(default=None, repr=False)

    @property
    def left_s(self) -> float | None:
        """About how many seconds are left; None if that cannot be told yet."""
        passed = time.monotonic() - self.began
        if self.share < _LEAST_SHARE or passed < 1:
            return None
        return passed * (1 - self.share) / self.share


class Queue:
    """Makes what was asked for, the first first, each in a process of its own.

    What was running when the studio ended is made anew: what was spoken is kept, and nothing half
    made is ever at its place.

    Args:
        records: Where jobs are kept.
        making: Gives the process that makes a job.
        tell: Called whenever something changes, with the id of the job.
    """

    def __init__(
        self,
        records: Records,
        making: Callable[[Job], Making],
        tell: Callable[[str], object],
    ) -> None:
        self._records, self._making, self._tell = records, making, tell
        self._turn = threading.Condition()
        self._standing: dict[str, Standing] = {}
        self._current: tuple[str, Making] | None = None
        self._put_off: set[str] = set()
        self._has_ended = False
        self._told_at = 0.0

    def start(self) -> None:
        """Begin to work in a thread of its own."""
        threading.Thread(target=self._work, daemon=True).start()

    def end(self) -> None:
        """Stop; what is being made is made anew the next time."""
        with self._turn:
            self._has_ended = True
            current = self._current
            self._turn.notify_all()
        if current:
            current[1].stop()

    def look_again(self) -> None:
        """Look whether there is something to do: what was locked may have been unlocked."""
        with self._turn:
            self._turn.notify_all()

    @property
    def is_busy(self) -> bool:
        """Whether something is being made."""
        return self._current is not None

    def add(self, kind: str, wanted: Mapping[str, Any], client: str) -> str:
        """Ask for something to be made, and return its id.

        Raises:
            CftAudioError: If it cannot be kept.
        """
        identity = self._records.add(vars(Job(kind, wanted, client, time.time())), client)
        with self._turn:
            self._turn.notify_all()
        self._tell(identity)
        return identity

    def get(self, identity: str) -> Job:
        """Return a job.

        Raises:
            NoRecordError: If there is none by that id.
            LockedError: If it is locked, and cannot be opened.
        """
        return Job(**self._records.read(identity))

    def all(self) -> Iterator[tuple[str, Job]]:
        """Yield every job that can be read, with its id, the latest first."""
        for identity in self._records.by_age():
            with suppress(NoRecordError, CftAudioError):
                yield identity, self.get(identity)

    def standing(self, identity: str) -> Standing | None:
        """Return how far a job is; None if it is not being made."""
        return self._standing.get(identity)

    def stop(self, identity: str) -> None:
        """Stop a job, whether it waits or is being made; one that is made just then is made.

        Raises:
            NoRecordError: If there is none by that id.
        """
        with self._turn:
            job = self.get(identity)
            if not job.is_over:
                self._keep(identity, replace(job, state=STOPPED))
            current = self._current
        if current and current[0] == identity:
            current[1].stop()
            with self._turn:
                self._turn.wait_for(lambda: self._current is not current, _PARTING_S)
        self._tell(identity)

    def forget(self, identity: str) -> None:
        """Remove a job from the queue; what was made stays.

        Raises:
            NoRecordError: If there is none by that id.
        """
        self.stop(identity)
        self._records.remove(identity)

    def _work(self) -> None:
        while taken := self._take():
            identity, job, making = taken
            self._tell(identity)
            result = self._make(identity, job, making)
            with self._turn:
                self._current = None
                self._standing.pop(identity, None)
                self._turn.notify_all()
                self._finish(identity, result)
            self._tell(identity)

    def _take(self) -> tuple[str, Job, Making] | None:
        """Wait for a job that is to be made, and take it; None when the studio ends."""
        with self._turn:
            while not self._has_ended:
                found = self._next()
                if found is None:
                    self._turn.wait()
                    continue
                identity, job = found
                try:
                    making = self._making(job)
                except Exception as fault:  # noqa: BLE001 -- likewise told to a person
                    self._finish(identity, _failed(job, error_of(fault)))
                    self._tell(identity)
                    continue
                self._current = identity, making
                self._standing[identity] = Standing("", 0.0, time.monotonic())
                with suppress(CftAudioError, OSError):  # it can be made though nothing says so
                    self._keep(identity, replace(job, state=RUNNING))
                return identity, job, making
        return None

    def _finish(self, identity: str, result: Job | None) -> None:
        """Keep what became of a job, unless it was forgotten, or stopped before it was made."""
        try:
            kept = self.get(identity)  # whom it is for may have got a code meanwhile
            if result and (result.state == MADE or not kept.is_over):
                self._keep(identity, replace(result, wanted=kept.wanted, client=kept.client))
        except (NoRecordError, LockedError):
            pass
        except (CftAudioError, OSError):
            self._put_off.add(identity)  # until the studio is opened again, with room on the disk

    def _make(self, identity: str, job: Job, making: Making) -> Job | None:
        """Return what became of a job; None if it was stopped."""
        value: Any = None
        try:
            for told in making.run():
                if isinstance(told, Stage):
                    self._note(identity, told)
                else:
                    value = told.value
        except StoppedError:
            return None
        except Exception as fault:  # noqa: BLE001 -- whatever goes wrong is told to a person
            return _failed(job, error_of(fault))
        return replace(job, state=MADE, made=value)

    def _note(self, identity: str, stage: Stage) -> None:
        before = self._standing[identity]
        share = max(before.share, share_done(stage.name, stage.fraction))
        so_far = stage.so_far or before.so_far
        self._standing[identity] = replace(before, stage=stage.name, share=share, so_far=so_far)
        if time.monotonic() - self._told_at > _TELL_S:
            self._told_at = time.monotonic()
            self._tell(identity)

    def _next(self) -> tuple[str, Job] | None:
        """Return the job that was asked for first and is not over; None if there is none."""
        open_ones = [
            (job.asked_at, identity, job)
            for identity, job in self.all()
            if not (job.is_over or identity in self._put_off)
        ]
        return min(open_ones)[1:] if open_ones else None

    def _keep(self, identity: str, job: Job) -> None:
        self._records.change(identity, vars(job), job.client)


def _failed(job: Job, error: CftAudioError) -> Job:
    return replace(job, state=FAILED, error=error.as_object())
