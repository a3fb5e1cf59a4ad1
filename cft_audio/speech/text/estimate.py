"""About how long a line takes to say, before any voice has said it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cft_audio.signal.audio import samples
from cft_audio.speech.text.rules import speakable

if TYPE_CHECKING:
    from cft_audio.languages.pack import Language
    from cft_audio.script.cues import Line

_FIGURE_CHARACTER, _FIGURE_SENTENCE = 1.12, 1.4
"""Factors for the figure's words, in the guide's voice, which then is slower and rests longer;
fitted to the 40 lines of benchmarks/voice."""

_NOT_AS_WRITTEN = re.compile(r"\d|[A-Z]{2}|[@#&%=/<>*~]")
"""What is said in other words than it is written in; all else is as long as it is written."""

_INNER_END = re.compile(r"[.!?…]\s+\S")


def estimate_length(line: Line, unhurried: float, language: Language) -> int:
    """Return about how many samples the clip of ``line`` has; only content is chosen by it."""
    text = line.text
    if _NOT_AS_WRITTEN.search(text):
        text = speakable(text, language)
    inner = len(_INNER_END.findall(text))
    speech = language.character_s * len(text)
    rests = language.sentence_s * unhurried * inner
    if line.speaker == "figure":
        return samples(_FIGURE_CHARACTER * speech + _FIGURE_SENTENCE * rests)
    return samples(speech + rests)
