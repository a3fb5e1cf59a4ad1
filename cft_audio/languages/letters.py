"""What a language says in the letter that comes with a client's recordings, and of a locked ZIP."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class LetterWords:
    """What a letter says where the number of recordings matters; ``{}`` is that number.

    Attributes:
        title: What it is called.
        begins: What it begins with, a paragraph each.
        how: The heading over how to use them.
        use: How to use them, a sentence or two each.
        which: The heading over the recordings.
        limits: The heading over what they are not, and whom to call.
    """

    title: str
    begins: tuple[str, ...]
    how: str
    use: tuple[str, ...]
    which: str
    limits: str


@dataclass(frozen=True)
class Letter:
    """What a letter says.

    Attributes:
        file: What the file of every recording is called, after its number: a word that says
            nothing of anybody, since the names in a locked ZIP can be read by everyone.
        words: What the words of a recording are called in the name of a file.
        handout: What its handout is called there.
        worksheet: What its worksheet is called there.
        dear: How somebody is greeted; ``{}`` is the name.
        hello: How somebody is greeted who is not to be named.
        one: What it says where there is one recording.
        several: What it says where there are several.
        made_by: Who made them; ``{}`` is the name.
        short: The length of less than a minute.
        minute: The length of a minute.
        minutes: That of several; ``{}`` is their number.
        with_it: What lies beside a recording to read; ``{}`` are the words for it.
        shorter: Said of a practice that stood there already, and is shorter now.
        longer: Likewise, where it is longer.
        again: Likewise, where it is as long.
        sleep: When to listen to what is told for sleep.
        care_again: Said where a recording is not for those alone for whom an earlier one is not
            either; ``{}`` is its number.
        self_led: Said of what bells lead through.
        trouble: What to do where something goes badly.
    """

    file: str
    words: str
    handout: str
    worksheet: str
    dear: str
    hello: str
    one: LetterWords = field(metadata={"table": LetterWords})
    several: LetterWords = field(metadata={"table": LetterWords})
    made_by: str
    short: str
    minute: str
    minutes: str
    with_it: str
    shorter: str
    longer: str
    again: str
    sleep: str
    care_again: str
    self_led: str
    trouble: str


@dataclass(frozen=True)
class Opening:
    """How a locked ZIP is opened, said beside it; nothing of what is in it.

    Attributes:
        file: What the page is called, after the ZIP's name.
        title: Its title.
        begins: What it begins with, a paragraph each; ``{}`` is the name of the ZIP.
        systems: What to do, by system.
        trouble: What to do where it does not open.
        stray: What to do where it is somebody else's.
    """

    file: str
    title: str
    begins: tuple[str, ...]
    systems: Mapping[str, str]
    trouble: str
    stray: str
