"""How a line comes in after a silence."""

import numpy as np
import pytest
from numpy.typing import NDArray
from speech_cases import CALM, clips_of, line

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.loudness import clip_hops, clip_loudness, loudness_of_power
from cft_audio.signal.pcm import to_float, to_pcm16
from cft_audio.speech.takes.entry import Entry, enter, enter_gently, find_entry
from cft_audio.speech.takes.speaker import Speaker

COMES_IN_S = 1.5


def over_itself(pcm: NDArray[np.int16]) -> float:
    """Return the LU between the loudest 400 ms of a clip's beginning and the whole clip."""
    windows = [
        clip_hops(to_float(pcm[at : at + samples(0.4)])).sum() / samples(0.4)
        for at in range(0, samples(COMES_IN_S - 0.4), samples(0.02))
    ]
    return float(loudness_of_power(np.array(windows)).max()) - clip_loudness(to_float(pcm))


def babble(first_db: float, *, first_s: float = 1.0, seconds: float = 6.0) -> NDArray[np.int16]:
    """Return noise in syllables, which is louder by ``first_db`` in the first ``first_s``."""
    time = np.arange(samples(seconds)) / SAMPLE_RATE
    noise = np.random.default_rng(2026).normal(0.0, 0.05, len(time))
    gain = np.where(time < first_s, db_to_gain(first_db), 1.0)
    return to_pcm16((noise * gain * np.sin(np.pi * 3 * time) ** 2).astype(np.float32))


def test_a_line_comes_in_at_most_two_lu_over_its_own_loudness(speaker: Speaker) -> None:
    clips = clips_of(speaker, [line(text) for text in CALM]).values()
    found = [over_itself(clip.pcm) for clip in clips]

    assert max(found) <= 2.0
    assert min(found) > -2.0, "the beginning is heard"


@pytest.mark.parametrize("first_db", [3.0, 6.0, 9.0])
def test_a_loud_beginning_is_softened_and_the_clip_stays_as_loud(first_db: float) -> None:
    loud = babble(first_db)
    entered = enter_gently(loud)

    assert over_itself(loud) > 2.0
    assert over_itself(entered) <= 2.0
    assert clip_loudness(to_float(entered)) == pytest.approx(clip_loudness(to_float(loud)), abs=0.3)
    assert len(entered) == len(loud)


@pytest.mark.parametrize("first_db", [-6.0, 3.0, 6.0, 9.0, 20.0])
@pytest.mark.parametrize("louder_db", [0.0, 14.0])
def test_an_entry_that_was_found_once_gives_the_same_clip(
    first_db: float, louder_db: float
) -> None:
    clip = to_pcm16(to_float(babble(first_db)) * np.float32(db_to_gain(louder_db)))
    entered, entry = find_entry(clip)

    assert np.array_equal(enter(clip, entry), entered)
    assert np.array_equal(enter_gently(clip), entered)
    assert (entry == Entry()) == np.array_equal(entered, clip)


def test_what_comes_in_softly_is_left_as_it_is() -> None:
    soft = babble(-6.0, first_s=2.0)

    assert np.array_equal(enter_gently(soft), soft)


def test_a_word_by_itself_is_left_as_it_is() -> None:
    word = babble(6.0, seconds=1.2)

    assert np.array_equal(enter_gently(word), word)
