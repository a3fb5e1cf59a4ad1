"""Piper, the default engine: neural, on this machine, the same samples each time."""

from __future__ import annotations

import hashlib
import json
import threading
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from cft_audio.errors import EngineError, VoiceError
from cft_audio.languages.registry import language_of
from cft_audio.speech.engines.allowance import Allowance
from cft_audio.speech.engines.engine import Sentence, Spoken
from cft_audio.speech.engines.espeak_phonemes import sentence_phonemes
from cft_audio.speech.engines.onnx import keep_to_this_machine, load_model
from cft_audio.speech.engines.piper_model import locate, model_config, speaker_id
from cft_audio.speech.text.ipa import NOT_SOUNDS, check_symbols, typed_ipa

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from piper import PiperVoice

    from cft_audio.speech.engines.engine import EngineContext, Fragment

_REVISION = 4
"""Raised whenever this module makes other phonemes of a sentence, so that its cached takes are
made anew."""

_RESTS = {",", ";", ":"}
"""Phonemes that Piper renders as silence inside a sentence."""

_MARKS = _RESTS | {".", "?", "!"}
_CLOSING = "."
"""What is put after a sentence without a mark: without one the default voice swallows its end
("Out" is heard as "now", and "Out." as itself)."""

_DURATIONS = b"/Ceil_output_0"
"""The tensor of a Piper voice that holds each phoneme's length, by the name every voice that
Piper's own exporter wrote gives it; a model keeps it to itself unless it is asked for."""


_AT_ONE_TIME = Allowance(320)
"""Ids of phonemes, two for each, that are said at one time: some twelve seconds of the default
voice. A process that speaks takes 525 MB with it, and 620 MB where two of the longest sentences
come together (measured on two cores)."""


@dataclass(frozen=True)
class PiperSettings:
    """What a profile says of a Piper voice.

    Attributes:
        model: A pip package that ships a voice, or the path of an ``.onnx`` file with its
            ``.onnx.json`` beside it, from the profile's folder.
        speaker: Of a voice with several speakers, the name of one as its model gives it, or its
            number; the model's own default where it is empty.
        length_scale: Factor on the length of phonemes. Measured with the default voice, word
            errors are fewest at 1.5 (158 words per minute) and grow again beyond 1.6.
    """

    model: str
    speaker: str | int = ""
    length_scale: float = field(default=1.5, metadata={"range": (0.5, 3.0)})


class PiperEngine:
    """Says sentences with one Piper voice, loaded when the first is asked for.

    Noise is off (``noise_scale`` and ``noise_w_scale`` 0): with it, two processes would give two
    recordings. One thread per sentence: the result then does not depend on the number of cores.

    Raises:
        VoiceError: If the model is not there, or has no such speaker.
    """

    Settings: ClassVar = PiperSettings
    online: ClassVar = False

    def __init__(self, settings: PiperSettings, context: EngineContext) -> None:
        self._settings = settings
        self._path, self._package = locate(settings.model, context.folder)
        self._speaker = speaker_id(settings.speaker, self._path)
        self._lock = threading.Lock()

    @cached_property
    def fingerprint(self) -> str:
        """Piper's version and this module's, the model's package or hash, and the settings."""
        identity = self._package
        if not identity:
            with self._path.open("rb") as file:
                model = hashlib.file_digest(file, "sha256").hexdigest()
            config = json.dumps(model_config(self._path), sort_keys=True)
            identity = f"{model} {hashlib.sha256(config.encode()).hexdigest()}"
        speaker = "" if self._speaker is None else f" speaker {self._speaker}"
        scale = self._settings.length_scale
        return f"piper {version('piper-tts')} {_REVISION} {identity} {scale}{speaker}"

    def speak(self, sentence: Sentence, tempo: float) -> Spoken:
        """Say ``sentence``; see ``Engine``."""
        with self._lock:
            voice = self._voice
        from piper.config import SynthesisConfig

        phonemes = self._phonemes(sentence)
        if not phonemes:
            raise EngineError(f"the voice finds nothing to say in '{sentence.text}'")
        settings = SynthesisConfig(
            speaker_id=self._speaker,
            length_scale=self._settings.length_scale * tempo,
            noise_scale=0.0,
            noise_w_scale=0.0,
            normalize_audio=False,
        )
        if phonemes[-1] not in _MARKS and _CLOSING in voice.config.phoneme_id_map:
            phonemes.append(_CLOSING)
        ids = voice.phonemes_to_ids(phonemes)
        try:
            with _AT_ONE_TIME.take(len(ids)):
                found = voice.phoneme_ids_to_audio(ids, settings, include_alignments=True)
        except Exception as error:
            raise EngineError(f"the voice cannot say '{sentence.text}': {error}") from error
        samples, lengths = found if isinstance(found, tuple) else (found, None)
        breaks = () if lengths is None else self._breaks(phonemes, np.cumsum(lengths))
        return Spoken(samples, voice.config.sample_rate, breaks)

    def check_sound(self, fragment: Fragment) -> None:
        """Check the IPA of ``fragment``; see ``KnowsSounds``."""
        config = model_config(self._path)
        espeak_voice = (config.get("espeak") or {}).get("voice") or ""
        _symbols(fragment, str(espeak_voice), config.get("phoneme_id_map") or {})

    def sounds_of(self, sentence: Sentence) -> str:
        """Return its phonemes; see ``TellsSounds``."""
        return unicodedata.normalize("NFC", "".join(self._phonemes(sentence)))

    @cached_property
    def _reader(self) -> PiperVoice:
        """The voice without its model, which reads a text as phonemes."""
        keep_to_this_machine()
        from piper import PiperVoice
        from piper.config import PiperConfig

        config = PiperConfig.from_dict(model_config(self._path))
        return PiperVoice(session=None, config=config)

    @cached_property
    def _voice(self) -> PiperVoice:
        session = load_model(self._path, _DURATIONS)
        from piper import PiperVoice
        from piper.config import PiperConfig

        config = model_config(self._path)
        try:
            return PiperVoice(session=session, config=PiperConfig.from_dict(config))
        except Exception as error:
            raise VoiceError(f"the voice model {self._path} cannot be loaded: {error}") from error

    def _phonemes(self, sentence: Sentence) -> list[str]:
        config = self._reader.config
        return sentence_phonemes(
            sentence,
            language_of(config.espeak_voice),
            phonemize=self._reader.phonemize,
            sounds=lambda fragment: _symbols(fragment, config.espeak_voice, config.phoneme_id_map),
        )

    def _breaks(self, phonemes: list[str], ends: NDArray[np.int64]) -> tuple[int, ...]:
        """Return where the samples rest: the end of each rest between two phonemes.

        ``ends`` has the end of each id: the start mark, then each phoneme and a pad after it.
        """
        id_map = self._voice.config.phoneme_id_map
        pad = len(id_map["_"])
        widths = [len(id_map[p]) + pad if p in id_map else 0 for p in ["^", *phonemes]]
        last_ids = np.cumsum(widths)[1:-1] - 1
        rests = zip(phonemes, ends[last_ids].tolist(), strict=False)  # none after the last phoneme
        return tuple(end for phoneme, end in rests if phoneme in _RESTS)


def _symbols(fragment: Fragment, espeak_voice: str, known: Mapping[str, object]) -> list[str]:
    """Return the phonemes of a fragment's IPA, all of which the voice has to know.

    Raises:
        EngineError: If there are others; it names them.
    """
    symbols = typed_ipa(fragment.ipa, espeak_voice)
    check_symbols(fragment, {*symbols} - (known.keys() - NOT_SOUNDS))
    return symbols
