"""Opening the workroom: everything that the pages work with, put together."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from cft_audio.application.jobs import Queue
from cft_audio.application.settings import load_settings
from cft_audio.files.private import make_private
from cft_audio.people.clients.records import FOLDER, Records
from cft_audio.people.clients.unlocking import Unlocking
from cft_audio.running.hands import Hand
from cft_audio.studio.events import Events
from cft_audio.studio.workroom import Workroom

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.application.jobs import Job
    from cft_audio.files.folders import Folders
    from cft_audio.running.making import Making
_MAKERS = {
    "recording": "page_jobs",
    "batch": "page_rosters",
    "voice": "page_voices",
    "own-voice": "page_voices",
}
"""The module that makes a job, by its kind; it is imported with the first one."""


def open_workroom(folders: Folders, output: Path) -> Workroom:
    """Return a workroom, whose queue works from now on.

    Args:
        folders: Where everything is found and kept; its keys are the studio's own from now on.
        output: The folder that recordings go to.

    Raises:
        OSError: If the disk does not allow it.
    """
    keys = Unlocking(folders.data, os.environ)
    places = replace(folders, keys=keys)
    passing = folders.data / FOLDER / "passing"
    shutil.rmtree(passing, ignore_errors=True)  # of a studio that was ended in the middle
    make_private(passing)
    events = Events()

    def making(job: Job) -> Making:
        module = import_module(f"cft_audio.studio.{_MAKERS[job.kind]}")
        made: Making = module.making_of(job, load_settings(places, os.environ), places, output)
        return made

    queue = Queue(Records(places, "jobs"), making, lambda job: events.tell("job", {"id": job}))
    queue.start()
    drafts = Records(places, "drafts")
    # A voice's model uses two threads well; estimates need one.
    planner, speaker = Hand(threads=1), Hand(threads=2)
    return Workroom(places, keys, output, passing, drafts, queue, planner, speaker, events)
