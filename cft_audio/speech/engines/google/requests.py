"""A sentence as the requests that gTTS makes of it: pieces of at most a hundred characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gtts import gTTS
from gtts.lang import tts_langs

from cft_audio.errors import EngineError, VoiceError
from cft_audio.schema.suggest import did_you_mean

if TYPE_CHECKING:
    from requests import PreparedRequest

    from cft_audio.speech.engines.google.engine import GoogleSettings

_MARKS = ".,;:!?…‥—–。，、：；？！"
_AFTER_A_MARK = re.compile(rf"(?<=[{_MARKS}])\s+")


@dataclass(frozen=True)
class Part:
    """A piece of a sentence.

    Attributes:
        text: What is sent of it.
        request: The request as gTTS has prepared it, not sent.
    """

    text: str
    request: PreparedRequest

    @property
    def ends_phrase(self) -> bool:
        """Whether a voice rests after it."""
        return self.text.endswith(tuple(_MARKS))


def parts_of(text: str, settings: GoogleSettings) -> list[Part]:
    """Return ``text`` as requests, at least one.

    Raises:
        VoiceError: If there is no such language.
        EngineError: If nothing of the text can be said.
    """
    languages, language = tts_langs(), settings.language
    if language not in languages:
        raise VoiceError(
            f"Google speaks no language '{language}'", remedy=did_you_mean(language, languages)
        )
    if not any(letter.isalnum() for letter in text):
        raise EngineError(f"there is nothing to say in '{text}'")
    chosen = {"lang": language, "tld": settings.tld, "slow": settings.slow}
    speech = gTTS(text, **chosen, lang_check=False, tokenizer_func=_pieces)
    # What gTTS itself sends; it has no public way to have them unsent.
    pieces, requests = speech._tokenize(text), speech._prepare_requests()  # noqa: SLF001
    return [Part(*part) for part in zip(pieces, requests, strict=True)]


def _pieces(text: str) -> list[str]:
    """Return ``text`` in as few pieces as can be, cut where phrases end.

    gTTS's own way cuts at each comma and drops it: more requests, and each piece said as if the
    sentence ended there. A phrase too long for one request is cut by gTTS between two words.
    """
    pieces: list[str] = []
    for phrase in _AFTER_A_MARK.split(text):
        longer = f"{pieces[-1]} {phrase}" if pieces else phrase
        if pieces and len(longer) <= gTTS.GOOGLE_TTS_MAX_CHARS:
            pieces[-1] = longer
        else:
            pieces.append(phrase)
    return pieces
