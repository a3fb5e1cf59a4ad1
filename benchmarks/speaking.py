"""Speak sentences, given as JSON, with the default engine and nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cft_audio.files.folders import default_folders
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.voices.profiles import load_profile

engine = load_profile("joe", default_folders().voices).make_engine()
for fragments, tempo in json.loads(Path(sys.argv[1]).read_text()):
    engine.speak(Sentence(tuple(Fragment(*fragment) for fragment in fragments)), tempo)
