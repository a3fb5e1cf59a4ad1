"""The measures of benchmarks/sound.py, on sounds of which they are known."""

import numpy as np
import pytest
from sound_model.audibility import (
    FULL_SCALE_SPL,
    HEADPHONES,
    PHONE,
    band_powers,
    hertz,
    over_threshold_db,
    quiet_db,
    room_powers,
    threshold_db,
)
from sound_model.ducking import band_gains_db, drops_at_turns, excursions_per_minute, gain_db
from sound_model.goals import Goal
from sound_model.likeness import breath_likeness, repetition
from sound_model.mono import mono_loss
from sound_model.phases import phases_heard
from sound_model.sessions import master_gain
from sound_model.speech import over_ambience
from sound_model.turns import turn_errors_s

from cft_audio.mix.plan import Sounds, plan_mix
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.decibels import db_to_gain
from cft_audio.signal.frames import HOP
from cft_audio.sound.tones.registry import breath_sound
from cft_audio.timeline.events import Breath, Chapter, Timeline

BAND = 18
HERTZ = float(hertz(np.array([BAND + 2.0]))[0])
"""The middle of a band near 1.7 kHz."""

A_WEIGHTING = (
    (31.5, 63, 125, 250, 500, 1000, 2000, 4000, 8000, 16_000),
    (-39.4, -26.2, -16.1, -8.6, -3.2, 0.0, 1.2, 1.0, -1.1, -6.6),
)
"""Hertz and decibels, from the table of IEC 61672-1."""


def sine(spl: float, seconds: float, frequency: float = HERTZ) -> np.ndarray:
    time = np.arange(samples(seconds)) / SAMPLE_RATE
    level = db_to_gain(spl - FULL_SCALE_SPL) * np.sqrt(2)
    return (level * np.sin(2 * np.pi * frequency * time)).astype(np.float32)


def noise(seconds: float, seed: int, level: float = 0.01) -> np.ndarray:
    draw = np.random.default_rng(seed)
    return (level * draw.standard_normal((samples(seconds), 2))).astype(np.float32)


@pytest.mark.parametrize(("spl", "share"), [(6.6, 1.0), (5.4, 0.0)])
def test_a_tone_is_heard_from_six_decibels_over_its_masked_threshold(
    spl: float, share: float
) -> None:
    bed = band_powers(noise(5, 1)[:, 0]).mean(axis=0)
    threshold = threshold_db(bed, HEADPHONES.room_dba)
    over = over_threshold_db(band_powers(sine(threshold[BAND] + spl, 4)), threshold)
    breath = Breath(0, samples(1), 0, samples(2), 0)

    heard = phases_heard(over, breath)

    assert heard.inhale == heard.exhale == share
    assert heard.last_heard_s == pytest.approx(2 * share, abs=0.06)
    assert heard.last_over_bed_s == pytest.approx(2, abs=0.06)
    assert np.isnan(heard.hold)


def test_where_nothing_masks_the_threshold_is_that_in_quiet() -> None:
    threshold = threshold_db(np.zeros(len(quiet_db())), room_dba=-40.0)
    assert threshold == pytest.approx(quiet_db())
    assert threshold.min() < -3 < 20 < threshold[0]


def test_a_room_has_the_level_it_is_given() -> None:
    powers = room_powers(25.0)
    rates = np.arange(2.0, 2.0 + len(powers))
    a_weighting = np.interp(np.log(hertz(rates)), np.log(A_WEIGHTING[0]), A_WEIGHTING[1])
    assert 10 * np.log10(powers @ 10 ** (a_weighting / 10)) == pytest.approx(25, abs=0.5)
    assert room_powers(35.0) == pytest.approx(10 * powers)


def test_a_phone_loses_what_is_low_and_what_cancels_in_mono() -> None:
    low = PHONE.at_the_ear(np.stack([sine(60, 1, 150)] * 2, axis=1))
    middle = np.stack([sine(60, 1, 1500)] * 2, axis=1)
    assert np.std(low) < 0.02 * np.std(middle)
    assert np.std(PHONE.at_the_ear(middle)) == pytest.approx(
        np.std(middle) * db_to_gain(PHONE.raised_db), rel=0.05
    )
    assert not PHONE.at_the_ear(middle * (1, -1)).any()


def test_a_mono_sum_loses_nothing_in_the_middle_and_half_of_what_has_nothing_in_common() -> None:
    wide = noise(1.5, 1)
    middle = np.repeat(wide[:, :1], 2, axis=1)
    assert mono_loss(middle).worst_100_ms == pytest.approx(0, abs=1e-4)
    assert mono_loss(wide).whole == pytest.approx(-3, abs=0.1)
    cancels = middle.copy()
    cancels[samples(0.5) : samples(1), 1] *= -1
    assert mono_loss(cancels).worst_moment < -20 < -2 < mono_loss(cancels).whole


