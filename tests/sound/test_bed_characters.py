"""What each bed is told by: gusts, bubbles that rise, crackles in bursts, a chord in tune."""

from functools import cache

import numpy as np
import pytest

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.sound.beds.birds import draw_song
from cft_audio.sound.beds.cells import CELL
from cft_audio.sound.beds.chance import chance
from cft_audio.sound.beds.registry import open_bed

FRAME = 1024
A_SECOND = SAMPLE_RATE / FRAME


@cache
def sound(name: str, cells: int) -> np.ndarray:
    """Return both channels of a bed, added."""
    with open_bed(name, 3) as bed:
        assert bed is not None
        return np.concatenate([bed(cell * CELL, CELL).mean(axis=1) for cell in range(cells)])


def band(name: str, low: float, high: float, cells: int = 10) -> np.ndarray:
    """Return the power of each frame of a bed at each frequency between two, in Hz."""
    audio = sound(name, cells)
    frames = audio[: len(audio) // FRAME * FRAME].reshape(-1, FRAME) * np.hanning(FRAME)
    hertz = np.fft.rfftfreq(FRAME, 1 / SAMPLE_RATE)
    return np.abs(np.fft.rfft(frames, axis=1)[:, (hertz >= low) & (hertz < high)]) ** 2


def stand_out(power: np.ndarray) -> np.ndarray:
    """Return which frames have a frequency 20 times above its usual: of noise, none."""
    return (power > 20 * np.median(power, axis=0)).any(axis=1)


def swing_db(power: np.ndarray, seconds: float) -> float:
    """Return how far the loudest and the softest of such stretches lie apart."""
    count = round(seconds * A_SECOND)
    total = power.sum(axis=1)
    total = total[: len(total) // count * count].reshape(-1, count).mean(axis=1)
    return float(10 * np.log10(total.max() / total.min()))


def test_beds_are_told_apart_by_where_their_sound_lies() -> None:
    def share(name: str, low: float, high: float) -> float:
        return float(band(name, low, high).sum() / band(name, 0, SAMPLE_RATE).sum())

    assert share("brown", 0, 500) > 0.9
    assert share("drone", 500, 20_000) < 1e-5
    assert share("fire", 0, 300) > 1.2 * share("stream", 0, 300)
    assert share("rain", 5000, 9000) > 2 * share("stream", 5000, 9000)
    assert share("night", 5000, 7000) > 30 * share("brown", 5000, 7000)


def test_brown_noise_stays_as_it_is() -> None:
    assert swing_db(band("brown", 0, 20_000), 3) < 1


def test_rain_comes_in_gusts_that_bring_most_of_what_is_near() -> None:
    near, far = (swing_db(band("rain", *edges, 30), 6) for edges in ((5000, 9000), (100, 300)))

    assert near > far > 2


def test_single_drops_stand_out_of_the_rain_near_by_and_far_off() -> None:
    for edges in ((400, 2000), (5000, 9000)):
        assert stand_out(band("rain", *edges, 30)).mean() * A_SECOND > 1
    assert stand_out(band("brown", 400, 2000)).mean() * A_SECOND < 0.2


def test_the_bubbles_of_a_stream_stand_out_everywhere_in_it() -> None:
    out = stand_out(band("stream", 300, 1500, 20))
    seconds = out[: len(out) // 43 * 43].reshape(-1, 43).sum(axis=1)

    assert seconds.mean() > 2
    assert (seconds > 0).mean() > 0.8


def test_a_fire_crackles_in_bursts_and_rests_between_them() -> None:
    crackles = stand_out(band("fire", 900, 2000, 20))
    second = round(A_SECOND)
    counts = crackles[: len(crackles) // second * second].reshape(-1, second).sum(axis=1)

    assert counts.mean() > 1
    assert counts.var() > 1.5 * counts.mean()
    assert (counts == 0).any()


def test_a_fire_flutters_and_brown_noise_does_not() -> None:
    assert swing_db(band("fire", 40, 300), 0.1) > swing_db(band("brown", 40, 300), 0.1) + 3


def test_crickets_come_and_go_and_none_sings_where_speech_is_told_apart() -> None:
    choir, speech = band("night", 5000, 7000, 20), band("night", 2000, 4700, 20)

    assert stand_out(choir).mean() * A_SECOND > 1
    assert stand_out(speech).mean() * A_SECOND < 0.2
    assert swing_db(choir, 6) > 2


def test_a_song_is_short_and_leaves_speech_its_band() -> None:
    for number in range(40):
        song = draw_song(chance(number))
        power = np.abs(np.fft.rfft(song * np.float32(1))) ** 2
        hertz = np.fft.rfftfreq(len(song), 1 / SAMPLE_RATE)
        assert len(song) <= samples(2.5)
        assert np.abs(song).max() < 1.2
        assert power[(hertz > 2100) & (hertz < 5000)].sum() < 1e-3 * power.sum()


def test_birds_are_few_and_far() -> None:
    """No song stands out of the leaves by more than these move by themselves."""
    songs = stand_out(band("forest", 400, 2000, 30))
    seconds = songs[: len(songs) // 43 * 43].reshape(-1, 43).any(axis=1)

    assert 1 <= seconds.sum() < 0.25 * len(seconds)
    assert swing_db(band("forest", 0, 20_000, 30), 0.4) < 14


@pytest.mark.parametrize("name", ["drone", "pad"])
def test_a_chord_is_in_tune_with_the_swell(name: str) -> None:
    audio = sound(name, 10)
    power = np.abs(np.fft.rfft(audio * np.hanning(len(audio)))) ** 2
    hertz = np.fft.rfftfreq(len(audio), 1 / SAMPLE_RATE)
    heard = hertz[power > 1e-4 * power.max()]
    steps = 12 * np.log2(heard / 110)

    assert np.abs(steps - np.round(steps)).max() < 0.35
    assert power[np.abs(hertz / 110 - 1) < 0.02].sum() > 0.05 * power.sum()


def test_the_chord_of_a_pad_moves_on() -> None:
    power = band("pad", 100, 700, 30)
    thirds = power[: len(power) // 3 * 3].reshape(3, -1, power.shape[1]).mean(axis=1)
    levels = 10 * np.log10(thirds / thirds.sum(axis=1, keepdims=True))

    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert np.abs(levels[one] - levels[other]).max() > 4
    assert swing_db(power, 0.4) < 12
