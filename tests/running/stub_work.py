"""Work that behaves as the worst of rows might; each is a function of a module, as work must be."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.application.batches.work import MadeRecording, RecordingToMake

BIG = 4_000_000_000


def count(given: tuple[Path, float, Any]) -> Any:
    """Note that it was begun, in a file of all that were, and give the answer after a while."""
    file, wait_s, answer = given
    note(file, str(answer))
    time.sleep(wait_s)
    return answer


def carry(given: tuple[Path, float, Any, bytes]) -> Any:
    """Do the same with bytes that travel along."""
    file, wait_s, answer, _ = given
    return count((file, wait_s, answer))


def make_noted(given: RecordingToMake) -> MadeRecording:
    """Make a real recording, and note before that it was begun."""
    from cft_audio.application.batches.work import make_recording

    note(Path(os.environ["STUB_NOTES"]), given.name)
    return make_recording(given)


def note(file: Path, text: str) -> None:
    """Add a line to a file that other processes write to as well."""
    with file.open("a", encoding="utf-8") as notes:
        notes.write(f"{text}\n")


def noted(file: Path) -> list[str]:
    """Return the lines that were noted; none where there is no file."""
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def misbehave(given: tuple[str, Path]) -> str:
    """Do as it says, and note when and by which process it was begun."""
    kind, notes = given
    note(notes, f"{kind} {os.getpid()}")
    if kind == "dies":
        os._exit(3)
    if kind == "dies once" and sum(line.startswith(kind) for line in noted(notes)) == 1:
        os._exit(3)
    if kind == "hangs":
        time.sleep(600)
    if kind == "huge":
        return str(len(bytearray(BIG)))
    if kind == "raises":
        raise ValueError("Sam said this")
    if kind == "refuses":
        raise RequestError("that cannot be", remedy="Ask for less", field="minutes")
    if kind == "prints":
        print("what an engine prints")  # noqa: T201 -- on purpose
    return f"{kind} done"


def memory(_: object) -> tuple[int, int]:
    """Return the process and the most memory that it had, in kilobytes."""
    import resource

    size = len(bytearray(50_000_000))
    return os.getpid(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + 0 * size


def describe(voice: str) -> dict[str, str]:
    """Return what a machine has that matters; a variable says that it has something else."""
    return {"voice": os.environ.get("STUB_VOICE", voice)}


def make_until_stopped(progress: Callable[[str, float], None]) -> str:
    """Say that it has begun, and go on until it is stopped."""
    progress("begun", 0.0)
    time.sleep(60)
    return "never"


def make_what_is_there(progress: Callable[[str, float], None]) -> str:
    """Have made the main thing when it says that it has begun, and do the rest."""
    from cft_audio.running.making import let_finish

    let_finish()
    progress("begun", 0.0)
    time.sleep(0.5)
    return "made"
