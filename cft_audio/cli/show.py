"""``cft-audio show``: one practice as a page."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

import click

from cft_audio.cli.wording import words
from cft_audio.files.folders import default_folders
from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library
from cft_audio.schema.durations import clock
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.answers import field_of
from cft_audio.script.safety import EMERGENCY, HELPLINES, NOT_TREATMENT, THERAPIST_ADVISED

if TYPE_CHECKING:
    from cft_audio.script.practice import Practice


@click.command("show")
@click.argument("practice")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(*, practice: str, as_json: bool) -> None:
    """Show what PRACTICE is, what it asks for, and its chapters.

    \b
    Example:
      cft-audio show soothing-rhythm-breathing
    """
    from cft_audio.script.review import sample_script
    from cft_audio.script.templates import Templates

    opened = Library(default_folders().scripts).open(practice)
    found = opened.practice()
    figure_named = partial(find_figure, library=opened.library)
    templates = Templates(opened.library.folders)
    script = sample_script(found, templates, figure_named, found.natural_s / 60)
    page = {
        "id": found.id,
        "title": found.title,
        "technique": found.technique,
        "summary": found.summary,
        "language": found.language,
        "natural_s": found.natural_s,
        "about": asdict(found.about),
        "slots": [
            {
                "name": slot.name,
                "ask": slot.ask,
                "type": slot.type,
                "default": slot.default,
                "choices": list(slot.choices),
            }
            for slot in found.slots.values()
        ],
        "chapters": [section.title for section in script.sections],
        "file": str(opened.path),
    }
    if as_json:
        click.echo(json.dumps(page, ensure_ascii=False, indent=2))
        return
    _show(found, [section.title for section in script.sections])


def _show(found: Practice, chapters: list[str]) -> None:
    click.echo(f"{found.title}  ({found.id})\n")
    if found.summary:
        click.echo(click.wrap_text(found.summary, 78) + "\n")
    about = found.about
    facts = {
        "Technique": found.technique,
        "Length": f"about {clock(found.natural_s)} where no --minutes is given",
        "Complexity": about.complexity,
        "Needs": about.resources,
        "May bring": about.outcomes,
        "Used for": about.ideal_uses,
        "Speaks for it": about.advantages,
        "Speed": about.speed,
        "Why it works": about.why,
        "Told for": ", ".join(ADAPTATIONS),
    }
    for label, text in facts.items():
        if text:
            click.echo(click.wrap_text(f"{label:<14} {text}", 78, "", " " * 15))
    if about.guidelines:
        click.echo("\nHow to practise")
        for guideline in about.guidelines:
            click.echo(click.wrap_text(guideline, 78, "  - ", "    "))
    click.echo("\nIt asks for")
    for slot in found.slots.values():
        default = "" if slot.default is None else f"  (otherwise: {slot.default or 'left out'})"
        choices = f"  [{', '.join(slot.choices)}]" if slot.choices else ""
        click.echo(f"  {words(field_of(slot.name), ''):<16} {slot.ask}{choices}{default}")
    click.echo("\nChapters")
    for chapter in chapters:
        click.echo(f"  {chapter}")
    click.echo("\nWhat this is not")
    advice = f"{THERAPIST_ADVISED} " if about.therapist_advised else ""
    click.echo(click.wrap_text(f"{advice}{NOT_TREATMENT} {EMERGENCY}", 78, "  ", "  "))
    for country, line in HELPLINES.items():
        click.echo(f"  {country:<15} {line}")
    click.echo(f"\nMake it:  cft-audio build {found.id} --name Sam")
