"""What beds are made of: noise of a given colour, curves, small sounds that ring, steady tones."""

import numpy as np
import pytest

from cft_audio.signal.audio import SAMPLE_RATE
from cft_audio.sound.beds.cells import CELL
from cft_audio.sound.beds.chance import Drift, chance, draw_places
from cft_audio.sound.beds.chirps import Chirps, bubble_decays, lay_chirps, pan
from cft_audio.sound.beds.noise import Noise, rows_of
from cft_audio.sound.beds.partials import Partials, middles
from cft_audio.sound.beds.swaying import sway

FLAT = ((100.0, 0.0), (1000.0, 0.0))
STEEP = ((2000.0, 0.0), (8000.0, -40.0))


def rms(wave: np.ndarray) -> float:
    return float(np.sqrt(np.square(wave.real, dtype=np.float64).mean()))


def test_noise_has_the_colour_and_the_level_it_is_given() -> None:
    noise = Noise(FLAT, STEEP)
    flat, both = (noise.make(chance(1), gain, 0.1)[:CELL] for gain in (0.0, 1.0))
    power = np.abs(np.fft.rfft(both.real)) ** 2
    hertz = np.fft.rfftfreq(CELL, 1 / SAMPLE_RATE)

    def level(low: float, high: float) -> float:
        return float(10 * np.log10(power[(hertz >= low) & (hertz < high)].mean()))

    assert rms(flat) == pytest.approx(0.1, rel=0.02)
    assert rms(both) == pytest.approx(1.005, rel=0.02)
    assert level(110, 300) - level(600, 950) == pytest.approx(0, abs=1)
    # 20 dB an octave: 30 dB from 2.1 to 5.9 kHz.
    assert level(2050, 2150) - level(5700, 6100) == pytest.approx(30, abs=2)
    assert level(1100, 1900) < level(2050, 2150) - 20


def test_the_gain_of_noise_may_change_from_row_to_row() -> None:
    rows = rows_of(0)
    wave = Noise(FLAT).make(chance(1), np.linspace(0.1, 1, len(rows)))
    levels = [rms(wave[row : row + rows[1]]) for row in rows]

    assert levels == pytest.approx(np.linspace(0.1, 1, len(rows)), rel=0.15)


def test_noise_is_as_loud_where_its_rows_cross() -> None:
    noise = Noise(FLAT)
    waves = np.stack([noise.make(chance(number), 1.0)[:CELL] for number in range(30)])
    level = np.abs(waves).reshape(30, 10, -1, 490) ** 2

    assert level.mean(axis=(0, 1, 3)) == pytest.approx(2.0, rel=0.15)


def test_low_noise_is_nearer_the_middle_than_high_noise() -> None:
    def correlation(*colour: tuple[float, float]) -> float:
        wave = Noise(colour).make(chance(2), 1.0)
        return float(np.corrcoef(wave.real, wave.imag)[0, 1])

    assert correlation((60.0, 0.0), (150.0, 0.0)) == pytest.approx(0.78, abs=0.08)
    assert correlation((3000.0, 0.0), (9000.0, 0.0)) == pytest.approx(0.4, abs=0.05)


def test_a_drift_is_smooth_stays_within_its_limits_and_can_be_asked_for_anywhere() -> None:
    drift = Drift(0.5, 7, "x")
    places = np.arange(0, 60 * SAMPLE_RATE, 441)
    values = drift.at(places)

    assert np.abs(values).max() < 1
    assert values.std() == pytest.approx(0.4, abs=0.06)
    assert np.abs(np.diff(values)).max() < 0.05
    assert np.array_equal(drift.at(places[3000:3010]), values[3000:3010])
    many = Drift(0.5, 7, "x", shape=(2, 3)).at(places[:100])
    assert many.shape == (2, 3, 100)
    assert abs(np.corrcoef(many.reshape(6, -1))[0, 1]) < 0.99


def test_things_happen_as_often_as_they_should() -> None:
    drawn = [
        draw_places(chance(number), 40, lambda places: np.where(places < CELL // 2, 1.0, 0.25))
        for number in range(50)
    ]
    places = np.concatenate(drawn)

    assert (places < CELL // 2).sum() == pytest.approx(50 * 60, rel=0.1)
    assert (places >= CELL // 2).sum() == pytest.approx(50 * 15, rel=0.15)
    assert all((np.diff(some) >= 0).all() for some in drawn)
    assert not len(draw_places(chance(1), 0, lambda places: places))


def one_chirp(rise: float = 0.0, place: int = 1000) -> np.ndarray:
    wave = np.zeros(20_000, np.complex64)
    one = np.ones(1)
    chirps = Chirps(np.array([place]), 500 * one, rise, 60 * one, pan(0.5 * one, -0.6))
    lay_chirps(wave, chirps, 0.001)
    return wave


def test_a_chirp_begins_softly_dies_away_and_lies_to_its_side() -> None:
    wave = one_chirp()
    level = np.abs(wave)

    assert level[:1001].max() == 0
    assert 0.35 < level.max() < 0.5
    assert np.abs(np.diff(wave)).max() < 0.05
    early, late = (level[start : start + 400].max() for start in (1100, 1100 + 2205))
    assert late / early == pytest.approx(np.exp(-60 * 0.05), rel=0.1)
    assert level[-10_000:].max() == 0
    assert rms(wave.real) == pytest.approx(3.08 * rms(wave.imag * 1.0), rel=0.05)


def test_a_bubble_rises_and_a_small_one_is_gone_sooner() -> None:
    def crossings(wave: np.ndarray) -> int:
        return int((np.diff(np.sign(wave)) != 0).sum())

    rising = one_chirp(rise=8.0).real
    assert crossings(rising[2000:3000]) > crossings(rising[1050:2050])
    small, large = bubble_decays(np.array([2000.0, 500.0]))
    assert small > 3 * large


def test_what_does_not_fit_is_cut_off() -> None:
    assert np.abs(one_chirp(place=19_990)[19_992:]).max() > 0
    empty = np.zeros(10, np.complex64)
    none = np.zeros(0)
    lay_chirps(empty, Chirps(none.astype(int), none, 0.0, none, none + 0j), 0.001)
    assert not empty.any()


def test_a_level_sways_as_it_is_told() -> None:
    wave = np.ones(CELL + 100, np.complex64)
    sway(wave, CELL, lambda places: (places - CELL) / SAMPLE_RATE * 6.0)

    at = np.array([0, 44_100, 88_213, CELL + 99])
    assert 20 * np.log10(np.abs(wave[at])) == pytest.approx(at / SAMPLE_RATE * 6, abs=0.01)


def test_partials_are_the_tones_they_stand_for_across_cells() -> None:
    hertz = np.array([82.4, 441.7])
    partials = Partials(hertz, 0.0, 5)
    first, second = (partials.make(cell, np.array([[1.0], [0.1]])) for cell in (3, 4))
    tail = first[CELL:]
    whole = np.concatenate([first[:CELL], second[: len(tail)] + tail])

    assert np.abs(np.diff(whole, 2)).max() < 0.01
    power = np.abs(np.fft.rfft(whole.real * np.hanning(len(whole)))) ** 2
    found = np.fft.rfftfreq(len(whole), 1 / SAMPLE_RATE)
    near = np.abs(found[:, None] - hertz).min(axis=1) < 8
    assert power[~near].sum() < 1e-6 * power.sum()
    assert rms(whole[20_000:]) == pytest.approx(0.71, rel=0.2)
    assert (np.diff(middles(3)) == middles(0)[0]).all()
