"""The room that voice and bells are in: wide, near, and whole in mono."""

from __future__ import annotations

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.sound.room import put_in_room, ring_length

CLICK = np.concatenate([np.ones((1, 1)), np.zeros((99, 1))]).astype(np.float32)


def test_what_comes_straight_is_as_it_was() -> None:
    heard = put_in_room(CLICK)

    assert len(heard) == len(CLICK) + ring_length()
    straight = samples(0.002)
    assert np.array_equal(heard[:straight], np.repeat(CLICK, 2, axis=1)[:straight])


def test_its_reflections_come_within_what_the_ear_takes_for_one_sound() -> None:
    heard = put_in_room(CLICK)
    reflected = np.flatnonzero(np.abs(heard[1:]).max(axis=1))

    assert reflected[0] / SAMPLE_RATE > 0.002
    assert reflected[-1] / SAMPLE_RATE < 0.03


def test_they_lie_far_enough_below_the_voice_to_keep_it_plain() -> None:
    heard = put_in_room(CLICK).astype(np.float64)
    reflected = 10 * np.log10((heard[1:] ** 2).sum() / (heard[0] ** 2).sum())

    assert -26 < reflected < -16


def test_the_sides_answer_differently_and_nothing_is_lost_in_mono() -> None:
    noise = np.random.default_rng(3).standard_normal((SAMPLE_RATE, 1)).astype(np.float32)
    left, right = put_in_room(noise).T.astype(np.float64)

    assert 0.9 < np.corrcoef(left, right)[0, 1] < 0.9999
    spectra = [np.abs(np.fft.rfft(each)) ** 2 for each in (left, right, (left + right) / 2)]
    # In bands of a third of an octave, as the ear hears them.
    edges = np.round(20 * 2 ** (np.arange(8, 28) / 3)).astype(int)
    powers = [np.add.reduceat(each, edges) for each in spectra]
    loss = 10 * np.log10(powers[2] / ((powers[0] + powers[1]) / 2))
    assert loss.min() > -1.0


def test_two_channels_are_put_into_it_as_one_is() -> None:
    both = put_in_room(np.repeat(CLICK, 2, axis=1))

    assert np.array_equal(both, put_in_room(CLICK))
