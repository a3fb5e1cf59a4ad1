"""Words that a voice may get wrong, found before it says them, by their letters alone.

No model is asked: what is found is the same for a first build and a rebuild, and costs nothing. The
rules for Latin letters are those of a voice that reads English; they were found by what espeak-ng,
which the default voice reads with, makes of some 700 first names of twenty languages, and of every
pair of consonants a word can begin with.
"""

from __future__ import annotations

import re
import shlex
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyascii import anyascii

from cft_audio.speech.text.rules import speakable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cft_audio.script.cues import Line, Span
    from cft_audio.speech.text.lexicon import Lexicon


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = re.compile(r"[^\s!-&(-,./:-@\[-`{-~…—–“”«»„¡¿।、。，！？・「」]+")
"""A run of anything but blanks and punctuation; marks, which Indic and Thai letters need, are part
of a word, as apostrophes and hyphens are inside it."""

_OUTSIDE = "'’‘‐‑-"
_POSSESSIVE = re.compile(r"['’]s$")
_JOINTS = re.compile(r"[\u0300-\u036f'’‘ʼʻ‐‑-]+")
_PREFIX = re.compile(r"[bcfghjkmnpqrstvwxz]['’‘ʼʻ]", re.IGNORECASE)
"""A letter of its own before an apostrophe, as in N'Golo; D', L' and O' are read as they sound."""

_ONSET = re.compile(r"[bcdfghjklmnpqrstvwxz]*")
_PAIRS = _set_of("""
    bh bj bl br ch cl cr dh dj dr dw fj fl fr gh gl gn gr gw hr jh kh kj kl kn kr kw lh ll
    mc pf ph pl pr ps pt rh sc sh sk sl sm sn sp sq sr st sv sw sz th tr ts tw vl vr wh wr
    zh zs zw
""")
"""Pairs of consonants that espeak-ng begins an English word with, of all 400; before any other
(Nk, Zb, Mw) it names the letters: "en-kay". Left out is ng: it says Ngozi, but not Nguyen."""

_TRIPLES = _set_of("""
    chl chr khr phl phr sch scl scr shl shr skl skr sph spl spr str thr thw
""")
"""Three that it begins one with, likewise."""

_ANY_MORE = ("mc", "sch")
"""What may be followed by any consonant: McDonald, Schwarz."""

_WHOLE = _set_of("""
    dmitri dmitrij dmitriy dmitry krzysztof xhosa mr mrs dr ms mx st jr sr hm hmm mm mmm sh
    shh psst tsk
""")
"""Words against these rules that espeak-ng has in its dictionary, or that are said in full."""

_MISREAD = re.compile(r"x[iou]|q[hi]|ng[aeiouy]|.+(?:[cs]z|rz[ey]|[bm]h$|dhg$)")
"""Spellings that English has no reading for: Xiomara, Qiang, Nguyen, Agnieszka, Niamh, Tadhg."""

_ACCENT_NAMED = re.compile(r"in[éê]s", re.IGNORECASE)
"""espeak-ng says "in, E acute, S"; the accents of 80 other names it passed over."""

_SAID_NUMBER = re.compile(
    r"\d+(?:st|nd|rd|th|s|am|pm|m|km|kg|k|h|x)?|[a-z]+-\d+(?:th|st|nd|rd)?", re.IGNORECASE
)
"""Digits that are said as people say them, beside letters or not: 2nd, 3pm, Covid-19."""

_TWO_CAPITALS = re.compile(r"(?=.*[AEIOUY])[A-Z][A-IK-Z]")
"""Two capitals, said as letters where they mean something: US, IT, and an AJ is. Longer names in
capitals are read as names."""

_MODIFIERS = frozenset("ʼʻʿʾ")
"""Letters that belong to no script: the ʻokina, and apostrophes of other transcriptions."""

_PAIR = 2
_NAME_LIKE = 3
"""Words of a short answer, at most: each of them may be a name, in capitals or not."""


