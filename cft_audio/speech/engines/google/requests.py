"""A sentence as the requests that gTTS makes of it: pieces of at most a hundred characters."""

from __future__ import annotations

import re
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


def ends_phrase(piece: str) -> bool:
    """Return whether a voice rests after a piece of a sentence."""
    return piece.endswith(tuple(_MARKS))


def requests_of(text: str, settings: GoogleSettings) -> list[tuple[str, PreparedRequest]]:
    """Return the pieces of ``text``, at least one, each with its request.

    The requests are as gTTS has prepared them, not sent.

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
    return list(zip(speech._tokenize(text), speech._prepare_requests(), strict=True))  # noqa: SLF001


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
