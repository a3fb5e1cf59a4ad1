"""Print the sentences a ten-minute session speaks, as JSON: its takes' fragments and tempos."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cft_audio.application.progress import ignore_progress
from cft_audio.files.folders import default_folders
from cft_audio.languages.registry import ENGLISH
from cft_audio.library.practices import Library
from cft_audio.planning.outline import Outline
from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter
from cft_audio.speech.takes.cache import ClipCache
from cft_audio.speech.takes.caches import Caches
from cft_audio.speech.takes.delivery import GENTLER
from cft_audio.speech.takes.session_voices import SessionVoices
from cft_audio.speech.takes.speaker import SpokenVoice
from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from cft_audio.speech.engines.engine import Engine, Sentence, Spoken


class Noting:
    """An engine that notes what it is asked for.

    Args:
        engine: What speaks.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.spoken: list[object] = []

    @property
    def fingerprint(self) -> str:
        """That of the engine."""
        return self._engine.fingerprint

    def speak(self, sentence: Sentence, tempo: float) -> Spoken:
        """Note ``sentence`` and say it."""
        fragments = [[f.text, f.ipa, f.respelling] for f in sentence.fragments]
        self.spoken.append([fragments, tempo])
        return self._engine.speak(sentence, tempo)


practice, name, voice = sys.argv[1:]
folders = default_folders()
session = Session(practice, answers={"name": name}, length_s=600)
profile = load_profile(voice, folders.voices)
engine = Noting(profile.make_engine())
lexicon = Lexicon.of(profile.pronounce, language=ENGLISH)
guide = SpokenVoice(profile, engine, lexicon, session.adapted_pace.unhurried)
outline = Outline(ScriptWriter(session, Library(folders.scripts)))
# A cache of its own, which is empty: a build that is measured later finds nothing spoken here.
with tempfile.TemporaryDirectory() as folder:
    cache = ClipCache(Path(folder))
    figure = replace(guide, delivery=GENTLER)
    with SessionVoices(guide, figure, Caches(cache, cache), ignore_progress) as voices:
        outline.fit(
            lambda lines: {line: layout.length for line, layout in voices.speak(lines).items()}
        )
print(json.dumps(engine.spoken))
