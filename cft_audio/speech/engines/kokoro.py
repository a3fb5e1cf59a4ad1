"""Kokoro-82M: more natural than Piper, on this machine, at ten times its cost in processor time."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from itertools import chain, islice
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from cft_audio.errors import EngineError, VoiceError
from cft_audio.languages.registry import language_of
from cft_audio.speech.engines.engine import Sentence, Spoken
from cft_audio.speech.engines.espeak_phonemes import sentence_phonemes
from cft_audio.speech.engines.kokoro_cutting import SAMPLE_RATE, cut
from cft_audio.speech.engines.kokoro_files import locate
from cft_audio.speech.engines.kokoro_model import KokoroModel
from cft_audio.speech.engines.kokoro_phonemes import (
    AMERICAN,
    BRITISH,
    CLOSING,
    MARKS,
    group_symbols,
    is_sounding,
    kokoro_symbols,
    split_symbols,
    typed_sounds,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.speech.engines.engine import EngineContext, Fragment

_REVISION = 1
"""Raised whenever other samples are made of a sentence by this module, the alphabet's or the
cutting's, so that cached takes are made anew."""

_ACCENTS = {"a": AMERICAN, "b": BRITISH}
"""The accent of a voice by the first letter of its name."""


@dataclass(frozen=True)
class KokoroSettings:
    """What a profile says of a Kokoro voice.

    Attributes:
        voice: The voice, as its makers call it: ``bm_fable``. The first letter is its accent, a for
            American and b for British.
        speed: How quick it is, 1 for its own pace. Measured, word errors and predicted opinion are
            as good at 0.85 as at 1; that is 150 to 170 words a minute, rests not counted.
        in_context: Whether the sentences of a line are said together and then cut apart. Some
            voices say short sentences by themselves badly (docs/voice-quality.md). It costs more
            when one word of a line is changed: all of the line is said anew.
    """

    voice: str
    speed: float = field(default=0.85, metadata={"range": (0.5, 1.5)})
    in_context: bool = False


class KokoroEngine:
    """Says sentences with one voice of Kokoro's, whose model is loaded when the first is asked for.

    The model draws nothing by chance. What it says of a word depends on its whole sentence.

    Raises:
        NotInstalledError: If the model or the voice is not there.
        VoiceError: If the voice speaks no English.
    """

    Settings: ClassVar = KokoroSettings
    online: ClassVar = False

    def __init__(self, settings: KokoroSettings, context: EngineContext) -> None:
        if settings.voice[:1] not in _ACCENTS:
            raise VoiceError(
                f"the Kokoro voice '{settings.voice}' speaks no English",
                remedy="Name one that begins with a (American) or b (British), such as bm_fable",
            )
        self._settings = settings
        self._accent = _ACCENTS[settings.voice[0]]
        model, style = locate(settings.voice, (context.folder, *context.voices))
        self._model = KokoroModel(model, style, self._accent.espeak_voice)

    @cached_property
    def fingerprint(self) -> str:
        """The hash of model and voice, the versions of what runs them, and the settings."""
        runs = f"{version('onnxruntime')} {version('piper-tts')} {_REVISION}"
        context = " in context" if self.in_context else ""
        return f"kokoro {runs} {self._model.identity} {self._settings.speed}{context}"

    @property
    def in_context(self) -> bool:
        """Whether the sentences of a line are said together; see ``SpeaksInContext``."""
        return self._settings.in_context

    def speak(self, sentence: Sentence, tempo: float) -> Spoken:
        """Say ``sentence``; see ``Engine``."""
        return self.speak_together([sentence], tempo)[0]

    def speak_together(self, sentences: Sequence[Sentence], tempo: float) -> tuple[Spoken, ...]:
        """Say the sentences of a line; see ``SpeaksInContext``."""
        parts = [list(split_symbols(self._symbols(each))) for each in sentences]
        said: list[Spoken] = []
        for group in group_symbols(list(chain.from_iterable(parts))):
            samples, lengths = self._model.say(" ".join(group), self._settings.speed / tempo)
            said += cut(samples, group, lengths)
        each_part = iter(said)
        return tuple(_joined(list(islice(each_part, len(part)))) for part in parts)

    def give_up(self) -> None:
        """Speak no more, and end what is spoken, which may take seconds; see ``Interruptible``."""
        self._model.give_up()

    def check_sound(self, fragment: Fragment) -> None:
        """Check the IPA of ``fragment``; see ``KnowsSounds``."""
        typed_sounds(fragment, self._accent)

    def sounds_of(self, sentence: Sentence) -> str:
        """Return its phonemes, before the model's alphabet; see ``TellsSounds``."""
        return unicodedata.normalize("NFC", "".join(self._phonemes(sentence)))

    def _phonemes(self, sentence: Sentence) -> list[str]:
        return sentence_phonemes(
            sentence,
            language_of(self._accent.espeak_voice),
            phonemize=self._model.phonemize,
            sounds=lambda fragment: typed_sounds(fragment, self._accent),
        )

    def _symbols(self, sentence: Sentence) -> str:
        symbols = kokoro_symbols(self._phonemes(sentence), self._accent).strip()
        if not is_sounding(symbols):
            raise EngineError(f"the voice finds nothing to say in '{sentence.text}'")
        return symbols if symbols[-1] in MARKS else symbols + CLOSING


def _joined(parts: list[Spoken]) -> Spoken:
    """Return what was said in parts as one, with a rest where they meet."""
    if len(parts) == 1:
        return parts[0]
    samples = np.concatenate([part.samples for part in parts])
    breaks: list[int] = []
    start = 0
    for part in parts:
        breaks += [*([start] if start else []), *(start + place for place in part.breaks)]
        start += len(part.samples)
    return Spoken(samples, SAMPLE_RATE, tuple(breaks))
