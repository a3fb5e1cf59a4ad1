"""A task given to a worker, and once more if the worker dies of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.errors import CftAudioError
from cft_audio.running.tasks import Outcome
from cft_audio.running.worker import DiedError

if TYPE_CHECKING:
    import threading

    from cft_audio.running.tasks import Task
    from cft_audio.running.worker import Worker

_STARTS = 2
"""A task whose worker dies is begun once more; what kills two workers would kill a third."""


def attempt(worker: Worker, task: Task, stopped: threading.Event) -> Outcome:
    """Return what came of ``task``, which is begun once more if its worker dies.

    Args:
        worker: Does it.
        task: What is to be done.
        stopped: Set before ``worker`` is killed because nobody wants the task any more.
    """
    for start in range(1, _STARTS + 1):
        try:
            return replace(worker.do(task), starts=start)
        except DiedError:
            if stopped.is_set():
                break
    message = "the process that made it ended twice before it was done"
    remedy = "There may be too little memory for it: close other programs, and run it again"
    return Outcome(task.key, error=CftAudioError(message, remedy=remedy), starts=_STARTS)
