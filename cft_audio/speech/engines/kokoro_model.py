"""Kokoro's model and one of its voices: loaded when they are needed, told to stop when not."""

from __future__ import annotations

import hashlib
import threading
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import numpy as np

from cft_audio.errors import EngineError, VoiceError
from cft_audio.speech.engines.kokoro_cutting import SAMPLE_RATE
from cft_audio.speech.engines.kokoro_phonemes import LONGEST, symbol_numbers
from cft_audio.speech.engines.onnx import keep_to_this_machine, load_model

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession, RunOptions
    from piper import PiperVoice

    from cft_audio.signal.audio import Mono

_DURATIONS = b"/encoder/Clip_output_0"
"""The tensor that holds each symbol's length, in frames."""

_STYLE = 256
"""Numbers in a row of a voice, which has ``LONGEST`` rows: a text of n symbols has row n - 1.
Another row makes short sentences unintelligible (measured)."""

_PAD = 0

_LOADED: WeakValueDictionary[str, InferenceSession] = WeakValueDictionary()
"""The models that are in use, by their files: 260 MB each, which the voices of a session share."""

_LOADING = threading.Lock()
"""Held while something is loaded."""


class KokoroModel:
    """The model with one voice; several threads may use it at once.

    Args:
        model: The model's file.
        style: The voice's.
        espeak_voice: The phonemiser's voice for its accent.
    """

    def __init__(self, model: Path, style: Path, espeak_voice: str) -> None:
        self._model, self._style = model, style
        self._espeak_voice = espeak_voice
        self._is_given_up = False
        self._runs: set[RunOptions] = set()

    @cached_property
    def identity(self) -> str:
        """The hashes of both files.

        Raises:
            VoiceError: If one cannot be read.
        """
        return f"{_sha256(self._model)} {_sha256(self._style)}"

    def phonemize(self, text: str) -> list[list[str]]:
        """Return the phonemes of ``text``, a list for each sentence in it."""
        with _LOADING:
            phonemiser = self._phonemiser
        return phonemiser.phonemize(text)

    def say(self, symbols: str, speed: float) -> tuple[Mono, NDArray[np.float32]]:
        """Return the samples of ``symbols``, ``LONGEST`` at most, and the frames of each.

        Raises:
            VoiceError: If the model or the voice cannot be loaded.
            EngineError: If it cannot be said, or it was told to give up.
        """
        with _LOADING:
            session, styles = self._session, self._styles
        from onnxruntime import RunOptions

        numbers = np.array([[_PAD, *symbol_numbers(symbols), _PAD]], np.int64)
        style, pace = styles[[len(symbols) - 1]], np.array([speed], np.float32)
        run = RunOptions()
        self._runs.add(run)
        try:
            self._check_wanted()
            given = {"tokens": numbers, "style": style, "speed": pace}
            samples, lengths = session.run(None, given, run)
        except Exception as error:
            self._check_wanted()
            raise EngineError(f"the model cannot say '{symbols}': {error}") from error
        finally:
            self._runs.discard(run)
        return samples.reshape(-1), lengths.reshape(-1)

    def give_up(self) -> None:
        """End what is said, and say no more; see ``Interruptible``."""
        self._is_given_up = True
        for run in list(self._runs):
            run.terminate = True

    def _check_wanted(self) -> None:
        if self._is_given_up:
            raise EngineError("the voice was told to give up")

    @cached_property
    def _session(self) -> InferenceSession:
        key = str(self._model)
        session = _LOADED.get(key) or load_model(self._model, _DURATIONS)
        _LOADED[key] = session
        return session

    @cached_property
    def _styles(self) -> NDArray[np.float32]:
        """The voice, shape (``LONGEST``, ``_STYLE``)."""
        try:
            styles = np.fromfile(self._style, "<f4")
        except OSError as error:
            raise _unreadable(self._style, error) from error
        if styles.size != LONGEST * _STYLE:
            raise VoiceError(
                f"the voice {self._style} is damaged",
                remedy="Install it anew by ‹remove voice:kokoro› and ‹install voice:kokoro›",
            )
        return styles.reshape(LONGEST, _STYLE)

    @cached_property
    def _phonemiser(self) -> PiperVoice:
        """Piper's phonemiser, which reads for one voice at a time, whichever engine asks."""
        keep_to_this_machine()
        from piper import PiperVoice
        from piper.config import PhonemeType, PiperConfig

        config = PiperConfig(0, 1, SAMPLE_RATE, self._espeak_voice, {}, PhonemeType.ESPEAK)
        return PiperVoice(session=None, config=config)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> VoiceError:
    return VoiceError(f"Kokoro cannot be read: {error.strerror or error}", where=str(path))
