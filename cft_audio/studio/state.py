"""What all pages of a studio share."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.studio.activity import Activity
from cft_audio.studio.events import Events

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.files.folders import Folders
    from cft_audio.studio.entrance import Entrance
    from cft_audio.studio.instance import RunPassword


@dataclass(frozen=True)
class Studio:
    """One studio, from its start to its end.

    Attributes:
        folders: Where everything is found and kept.
        port: Where it listens.
        entrance: Who may come in.
        password: What a second start says to be given a code.
        invitation: The sentence for whoever may not come in: how to.
        report: Is told of a fault in the program itself.
        is_busy: Whether something is being made: then it does not end by itself.
        events: What happens, told to open pages.
        activity: Whether somebody is there.
        ending: Set to end it, by any thread.
    """

    folders: Folders
    port: int
    entrance: Entrance
    password: RunPassword
    invitation: str
    report: Callable[[Exception], object]
    is_busy: Callable[[], bool] = lambda: False
    events: Events = field(default_factory=Events)
    activity: Activity = field(default_factory=Activity)
    ending: threading.Event = field(default_factory=threading.Event)
