"""Making: a process that makes one thing, tells how far it is, and ends with whoever wants it."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from subprocess import PIPE, TimeoutExpired
from typing import TYPE_CHECKING, Any, NoReturn

from cft_audio.errors import CftAudioError
from cft_audio.files.processes import start_program
from cft_audio.running.tasks import error_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SERVE = (
    "import sys; sys.path[:] = sys.argv[1:]; from cft_audio.running.making import serve; serve()"
)

_PARTING_S = 5.0
"""Seconds in which a process that is stopped clears away what is half made."""


class StoppedError(Exception):
    """It was stopped before it was made."""


@dataclass(frozen=True)
class Stage:
    """How far it is: the stage, how much of that is done, 0 to 1, and what is there so far."""

    name: str
    fraction: float
    so_far: Any = None


@dataclass(frozen=True)
class Done:
    """It is made: what the function returned."""

    value: Any


class Making:
    """One process that makes one thing.

    Args:
        function: A function of a module that is called with a ``Progress``, which takes as well
            what is there so far, and the arguments.
        *arguments: What can be pickled, as what it returns.
    """

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self._given = pickle.dumps((function, arguments))
        self._process: Any = None
        self._is_stopped = False
        self._turn = threading.Lock()

    def run(self) -> Iterator[Stage | Done]:
        """Yield how far it is, and at last what was made.

        Raises:
            StoppedError: If it was stopped.
            CftAudioError: What the function raised, or that the process ended by itself.
        """
        with self._turn:
            if self._is_stopped:
                raise StoppedError
            command = [sys.executable, "-P", "-c", _SERVE, *map(str, sys.path)]
            self._process = start_program(command, apart=True, stdin=PIPE, stdout=PIPE)
        try:
            self._process.stdin.write(self._given)
            self._process.stdin.flush()
            while True:
                told = pickle.load(self._process.stdout)  # noqa: S301 -- our own process
                if isinstance(told, CftAudioError):
                    raise told
                yield told
                if isinstance(told, Done):
                    return
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            if self._is_stopped:
                raise StoppedError from error
            message = "the program that makes it ended before it was done"
            raise CftAudioError(message, remedy="Make it again; what was spoken is kept") from error
        finally:
            self._end()
            self._process.stdout.close()

    def stop(self) -> None:
        """Stop it; what is half made is cleared away, and the one who runs it learns of it."""
        with self._turn:
            self._is_stopped = True
            if self._process:
                self._end()

    def _end(self) -> None:
        with suppress(OSError):
            self._process.stdin.close()  # it is told so, and clears away
        try:
            self._process.wait(_PARTING_S)
        except TimeoutExpired:
            self._process.kill()
            self._process.wait()


def serve() -> NoReturn:
    """Make what is asked for, and tell of it; what the process runs.

    It stops when nobody listens any more: standard input is open as long as somebody does.
    """
    calls, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever prints must not be taken for an answer
    signal.signal(signal.SIGTERM, _interrupt)
    function, arguments = pickle.load(calls)  # noqa: S301 -- from whoever started us
    threading.Thread(target=_stop_with, args=(calls,), daemon=True).start()

    def tell(told: object) -> None:
        answers.write(pickle.dumps(told))
        answers.flush()

    try:
        value = function(lambda *told: tell(Stage(*told)), *arguments)
        let_finish()
        tell(Done(value))
    except Exception as fault:  # noqa: BLE001 -- whatever goes wrong is told to a person
        with suppress(OSError):
            tell(error_of(fault))
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)


def let_finish() -> None:
    """Ignore it from now on when this process is told to stop.

    A function that ``Making`` was given calls it once the main thing is made. What is left to do
    then has ``_PARTING_S`` seconds after a stop.
    """
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_IGN)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _stop_with(calls: Any) -> None:
    """Stop the process when whoever started it has gone, or wants it no more."""
    with suppress(OSError):
        calls.read()
    if sys.platform == "win32":
        import _thread

        _thread.interrupt_main()
    else:
        os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(_PARTING_S)
    os._exit(130)
