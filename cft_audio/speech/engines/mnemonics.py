"""IPA as the mnemonics that espeak-ng reads between double square brackets.

Each mnemonic is one that espeak-ng's English voices know; what it stands for is what
``espeak-ng --ipa "[[…]]"`` answers for it (1.51, checked one by one by a test).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cft_audio.speech.text.ipa import check_symbols, spoken_ending, typed_ipa

if TYPE_CHECKING:
    from cft_audio.languages.pack import Language
    from cft_audio.speech.engines.engine import Fragment

_TABLE = """
    ˈ '   ˌ ,
    p p   b b   t t   d d   k k   ɡ g   f f   v v   θ T   ð D   s s   z z   ʃ S   ʒ Z   h h
    m m   n n   ŋ N   l l   r r   ɹ r   j j   w w   x x   tʃ tS dʒ dZ ʔ ?   ɾ *   ʎ l^  ɲ n^  ç C
    i i   ɪ I   e E   ɛ E   æ a   a a   ɐ a#  ɑ A:  ɒ 0   ɔ O   o o   ʌ V   ʊ U   u u:
    ə @   ɚ 3   ɜ 3:  ᵻ I#  iː i: eː e: ɛː e@ aː A: ɑː A: ɔː O: oː o: ɜː 3: uː u:
    eɪ eI aɪ aI ɔɪ OI oʊ oU əʊ oU aʊ aU ɪə i@ iə i@ eə e@ ɛə e@ ʊə U@ aɪə aI@
"""
_MNEMONICS: dict[str, str] = dict(re.findall(r"(\S+) (\S+)", unicodedata.normalize("NFD", _TABLE)))
_SYMBOL = re.compile("|".join([*sorted(_MNEMONICS, key=len, reverse=True), "."]))
"""A symbol that has a mnemonic, the longest that can be, or any other."""

SEPARATOR = "|"
"""Parts two mnemonics that would otherwise be read as one, as ``t|S`` and ``tS``."""

_IPA_OF_ENDINGS = {"S": "ʃ", "Z": "ʒ", "T": "θ"}


def mnemonics_of(fragment: Fragment, voice: str = "") -> str:
    """Return the IPA of ``fragment`` as mnemonics.

    A lone length mark is left out, blanks part words.

    Args:
        fragment: A fragment whose IPA is given.
        voice: The espeak-ng voice that reads them; empty for any.

    Raises:
        EngineError: If there are symbols in it that have none.
    """
    known = {**_MNEMONICS, " ": "||"}
    symbols = _SYMBOL.findall("".join(typed_ipa(fragment.ipa, voice)))
    check_symbols(fragment, {*symbols} - {*known, "ː"})
    return SEPARATOR.join(known[symbol] for symbol in symbols if symbol in known)


def with_ending(mnemonics: str, text: str, language: Language) -> tuple[str, str]:
    """Return ``mnemonics`` with the ending that ``text`` begins with, and the rest of ``text``."""
    last = mnemonics.rstrip("':,|")[-1:]
    ending, sound = spoken_ending(text, [_IPA_OF_ENDINGS.get(last, last)], language)
    if not ending:
        return mnemonics, text
    said = SEPARATOR.join([mnemonics, *(_MNEMONICS[symbol] for symbol in sound)])
    return said, text.removeprefix(ending)
