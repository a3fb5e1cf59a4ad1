"""Captions as files that players read: LRC, SubRip (SRT) and WebVTT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cft_audio.signal.audio import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.captions.caption import Caption

_BLANK = SAMPLE_RATE
"""Silences from a second on leave the screen empty."""


def changes_of(captions: Sequence[Caption]) -> Iterator[tuple[str, int]]:
    """Yield what is to be seen from each sample on: a text, or nothing in silence."""
    for caption, following in zip(captions, [*captions[1:], None], strict=True):
        yield caption.text, caption.start
        if following is None or following.start - caption.stop >= _BLANK:
            yield "", caption.stop


def as_lrc(captions: Sequence[Caption], title: str, artist: str, album: str, length: int) -> str:
    """Return captions as LRC, for players of music.

    Two digits of a fraction and no offset: players disagree on anything else.

    Args:
        captions: The captions.
        title: The recording's title.
        artist: Who it is by.
        album: What it belongs to.
        length: Samples of the recording.
    """
    named = {"ti": title, "ar": artist, "al": album, "length": _lrc_clock(length).split(".")[0]}
    head = [f"[{key}:{_on_one_line(text)}]" for key, text in named.items() if text]
    lines = [f"[{_lrc_clock(at)}]{text}" for text, at in changes_of(captions)]
    return "".join(f"{line}\n" for line in (*head, *lines))


def as_text(captions: Sequence[Caption]) -> str:
    """Return the words alone: a line for each paragraph, and none for breath cues."""
    lines: list[str] = []
    for caption in captions:
        if caption.is_cue:
            continue
        if caption.begins_line or not lines:
            lines.append(caption.text)
        else:
            lines[-1] += f" {caption.text}"
    return "\n".join(lines)


def as_srt(captions: Sequence[Caption]) -> str:
    """Return captions as SubRip, for players of film."""
    blocks = [
        f"{number}\n{_clock(c.start, ',')} --> {_clock(c.stop, ',')}\n{_in_two_lines(c.text)}\n"
        for number, c in enumerate(captions, start=1)
    ]
    return "\n".join(blocks)


def as_vtt(captions: Sequence[Caption], language: str) -> str:
    """Return captions as WebVTT, for web pages and podcasts.

    Args:
        captions: The captions.
        language: An IETF language tag.
    """
    blocks = [
        f"{_clock(c.start, '.')} --> {_clock(c.stop, '.')}\n{_escaped(_in_two_lines(c.text))}\n"
        for c in captions
    ]
    return "\n".join([f"WEBVTT\nKind: captions\nLanguage: {language}\n", *blocks])


def _in_two_lines(text: str) -> str:
    """Return ``text`` broken at the blank nearest to its middle, if it is longer than a line."""
    blanks = [at for at, letter in enumerate(text) if letter == " "]
    if len(text) <= _LINE or not blanks:
        return text
    at = min(blanks, key=lambda place: abs(place - len(text) / 2))
    return f"{text[:at]}\n{text[at + 1 :]}"


_LINE = 42
"""Characters of a line on a screen: half of ``cutting.LONGEST``."""


def _escaped(text: str) -> str:
    """Return ``text`` without what WebVTT takes for marks (W3C WebVTT, 4.2.2)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _on_one_line(text: str) -> str:
    return " ".join(text.split()).replace("]", ")")


def _clock(count: int, point: str) -> str:
    ms = round(count * 1000 / SAMPLE_RATE)
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{ms:03}"


def _lrc_clock(count: int) -> str:
    hundredths = round(count * 100 / SAMPLE_RATE)
    seconds, hundredths = divmod(hundredths, 100)
    return f"{seconds // 60:02}:{seconds % 60:02}.{hundredths:02}"
