"""Sentences too long for a screen, and words that are said otherwise than they are read."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.captions.caption import Caption, captions_of
from cft_audio.captions.cutting import LONGEST
from cft_audio.captions.files import as_lrc, as_srt, as_vtt
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import samples
from cft_audio.speech.takes.clips import ClipLayout, SpokenSentence
from cft_audio.timeline.events import Chapter, SayEvent, Timeline

RATE = 44_100


def captions_of_line(text: str, *sentences: SpokenSentence) -> tuple[Caption, ...]:
    """Return the captions of a session in which one line is said, sentence by sentence."""
    line = Line((Span(text),))
    layout = ClipLayout(sentences[-1].stop, sentences)
    event = SayEvent(0, layout.length, 0, line)
    timeline = Timeline(layout.length + samples(5), (Chapter("One", 0),), (event,), ())
    return captions_of(timeline, {line: layout}, lambda of, first, last: of.text[first:last])


def said(text: str, start: float, stop: float, *phrases: float) -> SpokenSentence:
    return SpokenSentence(text, samples(start), samples(stop), tuple(map(samples, phrases)))


def test_a_long_sentence_is_cut_where_the_voice_rests() -> None:
    first = "Let the shoulders be as heavy as they want to be today,"
    second = "and let the hands lie open, like two leaves on still water."
    text = f"{first} {second}"

    captions = captions_of_line(text, said(text, 0, 9, 4.2))

    assert [caption.text for caption in captions] == [first, second]
    assert captions[1].start == samples(4.2)


def test_a_long_sentence_without_a_rest_is_cut_between_words_about_when_they_are_said() -> None:
    text = " ".join(["slowly"] * 20)

    captions = captions_of_line(text, said(text, 0, 10))

    assert " ".join(caption.text for caption in captions) == text
    assert [caption.start / RATE for caption in captions] == pytest.approx([0, 5], abs=0.5)


@pytest.mark.parametrize("letters", [85, 118, 400])
def test_a_word_longer_than_a_screen_is_cut_as_well(letters: int) -> None:
    text = f"Say {'o' * letters}m."

    captions = captions_of_line(text, said(text, 0, 20))

    assert max(len(caption.text) for caption in captions) <= LONGEST
    assert "".join(caption.text for caption in captions).replace(" ", "") == text.replace(" ", "")


def test_sentences_said_in_other_words_begin_where_they_are_read() -> None:
    text = "Dr. Lee sat 6 minutes. It cost £3.50. “Why?” she asked."
    spoken = [
        said("Doctor Lee sat six minutes.", 0, 3),
        said("It cost three pounds fifty.", 4, 7),
        said("Why?", 8, 9.2),
        said("she asked.", 10, 12),
    ]

    captions = captions_of_line(text, *spoken)

    assert [caption.text for caption in captions] == [
        "Dr. Lee sat 6 minutes.",
        "It cost £3.50.",
        "“Why?”",
        "she asked.",
    ]


def test_sentences_of_a_word_are_shown_together_where_each_would_be_gone_too_soon() -> None:
    text = "No. No. Rest now, for a while."
    spoken = [said("No.", 0, 0.3), said("No.", 0.6, 0.9), said("Rest now, for a while.", 1.3, 3)]

    captions = captions_of_line(text, *spoken)

    assert [caption.text for caption in captions] == ["No. No.", "Rest now, for a while."]
    assert min(caption.stop - caption.start for caption in captions) >= samples(1)


_TEXTS = st.lists(st.text("aé'1 ,.?—“”<&", min_size=1, max_size=200), min_size=1, max_size=4)


@given(texts=_TEXTS)
def test_whatever_is_said_each_word_is_shown_once_in_order_and_never_too_much(
    texts: list[str],
) -> None:
    text = " ".join(" ".join(texts).split())
    if not text:
        return
    spoken = [said(part, at * 10, at * 10 + 8) for at, part in enumerate(texts)]

    captions = captions_of_line(text, *spoken)

    assert "".join(caption.text for caption in captions).replace(" ", "") == text.replace(" ", "")
    assert all(len(caption.text) <= LONGEST for caption in captions)
    assert all(one.stop <= other.start for one, other in pairwise(captions))


def test_a_title_cannot_be_taken_for_a_header_of_lyrics() -> None:
    lyrics = as_lrc([Caption("Hello.", 0, RATE)], "One]\n[offset:900]", "", "", RATE * 3)

    assert lyrics.splitlines() == [
        "[ti:One) [offset:900)]",
        "[length:00:03]",
        "[00:00.00]Hello.",
        "[00:01.00]",
    ]


def test_an_hour_and_more_is_written_as_each_format_has_it() -> None:
    late = [Caption("Nearly there.", 3725 * RATE, 3727 * RATE)]

    assert "01:02:05,000 --> 01:02:07,000" in as_srt(late)
    assert "01:02:05.000 --> 01:02:07.000" in as_vtt(late, "en")
    assert "[62:05.00]Nearly there." in as_lrc(late, "", "", "", 3800 * RATE)


def test_marks_of_webvtt_are_shown_and_not_obeyed() -> None:
    captions = as_vtt([Caption("<b>Me</b> & you --> us", 0, RATE)], "en")

    assert "&lt;b&gt;Me&lt;/b&gt; &amp; you --&gt; us" in captions
