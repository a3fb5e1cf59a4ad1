"""``cft-audio new-script``: a practice of one's own, begun."""

from __future__ import annotations

import re
from pathlib import Path

import click

from cft_audio.errors import OutputError, RequestError
from cft_audio.files.folders import default_folders
from cft_audio.library.practices import Library
from cft_audio.script.practice import TECHNIQUES

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_TEMPLATE = """\
---
title: {title}
technique: {technique}
summary: ✎ One sentence that helps a person choose it.
natural: 10
slots:
  name:
    ask: "What would you like to be called?"
---
{{# Run 'cft-audio check {name}' as you write, and 'cft-audio build {name} --name Sam --dry-run'
   to read it against the clock. Text between these marks is never spoken, and ✎ is at what
   you will want to write yourself. #}}
{{% extends "partials/session.md" %}}
{{% import "partials/words.md" as words %}}

{{% block coming %}}
We have {{{{ words.length(lasts) }}}} for this.
{{% endblock %}}

{{% block practice %}}
## A first chapter

You might notice how you are, just now, {{{{ name }}}}. There's nothing to change.

[pause]

{{% if minutes >= 5 %}}
✎ Where there is more time, a little more is said.

[pause x2]
{{% endif %}}

## Resting with the breath

If it feels all right, let the breath come and go, a little more slowly than usual.

[breathe]

That's it. Whenever the mind wanders, it can come back kindly.

[breathe]
{{% endblock %}}
"""


@click.command("new-script")
@click.argument("name")
@click.option(
    "--technique", type=click.Choice(TECHNIQUES), default=TECHNIQUES[0], help="Of which it is."
)
@click.option("--title", help="What a listener calls it.")
def command(*, name: str, technique: str, title: str | None) -> None:
    """Begin a practice of your own: scripts/NAME.md, ready to be changed.

    docs/writing-practices.md goes from this blank page to a recording.

    \b
    Example:
      cft-audio new-script kind-morning --title "A kind morning"
    """
    if not _NAME.fullmatch(name):
        raise RequestError(
            f"'{name}' cannot be a practice's name",
            remedy="Use small letters and digits, and hyphens between words",
            where="NAME",
        )
    path = Path("scripts") / f"{name}.md"
    if name in Library(default_folders().scripts).practice_files() and not path.exists():
        raise RequestError(
            f"there is a practice '{name}' already, and this one would hide it",
            remedy="Choose another name",
            where="NAME",
        )
    heading = title or name.replace("-", " ").capitalize()
    text = _TEMPLATE.format(name=name, technique=technique, title=_quoted(heading))
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise OutputError(
            "there is a file of this name already", remedy="Choose another name", where=str(path)
        ) from None
    click.echo(f"{path}\nCheck it with: cft-audio check {name}")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", " ").replace('"', "'") + '"'
