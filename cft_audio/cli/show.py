"""``cft-audio show``: one practice as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cft_audio.cli import options as option
from cft_audio.cli.face import Face, show, wrap
from cft_audio.cli.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cft_audio.application.practices import PracticePage


@click.command("show")
@click.argument("practice")
@option.as_json
@click.pass_obj
def command(face: Face, /, *, practice: str, as_json: bool) -> None:
    """Show what PRACTICE is, what it asks for, and its chapters.

    \b
    Example:
      cft-audio show soothing-rhythm-breathing
    """
    from cft_audio.application.practices import show_practice

    page = show_practice(practice, face.folders)
    show(page.as_object(), _lines(page), as_json=as_json)


def _lines(page: PracticePage) -> Iterator[str]:
    from cft_audio.languages.english import SAFETY
    from cft_audio.schema.durations import clock
    from cft_audio.script.adaptations import ADAPTATIONS
    from cft_audio.script.answers import field_of

    practice, about = page.practice, page.practice.about
    yield f"{practice.title}  ({practice.id})\n"
    if practice.summary:
        yield wrap(practice.summary) + "\n"
    facts = {
        "Technique": practice.technique,
        "Length": f"about {clock(practice.natural_s)} where no --minutes is given",
        "Complexity": about.complexity,
        "Needs": about.resources,
        "May bring": about.outcomes,
        "Used for": about.ideal_uses,
        "Speaks for it": about.advantages,
        "Speed": about.speed,
        "Why it works": about.why,
        "Told for": ", ".join(ADAPTATIONS),
    }
    yield from (wrap(f"{k:<14} {text}", "", " " * 15) for k, text in facts.items() if text)
    if about.guidelines:
        yield "\nHow to practise"
        yield from (wrap(guideline, "  - ", "    ") for guideline in about.guidelines)
    yield "\nIt asks for"
    for slot in practice.slots.values():
        default = "" if slot.default is None else f"  (otherwise: {slot.default or 'left out'})"
        choices = f"  [{', '.join(slot.choices)}]" if slot.choices else ""
        yield f"  {words(field_of(slot.name), ''):<16} {slot.ask}{choices}{default}"
    yield "\nChapters"
    yield from (f"  {chapter}" for chapter in page.chapters)
    yield "\nWhat this is not"
    advice = f"{SAFETY.therapist_advised} " if about.therapist_advised else ""
    yield wrap(f"{advice}{SAFETY.not_treatment} {SAFETY.emergency}", "  ", "  ")
    yield from (f"  {country:<15} {line}" for country, line in SAFETY.helplines.items())
    yield f"\nMake it:  cft-audio build {practice.id} --name Sam"
