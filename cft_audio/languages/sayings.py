"""How a language says what is written in short: abbreviations, numbers, names in capitals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cft_audio.languages.written import pattern_in, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping


_PATTERN = {"parse": pattern_in}
_WORDS = {"parse": words_of}


@dataclass(frozen=True)
class Abbreviations:
    """Abbreviations and the words that are said for them.

    Blanks inside an abbreviation may be written or not: ``z. B.`` is also ``z.B.``.

    Attributes:
        titles: Before a name, with a full stop or without, in this case only: Dr, Mrs.
        phrases: Inside a sentence, in any case: e.g.
        last_words: Likewise, but their full stop may be that of the sentence as well: etc.
        before_numbers: Said so only before digits: No. 5.
        streets: Behind the name of a street, with a full stop or without, in this case only: Rd.
        halves_of_day: Small letters that say which half of the day a time is in; a capital letter
            behind their full stop begins a sentence.
        before_times: Words before a time that is when something happens, small: at.
        lettered: Words that a single letter may follow, and then end a sentence: Group C.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    last_words: Mapping[str, str] = field(default_factory=dict)
    before_numbers: Mapping[str, str] = field(default_factory=dict)
    streets: Mapping[str, str] = field(default_factory=dict)
    halves_of_day: tuple[str, ...] = field(default=(), metadata=_WORDS)
    before_times: tuple[str, ...] = field(default=(), metadata=_WORDS)
    lettered: tuple[str, ...] = field(default=(), metadata=_WORDS)


@dataclass(frozen=True)
class Currency:
    """What amounts of money are called.

    Attributes:
        name: The symbol of the currency.
        one: What one of it is called.
        several: What several of them are called.
        hundredths: What its hundredths are called, where there are no more.
    """

    name: str
    one: str
    several: str
    hundredths: str = ""


@dataclass(frozen=True)
class Counted:
    """A unit that a number counts.

    Attributes:
        name: How it is written.
        one: What one of it is called.
        several: What several of them are called.
    """

    name: str
    one: str
    several: str


@dataclass(frozen=True)
class Saying:
    """Something that is written in one way and said in another.

    Attributes:
        written: A pattern of it, what is said of it as named groups.
        said: What is said. ``{group}`` is what the group is written as, ``{group:kind}`` what is
            said for it; the kinds are those of ``speech/text/numbers.py``.
    """

    written: str = field(metadata=_PATTERN)
    said: str = ""


@dataclass(frozen=True)
class Initialisms:
    """Which names in capitals are said letter by letter.

    Attributes:
        letters: Those that are, and have a vowel, so that they might be words.
        words: Those that are said as words, and how these are written.
        phrases: Names that hold more than capitals, and how they are said.
        joint: The word for ``&`` between two letters.
    """

    letters: tuple[str, ...] = field(default=(), metadata=_WORDS)
    words: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    joint: str = ""


@dataclass(frozen=True)
class Numbers:
    """How numbers are said.

    Attributes:
        words: The language of their words as num2words calls it; empty to leave digits to the
            voice.
        months: What months are called, by their numbers and by their first three letters, small,
            and days, likewise.
        said: What is written with digits, and what is said for it, in order.
        then_said: Likewise, once ranges are words.
        fractions: Words by the character of a fraction.
        fraction_joint: The word between a whole number and a fraction: two *and* a half.
        amount: A pattern of a price, with the groups ``symbol`` of its currency, ``whole``, its
            number, ``last``, that of a range, its ``hundredths``, and ``size``: million.
        currencies: Currencies by their symbols.
        sizes: The words for the sizes of prices, small.
        units: Units by how they are written.
        one_after: Words after which a unit before a noun is as if it were one: a 5 km walk.
        range_joint: The word between two numbers with a dash between them: 5 *to* 6.
        times: The word for the sign of a multiplication.
    """

    words: str = ""
    months: Mapping[str, str] = field(default_factory=dict)
    said: tuple[Saying, ...] = field(default=(), metadata={"entries": Saying})
    then_said: tuple[Saying, ...] = field(default=(), metadata={"entries": Saying})
    fractions: Mapping[str, str] = field(default_factory=dict)
    fraction_joint: str = ""
    amount: str = field(default="", metadata=_PATTERN)
    currencies: Mapping[str, Currency] = field(default_factory=dict, metadata={"tables": Currency})
    sizes: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, Counted] = field(default_factory=dict, metadata={"tables": Counted})
    one_after: tuple[str, ...] = field(default=(), metadata=_WORDS)
    range_joint: str = ""
    times: str = ""
