"""What programs see of the captions beside a recording."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pysubs2
import webvtt

from cft_audio.signal.audio import seconds
from player_readers.programs import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cft_audio.captions.caption import Caption

KINDS = ("lrc", "vtt", "srt")
"""The files of words that have times."""

NEAR_S = 0.011
"""How far from its time a caption may be seen: LRC has hundredths of a second."""

_LUA = Path(__file__).with_name("captions.lua")


def readings(file: Path, captions: Sequence[Caption]) -> Mapping[str, Mapping[str, str]]:
    """Return what each program sees of each kind of captions, by its name, in a word or two.

    Args:
        file: The recording; its captions are beside it.
        captions: What there is to see.
    """
    there = [(caption.text, seconds(caption.start)) for caption in captions]
    beside = {kind: file.with_suffix(f".{kind}") for kind in KINDS}
    begun = [seconds(caption.start) + NEAR_S / 2 for caption in captions]
    found = {
        "mpv": {kind: list(_shown_by_mpv(file, beside[kind], begun)) for kind in KINDS},
        "pysubs2": {kind: list(_by_pysubs2(beside[kind])) for kind in ("vtt", "srt")},
        "webvtt-py": {kind: list(_by_webvtt(beside[kind])) for kind in ("vtt", "srt")},
    }
    return {
        program: {kind: _compare(lines, there) for kind, lines in kinds.items()}
        for program, kinds in found.items()
    }


def _compare(seen: list[tuple[str, float]], there: list[tuple[str, float]]) -> str:
    """Return how many captions are seen where they are, and as they are."""
    right = sum(
        text.split() == wanted.split() and abs(at - wanted_s) <= NEAR_S
        for (text, at), (wanted, wanted_s) in zip(seen, there, strict=False)
    )
    if right == len(there) == len(seen):
        return "all"
    return f"{right} of {len(there)}, and {len(seen)} seen"


def _by_pysubs2(file: Path) -> Iterator[tuple[str, float]]:
    for event in pysubs2.load(str(file)):
        yield event.plaintext, event.start / 1000


def _by_webvtt(file: Path) -> Iterator[tuple[str, float]]:
    read = webvtt.from_srt if file.suffix == ".srt" else webvtt.read
    for caption in read(str(file)):
        yield caption.text, caption.start_in_seconds + caption.start_time.milliseconds / 1000


def _shown_by_mpv(
    recording: Path, captions: Path, moments: list[float]
) -> Iterator[tuple[str, float]]:
    """Yield what mpv shows at some seconds of a recording, and since when.

    Of captions that have no end, as those of an LRC file, it does not tell since when they are
    seen, nor does it show them while it stands still: so it plays slowly, and what counts is that
    they are seen at that moment.
    """
    nothing = ("--no-config", "--vo=null", "--ao=null", "--really-quiet", "--speed=0.01")
    times = ";".join(f"{moment:.3f}" for moment in moments)
    own = (f"--script={_LUA}", f"--script-opts=captions-times={times}")
    said = run("mpv", *nothing, *own, "--no-audio-display", f"--sub-file={captions}", recording)
    yield from ((text, float(start)) for text, start in json.loads(said.splitlines()[-1]))
