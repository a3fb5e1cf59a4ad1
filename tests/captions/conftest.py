"""Sessions with their words beside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pysubs2
import pytest
from program_runs import SHORT
from stems import VOICE_ALONE

import cft_audio

if TYPE_CHECKING:
    from pathlib import Path

LETTER = """Dear Sam,

It was never the 2nd of May, 2024, that did it — nor the £3.50, nor Dr. O'Neill's "I told you so"
at 9.30 a.m. — and I want you to know, now that the house is quiet and the children are asleep and
nobody is waiting for anything from either of us, that I saw how hard you tried and how long you
held on when holding on was all there was to do.

No. Yes! Go on. "Why?" you asked. (I don't know.)

With love <3 & more, Alex
"""
"""Sentences of every length, and much that is said otherwise than it is written."""

ESPEAK = "espeak-gb"
SHORT_NAME = "a script of one's own"
SESSIONS: dict[str, dict[str, Any]] = {
    SHORT_NAME: {"practice": "short.md", "minutes": 1, "name": "Sam"},
    "breathing": {
        "practice": "soothing-rhythm-breathing",
        "minutes": 3,
        "name": "Dr. Ana-Lucía O'Neill",
        "pace": "fours",
    },
    "a hard moment": {
        "practice": "soothing-rhythm-breathing-acute",
        "minutes": 2,
        "name": "Sam",
        "for_": ["anxiety"],
    },
    "a figure": {
        "practice": "compassionate-imagery",
        "minutes": 3,
        "name": "Sam",
        "figure": "my aunt Rosa",
        "figure_pronouns": "she/her",
    },
    "a minute a day": {
        "practice": "compassionate-mind-training-daily",
        "minutes": 2,
        "name": "Sam",
        "with_": {"when": "evening"},
    },
    "a brave step": {
        "practice": "compassionate-exposure",
        "minutes": 3,
        "name": "Sam",
        "with_": {"step": "phone the clinic at 9.30"},
    },
    "for sleep": {
        "practice": "loving-kindness",
        "minutes": 3,
        "name": "Sam",
        "for_": ["sleep"],
        "voice": ESPEAK,
    },
    "a kinder self": {
        "practice": "compassionate-mind-training",
        "minutes": 3,
        "name": "Sam",
        "for_": ["self-criticism"],
    },
    "for one who knows it": {
        "practice": "compassionate-attention",
        "minutes": 3,
        "name": "Sam",
        "returning": True,
        "voice": ESPEAK,
    },
    "bells alone": {
        "practice": "compassionate-imagery-safe-place",
        "minutes": 3,
        "name": "Sam",
        "self_led": True,
    },
    "a letter": {
        "practice": "compassionate-letter-reading",
        "minutes": 3,
        "name": "Sam",
        "letter": "letter.txt",
    },
}
"""Ten sessions of the program's own practices, and one of a minute, which is soon made. Another
voice than the usual one says some: captions are to be in step with any."""


def _marks(name: str) -> list[pytest.MarkDecorator]:
    slow = [pytest.mark.slow] * (name != SHORT_NAME)
    return slow + [pytest.mark.needs("espeak-ng")] * (SESSIONS[name].get("voice") == ESPEAK)


@dataclass(frozen=True)
class Session:
    """A recording of a voice alone, with its words beside it, and the plan it was made from."""

    recording: Path
    plan: cft_audio.Plan

    @cached_property
    def captions(self) -> pysubs2.SSAFile:
        """Its captions, as an independent program reads them."""
        return pysubs2.load(str(self.words("srt")))

    @property
    def spoken(self) -> list[str]:
        """Every word of its script, breath cues and all."""
        return " ".join(placed.line.text for placed in self.plan.timeline.speech).split()

    def words(self, kind: str) -> Path:
        """Return the file of its words in a format."""
        return self.recording.with_suffix(f".{kind}")


@pytest.fixture(
    scope="session",
    params=[pytest.param(name, marks=_marks(name)) for name in SESSIONS],
)
def session(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, warm_home: Path
) -> Session:
    """Each of the sessions, built once for all its tests."""
    folder = tmp_path_factory.mktemp("session")
    (folder / "short.md").write_text(SHORT, encoding="utf-8")
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("HOME", str(warm_home))
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            patch.delenv(name, raising=False)
        wanted = cft_audio.request(
            **SESSIONS[request.param], **VOICE_ALONE, with_text=["lrc", "srt", "vtt", "txt"]
        )
        made = cft_audio.build(wanted, "session.flac")
        return Session(folder / made.file, cft_audio.plan(wanted))
