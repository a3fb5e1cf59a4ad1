"""Breaths laid over one another: each made once, and the same however they are read."""

import numpy as np
import pytest

from cft_audio.sound.tones.stem import BreathStem
from cft_audio.timeline.events import Breath

BREATHS = tuple(Breath(1000 * n + 300, 400, 0, 500, 100) for n in range(8))
LENGTH = 13_000


def ringing(breath: Breath) -> np.ndarray:
    """Return a sound that goes on under the three breaths after it."""
    draw = np.random.default_rng(breath.start)
    return draw.standard_normal((3700, 2)).astype(np.float32)


def laid_by_hand() -> np.ndarray:
    whole = np.zeros((LENGTH, 2), np.float32)
    for breath in BREATHS:
        whole[breath.start : breath.start + 3700] += ringing(breath)
    return whole


def read(stem: BreathStem, start: int, length: int) -> np.ndarray:
    part = stem.read(start, length)
    return np.zeros((length, 2), np.float32) if part is None else part


@pytest.mark.parametrize("block", [7, 450, 1000, 5000, LENGTH])
def test_it_is_what_is_laid_by_hand_in_any_blocks(block: int) -> None:
    stem = BreathStem(BREATHS, ringing)
    blocks = [read(stem, at, min(block, LENGTH - at)) for at in range(0, LENGTH, block)]

    assert np.array_equal(np.concatenate(blocks), laid_by_hand())


def test_it_can_be_read_from_anywhere_and_again() -> None:
    stem, whole = BreathStem(BREATHS, ringing), laid_by_hand()

    for start, length in ((5200, 800), (200, 300), (11_900, 600), (2500, 4000)):
        assert np.array_equal(read(stem, start, length), whole[start : start + length])


def test_every_breath_is_made_once() -> None:
    made: list[int] = []

    def make(breath: Breath) -> np.ndarray:
        made.append(breath.start)
        return ringing(breath)

    stem = BreathStem(BREATHS, make)
    for at in range(0, LENGTH, 100):
        stem.read(at, 100)

    assert made == [breath.start for breath in BREATHS]


def test_there_is_nothing_before_the_first_breath_and_after_the_last_has_rung_out() -> None:
    stem = BreathStem(BREATHS, ringing)

    assert stem.read(0, 300) is None
    assert stem.read(300, 10_700) is not None
    assert stem.read(11_000, 2000) is None
    assert BreathStem((), ringing).read(0, 100) is None
