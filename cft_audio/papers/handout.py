"""The handout of a recording: what it is, how to practise, when to stop, and whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from cft_audio.papers.pages import fill_page
from cft_audio.pictures.palettes import hex_of, palette_of
from cft_audio.schema.durations import clock
from cft_audio.script.listening import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.languages.pack import Handout, Language
    from cft_audio.script.practice import Practice

_WORKSHEETS = {
    "compassionate-letter": "worksheet-letter",
    "compassionate-exposure": "worksheet-ladder",
}
"""The techniques that have a worksheet, by their names."""

_LAST_HEADING = 6
"""HTML has no headings below it."""

_LEAST_S, _SHORT_S, _LONG_S = 3 * 60.0, 5 * 60.0, 20 * 60.0


@dataclass(frozen=True)
class HandoutSubject:
    """What a handout is about.

    Attributes:
        title: What the recording is called; without the listener's name if that is kept out.
        practice: Its practice.
        length_s: Seconds that it plays; 0 where no recording is meant.
        own: The therapist's own words about it, in Markdown; empty for those of the practice.
    """

    title: str
    practice: Practice
    length_s: float = 0.0
    own: str = ""


def handout_page(subject: HandoutSubject, language: Language) -> str:
    """Return a handout as a page in HTML."""
    practice, about, words = subject.practice, subject.practice.about, language.handout
    advised = [language.safety.therapist_advised] if about.therapist_advised else []
    length = [clock(subject.length_s)] if subject.length_s else []
    technique = practice.technique.replace("-", " ").capitalize()
    return fill_page(
        "handout",
        title=subject.title,
        language=practice.language,
        tint=hex_of(palette_of(practice.technique).dusk),
        words=words,
        safety=language.safety,
        summary="" if UNFINISHED in practice.summary else practice.summary,
        made=", ".join([technique, *length]),
        own=_from_markdown(subject.own),
        guidelines=about.guidelines,
        needs=about.resources and words.needs.format(about.resources),
        brings=about.outcomes and words.brings.format(about.outcomes),
        why=about.why,
        lengths=list(_lengths(practice, words)),
        not_alone=[*advised, *about.not_alone],
    )


def worksheet_page(practice: Practice, title: str) -> str:
    """Return the worksheet of a practice as a page in HTML; empty where it has none."""
    template = _WORKSHEETS.get(practice.technique, "")
    if not template or not practice.language.startswith("en"):
        return ""
    tint = hex_of(palette_of(practice.technique).dusk)
    return fill_page(template, title=title, language=practice.language, tint=tint)


def _lengths(practice: Practice, words: Handout) -> Iterator[str]:
    """Yield which length is for when, of those that the practice is offered in."""
    least = max(practice.shortest_s, _LEAST_S)
    if least <= _SHORT_S:
        both = dict.fromkeys((_minutes(least), _minutes(_SHORT_S)))
        yield words.short.format("–".join(both))
    yield words.usual.format(_minutes(practice.natural_s))
    if practice.natural_s < _LONG_S:
        yield words.long


def _minutes(length_s: float) -> str:
    return f"{round(length_s / 60)}"


def _from_markdown(text: str) -> Markup:
    """Return Markdown as HTML; HTML in it, links to follow and pictures are shown as text."""
    from markdown_it import MarkdownIt

    followed = ["image", "link", "autolink", "reference"]
    markdown = MarkdownIt("commonmark", {"html": False}).disable(followed)
    tokens = markdown.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            # A page has one first heading, which is its title.
            token.tag = f"h{min(int(token.tag[1]) + 1, _LAST_HEADING)}"
    html = markdown.renderer.render(tokens, markdown.options, {})
    return Markup(html)  # noqa: S704 -- the renderer has escaped it
