"""Print the sentences a ten-minute session speaks, as JSON: its takes' fragments and tempos."""

from __future__ import annotations

import json
import sys

from cft_audio.application.planning import plan

from cft_audio.application.request import SessionRequest
from cft_audio.files.folders import default_folders
from cft_audio.speech.takes import speaker

practice, name = sys.argv[1:]
spoken: list[object] = []
made = speaker.Speaker._make


def noted(self: speaker.Speaker, wanted: list[object]) -> None:
    """Note what is spoken, then speak it."""
    for sentence, cue_tempo in wanted:
        tempo = cue_tempo * self._delivery.tempo
        fragments = [[f.text, f.ipa, f.respelling] for f in sentence.fragments]
        if [fragments, tempo] not in spoken:
            spoken.append([fragments, tempo])
    made(self, wanted)


speaker.Speaker._make = noted
request = SessionRequest(practice, answers={"name": name}, length_s=600)
plan(request, default_folders(), lambda _stage, _fraction: None)
print(json.dumps(spoken))
