"""Kokoro-82M: more natural than Piper, on this machine, at ten times its cost in processor time."""

from __future__ import annotations

import hashlib
import threading
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
from cft_audio.speech.engines.kokoro_phonemes import (
    AMERICAN,
    BRITISH,
    CLOSING,
    MARKS,
    kokoro_symbols,
    symbol_numbers,
    typed_sounds,
)
from cft_audio.speech.engines.onnx import load_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from piper import PiperVoice

    from cft_audio.speech.engines.engine import EngineContext, Fragment

_REVISION = 1
"""Raised whenever other samples are made of a sentence by this module, the alphabet's or the
cutting's, so that cached takes are made anew."""

_ACCENTS = {"a": AMERICAN, "b": BRITISH}
"""The accent of a voice by the first letter of its name."""

_DURATIONS = b"/encoder/Clip_output_0"
"""The tensor that holds each symbol's length, in frames."""

_LONGEST = 510
"""Symbols that the model takes at once, and rows of a voice: a sentence of n has row n - 1. Another
row makes short sentences unintelligible (measured)."""

_STYLE = 256
"""Numbers in a row of a voice."""

_PAD = 0


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
        self._model, self._style = locate(settings.voice, (context.folder, *context.voices))
        self._lock = threading.Lock()

    @cached_property
    def fingerprint(self) -> str:
        """The hash of model and voice, the versions of what runs them, and the speed."""
        model, style = _sha256(self._model), _sha256(self._style)
        runs = f"{version('onnxruntime')} {version('piper-tts')} {_REVISION}"
        context = " in context" if self.in_context else ""
        return f"kokoro {runs} {model} {style} {self._settings.speed}{context}"

    @property
    def in_context(self) -> bool:
        """Whether the sentences of a line are said together; see ``SpeaksInContext``."""
        return self._settings.in_context

    def speak(self, sentence: Sentence, tempo: float) -> Spoken:
        """Say ``sentence``; see ``Engine``."""
        return self.speak_together([sentence], tempo)[0]

    def speak_together(self, sentences: Sequence[Sentence], tempo: float) -> tuple[Spoken, ...]:
        """Say the sentences of a line; see ``SpeaksInContext``."""
        with self._lock:
            phonemiser = self._phonemiser
        parts = [list(split_symbols(self._symbols(each, phonemiser))) for each in sentences]
        speed = self._settings.speed / tempo
        try:
            groups = group_symbols(list(chain.from_iterable(parts)))
            said = list(chain.from_iterable(self._say(group, speed) for group in groups))
        except Exception as error:
            text = " ".join(sentence.text for sentence in sentences)
            raise EngineError(f"the voice cannot say '{text}': {error}") from error
        each = iter(said)
        return tuple(_joined(list(islice(each, len(part)))) for part in parts)

    def check_sound(self, fragment: Fragment) -> None:
        """Check the IPA of ``fragment``; see ``KnowsSounds``."""
        typed_sounds(fragment, self._accent)

    def _symbols(self, sentence: Sentence, phonemiser: PiperVoice) -> str:
        phonemes = sentence_phonemes(
            sentence,
            language_of(self._accent.espeak_voice),
            phonemize=phonemiser.phonemize,
            sounds=lambda fragment: typed_sounds(fragment, self._accent),
        )
        symbols = kokoro_symbols(phonemes, self._accent).strip()
        if not _sounds(symbols):
            raise EngineError(f"the voice finds nothing to say in '{sentence.text}'")
        return symbols if symbols[-1] in MARKS else symbols + CLOSING

    def _say(self, sentences: Sequence[str], speed: float) -> tuple[Spoken, ...]:
        symbols = " ".join(sentences)
        numbers = np.array([[_PAD, *symbol_numbers(symbols), _PAD]], np.int64)
        style = self._styles[[len(symbols) - 1]]
        given = {"tokens": numbers, "style": style, "speed": np.array([speed], np.float32)}
        samples, lengths = self._session.run(None, given)
        return cut(samples.reshape(-1), sentences, lengths.reshape(-1))

    @cached_property
    def _session(self) -> InferenceSession:
        return load_model(self._model, _DURATIONS)

    @cached_property
    def _styles(self) -> NDArray[np.float32]:
        """The voice, shape (``_LONGEST``, ``_STYLE``)."""
        styles = np.fromfile(self._style, "<f4")
        if styles.size != _LONGEST * _STYLE:
            raise VoiceError(
                f"the voice {self._style} is damaged",
                remedy="Install it anew by ‹remove voice:kokoro› and ‹install voice:kokoro›",
            )
        return styles.reshape(_LONGEST, _STYLE)

    @cached_property
    def _phonemiser(self) -> PiperVoice:
        """Piper's phonemiser, which reads for one voice at a time, whichever engine asks."""
        # First, since it keeps the runtime, which Piper imports, from reporting to its maker.
        session, _ = self._session, self._styles
        from piper import PiperVoice
        from piper.config import PhonemeType, PiperConfig

        config = PiperConfig(0, 1, SAMPLE_RATE, self._accent.espeak_voice, {}, PhonemeType.ESPEAK)
        return PiperVoice(session, config)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sounds(symbols: str) -> bool:
    return any(symbol not in MARKS | {" ", "ˈ", "ˌ", "ː"} for symbol in symbols)


def split_symbols(symbols: str) -> Iterator[str]:
    """Yield ``symbols`` in parts that the model takes, parted at marks near their middle."""
    if len(symbols) <= _LONGEST:
        yield symbols
        return
    middle = len(symbols) // 2
    room = _LONGEST // 2  # so that either part is a good deal shorter
    near = range(max(1, middle - room), min(len(symbols) - 1, middle + room))
    for kind in (MARKS, {" "}):
        places = [at + 1 for at in near if symbols[at] in kind]
        if places:
            place = min(places, key=lambda at: abs(at - middle))
            break
    else:
        place = middle
    for part in (symbols[:place].strip(), symbols[place:].strip()):
        if _sounds(part):
            yield from split_symbols(part)


def group_symbols(parts: Sequence[str]) -> list[list[str]]:
    """Return ``parts`` in groups, each of which the model takes at once, as few as possible."""
    groups: list[list[str]] = []
    for part in parts:
        if groups and len(" ".join([*groups[-1], part])) <= _LONGEST:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


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
