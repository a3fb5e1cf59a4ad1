"""The letter that comes with a client's recordings, and the page beside a locked ZIP. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cft_audio.languages.registry import ENGLISH, language_of
from cft_audio.papers.pages import fill_page
from cft_audio.pictures.palettes import COURSE, hex_of, palette_of
from cft_audio.script.listening import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.languages.letters import Letter
    from cft_audio.script.practice import Practice


@dataclass(frozen=True)
class LetterEntry:
    """A recording, as a letter tells of it.

    Attributes:
        title: What it is called; nobody's name is in it.
        file: The name of its file, or of its folder of chapters.
        length_s: Seconds that it lasts.
        practice: Its practice; None where that is not there any more.
        for_sleep: Whether it is told for sleep.
        self_led: Whether bells lead through it.
        beside: What lies beside it to read, each in a word of the letter's language.
    """

    title: str
    file: str
    length_s: float
    practice: Practice | None = None
    for_sleep: bool = False
    self_led: bool = False
    beside: tuple[str, ...] = ()

    def is_same_practice(self, other: LetterEntry) -> bool:
        """Return whether both are of one practice, told for the same time of day."""
        if self.practice is None or other.practice is None:
            return False
        told = (self.practice.id, self.title, self.for_sleep, self.self_led)
        return told == (other.practice.id, other.title, other.for_sleep, other.self_led)


def letter_page(
    entries: Sequence[LetterEntry], language_tag: str, *, name: str = "", made_by: str = ""
) -> str:
    """Return the letter with recordings as a page in HTML, which needs nothing from elsewhere.

    Args:
        entries: The recordings, in the order to practise in.
        language_tag: The language of the letter.
        name: Whom it greets; empty for nobody.
        made_by: Who made the recordings; empty to leave that out.
    """
    language = language_of(language_tag)
    letter = language.letter
    # Where a language has no words of its own for it, the letter is in English.
    written_in = ENGLISH.tag if letter == ENGLISH.letter else language_tag
    words = letter.one if len(entries) == 1 else letter.several
    return fill_page(
        "letter",
        language=written_in,
        tint=_tint(),
        words=words,
        handout=language.handout,
        safety=language.safety,
        greeting=letter.dear.format(name) if name else letter.hello,
        begins=[paragraph.format(len(entries)) for paragraph in words.begins],
        recordings=list(_recordings(entries, letter, written_in)),
        trouble=letter.trouble,
        made_by=made_by and letter.made_by.format(made_by),
    )


def opening_page(file: str, language_tag: str) -> str:
    """Return the page that says how a locked ZIP is opened, and nothing of what is in it.

    Args:
        file: The name of the ZIP.
        language_tag: The language of the page.
    """
    words = language_of(language_tag).opening
    return fill_page(
        "opening",
        language=ENGLISH.tag if words == ENGLISH.opening else language_tag,
        tint=_tint(),
        words=words,
        begins=[paragraph.format(file) for paragraph in words.begins],
    )


def _recordings(
    entries: Sequence[LetterEntry], letter: Letter, written_in: str
) -> Iterator[dict[str, Any]]:
    care_told: dict[tuple[str, ...], int] = {}
    for number, entry in enumerate(entries):
        before = [e for e in entries[:number] if e.is_same_practice(entry)]
        practice = entry.practice
        care = () if before or practice is None else tuple(_care(practice))
        first = care_told.setdefault(care, number)
        if care and first != number:
            care = (letter.care_again.format(first + 1),)
        spoken = practice.language if practice else written_in
        yield {
            "title": entry.title,
            "file": entry.file,
            "length": _length(entry.length_s, letter),
            "language": spoken if spoken.partition("-")[0] != written_in.partition("-")[0] else "",
            "lines": [_compared(entry, before, letter)] if before else [*_lines(entry, letter)],
            "care": care,
            "with_it": letter.with_it.format(", ".join(entry.beside)) if entry.beside else "",
        }


def _lines(entry: LetterEntry, letter: Letter) -> Iterator[str]:
    """Yield what a recording is, and when it is for."""
    summary = entry.practice.summary if entry.practice else ""
    if summary and UNFINISHED not in summary:
        yield summary
    when = entry.practice.about.when if entry.practice else ""
    when = letter.sleep if entry.for_sleep else when
    more = letter.self_led if entry.self_led else ""
    if told := " ".join(filter(None, (when, more))):
        yield told


def _compared(entry: LetterEntry, before: Sequence[LetterEntry], letter: Letter) -> str:
    """Return what tells a recording from the one of its practice that stood there last."""
    lengths = round(entry.length_s), round(before[-1].length_s)
    if lengths[0] == lengths[1]:
        return letter.again
    return letter.shorter if lengths[0] < lengths[1] else letter.longer


def _care(practice: Practice) -> Iterator[str]:
    about = practice.about
    if about.therapist_advised:
        yield language_of(practice.language).safety.therapist_advised
    yield from about.not_alone


def _length(length_s: float, letter: Letter) -> str:
    minutes = math.floor(length_s / 60 + 0.5)
    if minutes < 1:
        return letter.short
    return letter.minute if minutes == 1 else letter.minutes.format(minutes)


def _tint() -> str:
    return hex_of(palette_of(COURSE).dusk)
