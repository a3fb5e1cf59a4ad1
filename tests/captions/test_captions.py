"""Captions: what is said, when it is said, and never anything else."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import webvtt
from stems import onsets_of, rests_of

if TYPE_CHECKING:
    import pysubs2
    from conftest import Session

_ENDS_SENTENCE = re.compile(r"[.?!…:][\"”’)]*$")


def read(caption: pysubs2.SSAEvent) -> str:
    """Return the words of a caption on one line."""
    return " ".join(caption.plaintext.split())


def test_each_sentence_appears_within_40_ms_of_its_first_sound(session: Session) -> None:
    heard = onsets_of(session.recording)
    before = ["", *map(read, session.captions)]
    begin_sentences = [
        caption.start / 1000
        for words, caption in zip(before, session.captions, strict=False)
        if not words or _ENDS_SENTENCE.search(words)
    ]

    late = [float(np.abs(heard - start).min()) for start in begin_sentences]

    assert max(late) <= 0.04


def test_nobody_speaks_while_no_caption_is_there(session: Session) -> None:
    starts = np.array([caption.start / 1000 for caption in session.captions])

    for _, goes_on in rests_of(session.recording, longest=1.0):
        assert np.abs(starts - goes_on).min() <= 0.04


def test_the_screen_is_blank_in_silence(session: Session) -> None:
    for begins, ends in rests_of(session.recording, longest=3.0):
        blank = (begins + 1) * 1000, (ends - 0.04) * 1000
        assert not [c for c in session.captions if c.start < blank[1] and c.end > blank[0]]


def test_every_word_that_is_spoken_stands_there_and_no_other(session: Session) -> None:
    shown = " ".join(read(caption) for caption in session.captions).split()

    assert shown == session.spoken


def test_none_begins_before_the_last_one_is_gone(session: Session) -> None:
    for caption, following in pairwise(session.captions):
        assert caption.start < caption.end <= following.start


def test_each_is_short_enough_to_read_and_stands_long_enough(session: Session) -> None:
    for caption in session.captions:
        assert len(read(caption)) <= 84
        assert caption.duration >= 1000


def test_breath_cues_are_captions_of_their_own(session: Session) -> None:
    cues = {
        cue.line.text
        for event in session.plan.timeline.events
        if event.kind == "breathe"
        for cue in event.cues
    }

    assert cues <= {read(caption) for caption in session.captions}


def test_webvtt_says_the_same_at_the_same_times(session: Session) -> None:
    captions = webvtt.read(str(session.words("vtt")))

    # It leaves the marks for <, > and & as they are.
    there = [
        (c.start_in_seconds * 1000 + c.start_time.milliseconds, unescape(c.text)) for c in captions
    ]
    assert there == [(caption.start, caption.plaintext) for caption in session.captions]


def test_lyrics_say_the_same_at_the_same_times(session: Session) -> None:
    lyrics = session.words("lrc").read_text(encoding="utf-8")
    rows = re.findall(r"^\[(\d\d):(\d\d\.\d\d)\](.*)$", lyrics, re.MULTILINE)
    said = [(int(minutes) * 60 + float(rest), words) for minutes, rest, words in rows if words]

    for (at, words), caption in zip(said, session.captions, strict=True):
        assert at == pytest.approx(caption.start / 1000, abs=0.006)
        assert words == read(caption)


def test_lyrics_hold_nothing_that_a_player_could_take_for_words(session: Session) -> None:
    rows = session.words("lrc").read_text(encoding="utf-8").splitlines()

    heads = [row for row in rows if not re.match(r"\[\d\d:\d\d\.\d\d\]", row)]
    assert [head.split(":")[0] for head in heads] == ["[ti", "[ar", "[al", "[length"]
    assert re.fullmatch(r"\[\d\d:\d\d\.\d\d\]", rows[-1]), "the last words would stay for good"


def test_plain_text_has_every_word_in_its_chapter(session: Session) -> None:
    text = session.words("txt").read_text(encoding="utf-8")
    titles = [chapter.title for chapter in session.plan.timeline.chapters]

    assert [text.index(f"\n{title}  (") for title in titles] == sorted(
        text.index(f"\n{title}  (") for title in titles
    )
    paragraphs = [re.sub(r"^“|”$", "", paragraph) for paragraph in text.split("\n\n")[1:]]
    rest = [p.strip() for p in paragraphs if not re.search(r"\(\d+:\d\d\)$|^\[", p.strip())]
    assert " ".join(rest).split() == session.spoken


@pytest.mark.needs("mpv")
@pytest.mark.parametrize("kind", ["srt", "vtt", "lrc"])
def test_mpv_shows_each_of_them(session: Session, kind: str) -> None:
    middles = [(caption.start + 400) / 1000 for caption in session.captions][:12]
    mpv = shutil.which("mpv")
    assert mpv

    done = subprocess.run(
        [
            *(mpv, "--no-config", "--vo=null", "--ao=null", "--pause", "--sub-auto=no", "--vid=no"),
            f"--script={Path(__file__).with_name('shown_by_mpv.lua')}",
            f"--script-opts=times={'/'.join(map(str, middles))}",
            f"--sub-file={session.words(kind)}",
            str(session.recording),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    shown = re.findall(r"<(.*?)>", done.stdout, re.DOTALL)
    assert [" ".join(words.split()) for words in shown] == [*map(read, session.captions)][:12]
