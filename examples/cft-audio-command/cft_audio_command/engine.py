"""The engine ``command``: a program that a voice profile names says each sentence.

A profile such as this makes a voice of it::

    engine = "command"
    language = "en-US"

    [command]
    command = ["espeak-ng", "--stdin", "-w", "{wav}"]

The program is started anew for each sentence, without a shell.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import wave
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from cft_audio.errors import EngineError, VoiceError
from cft_audio.speech.engines.engine import Sentence, Spoken

if TYPE_CHECKING:
    from cft_audio.speech.engines.engine import EngineContext

TEXT, WAV = "{text}", "{wav}"

_WIDTHS = {1: "u1", 2: "<i2", 4: "<i4"}
"""How a WAV file keeps samples of one, two and four bytes (RIFF, WAVE_FORMAT_PCM)."""


@dataclass(frozen=True)
class CommandSettings:
    """What a profile's ``[command]`` table says.

    Attributes:
        command: The program and its arguments. ``{text}`` stands for the sentence, and without it
            the program is given the sentence on its standard input, where no other user of the
            machine can see it, as they can see a program's arguments. ``{wav}`` stands for the file
            to write, and without it the program writes the WAV to its standard output.
        version: Anything; raise it when the program says things another way than before, so that
            sentences are not taken from the cache.
        patience: Seconds after which the program is taken for stuck.
    """

    command: tuple[str, ...]
    version: str = ""
    patience: float = field(default=60.0, metadata={"range": (1.0, 3600.0)})


class CommandEngine:
    """Says sentences through a program.

    Raises:
        VoiceError: If the program is not there.
    """

    Settings: ClassVar = CommandSettings
    online: ClassVar = False

    def __init__(self, settings: CommandSettings, context: EngineContext) -> None:
        if not settings.command:
            raise VoiceError("'command' names no program", remedy='Write command = ["program", …]')
        name = settings.command[0]
        beside = context.folder / name
        program = str(beside) if beside.is_file() else shutil.which(name)
        if program is None:
            raise VoiceError(f"the program '{name}' is not installed", remedy="Install it")
        self._settings = settings
        self._program = program

    @property
    def fingerprint(self) -> str:
        """The command, and of the program what changes when it is updated."""
        status = Path(self._program).stat()
        return repr((self._settings, self._program, status.st_size, status.st_mtime_ns))

    def speak(self, sentence: Sentence, tempo: float) -> Spoken:  # noqa: ARG002 -- it has one tempo
        """Say ``sentence``."""
        text = _as_text(sentence)
        with tempfile.TemporaryDirectory(prefix="cft-audio-") as folder:
            file = Path(folder) / "sentence.wav"
            output = self._run([self._filled(part, text, file) for part in self._arguments], text)
            content = file.read_bytes() if file.exists() else output
        return _spoken(content, self._program)

    @property
    def _arguments(self) -> tuple[str, ...]:
        return self._settings.command[1:]

    def _filled(self, part: str, text: str, file: Path) -> str:
        if part == TEXT and text.startswith("-"):
            return f" {text}"  # which keeps it from being taken for an option
        return part.replace(WAV, str(file)).replace(TEXT, text)

    def _run(self, arguments: list[str], text: str) -> bytes:
        given = "" if any(TEXT in part for part in self._arguments) else text
        try:
            done = subprocess.run(  # noqa: S603 -- the profile's own program, without a shell
                [self._program, *arguments],
                input=given.encode(),
                capture_output=True,
                timeout=self._settings.patience,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise EngineError(f"'{self._program}' does not answer: {error}") from None
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").strip() or f"status {done.returncode}"
            raise EngineError(f"'{self._program}' failed: {said}")
        return done.stdout


def _as_text(sentence: Sentence) -> str:
    """Return ``sentence`` as a program can read it; a respelling is read better than a name."""
    return "".join(
        fragment.respelling.replace("-", " ").lower() or fragment.text
        for fragment in sentence.fragments
    )


def _spoken(content: bytes, program: str) -> Spoken:
    try:
        with wave.open(io.BytesIO(content)) as file:
            pcm = file.readframes(file.getnframes())
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
    except (wave.Error, EOFError) as error:
        raise EngineError(f"'{program}' wrote no WAV file: {error}") from None
    if width not in _WIDTHS:
        raise EngineError(
            f"'{program}' wrote samples of {8 * width} bits", remedy="Have it write 16 bits"
        )
    samples = np.frombuffer(pcm, _WIDTHS[width]).reshape(-1, channels).mean(axis=1)
    middle = 128 if width == 1 else 0
    scaled = (samples - middle) / 2 ** (8 * width - 1)
    return Spoken(scaled.astype(np.float32), rate)
