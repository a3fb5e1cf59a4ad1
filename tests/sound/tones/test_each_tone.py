"""What tells one phase from another in each breathing tone."""

from collections.abc import Callable

import numpy as np

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.sound.tones.bowls import PITCHES
from cft_audio.sound.tones.registry import breath_sound
from cft_audio.timeline.events import Breath

BREATH = Breath(samples(7.3), samples(4), samples(2), samples(5), samples(2))


def part(sound: np.ndarray, start: float, end: float) -> np.ndarray:
    return sound[samples(start) : samples(end)].mean(axis=1).astype(np.float64)


def level_db(sound: np.ndarray) -> float:
    return 10 * float(np.log10(np.mean(sound**2) + 1e-12))


def spectrum(sound: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return frequencies and the power at each."""
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    return np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE), power


def band_db(sound: np.ndarray, low: float, high: float) -> float:
    hertz, power = spectrum(sound)
    return 10 * float(np.log10(power[(hertz >= low) & (hertz < high)].sum() + 1e-12))


def strongest_hz(sound: np.ndarray, low: float, high: float) -> float:
    hertz, power = spectrum(sound)
    inside = (hertz >= low) & (hertz < high)
    return float(hertz[inside][np.argmax(power[inside])])


def centroid_hz(sound: np.ndarray) -> float:
    hertz, power = spectrum(sound)
    return float((power * hertz).sum() / power.sum())


def flutter(sound: np.ndarray) -> float:
    """Return by how many dB the level moves within half a second, on average."""
    levels = [level_db(piece) for piece in np.array_split(sound, len(sound) // samples(0.05))]
    return float(np.mean([np.ptp(levels[n : n + 10]) for n in range(len(levels) - 10)]))


def test_the_swell_glides_a_fifth_up_and_down_again() -> None:
    sound = breath_sound("swell", BREATH, 1)
    pitch = [strongest_hz(part(sound, at, at + 0.5), 90, 190) for at in (0.2, 3.5, 6.0, 10.3)]

    assert 1.35 < pitch[1] / pitch[0] < 1.55
    assert 1.35 < pitch[2] / pitch[3] < 1.55


def test_the_swells_hold_flutters_and_its_phases_do_not() -> None:
    sound = breath_sound("swell", BREATH, 1)

    assert flutter(part(sound, 4.3, 5.7)) > 2 * flutter(part(sound, 2.3, 3.7))


def test_the_swell_is_warm_and_heard_on_a_phone() -> None:
    loudest = part(breath_sound("swell", BREATH, 1), 3.0, 4.0)

    assert abs(band_db(loudest, 100, 350) - band_db(loudest, 450, 1000)) < 6
    assert band_db(loudest, 1500, 20_000) < band_db(loudest, 450, 1000) - 20


def test_the_ocean_has_no_hole_and_reaches_high() -> None:
    crest = part(breath_sound("ocean", BREATH, 1), 3.0, 4.0)
    bands = [band_db(crest, low, 2 * low) for low in (125, 250, 500, 1000, 2000, 4000)]

    assert np.abs(np.diff(bands)).max() < 6
    assert -30 < band_db(crest, 8000, 10_000) - max(bands) < -8


def test_the_ocean_draws_in_smoothly_breaks_and_fizzes() -> None:
    sound = breath_sound("ocean", BREATH, 1)
    growing, hanging, breaking = part(sound, 1.8, 2.8), part(sound, 5, 5.8), part(sound, 6.2, 7)

    assert level_db(hanging) < level_db(part(sound, 3.2, 3.9)) - 5
    assert level_db(breaking) > level_db(hanging) + 5
    assert centroid_hz(breaking) > 1.3 * centroid_hz(growing)


def test_the_sea_goes_on_between_waves() -> None:
    sound = breath_sound("ocean", BREATH, 1)
    rest, crest = level_db(part(sound, 12, 13)), level_db(part(sound, 3.2, 3.9))

    assert crest - 26 < rest < crest - 12


def test_every_wave_is_another() -> None:
    shapes = [
        [level_db(part(sound, at, at + 0.5)) for at in np.arange(0.5, 10.5, 0.5)]
        for sound in (
            breath_sound("ocean", Breath(samples(at), *PHASES), 1) for at in (10, 23, 36, 49)
        )
    ]

    assert np.std(shapes, axis=0).mean() > 0.3


PHASES = (BREATH.inhale, BREATH.full_hold, BREATH.exhale, BREATH.empty_hold)


def bowl_db(sound: np.ndarray, phase: str) -> Callable[[float, float], float]:
    hertz = PITCHES[phase]
    return lambda start, end: band_db(part(sound, start, end), hertz - 5, hertz + 5)


def test_a_bowl_is_struck_at_each_turn_and_told_by_its_pitch() -> None:
    sound = breath_sound("bowls", BREATH, 1)

    assert bowl_db(sound, "full hold")(4.0, 4.8) > bowl_db(sound, "full hold")(3.1, 3.9) + 20
    assert bowl_db(sound, "exhale")(6.0, 6.8) > bowl_db(sound, "exhale")(5.1, 5.9) + 20
    assert bowl_db(sound, "empty hold")(11.0, 11.8) > bowl_db(sound, "empty hold")(10.1, 10.9) + 20
    assert list(PITCHES.values()) == sorted(PITCHES.values(), reverse=True)


def test_bowls_are_rubbed_between_their_turns() -> None:
    """The one of the inhale louder and louder, the one of the exhale less and less."""
    sound = breath_sound("bowls", BREATH, 1)
    inhale, exhale = bowl_db(sound, "inhale"), bowl_db(sound, "exhale")

    assert inhale(3.0, 3.8) > inhale(0.4, 1.2) + 1.5
    assert exhale(9.5, 10.3) < exhale(6.8, 7.6) - 5


def test_bowls_ring_as_bowls_do() -> None:
    """By 60 dB in twenty seconds or more, and under the next breath."""
    sound = breath_sound("bowls", BREATH, 1)
    ringing = bowl_db(sound, "exhale")

    assert 15 < ringing(13.0, 14.0) - ringing(21.0, 22.0) < 24
    assert ringing(21.0, 22.0) > ringing(6.5, 7.5) - 45


def test_no_two_strikes_are_alike() -> None:
    bright = []
    for number in range(6):
        sound = breath_sound("bowls", Breath(samples(13.0 * number), *PHASES), 1)
        start = part(sound, 0.05, 0.6)
        hertz = PITCHES["inhale"]
        bright.append(
            band_db(start, 2.7 * hertz, 2.85 * hertz) - band_db(start, 0.95 * hertz, 1.05 * hertz)
        )

    assert np.std(bright) > 0.4


def test_the_hum_sings_one_chord_in_and_comes_home_to_another() -> None:
    sound = breath_sound("hum", BREATH, 1)
    into, out = part(sound, 2.5, 3.9), part(sound, 6.5, 7.9)

    def sings(chord: np.ndarray, hertz: float) -> bool:
        return abs(strongest_hz(chord, 0.93 * hertz, 1.07 * hertz) / hertz - 1) < 0.015

    assert all(sings(into, hertz) for hertz in (146.8, 185.0, 293.7))
    assert all(sings(out, hertz) for hertz in (138.6, 164.8, 277.2))


def test_the_hum_opens_and_does_not_buzz() -> None:
    sound = breath_sound("hum", BREATH, 1)
    closed, opened = part(sound, 0.5, 1.2), part(sound, 3.2, 3.9)

    def vowel(chord: np.ndarray) -> float:
        return band_db(chord, 480, 1100) - band_db(chord, 100, 400)

    assert vowel(opened) > vowel(closed) + 2
    assert band_db(opened, 3500, 20_000) < band_db(opened, 480, 1100) - 35


def test_the_wind_glides_up_and_down_and_does_not_hiss() -> None:
    sound = breath_sound("wind", BREATH, 1)
    centre = [centroid_hz(part(sound, at, at + 0.6)) for at in (0.4, 3.2, 6.3, 10.0)]

    assert centre[1] > 1.5 * centre[0]
    assert centre[2] > 1.5 * centre[3]
    assert band_db(part(sound, 3, 4), 3000, 20_000) < band_db(part(sound, 3, 4), 200, 3000) - 40
