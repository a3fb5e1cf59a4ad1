"""espeak-ng, the small second engine: a formant synthesiser that the system may have.

It is a plain, robotic voice in over a hundred languages, on any machine, in a few milliseconds. The
program is asked for one sentence at a time. The text goes to its standard input and never into its
arguments, so that no text can be an option of it.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import wave
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from cft_audio.errors import EngineError, VoiceError
from cft_audio.files.processes import run_program
from cft_audio.languages.registry import language_of
from cft_audio.signal.pcm import to_float
from cft_audio.speech.engines.engine import Fragment, Sentence, Spoken
from cft_audio.speech.engines.mnemonics import SEPARATOR, mnemonics_of, with_ending
from cft_audio.speech.text.respelling import syllables

if TYPE_CHECKING:
    from cft_audio.signal.audio import Mono
    from cft_audio.speech.engines.engine import EngineContext

_REVISION = 2
"""Raised whenever this module gives the program other input, so that its takes are made anew."""

_SLOWEST, _FASTEST = 80, 450
"""Words per minute that the program takes (its manual, option -s)."""

_REST = 16.0
"""Seconds of silence, times words per minute, from which it is a rest and not a stop consonant.
Measured from 80 to 200 words per minute: stops take up to 9, the rests of commas from 23."""

_PATIENCE = 60.0
"""Seconds after which a program that takes milliseconds is taken for stuck."""

_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f\[\]]")
"""Control characters, which are commands to the program, and what begins phonemes."""

_TRAP = re.compile("a(?![ɪʊː])")
"""The vowel of "trap", which the program writes so in its British voices, and as æ in others."""

_VOICE_NAME = re.compile(r"[\w+/-]+")
_NOT_PHONEMES = re.compile(r"\([a-z-]+\)|[\s',]")
"""Switches of the language, blanks and stress marks in what the program answers."""

_INSTALL = {"darwin": "brew install espeak-ng", "win32": "winget install eSpeak-NG.eSpeak-NG"}
_ELSEWHERE = "sudo apt install espeak-ng, sudo dnf install espeak-ng, or as your system installs it"


@dataclass(frozen=True)
class EspeakSettings:
    """What a profile says of an espeak-ng voice.

    Attributes:
        voice: One of ``espeak-ng --voices``, a variant after a plus sign: ``en-gb+f3``.
        words_per_minute: As the program counts them. Measured in whole sentences, it says a third
            more than that: 120 gives 160, about as many as the default voice.
        pitch: From 0, low, to 99; the program's own is 50.
    """

    voice: str = "en-gb"
    words_per_minute: int = field(default=120, metadata={"range": (_SLOWEST, 300)})
    pitch: int = field(default=40, metadata={"range": (0, 99)})


class EspeakEngine:
    """Says sentences with the system's espeak-ng.

    Raises:
        VoiceError: If it is not installed.
    """

    Settings: ClassVar = EspeakSettings
    online: ClassVar = False

    def __init__(self, settings: EspeakSettings, context: EngineContext) -> None:
        if not _VOICE_NAME.fullmatch(settings.voice):
            raise _no_such_voice(settings.voice, str(context.folder))
        self._settings = settings
        self._program = _program()

    @cached_property
    def fingerprint(self) -> str:
        """The program's version and data, this module's version, and the settings."""
        version = self._run("--version", text="").decode(errors="replace").strip()
        voice, pitch = self._settings.voice, self._settings.pitch
        return f"{version} {_REVISION} {voice} {self._settings.words_per_minute} {pitch}"

    def speak(self, sentence: Sentence, tempo: float) -> Spoken:
        """Say ``sentence``; see ``Engine``."""
        speed = min(max(_SLOWEST, round(self._settings.words_per_minute / tempo)), _FASTEST)
        options = ("-s", str(speed), "-p", str(self._settings.pitch), "--stdout")
        said = self._ask(*options, text=self._written(sentence))
        try:
            with wave.open(io.BytesIO(said)) as file:
                pcm, rate = file.readframes(file.getnframes()), file.getframerate()
            samples = to_float(np.frombuffer(pcm, "<i2"))
        except (wave.Error, EOFError, ValueError) as error:
            raise EngineError(f"espeak-ng gave no sound for '{sentence.text}': {error}") from error
        return Spoken(samples, rate, _rests(samples, round(_REST / speed * rate)))

    def check_sound(self, fragment: Fragment) -> None:
        """Check the IPA of ``fragment``; see ``KnowsSounds``."""
        mnemonics_of(fragment, self._settings.voice)

    def sounds_of(self, sentence: Sentence) -> str:
        """Return the phonemes that the program tells, a blank for a mark; see ``TellsSounds``."""
        told = self._ask("-q", "--ipa", text=self._written(sentence)).decode(errors="replace")
        return _TRAP.sub("æ", unicodedata.normalize("NFC", " ".join(told.split())))

    def _written(self, sentence: Sentence) -> str:
        """Return ``sentence`` as the program reads it, given sounds between ``[[`` and ``]]``."""
        written = sound = ""
        for fragment in sentence.fragments:
            text = fragment.text
            if fragment == Fragment(text):
                sound, text = with_ending(sound, text, language_of(self._settings.voice))
                written += _marked(sound) + _NOT_TEXT.sub(" ", text)
                sound = ""
            else:
                written += _marked(sound)
                sound = (
                    mnemonics_of(fragment, self._settings.voice)
                    if fragment.ipa
                    else self._respelled(fragment)
                )
        return written + _marked(sound)

    def _respelled(self, fragment: Fragment) -> str:
        said = []
        for spelled, stressed in syllables(fragment.respelling):
            answer = self._ask("-q", "-x", text=spelled).decode(errors="replace")
            said.append("'" * stressed + _NOT_PHONEMES.sub("", answer))
        return SEPARATOR.join(said)

    def _ask(self, *options: str, text: str) -> bytes:
        return self._run("-v", self._settings.voice, "-b", "1", "--stdin", *options, text=text)

    def _run(self, *options: str, text: str) -> bytes:
        try:
            done = run_program([self._program, *options], given=text.encode(), patience=_PATIENCE)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise EngineError(f"espeak-ng does not answer: {error}", remedy=_advice()) from error
        complaint = done.stderr.decode(errors="replace").strip()
        if "voice does not exist" in complaint:
            raise _no_such_voice(self._settings.voice)
        if done.returncode != 0:
            why = complaint.splitlines()[-1] if complaint else f"it ended with {done.returncode}"
            raise EngineError(f"espeak-ng failed: {why}", remedy=_advice())
        return done.stdout


def _no_such_voice(voice: str, where: str = "") -> VoiceError:
    remedy = "See what it has: espeak-ng --voices"
    return VoiceError(f"espeak-ng has no voice '{voice}'", remedy=remedy, where=where)


def _marked(sound: str) -> str:
    return f"[[{sound}]]" if sound else ""


def _rests(samples: Mono, least: int) -> tuple[int, ...]:
    """Return where silences of at least ``least`` samples end, inside the speech."""
    loud = np.flatnonzero(samples)
    return tuple(loud[1:][np.diff(loud) > least].tolist())


def _program() -> str:
    # Its installer for Windows leaves the search path alone.
    installed = Path(os.environ.get("PROGRAMFILES", "/"), "eSpeak NG", "espeak-ng.exe")
    program = shutil.which("espeak-ng") or (str(installed) if installed.is_file() else "")
    if not program:
        raise VoiceError("the program espeak-ng is not installed", remedy=_advice())
    return program


def _advice() -> str:
    return f"Install it: {_INSTALL.get(sys.platform, _ELSEWHERE)}"
