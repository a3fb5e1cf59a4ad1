"""How loud every sound is from moment to moment: what tells one revision of them from another."""

import json
from pathlib import Path

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.decibels import power_to_db
from cft_audio.sound.beds.registry import open_bed
from cft_audio.sound.bells import read_bell
from cft_audio.sound.names import BEDS, BELLS, TONES
from cft_audio.sound.revision import REVISION
from cft_audio.sound.room import put_in_room
from cft_audio.sound.tones.registry import breath_sound
from cft_audio.timeline.events import Breath

FILE = Path(__file__).parent / "sound-levels.json"

_BREATH = Breath(0, samples(2), samples(1), samples(3), samples(1))


def levels() -> dict[str, list[float]]:
    """Return the level of each sound in each tenth of a second of its first six, in dB."""
    sounds = {f"tone {name}": breath_sound(name, _BREATH, 1) for name in TONES if name != "none"}
    sounds |= {f"bell {name}": read_bell(name) for name in BELLS}
    for name in BEDS:
        with open_bed(name, 1) as bed:
            if bed is not None:
                sounds[f"bed {name}"] = bed(0, samples(6))
    click = np.zeros((samples(1), 1), np.float32)
    click[0] = 1
    sounds["room"] = put_in_room(click)
    return {name: _in_tenths(sound) for name, sound in sounds.items()}


def written() -> str:
    """Return the content of ``FILE`` for today's sounds."""
    table = "\n".join(f' "{name}": {found},' for name, found in levels().items())
    return f'{{\n{table}\n "revision": {REVISION}\n}}\n'


def read() -> dict[str, list[float] | int]:
    """Return what ``FILE`` has."""
    return dict(json.loads(FILE.read_text(encoding="utf-8")))


def _in_tenths(sound: np.ndarray) -> list[float]:
    tenth = SAMPLE_RATE // 10
    part = sound[: min(len(sound), samples(6)) // tenth * tenth].astype(np.float64)
    power = np.square(part).reshape(-1, tenth * sound.shape[1]).mean(axis=1)
    return [round(power_to_db(float(each) + 1e-12), 1) for each in power]
