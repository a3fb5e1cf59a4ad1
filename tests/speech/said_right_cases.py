"""Lines, how they are spelled out, and how they must and must not sound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.languages.registry import language_of
from cft_audio.script.cues import Line, Span
from cft_audio.speech.text.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

    from cft_audio.speech.engines.engine import Sentence

_TABLES = Path(__file__).parent / "text"


@dataclass(frozen=True)
class Row:
    """A row of the table, whose first line names its columns."""

    text: str
    language: str = "en"
    spoken: str = ""
    ipa: str = ""
    not_ipa: str = ""
    used: str = ""

    def check(self, sounds: Callable[[Sentence], str]) -> None:
        """Fail unless it is spelled out, and sounds, as it should."""
        lexicon = Lexicon.of({}, language=language_of(self.language))
        sentences = lexicon.sentences(Line((Span(self.text),)))
        ipa = " ".join(map(sounds, sentences))

        assert re.search(self.spoken, " ".join(s.text for s in sentences).lower())
        assert re.search(self.ipa, ipa)
        assert not self.not_ipa or not re.search(self.not_ipa, ipa)


def _rows(name: str) -> list[Row]:
    lines = (_TABLES / name).read_text(encoding="utf-8").splitlines()
    return [Row(*line.split("\t")) for line in lines if line and not line.startswith("#")]


ROWS = [*_rows("said-right.tsv"), *_rows("said-right-too.tsv")]
