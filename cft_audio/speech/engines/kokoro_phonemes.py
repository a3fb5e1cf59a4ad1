"""Kokoro's alphabet: the phonemes of espeak-ng in the symbols that the model learnt.

It learnt from misaki, whose alphabet has one symbol for a diphthong ("I" in "my") and others for
what British and American voices do differently. The rules are those by which misaki (0.9) reads
espeak-ng's phonemes, and a few by which its British dictionary differs from espeak-ng's own voice.
Measured over the 734 running words of forty lines of practices, 97 % are then written as misaki's
dictionary has them, and 92 % without these rules.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.speech.text.ipa import check_symbols, typed_ipa

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cft_audio.speech.engines.engine import Fragment

MARKS = frozenset(";:,.!?")
"""Symbols at which the voice rests."""

LONGEST = 510
"""Symbols that the model takes at once."""

CLOSING = "."
"""What is put after a sentence without a mark: without one its end is swallowed."""

_SYMBOLS = (
    {mark: number for number, mark in enumerate(";:,.!?", start=1)}
    | {" ": 16, "A": 24, "I": 25, "O": 31, "Q": 33, "T": 36, "W": 39, "Y": 41, "ᵊ": 42}
    | {letter: number for number, letter in enumerate("abcdef", start=43)}
    | {letter: number for number, letter in enumerate("hijklmnopqrstuvwxyz", start=50)}
    | {"ɑ": 69, "ɒ": 71, "æ": 72, "β": 75, "ɔ": 76, "ɕ": 77, "ç": 78, "ɖ": 80, "ð": 81, "ʤ": 82}
    | {"ə": 83, "ɚ": 85, "ɛ": 86, "ɜ": 87, "ɟ": 90, "ɡ": 92, "ɥ": 99, "ɨ": 101, "ɪ": 102}
    | {"ʝ": 103, "ɯ": 110, "ɰ": 111, "ŋ": 112, "ɳ": 113, "ɲ": 114, "ɴ": 115, "ø": 116, "ɸ": 118}
    | {"θ": 119, "œ": 120, "ɹ": 123, "ɾ": 125, "ɻ": 126, "ʁ": 128, "ɽ": 129, "ʂ": 130, "ʃ": 131}
    | {"ʈ": 132, "ʧ": 133, "ʊ": 135, "ʋ": 136, "ʌ": 138, "ɣ": 139, "ɤ": 140, "χ": 142, "ʎ": 143}
    | {"ʒ": 147, "ʔ": 148, "ˈ": 156, "ˌ": 157, "ː": 158, "ʰ": 162, "ᵻ": 177}
)
"""The model's symbols and their numbers, as far as English needs them (``config.json`` of
Kokoro-82M, ``vocab``)."""


def _pairs(written: str) -> dict[str, str]:
    return dict(pair.split(">") for pair in written.split())


_BOTH = _pairs(
    "dʒ>ʤ tʃ>ʧ aɪ>I aʊ>W eɪ>A ɔɪ>Y ɐ>ə ɚɹ>əɹ ɚ>əɹ ʔn̩>tᵊn ʔ>t n̩>ᵊn l̩>ᵊl r>ɹ x>k ç>k ɬ>l o>ɔ "
    # The glide between two vowels, for which the model has another sound.
    "ʲə>jə ʲo>jɔ ʲ>"
)
_BRITISH = _BOTH | _pairs("əʊ>Q ʲəʊ>Q oʊ>Q eə>ɛː iə>ɪə e>ɛ æ>a ᵻ>ɪ")
_AMERICAN = _BOTH | _pairs("oʊ>O ʲoʊ>O əʊ>O ɪə>iə ɜːɹ>ɜɹ ɜː>ɜɹ e>A ɾ>T ː>")

_VOWEL = "aeiouæɑɒɔəɛɜɪʊʌᵻAIOQWY"
_SYLLABIC = (
    (rf"(?<=[bdfhjklmnpstvwzðŋɡɹʃʒʤʧθT])əl(?![ˈˌ]?[{_VOWEL}])", "ᵊl"),  # people, gentle
    (r"(?<=[tdszfvp])ən(?=[tdz]|\b)", "ᵊn"),  # garden, often
)
_BRITISH_WORDS = (
    (r"(?<!s)w([ˈˌ]?)ɒn(?=z?\b)", r"w\1ʌn"),  # one, someone; and not swan
    (r"ɪ\b", "i"),  # happy
)

_SILENT = MARKS | set(" ˈˌː")

_NOT_IN_IPA = frozenset("AIOQTWY") | MARKS | {" "}
"""Symbols of the model's that are no sounds, or stand for another sound in the IPA."""


@dataclass(frozen=True)
class Accent:
    """A way of speaking English that the model knows.

    Attributes:
        espeak_voice: The phonemiser's voice for it.
        symbols: The model's symbols for the phonemiser's; the longest that fits is taken.
        words: Patterns in what comes of that, and what replaces them, in order.
    """

    espeak_voice: str
    symbols: Mapping[str, str]
    words: tuple[tuple[str, str], ...]


BRITISH = Accent("en-gb-x-rp", _BRITISH, (*_BRITISH_WORDS, *_SYLLABIC))
AMERICAN = Accent("en-us", _AMERICAN, _SYLLABIC)


def kokoro_symbols(phonemes: Sequence[str], accent: Accent) -> str:
    """Return the phonemes of espeak-ng as symbols of the model, each of which it knows."""
    text = unicodedata.normalize("NFC", "".join(phonemes))
    longest_first = sorted(accent.symbols, key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest_first))
    mapped = re.sub(pattern, lambda found: accent.symbols[found[0]], text)
    for before, after in accent.words:
        mapped = re.sub(before, after, mapped)
    return "".join(symbol for symbol in mapped if symbol in _SYMBOLS)


def typed_sounds(fragment: Fragment, accent: Accent) -> list[str]:
    """Return the IPA of a fragment as the phonemiser would write it.

    Raises:
        EngineError: If the model does not know a symbol of it.
    """
    typed = typed_ipa(fragment.ipa, accent.espeak_voice)
    known = (_SYMBOLS.keys() - _NOT_IN_IPA) | set("".join(accent.symbols))
    check_symbols(fragment, {*typed} - known)
    return typed


def symbol_numbers(symbols: str) -> list[int]:
    """Return the numbers by which the model knows its ``symbols``."""
    return [_SYMBOLS[symbol] for symbol in symbols]


def is_sounding(symbols: str) -> bool:
    """Return whether there is a sound in ``symbols``."""
    return any(symbol not in _SILENT for symbol in symbols)


def split_symbols(symbols: str) -> Iterator[str]:
    """Yield ``symbols`` in parts that the model takes, parted at marks near their middle."""
    if len(symbols) <= LONGEST:
        yield symbols
        return
    middle = len(symbols) // 2
    room = LONGEST // 2  # so that either part is a good deal shorter
    near = range(max(1, middle - room), min(len(symbols) - 1, middle + room))
    for kind in (MARKS, {" "}):
        places = [at + 1 for at in near if symbols[at] in kind]
        if places:
            place = min(places, key=lambda at: abs(at - middle))
            break
    else:
        place = middle
    for part in (symbols[:place].strip(), symbols[place:].strip()):
        if is_sounding(part):
            yield from split_symbols(part)


def group_symbols(parts: Sequence[str]) -> list[list[str]]:
    """Return ``parts`` in groups, each of which the model takes at once, as few as possible."""
    groups: list[list[str]] = []
    for part in parts:
        if groups and len(" ".join([*groups[-1], part])) <= LONGEST:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups
