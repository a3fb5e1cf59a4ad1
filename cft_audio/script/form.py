"""In which form a practice is told: around which core, in how many words, and led by whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.errors import RequestError
from cft_audio.schema.suggest import did_you_mean
from cft_audio.script.inert import clean

if TYPE_CHECKING:
    from cft_audio.script.draw import Draw
    from cft_audio.script.practice import Practice

LONGEST_FIRST_WORDS = 300
"""Characters of what is said first: half a minute of speech."""


@dataclass(frozen=True)
class Form:
    """The form that a practice is told in.

    Attributes:
        core: The name of one of the practice's cores; empty for the one that the variant draws.
        returning: Whether the listener knows the practice, so that its frame is short.
        self_led: Whether bells and breath lead through it, with no words beyond the first.
        first_words: What is said after the greeting, such as where one is in a course; empty for
            nothing.

    Raises:
        RequestError: If what is said first is longer than ``LONGEST_FIRST_WORDS``.
    """

    core: str = ""
    returning: bool = False
    self_led: bool = False
    first_words: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if (count := len(clean(self.first_words))) > LONGEST_FIRST_WORDS:
            message = f"the text has {count} characters, and {LONGEST_FIRST_WORDS} fit"
            raise RequestError(message, remedy="Shorten it", field="first_words")


FULL = Form()
"""As a practice is told to someone who hears it for the first time."""


def core_of(practice: Practice, form: Form, draw: Draw) -> str:
    """Return the name of the core that is told: the one asked for, or one that is drawn.

    The variant 0 has the first. It is empty where the practice names none.

    Raises:
        RequestError: If the practice has no such core.
    """
    names = list(practice.cores)
    if form.core:
        if form.core not in names:
            message = f"the practice '{practice.id}' has no core '{form.core}'"
            remedy = did_you_mean(form.core, names) if names else "Leave it out"
            raise RequestError(message, remedy=remedy, field="core")
        return form.core
    if not names:
        return ""
    return names[draw.choose("core", len(names))] if draw.seed else names[0]
