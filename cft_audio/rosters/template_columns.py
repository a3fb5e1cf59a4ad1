"""What a roster's template tells of each of its columns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TemplateColumn:
    """A column that a roster can have.

    Attributes:
        name: Its name.
        help: What it is, in a sentence.
        written: How its values are written, in a few words.
        choices: Values it can have, for a drop-down; none where they cannot be listed.
        only_choices: Whether it can have no others.
        in_example: Whether it stands in the example; the others are only explained.
    """

    name: str
    help: str
    written: str
    choices: tuple[str, ...] = ()
    only_choices: bool = False
    in_example: bool = False
