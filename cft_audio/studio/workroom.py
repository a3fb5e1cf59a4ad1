"""The workroom: what all pages work with while the studio is open."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.application.jobs import Queue
    from cft_audio.application.settings import Settings
    from cft_audio.files.folders import Folders
    from cft_audio.people.clients.records import Records
    from cft_audio.people.clients.unlocking import Unlocking
    from cft_audio.running.hands import Hand
    from cft_audio.studio.events import Events


@dataclass(frozen=True)
class Workroom:
    """What all pages work with.

    Attributes:
        folders: Where everything is found and kept.
        keys: Opens what is kept of clients, once it was unlocked from a page.
        output: The folder that recordings go to.
        passing: A private folder for what is only listened to; it ends with the studio.
        drafts: The drafts.
        queue: What is being made.
        planner: Plans by estimates.
        speaker: Speaks, and mixes what is only listened to.
        events: What happens, told to open pages.
    """

    folders: Folders
    keys: Unlocking = field(repr=False)
    output: Path
    passing: Path
    drafts: Records
    queue: Queue
    planner: Hand
    speaker: Hand
    events: Events

    @property
    def settings(self) -> Settings:
        """What the person's configuration file and the environment say just now.

        Raises:
            ConfigError: If the file is wrong.
        """
        from cft_audio.application.settings import load_settings

        return load_settings(self.folders, os.environ)

    @property
    def is_busy(self) -> bool:
        """Whether something is being made."""
        return self.queue.is_busy

    def end(self) -> None:
        """End what works for it, when it is closed."""
        self.queue.end()
        self.planner.end()
        self.speaker.end()
        shutil.rmtree(self.passing, ignore_errors=True)
