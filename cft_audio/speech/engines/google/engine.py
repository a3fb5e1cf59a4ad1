"""Google's voices, online, by the package gTTS: every line that they say is sent to Google.

gTTS cuts the text and writes the requests. They are sent by this program (``service``) and
not by gTTS, which (2.5.4) checks no certificate and waits without end.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from cft_audio.errors import EngineError, VoiceError
from cft_audio.schema.suggest import did_you_mean
from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.signal.pcm import to_float
from cft_audio.speech.engines.engine import Spoken
from cft_audio.speech.engines.google.service import POLICY, Policy, Service
from cft_audio.speech.text.respelling import syllables

if TYPE_CHECKING:
    from requests import PreparedRequest

    from cft_audio.speech.engines.engine import EngineContext, Fragment, Sentence
    from cft_audio.speech.takes.take import Take

_REVISION = 1
"""Raised whenever this module makes other sound of the same answers, so that its takes are made
anew; the answers are kept, and not asked for again."""

TLDS = (
    *("com", "us", "ca", "co.uk", "ie", "com.au", "co.in", "co.za", "com.ng"),
    *("fr", "com.br", "pt", "com.mx", "es"),
)
"""The top-level domains that decide an accent (gTTS 2.5, "Localized accents"). No others: a host
that a profile makes up need not be Google's, whom alone a person has agreed to."""


@dataclass(frozen=True)
class GoogleSettings:
    """What a profile says of a Google voice.

    Attributes:
        language: A language as gTTS names it: ``gtts-cli --all``.
        tld: The top-level domain of the Google Translate that speaks, which decides the accent:
            one of ``TLDS``.
        slow: Whether it speaks slowly.
    """

    language: str = "en"
    tld: str = "com"
    slow: bool = False


class GoogleEngine:
    """Says sentences with Google Translate's voices; a tempo cannot be changed.

    What Google answers is kept in the clip cache as it comes, before anything is made of it. So
    nothing is sent twice: not after a build that failed or was stopped half-way through a
    sentence, not for a breath cue at another tempo, not when a new version of this program makes
    takes in another way.

    Args:
        settings: What the profile says.
        context: Where the profile is.
        policy: How requests are paced and repeated.

    Raises:
        VoiceError: If gTTS is not installed, or the top-level domain is not one of ``TLDS``.
    """

    Settings: ClassVar = GoogleSettings
    online: ClassVar = True

    def __init__(
        self, settings: GoogleSettings, context: EngineContext, policy: Policy = POLICY
    ) -> None:
        from cft_audio.speech.takes.cache import ClipCache

        if settings.tld not in TLDS:
            raise VoiceError(
                f"Google's voices have no accent by the top-level domain '{settings.tld}'",
                remedy=did_you_mean(settings.tld, TLDS),
                where=str(context.folder),
            )
        self._settings = settings
        self._answers = ClipCache(context.cache) if context.cache else None
        try:
            self._version = version("gtts")
        except PackageNotFoundError as error:
            raise VoiceError(
                "the package gTTS is not installed", remedy="Install it: pip install gtts"
            ) from error
        self._service = Service(policy)
        self._turn = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """The version of gTTS and of this module, and the settings.

        Google can change a voice at any time and names no version of it: what is kept stays as it
        is, and what is asked for later may sound otherwise.
        """
        settings = self._settings
        speed = " slow" if settings.slow else ""
        return f"gtts {self._version} {_REVISION} {settings.language} {settings.tld}{speed}"

    def speak(self, sentence: Sentence, tempo: float) -> Spoken:  # noqa: ARG002 -- see the class
        """Say ``sentence``; see ``Engine``."""
        from cft_audio.speech.engines.google.requests import ends_phrase, requests_of
        from cft_audio.speech.takes.take import make_take

        requests = requests_of(written(sentence), self._settings)
        answers = [self._answer(*request) for request in requests]
        said = [Spoken(to_float(answer.pcm), SAMPLE_RATE) for answer in answers]
        if len(said) == 1:
            return said[0]
        # Each begins and ends in silence of its own, and is a little louder or softer than the
        # last. The sentence may rest longer where a phrase ends.
        takes = [make_take(spoken).pcm for spoken in said]
        ends = np.cumsum([len(take) for take in takes[:-1]]).tolist()
        pieces = zip(ends, requests, strict=False)  # no rest after the last one
        breaks = tuple(end for end, (text, _) in pieces if ends_phrase(text))
        return Spoken(to_float(np.concatenate(takes)), SAMPLE_RATE, breaks)

    def check_sound(self, fragment: Fragment) -> None:
        """Refuse any IPA: the word is said as it is written; see ``KnowsSounds``."""
        raise EngineError(
            f"Google's voices read no IPA, and say '{fragment.text}' as it is written",
            remedy='Write syllables, such as see-oh-MAR-ah, or in a script (word)[sub:"…"]',
        )

    def give_up(self) -> None:
        """End every request under way or waiting; see ``Interruptible``."""
        self._service.give_up()

    def _answer(self, text: str, request: PreparedRequest) -> Take:
        """Return what Google says for a piece of a sentence, as it said it."""
        from cft_audio.speech.engines.google.answer import sound_in
        from cft_audio.speech.takes.cache import key_of

        key = key_of("google's answer", request.url or "", str(request.body))
        with self._turn:  # one request at a time, and none for what a thread has just been given
            kept = self._answers.get(key) if self._answers else None
            if kept is None:
                kept = self._service.ask(request, partial(sound_in, text=text))
                if self._answers:
                    self._answers.put(key, kept)
        return kept


def written(sentence: Sentence) -> str:
    """Return ``sentence`` as Google is given it: it knows no phonemes, only how a word is spelled.

    A respelling is written as its syllables. Where only IPA is given, the word is left as it is.
    """
    return "".join(
        "-".join(spelled for spelled, _ in syllables(fragment.respelling))
        if fragment.respelling
        else fragment.text
        for fragment in sentence.fragments
    )