@dataclass(frozen=True)
class Doubt:
    """A word that may not be said as it should.

    Attributes:
        word: The word as it is written.
        why: What is doubtful, as a sentence without its full stop.
    """

    word: str
    why: str

    def command(self, scope: Sequence[str]) -> str:
        """Return the command that tells how the word sounds, in the lexicon that ``scope`` names.

        Where SOUND stands, people write how it sounds. Empty where nothing has a sound.
        """
        if not any(character.isalnum() for character in self.word):
            return ""
        return shlex.join(["cft-audio", "pronounce", "add", self.word, "SOUND", *scope])


def doubts(lines: Iterable[Line], lexicon: Lexicon, language: str) -> list[Doubt]:
    """Return the words of ``lines`` that a voice may get wrong, each once, in their order.

    Of what a person gave, every word is looked at; of the script only letters of other scripts,
    since checking a script is for its author.

    Args:
        lines: What is said.
        lexicon: How words are said; those in it are in no doubt.
        language: The tag of the language that the voice reads.
    """
    found: dict[str, Doubt] = {}
    for span in (span for line in lines for span in line.spans if not (span.ipa or span.sub)):
        for word, why in _doubtful(span, lexicon, english=language.lower().startswith("en")):
            found.setdefault(word, Doubt(word, why))
    return list(found.values())


def _doubtful(span: Span, lexicon: Lexicon, *, english: bool) -> Iterator[tuple[str, str]]:
    runs = (found.strip(_OUTSIDE) for found in _WORD.findall(lexicon.without(span.text)))
    words = [_POSSESSIVE.sub("", run) for run in runs if any(map(str.isalnum, run))]
    for word in words:
        if _of_other_script(word):
            yield word, f"'{word}' is in a script the voice does not read: it says '{_said(word)}'"
        elif span.personal and english:
            why = _misread(word, short=len(words) <= _NAME_LIKE)
            if why:
                yield word, why
    if span.personal and span.text.strip() and not words and not _said(span.text):
        yield span.text.strip(), f"'{span.text.strip()}' cannot be spoken, and is left out"


def _misread(word: str, *, short: bool) -> str:
    """Return what a voice that reads English may make of ``word``, empty where it is right."""
    has_digit = any(character.isdigit() for character in word)
    if has_digit:
        is_number = word.isdigit() or _SAID_NUMBER.fullmatch(word)
        return "" if is_number else f"the digits in '{word}' are said as a number"
    if short and _TWO_CAPITALS.fullmatch(word):
        return f"'{word}' is in capitals, and may be said letter by letter"
    is_plain = word.isupper() if word[0].isupper() else True
    if word.lower() in _WHOLE or (is_plain and not short):
        return ""
    parts = [anyascii(part).lower() for part in _JOINTS.split(word)]
    if any(map(_MISREAD.match, parts)) or _ACCENT_NAMED.fullmatch(word):
        return f"'{word}' is spelled as no English word is, and the voice may misread it"
    if _PREFIX.match(word) or (not _is_initials(word) and any(map(_is_spelled, parts))):
        return f"'{word}' begins as no English word does, and the voice may name its letters"
    return ""


def _is_initials(word: str) -> bool:
    return word.isupper() and len(word) <= _NAME_LIKE


def _is_spelled(part: str) -> bool:
    onset = _ONSET.match(part)
    run = onset[0] if onset else ""
    if len(run) < _PAIR or run.startswith(_ANY_MORE):
        return False
    if run == part:
        return not (len(run) == _PAIR and run.endswith("j"))  # Cj and Tj are initials
    return run not in _PAIRS and run not in _TRIPLES


def _of_other_script(word: str) -> bool:
    return any(
        character.isalpha() and not unicodedata.name(character, "LATIN").startswith("LATIN")
        for character in word
        if character not in _MODIFIERS
    )


def _said(text: str) -> str:
    return speakable(text).strip()
