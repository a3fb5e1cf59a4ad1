"""Work that makes recordings as the program does, and behaves as the worst of rows might."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from cft_audio.application.batches.work import make_recording
from cft_audio.errors import LostTakeError

if TYPE_CHECKING:
    from cft_audio.application.batches.work import MadeRecording, RecordingToMake

HUGE = 4_000_000_000


def make_or_misbehave(given: RecordingToMake) -> MadeRecording:
    """Make a recording; of a client whose code says so, do what it says."""
    code = given.name.partition("/")[0]
    if code == "DIES":
        os._exit(3)
    if code == "HANGS":
        time.sleep(600)
    if code == "HUGE":
        bytearray(HUGE).strip()
    if code == "FAULT":
        answers = given.prepared.plan.request.session.answers
        raise ValueError(f"about {answers['name']}")
    if code == "LOST":
        raise LostTakeError("a spoken line was removed while it was needed")
    return make_recording(given)
