"""A person's own voice: each sentence as they read it aloud."""

from __future__ import annotations

import hashlib
import io
import json
import re
import wave
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from cft_audio.errors import EngineError, Problem, VoiceError, VoiceFileError
from cft_audio.schema.files import read_json
from cft_audio.schema.reader import Reader
from cft_audio.signal.pcm import to_float
from cft_audio.speech.engines.engine import Spoken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cft_audio.speech.engines.engine import Engine, EngineContext, Sentence

INDEX = "takes.json"
"""The file in a voice's folder that says which take is which sentence."""

FORMAT = 1
"""Raised when an index is written that an older program would misread."""

CUES_READ = 2
"""Breath cues that take turns: a person reads so many for the in-breath and for the out-breath, all
short and alike, and of more of them it is not told reliably which is which."""

_WORD = re.compile(r"\w+(?:'\w+)*")
_WIDTH = 2
"""The bytes of a sample of a take."""

_REMEDY = "Make the voice anew: ‹make own voice›"


@dataclass(frozen=True)
class RecordedTake:
    """A sentence as it was read.

    Attributes:
        text: The sentence, as the engine is asked for it.
        file: A 16-bit WAV file in the voice's folder.
        breaks: Samples at which the reader rested and may rest longer.
        sheet: The identity of the sheet it was read from.
    """

    text: str
    file: str
    breaks: tuple[int, ...] = ()
    sheet: str = ""


@dataclass(frozen=True)
class _Index:
    """What the index of a recorded voice holds."""

    takes: tuple[RecordedTake, ...] = field(metadata={"entries": RecordedTake})


@dataclass(frozen=True)
class RecordedSettings:
    """What a profile says of a recorded voice.

    Attributes:
        takes: The folder of its takes and their index, from the profile's folder.
        fallback: The voice that says what was not read; empty for none.
    """

    takes: str
    fallback: str = ""


class RecordedEngine:
    """Says the sentences that were read; a tempo cannot be changed.

    Raises:
        VoiceError: If the takes are not there.
    """

    Settings: ClassVar = RecordedSettings
    online: ClassVar = False

    def __init__(self, settings: RecordedSettings, context: EngineContext) -> None:
        self._fallback_name = settings.fallback
        self._context = context
        self._folder = context.folder / settings.takes
        self._takes = {key_of_sentence(take.text): take for take in read_takes(self._folder)}

    @cached_property
    def fingerprint(self) -> str:
        """The hash of every take and its sentence, and what the fallback voice is known by.

        The files themselves are read, so that one mended by hand is heard.
        """
        digest = hashlib.sha256()
        for key, take in sorted(self._takes.items()):
            digest.update(json.dumps([key, take.breaks]).encode())
            digest.update(hashlib.sha256(self._content(take)).digest())
        after = f" or {self._fallback.fingerprint}" if self._fallback else ""
        return f"recorded {digest.hexdigest()}{after}"

    def length_of(self, text: str) -> int | None:
        """Return how many samples the take of ``text`` has; None where it was not read."""
        take = self._takes.get(key_of_sentence(text))
        return len(self._read(take).samples) if take else None

    def speak(self, sentence: Sentence, tempo: float) -> Spoken:
        """Say ``sentence``; see ``Engine``."""
        if take := self._takes.get(key_of_sentence(sentence.text)):
            return self._read(take)
        if self._fallback:
            return self._fallback.speak(sentence, tempo)
        raise EngineError(
            f"the recorded voice has no take of '{sentence.text}', and there may be other "
            "sentences that it lacks",
            remedy="Write them all as a sheet to read aloud: ‹write record sheet›; or let another "
            'voice say them: add fallback = "joe" under [recorded] in the profile of this one',
            where=str(self._folder),
        )

    @cached_property
    def _fallback(self) -> Engine | None:
        if not (name := self._fallback_name):
            return None
        engine = self._context.voice(name)
        if isinstance(engine, RecordedEngine) or getattr(engine, "online", False):
            raise VoiceError(
                f"the fallback '{name}' is itself a recorded voice, or speaks over the network",
                remedy="Name one that can say anything, and on this machine, such as joe",
                where=str(self._folder),
            )
        return engine

    def _content(self, take: RecordedTake) -> bytes:
        path = self._folder / take.file
        try:
            return path.read_bytes()
        except OSError as error:
            raise VoiceError(
                f"the take of '{take.text}' cannot be read: {error.strerror}",
                remedy=_REMEDY,
                where=str(path),
            ) from error

    def _read(self, take: RecordedTake) -> Spoken:
        try:
            with wave.open(io.BytesIO(self._content(take))) as file:
                channels, width, rate, frames, *_ = file.getparams()
                pcm = np.frombuffer(file.readframes(frames), "<i2").reshape(-1, channels)
        except (wave.Error, EOFError, ValueError) as error:
            raise self._unreadable(take) from error
        if width != _WIDTH:
            raise self._unreadable(take)
        return Spoken(to_float(pcm).mean(axis=1), rate, take.breaks)

    def _unreadable(self, take: RecordedTake) -> EngineError:
        return EngineError(
            f"the take of '{take.text}' is not a WAV file of 16 bits",
            remedy="Save it as one, or make the voice anew",
            where=str(self._folder / take.file),
        )


def key_of_sentence(text: str) -> str:
    """Return the words of ``text``: what a sentence is known by, whatever its case and marks."""
    return " ".join(_WORD.findall(text.casefold()))


def read_takes(folder: Path) -> tuple[RecordedTake, ...]:
    """Return the takes of the recorded voice in ``folder``.

    Raises:
        VoiceError: If there are none, or their index cannot be read.
    """
    path = folder / INDEX
    if not path.is_file():
        message = "there are no takes of a recorded voice there"
        raise VoiceFileError([Problem(str(path), 0, message, "Make it: ‹make own voice›")])
    table = read_json(path, VoiceFileError, _REMEDY)
    reader = Reader(str(path), VoiceFileError, _REMEDY)
    reader.check_format(table, FORMAT)
    index = reader.fill(_Index, table)
    reader.check()
    return index.takes


def as_index(takes: Sequence[RecordedTake]) -> dict[str, Any]:
    """Return the content of an index of ``takes``."""
    return {"format": FORMAT, "takes": [asdict(take) for take in takes]}
