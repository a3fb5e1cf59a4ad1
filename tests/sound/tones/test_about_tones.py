"""What there is to say of each tone."""

import subprocess
import sys

from cft_audio.signal.audio import samples
from cft_audio.sound.names import TONES
from cft_audio.sound.tones.about import ABOUT_TONES
from cft_audio.sound.tones.registry import breath_sound
from cft_audio.timeline.events import Breath


def test_every_tone_but_none_is_told_of_and_can_be_made() -> None:
    breath = Breath(0, samples(2), 0, samples(2), 0)

    assert {info.kind for info in ABOUT_TONES} == {"tone"}
    for info in ABOUT_TONES:
        assert info.name in TONES
        assert len(breath_sound(info.name, breath, 1)) >= breath.length


def test_what_is_told_is_one_sentence_and_words_in_lower_case() -> None:
    for info in ABOUT_TONES:
        assert info.about.endswith(".")
        assert info.words
        assert all(word == word.lower() for word in info.words)


def test_telling_of_tones_loads_nothing_that_computes_samples() -> None:
    program = "import sys, cft_audio.sound.tones.about\nassert 'numpy' not in sys.modules\n"
    subprocess.run([sys.executable, "-c", program], check=True)
