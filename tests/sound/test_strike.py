"""A struck bowl: wide, and whole where both channels are added."""

import numpy as np
import pytest

from cft_audio.signal.audio import samples
from cft_audio.sound.strike import Blow, draw_blow, rub_bowl, strike, strike_bowl, widen


def levels_db(sound: np.ndarray) -> np.ndarray:
    """Return the level of each 50 ms."""
    pieces = sound[: len(sound) // 2205 * 2205].astype(np.float64)
    return 10 * np.log10(np.square(pieces).reshape(len(pieces) // 2205, -1).mean(axis=1) + 1e-14)


@pytest.mark.parametrize("hertz", [220.0, 554.4, 880.0])
def test_it_is_nowhere_a_decibel_lower_in_mono_and_wide_all_the_same(hertz: float) -> None:
    sound = strike(hertz, 9.0)[: samples(7)]
    loss = levels_db(sound.mean(axis=1)) - levels_db(sound)
    side = levels_db((sound[:, 0] - sound[:, 1]) / 2) - levels_db(sound)

    assert loss.min() > -1.0
    assert side.min() > -9


def test_it_beats_and_never_falls_silent() -> None:
    middle = levels_db(strike(220.0, 9.0).mean(axis=1))[2:140]
    falling = np.polynomial.Polynomial.fit(np.arange(len(middle)), middle, 1)
    beating = middle - falling(np.arange(len(middle)))

    assert 1.5 < np.ptp(beating) < 8


def test_two_blows_differ_and_the_same_one_does_not() -> None:
    draw = np.random.default_rng(1)
    one, other = draw_blow(draw), draw_blow(draw)
    sounds = [widen(strike_bowl(220.0, 3.0, 0.008, blow)) for blow in (one, other, one)]

    assert np.array_equal(sounds[0], sounds[2])
    assert not np.allclose(sounds[0], sounds[1], atol=1e-3)


def test_a_mallet_is_heard_for_a_moment() -> None:
    plain, felt = Blow(), Blow(thuds=((300.0, 0.1),))
    mallet = strike_bowl(220.0, 3.0, 0.008, felt) - strike_bowl(220.0, 3.0, 0.008, plain)

    assert np.abs(mallet[: samples(0.03)]).max() > 0.02
    assert np.abs(mallet[samples(0.15) :]).max() < 1e-6


def test_a_bowl_that_is_rubbed_is_in_step_with_its_ring() -> None:
    """Both together are as loud as one and the other: neither takes from the other."""
    blow = draw_blow(np.random.default_rng(2))
    length = samples(2)
    struck, rubbed = strike_bowl(220.0, 24.0, 0.008, blow)[:length], rub_bowl(220.0, length, blow)
    late = slice(samples(0.5), length)

    together = np.abs(struck + rubbed)[late]
    assert (together > 0.97 * (np.abs(struck) + np.abs(rubbed))[late]).mean() > 0.9
