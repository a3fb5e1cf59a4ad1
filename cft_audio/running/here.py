"""Tasks done one after the other, in this process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.running.tasks import do

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from cft_audio.running.tasks import Outcome, Task, Work


@dataclass(frozen=True)
class Here:
    """Does tasks in this process.

    Attributes:
        work: What is done with what each task was given.
    """

    work: Work

    def run(self, tasks: Iterable[Task]) -> Generator[Outcome]:
        """Yield what came of each task, in their order."""
        for task in tasks:
            yield do(self.work, task)