def test_a_band_that_cancels_is_found_beside_louder_ones_that_do_not() -> None:
    middle = np.stack([sine(60, 2, 200)] * 2, axis=1)
    apart = np.stack([sine(45, 2, 2000), -sine(45, 2, 2000)], axis=1)
    loss = mono_loss(middle + apart)
    assert loss.whole > -0.5
    assert loss.worst_band < -20


def test_breaths_are_alike_where_one_is_the_other_shifted_by_some_milliseconds() -> None:
    first = noise(2, 1)
    again = np.concatenate([first, first[: samples(0.01)] * 0, first, noise(1, 2)])
    assert breath_likeness(again, [0, len(first)], len(first) - 4000) > 0.999
    assert breath_likeness(np.concatenate([first, noise(3, 2)]), [0, len(first)], 80_000) < 0.1


def test_a_loop_repeats_itself_and_noise_does_not() -> None:
    sound = noise(20, 1)
    assert repetition(sound, 1.0, 3) < 0.15
    assert repetition(np.concatenate([sound[: samples(7)]] * 3), 1.0, 3) > 0.99


def test_a_goal_names_the_sound_that_is_furthest_off() -> None:
    goal = Goal("range", {"swell": 15.9, "ocean": 11.0, "bowls": 18.0}, least=12, most=16)
    assert (goal.where, goal.worst, goal.met) == ("bowls", 18.0, False)
    assert Goal("range", {"swell": 15.9, "ocean": 12.0}, least=12, most=16).met
    assert not Goal("range", {"swell": 15.9, "ocean": float("nan")}, least=12, most=16).met


def test_only_a_fall_and_a_return_of_three_decibels_is_an_excursion() -> None:
    alone = noise(20, 1)
    curve = np.zeros(20)
    curve[[5, 6, 10, 15]] = (-7, -7, -2.5, -4)
    ducked = alone * np.repeat(db_to_gain(curve), SAMPLE_RATE)[:, None].astype(np.float32)
    gains = gain_db(ducked, alone)
    assert excursions_per_minute(gains) == pytest.approx(6)
    turns = [samples(second) for second in (2, 5.8, 10, 13)]
    assert drops_at_turns(gains, turns) == pytest.approx([0, -7, -2.5, 0], abs=0.01)


def test_a_band_that_comes_and_goes_is_found_where_the_whole_hardly_does() -> None:
    low = np.stack([sine(60, 20, 200)] * 2, axis=1)
    high = np.stack([sine(40, 20, 3000)] * 2, axis=1)
    swing = np.where(np.arange(20) % 4 < 2, 0.0, -12.0)
    ducked = low + high * np.repeat(db_to_gain(swing), SAMPLE_RATE)[:, None].astype(np.float32)
    bands = band_gains_db(ducked, low + high)
    assert excursions_per_minute(gain_db(ducked, low + high)) == 0
    assert max(excursions_per_minute(gains) for gains in bands.T) >= 12


def test_a_line_stands_over_what_sounds_while_it_is_said() -> None:
    voice, ambience = np.full(100, HOP * 1e-2), np.full(100, HOP * 1e-3)
    ambience[50:] = HOP * 1e-4
    over = over_ambience([(0, 40 * HOP), (60 * HOP, 20 * HOP)], voice, ambience)
    assert over == pytest.approx([10, 20])


def test_the_gain_of_the_master_is_found_by_the_voice() -> None:
    voice = noise(2, 1)
    assert master_gain(1.5 * voice + noise(2, 2, 0.0005), voice) == pytest.approx(1.5, rel=0.001)


@pytest.mark.parametrize("late_s", [0.0, 0.045])
def test_turns_are_found_in_noise_where_they_are_and_not_where_they_should_be(
    late_s: float,
) -> None:
    breaths = tuple(Breath(samples(1 + 4 * n), samples(2), 0, samples(2), 0) for n in range(2))
    planned = plan_mix(
        Timeline(samples(12), (Chapter("A", 0),), (), breaths), Sounds("swell", "none", seed=1)
    )
    recording = np.repeat(noise(12, 3, 0.003)[:, :1], 2, axis=1)
    for breath in breaths:
        sound = breath_sound("swell", breath, planned.sounds.seed)
        place = breath.start + samples(late_s)
        recording[place : place + len(sound)] += sound
    assert turn_errors_s(planned, recording) == pytest.approx([late_s] * 4, abs=0.01)
