"""One recording of each technique, made for real and looked at from outside."""

from __future__ import annotations

import pytest
from program_runs import Machine, decoded_seconds, ffmpeg, loudness_and_peak

pytestmark = pytest.mark.slow

SAMPLE = {
    "compassionate-mind-training-daily": ("--for", "low-mood", "--with", "when=evening"),
    "compassionate-imagery": ("--figure", "my aunt Rosa", "--figure-pronouns", "she/her"),
    "soothing-rhythm-breathing-acute": ("--for", "trauma-sensitive"),
    "loving-kindness": ("--with", "loved_one=my dog", "--pace", "slow"),
    "compassionate-letter-reading": ("--letter", "letter.txt", "--for", "self-criticism"),
    "compassionate-exposure-during": ("--with", "example=social-anxiety", "--for", "anxiety"),
    "inner-compassionate-other-parts": ("--figure", "mountain", "--with", "part=angry"),
    "compassionate-attention": ("--for", "sleep", "--pace", "steady", "--seed", "2"),
}

MINUTES = {"inner-compassionate-other-parts": 10}
"""How long a recording is that cannot be three minutes."""


@pytest.mark.parametrize("practice", SAMPLE)
def test_a_recording_is_as_long_and_as_loud_as_asked(machine: Machine, practice: str) -> None:
    (machine.folder / "letter.txt").write_text("Dear Sam,\n\nYou did what you could today.\n")
    minutes = MINUTES.get(practice, 3)
    length = ("-m", str(minutes), "-o", "it.mp3")
    made = machine.json("build", practice, "--name", "Sam", *length, *SAMPLE[practice])

    file = machine.folder / "it.mp3"
    assert decoded_seconds(file) == pytest.approx(minutes * 60, abs=0.1)
    whole, peak = loudness_and_peak(file)
    assert made["voice_lufs"] == pytest.approx(-18, abs=0.1)
    assert made["loudness_lufs"] == pytest.approx(whole, abs=0.2)
    assert peak <= -1.0
    assert made["duration_s"] == pytest.approx(minutes * 60, abs=0.1)
    assert ffmpeg("-i", str(file)).count("Chapter #") >= 3


def test_every_technique_has_its_sample(machine: Machine) -> None:
    techniques = {row["id"]: row["technique"] for row in machine.json("list")}

    assert len(set(techniques.values())) == 8
    assert {techniques[practice] for practice in SAMPLE} == set(techniques.values())
