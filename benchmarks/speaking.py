"""Speak sentences, given as JSON, with the engine of a voice and nothing else; print how long."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cft_audio.files.folders import default_folders
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.voices.profiles import load_profile

file, voice = sys.argv[1:]
engine = load_profile(voice, default_folders().voices).make_engine()
seconds = 0.0
for fragments, tempo in json.loads(Path(file).read_text()):
    spoken = engine.speak(Sentence(tuple(Fragment(*fragment) for fragment in fragments)), tempo)
    seconds += len(spoken.samples) / spoken.sample_rate
print(seconds)
