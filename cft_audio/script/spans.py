"""The words of a paragraph as spans: as few as can be, without blanks that nobody hears."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cft_audio.script.cues import Span


def tidy(spans: list[Span]) -> tuple[Span, ...]:
    """Return ``spans`` with blanks folded, neighbours of a kind joined and the ends stripped."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and _are_alike(last, span):
            joined[-1] = replace(span, text=last.text + span.text)
        elif span.text:
            joined.append(span)
    folded = [_fold_blanks(span) for span in joined]
    heard = [number for number, span in enumerate(folded) if span.text.strip()]
    folded = folded[heard[0] : heard[-1] + 1] if heard else []
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if folded and folded[end].is_plain:
            folded[end] = _with_text(folded[end], strip(folded[end].text))
    return tuple(folded)


def _are_alike(span: Span, following: Span) -> bool:
    """Return whether two neighbours are spoken as one."""
    plain = span.is_plain and following.is_plain and not span.rhetorical
    return plain and span.personal == following.personal


def _fold_blanks(span: Span) -> Span:
    return _with_text(span, re.sub(r"\s+", " ", span.text)) if span.is_plain else span


def _with_text(span: Span, text: str) -> Span:
    # Most have it already, and copying a span is slow.
    return span if span.text == text else replace(span, text=text)
