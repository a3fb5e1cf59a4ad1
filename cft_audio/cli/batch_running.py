"""How ``cft-audio batch`` runs: who speaks and who renders, one bar, a line for each row."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from cft_audio.cli.batch_lines import row_line
from cft_audio.cli.face import complain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.application.batches.batch import Batch
    from cft_audio.application.batches.estimates import Estimates
    from cft_audio.application.batches.outcomes import RowOutcome
    from cft_audio.application.batches.run import Runners
    from cft_audio.cli.face import Face


@contextmanager
def open_runners(
    workers: int | None, cluster: str | None, batch: Batch, *, insecure: bool
) -> Iterator[Runners]:
    """Give who speaks and who renders."""
    from cft_audio.application.batches.run import Runners
    from cft_audio.application.batches.this_machine import runners_here, speaking_here

    if cluster is None:
        yield runners_here(len(batch.orders), workers)
        return
    from cft_audio.application.batches.machines import describe_machine
    from cft_audio.application.batches.work import make_recording
    from cft_audio.running.cluster import open_cluster
    from cft_audio.signal.memory import keep_freed_memory

    keep_freed_memory()
    with open_cluster(
        make_recording, cluster, describe=describe_machine, insecure=insecure
    ) as dask:
        yield Runners(speaking_here(), dask, apart=True)


def run_batch(
    face: Face,
    batch: Batch,
    estimates: Estimates,
    runners: Runners,
    *,
    anew: bool,
    log: bool,
) -> list[RowOutcome]:
    """Make every recording, and return what became of each row.

    Args:
        face: Tells of each row as it is done.
        batch: The batch.
        estimates: What is known of its sessions.
        runners: Who speaks and who renders.
        anew: Whether what is there is made all the same.
        log: Whether names are told.
    """
    from cft_audio.application.batches.run import Watch
    from cft_audio.cli.progress import Bar

    with Bar(quiet=face.quiet, first="Speaking") as bar:

        def tell(outcome: RowOutcome) -> None:
            bar.pause()
            face.tell(row_line(outcome, named=log))

        def waiting() -> None:
            face.note("Another batch is making recordings there. This one waits until it is done.")

        try:
            return batch.run(runners, estimates, Watch(tell, bar.update, waiting), anew=anew)
        except KeyboardInterrupt:
            complain("\nWhat is made is kept: run the same command again to go on.")
            raise
