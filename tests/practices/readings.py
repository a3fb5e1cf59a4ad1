"""How those words of the practices that have several readings are said in each sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from practice_cases import ADAPTED, PRACTICES, offered, planned

from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.timeline.events import SayEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cft_audio.script.cues import Line
    from cft_audio.speech.engines.engine import Sentence

FILE = Path(__file__).with_name("readings.tsv")

_HEAD = "# Made by write_readings.py and read by a person: a sentence, its words, their sounds.\n"


def sentences(lines: Iterable[Line]) -> Iterator[Sentence]:
    lexicon = Lexicon.of({})
    for line in dict.fromkeys(lines):
        yield from lexicon.sentences(line)


def lines_of_all() -> Iterator[Line]:
    """Yield every line of every practice, told for each difficulty, in each length and variant."""
    for name in PRACTICES:
        tellings = [
            *(planned(name, at, adaptations=chosen) for at in offered(name) for chosen in ADAPTED),
            *(planned(name, at, seed=seed) for at in offered(name) for seed in (1, 2)),
        ]
        for telling in tellings:
            yield from (event.line for event in telling.events if isinstance(event, SayEvent))


def readings_of_all() -> dict[str, str]:
    """Return the words with a reading and their sounds, by sentence."""
    return {
        sentence.text: " ".join(f"{f.text}=/{f.ipa}/" for f in sentence.fragments if f.ipa)
        for sentence in sentences(lines_of_all())
        if any(fragment.ipa for fragment in sentence.fragments)
    }


def written(readings: dict[str, str]) -> str:
    return _HEAD + "".join(f"{text}\t{sounds}\n" for text, sounds in sorted(readings.items()))
