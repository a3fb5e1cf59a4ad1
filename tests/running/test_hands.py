"""A process that works for the pages can be asked ahead of time, for what it loads."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from cft_audio.errors import CftAudioError
from cft_audio.running.hands import Hand

if TYPE_CHECKING:
    from pathlib import Path


def note(file: Path) -> None:
    file.write_text(str(os.getpid()), encoding="ascii")


def fail() -> None:
    raise CftAudioError("there is nothing to load")


def test_what_is_prepared_is_there_when_somebody_asks(tmp_path: Path) -> None:
    hand = Hand(threads=1)
    try:
        hand.prepare(note, tmp_path / "noted")
        until = time.monotonic() + 60
        while not (tmp_path / "noted").exists():
            assert time.monotonic() < until
            time.sleep(0.01)
        assert hand.ask(os.getpid) == int((tmp_path / "noted").read_text(encoding="ascii"))
    finally:
        hand.end()


def test_nobody_learns_that_preparing_failed(recwarn: object) -> None:
    hand = Hand(threads=1)
    try:
        hand.prepare(fail)
        assert hand.ask(os.getpid) != os.getpid()
    finally:
        hand.end()
    assert not recwarn
