"""What is to be avoided is found in every line of every practice, in whichever wording."""

from __future__ import annotations

import re
from functools import cache

import pytest
from practice_cases import LIBRARY, PRACTICES
from readings import lines_of_all

from cft_audio.languages.avoided_words import AvoidedWords
from cft_audio.languages.registry import ENGLISH

LEMMAS = """
sea: seas sea's
wave: waves waved waving wave's wavy
ocean: oceans
water: waters watered watering water's
river: rivers river's
rain: rains rained raining rainy
storm: storms stormed storming stormy
wind: winds windy wind's
fire: fires fired firing
candle: candles
dark: darkness | darker darkest
night: nights night's
door: doors door's
stair: stairs
leaf: leaves
tree: trees tree's
bird: birds bird's
dog: dogs dog's
child: children child's children's
mother: mothers mothered mothering mother's
father: fathers father's
friend: friends friend's
man: men man's men's
woman: women women's woman's
body: bodies body's
hand: hands handed handing hand's
foot: feet
tooth: teeth
belly: bellies
breath: breaths breathe breathes breathed breathing breath's
cry: cries cried crying
fall: falls fell fallen falling
run: runs ran running | runner runners
stop: stops stopped stopping
hold: holds held holding | holder
hurt: hurts hurting
die: dies died dying dead death
lie: lies lied lying lain
break: breaks broke broken breaking
knife: knives
"""
"""Forty words and their forms, written down by a person; behind a stroke are those that are found
by the word, and do not find it."""

FORMS = {
    word: (forms.split(" | ")[0].split(), forms.replace("|", "").split())
    for word, forms in (line.split(": ") for line in LEMMAS.strip().splitlines())
}
GIVEN = [
    {word: ([word, *given] * 9)[number] for word, (given, _) in FORMS.items()}
    for number in range(max(len(given) for given, _ in FORMS.values()) + 1)
]
"""Each word in one of its forms, so that each form is given once."""


@cache
def every_line() -> tuple[str, ...]:
    """Return every line that is written for a practice, in any branch, and those of many plans."""
    templates, written = LIBRARY.templates, set[str]()
    for name in PRACTICES:
        for _, source in templates.sources(LIBRARY.open(name).practice()):
            tokens = templates.environment.lex(source)
            texts = (text for _, kind, text in tokens if kind in ("data", "string"))
            written.update(line for text in texts for line in text.splitlines())
    return tuple(sorted({*written, *(line.text for line in lines_of_all())}))


@cache
def said(word: str) -> frozenset[str]:
    """Return the lines that say a form of a word, by a search that knows only what is above."""
    forms = "|".join(map(re.escape, [word, *FORMS[word][1]]))
    simple = re.compile(rf"(?<![a-z])(?:{forms})(?![a-z])", re.IGNORECASE)
    return frozenset(line for line in every_line() if simple.search(line.replace("’", "'")))


@pytest.mark.slow
@pytest.mark.parametrize("given", GIVEN, ids=lambda given: given["breath"])
def test_no_line_that_says_a_form_of_a_word_is_missed(given: dict[str, str]) -> None:
    avoided = AvoidedWords(given.values(), ENGLISH)
    found = {line: {match.word for match in avoided.find(line)} for line in every_line()}

    assert sum(map(len, map(said, given))) > 3000
    assert {
        (form, line)
        for word, form in given.items()
        for line in said(word)
        if form not in found[line]
    } == set()


@pytest.mark.slow
def test_nothing_else_is_taken_for_a_word() -> None:
    avoided = AvoidedWords(FORMS, ENGLISH)
    found = {
        (match.word, match.said.casefold().replace("’", "'").removesuffix("'s"))
        for line in every_line()
        for match in avoided.find(line)
    }
    other = {(word, form) for word, form in found if form not in (word, *FORMS[word][1])}

    assert other == set()
