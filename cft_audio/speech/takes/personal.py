"""Which sentences of a line say something of a person's own, and which say the same to anybody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.script.cues import Line
    from cft_audio.speech.engines.engine import Sentence
    from cft_audio.speech.text.lexicon import Lexicon

_SOMEBODY_ELSE = "Qxq"
"""Stands for what a person said: no word of a script, and begun like a name."""


def say_nothing_personal(line: Line, sentences: Sequence[Sentence], lexicon: Lexicon) -> list[bool]:
    """Return of each sentence whether it stays as it is when another person's words are in it.

    Where their words change how many sentences there are, none counts as anybody's.

    Args:
        line: The line.
        sentences: What an engine says for it.
        lexicon: How its words are said.
    """
    if not any(span.personal for span in line.spans):
        return [True] * len(sentences)
    spans = (replace(s, text=_SOMEBODY_ELSE) if s.personal else s for s in line.spans)
    others = lexicon.sentences(replace(line, spans=tuple(spans)))
    if len(others) != len(sentences):
        return [False] * len(sentences)
    return [one == other for one, other in zip(sentences, others, strict=True)]
