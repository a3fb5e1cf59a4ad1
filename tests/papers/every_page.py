"""Every page that the program makes: handouts, worksheets, words of a session, plans of courses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from practice_cases import LIBRARY, PRACTICES, practice
from program_runs import SHORT, Machine

from cft_audio.application.albums.album import album_of
from cft_audio.application.answering import answer_slots
from cft_audio.application.choices import Choices
from cft_audio.application.fields import parse_fields
from cft_audio.application.requests import request_for
from cft_audio.files.folders import default_folders
from cft_audio.library.programmes import find_programme
from cft_audio.papers.letter import LetterEntry, letter_page, opening_page
from cft_audio.speech.voicing import Voicing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PROGRAMMES = list(LIBRARY.programme_files())

OWN_HANDOUT = """# Before you begin

Sit *somewhere* you like. **Nothing** has to be got right.

1. Breathe out.
2. Let the next breath come.

> “Kindness first”, as we said on Tuesday.

<script>alert(1)</script>
<img src="https://example.org/pixel.png">

A page of [mine](https://example.org), a picture ![of it](https://example.org/me.png), and
<https://example.org/self>. A & B < C.

    and a line that is set apart, which is long enough to run over the edge of any narrow screen

| a | table |
|---|-------|
"""
"""A handout in a therapist's own words, with all that must not come through."""


def write_practice_papers(machine: Machine) -> dict[str, Path]:
    """Write the handout and the worksheet of every practice, and return them by their names."""
    for name in PRACTICES:
        machine.run("handout", name, "--name", "Sam", "-o", "papers")
    return {file.stem: file for file in sorted((machine.folder / "papers").glob("*.html"))}


def write_own_handout(machine: Machine) -> Path:
    """Write the handout of a script of one's own, with one's own words."""
    (machine.folder / "mine.md").write_text(SHORT, encoding="utf-8")
    (machine.folder / "mine.handout.md").write_text(OWN_HANDOUT, encoding="utf-8")
    machine.run("handout", "./mine.md", "-o", "mine.html")
    return machine.folder / "mine.html"


def write_transcript(machine: Machine) -> Path:
    """Write the words of a short session as a page."""
    (machine.folder / "short.md").write_text(SHORT, encoding="utf-8")
    machine.run("words", "./short.md", "--name", "Sam", "-o", "words.html")
    return machine.folder / "words.html"


def plan_page(programme: str, folder: Path) -> str:
    """Return the plan of a course as a page."""
    return course_files(programme, folder)["plan.html"].decode()


LONG = (
    "inner-compassionate-other-parts",
    "compassionate-exposure",
    "working-with-shame",
    "multiple-selves",
    "fears-of-compassion",
    "compassionate-imagery",
)
"""The practices of which most has to be said to whoever uses them."""


def letters() -> dict[str, str]:
    """Return letters with one, three and six recordings, and the page beside a locked ZIP."""
    told = {name: practice(name) for name in PRACTICES}
    short = ("soothing-rhythm-breathing", "compassionate-imagery-safe-place", "loving-kindness")

    def entry(number: int, name: str, *beside: str) -> LetterEntry:
        stem = f"{number:02} practice 10min"
        return LetterEntry(told[name].title, f"{stem}.mp3", 600.0, told[name], beside=beside)

    def page(names: tuple[str, ...], *beside: str) -> str:
        entries = [entry(number, name, *beside) for number, name in enumerate(names, start=1)]
        return letter_page(entries, "en-GB", name="Sam", made_by="Dr Ada Okafor")

    return {
        "letter-one": page(short[:1]),
        "letter-three": page(short, "handout"),
        "letter-six": page(LONG, "words", "handout", "worksheet"),
        "how-to-open": opening_page("K01.zip", "en-GB"),
    }


def course_files(programme: str, folder: Path) -> Mapping[str, bytes]:
    """Return what lies beside the recordings of a course, by its files' names."""
    folders, course = default_folders(), find_programme(programme, LIBRARY)
    chosen = {"name": "Sam", "figure": "wise-elder"}
    choices = Choices(parse_fields(chosen), {})
    wanted = [(step.practice, choices.for_programme(step)) for step in course.sessions]
    answered = answer_slots(wanted, LIBRARY, "the programme").complete({})
    requests = [
        request_for(practice, choice, answers, Voicing())
        for (practice, choice), answers in zip(wanted, answered, strict=True)
    ]
    folders = replace(folders, cache=folder / "cache" / "clips")
    return album_of(course, requests, folder, folders, date(2027, 1, 31)).files
