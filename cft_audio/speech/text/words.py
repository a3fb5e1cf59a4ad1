"""Abbreviations and numbers as the words people say for them, and where a sentence begins."""

from __future__ import annotations

import re

_TITLES = {
    "Dr": "Doctor",
    "Mr": "Mister",
    "Mrs": "Missus",
    "Ms": "Miz",
    "Mx": "Mix",
    "Prof": "Professor",
    "Rev": "Reverend",
    "St": "Saint",
    "Jr": "Junior",
    "Sr": "Senior",
}
_PHRASES = {
    "e.g.": "for example",
    "i.e.": "that is",
    "vs.": "versus",
    "approx.": "about",
}
_LAST_WORDS = {"etc.": "and so on", "ph.d.": "P H D"}
"""Abbreviations whose point may be a sentence's full stop as well."""

_TITLE = re.compile(rf"\b({'|'.join(_TITLES)})\b\.?(?=\s+\S|\s*$)")

_OPENERS = (
    "A|After|All|An|And|As|At|Be|Because|Before|Bring|But|By|Come|Do|Each|Even|Every|Feel|Find|For"
    "|From|Go|Have|He|Her|Here|His|How|I|If|Imagine|In|Is|It|It's|Just|Keep|Let|Let's|Like|Maybe"
    "|My|No|Not|Nothing|Notice|Now|Of|On|Once|One|Or|Our|Perhaps|Rest|See|She|So|Some|Stay|Take"
    "|That|That's|The|Their|Then|There|There's|These|They|This|To|Try|We|What|Whatever|When"
    "|Whenever|Where|Whether|While|Who|Why|With|Yes|Yet|You|You're|Your"
)
OPENS = rf"(?=\s*(?:{_OPENERS})(?!\w))"
"""What follows begins a sentence. Punkt (Kiss and Strunk, "Unsupervised Multilingual Sentence
Boundary Detection", 2006) tells initials from the ends of sentences the same way: by the words
that mostly open one."""

_ENDS = rf"(?P<ends>{OPENS}|\s*$)?"
_PHRASE = re.compile(
    rf"\b(?P<phrase>(?i:{'|'.join(map(re.escape, {**_PHRASES, **_LAST_WORDS}))})){_ENDS}"
)
_LETTERS = re.compile(rf"\b(?:[A-Za-z]\.){{2,}}{_ENDS}")
_INITIAL = re.compile(rf"\b([A-Z])\.(?=\s*[A-Z\ue100-\ue1ff])(?!{OPENS})")
_NUMBER = re.compile(r"\bNo\.(?=\s*\d)")
_MONEY = {"£": "pounds", "$": "dollars", "€": "euros", "¥": "yen", "₹": "rupees"}
_AMOUNT = re.compile(rf"([{''.join(_MONEY)}])\s*(\d+(?:,\d{{3}})*)(?:\.(\d\d))?(?!\d)")
_FRACTIONS = {"½": "a half", "⅓": "a third", "¼": "a quarter", "¾": "three quarters"}


def abbreviations_to_words(text: str) -> str:
    """Abbreviations are said in full; Piper would end a sentence after "Dr."."""
    titles = _TITLE.sub(lambda found: _TITLES[found[1]], text)
    phrases = _PHRASE.sub(_in_full, titles)
    numbers = _NUMBER.sub("Number", phrases)
    letters = _LETTERS.sub(_spelled, numbers)
    return _INITIAL.sub(lambda found: f"{_named(found[1])} ", letters)


def _in_full(found: re.Match[str]) -> str:
    phrase = found["phrase"].lower()
    if phrase in _PHRASES:
        return _PHRASES[phrase]
    return f"{_LAST_WORDS[phrase]}{'' if found['ends'] is None else '.'}"


def _spelled(found: re.Match[str]) -> str:
    """Return "p.m." as "P M", with the full stop of the sentence it ends."""
    letters = " ".join(_named(letter) for letter in re.findall("[A-Za-z]", found[0]))
    return f"{letters}." if found["ends"] is not None else f"{letters} "


def _named(letter: str) -> str:
    """Return what is written for a letter's name; a lone A would be read as the article."""
    return "eigh" if letter in "Aa" else letter.upper()


def numbers_to_words(text: str) -> str:
    """Numbers are said as people say them, where the voice's own reading is wrong.

    espeak-ng says "pound five" for £5, "four dash seven dash eight" for 4-7-8.
    """
    for fraction, words in _FRACTIONS.items():
        text = re.sub(rf"(?<=\d)\s*{fraction}", f" and {words}", text)
        text = text.replace(fraction, f" {words} ")
    text = _AMOUNT.sub(_amount, text)
    text = re.sub(
        r"\d+(?:-\d+){2,}", lambda found: found[0].replace("-", ", "), text, flags=re.ASCII
    )
    text = re.sub(r"(?<=\d)\s*–\s*(?=\d)|(?<=\d)-(?=\d)", " to ", text)
    return re.sub(r"(?<=\d)\s*\*\s*(?=\d)", " times ", text)


def _amount(found: re.Match[str]) -> str:
    unit = _MONEY[found[1]]
    one = found[2] == "1" and not found[3] and unit.endswith("s")
    return " ".join(part for part in (found[2], unit[:-1] if one else unit, found[3]) if part)
