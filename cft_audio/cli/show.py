"""``cft-audio show``: one practice as a page."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cft_audio.durations import clock
from cft_audio.folders import default_folders
from cft_audio.practices import shelf_with
from cft_audio.script.answers import option


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

    shelf = shelf_with(None, default_folders().scripts)
    path = shelf.find(practice)
    found = shelf.practice(practice)
    templates = Templates(shelf_with(Path(path), shelf.folders).folders)
    script = sample_script(found, templates, shelf.figure, found.natural_s / 60)
    page = {
        "id": found.id,
        "title": found.title,
        "technique": found.technique,
        "summary": found.summary,
        "language": found.language,
        "natural_s": found.natural_s,
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
        "file": str(path),
    }
    if as_json:
        click.echo(json.dumps(page, ensure_ascii=False, indent=2))
        return
    click.echo(f"{found.title}  ({found.id})\n")
    if found.summary:
        click.echo(click.wrap_text(found.summary, 78) + "\n")
    click.echo(f"Technique  {found.technique}")
    click.echo(f"Length     about {clock(found.natural_s)} where no --minutes is given")
    click.echo("\nIt asks for")
    for slot in found.slots.values():
        default = "" if slot.default is None else f"  (otherwise: {slot.default or 'left out'})"
        choices = f"  [{', '.join(slot.choices)}]" if slot.choices else ""
        click.echo(f"  {option(slot.name):<16} {slot.ask}{choices}{default}")
    click.echo("\nChapters")
    for section in script.sections:
        click.echo(f"  {section.title}")
    click.echo(f"\nMake it:  cft-audio build {found.id} --name Sam")
