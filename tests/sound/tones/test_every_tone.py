"""What every breathing tone keeps: heard on a phone and in mono, turns clear, nothing alike."""

from functools import lru_cache

import numpy as np
import pytest

from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.filters import FirFilter, high_pass
from cft_audio.signal.loudness import LoudnessMeter
from cft_audio.signal.reference_levels import LOUDEST_TONE_LUFS
from cft_audio.sound.names import TONES
from cft_audio.sound.tones.bowls import PITCHES as BOWLS
from cft_audio.sound.tones.marks import PITCHES as MARKS
from cft_audio.sound.tones.marks import phases_of
from cft_audio.sound.tones.registry import breath_sound
from cft_audio.sound.tones.stem import LONGEST_RING, BreathStem
from cft_audio.timeline.events import Breath

CHARACTERS = [tone for tone in TONES if tone != "none"]
BREATH = Breath(samples(7.3), samples(4), samples(2), samples(5), samples(2))
TENTH = samples(0.1)


def following(breath: Breath, number: int) -> Breath:
    """Return the ``number``-th breath after ``breath``."""
    start = breath.start + number * breath.length
    return Breath(start, breath.inhale, breath.full_hold, breath.exhale, breath.empty_hold)


@lru_cache(maxsize=20)
def sound_of(character: str, number: int = 0) -> np.ndarray:
    """Return the sound of the ``number``-th breath after ``BREATH``, not to be written to."""
    return breath_sound(character, following(BREATH, number), 1)


def tenths_db(audio: np.ndarray) -> np.ndarray:
    """Return the level of each 100 ms, in dB."""
    whole = audio[: len(audio) // TENTH * TENTH].astype(np.float64)
    powers = np.square(whole).reshape(len(whole) // TENTH, -1).mean(axis=1)
    return 10 * np.log10(powers + 1e-14)


def on_a_phone(sound: np.ndarray) -> np.ndarray:
    """Return what a phone's own speaker gives back: the mono sum, from 450 Hz up."""
    speaker = FirFilter(high_pass(450.0, 4, 16_384))
    return speaker.apply(np.ascontiguousarray(sound.mean(axis=1)))


@pytest.mark.parametrize("character", CHARACTERS)
@pytest.mark.parametrize("seconds", [(1.5, 0, 1.5, 0), (4, 2, 5, 2), (8, 2, 12, 2)])
def test_nothing_clicks(character: str, seconds: tuple[float, ...]) -> None:
    """The largest jump between samples is one that its own highest partials make."""
    breath = Breath(0, *(samples(s) for s in seconds))
    sound = breath_sound(character, breath, 1)
    jumps = np.abs(np.diff(sound, axis=0, prepend=np.zeros((1, 2)), append=np.zeros((1, 2))))
    turns = {*(within.start for within in phases_of(breath).values()), breath.length}
    at_turns = max(float(jumps[max(0, turn - 2) : turn + 3].max()) for turn in turns)
    for turn in turns:
        jumps[max(0, turn - 2) : turn + 3] = 0

    assert float(jumps[-1].max()) < 1e-5
    assert at_turns <= float(jumps.max())
    assert float(jumps.max()) < 0.35 * float(np.abs(sound).max())


@pytest.mark.parametrize("character", CHARACTERS)
def test_breaths_join_without_a_click(character: str) -> None:
    """Around a join it bends no more sharply than in its interior, tails of earlier ones added."""
    first = Breath(0, samples(4), 0, samples(6), 0)
    breaths = [following(first, number) for number in range(3)]
    period = first.length
    stem = BreathStem(breaths, lambda breath: breath_sound(character, breath, 1))
    joined = stem.read(0, 3 * period)
    assert joined is not None

    bends = np.abs(np.diff(joined[period - 10 :], 2, axis=0)).max(axis=1)
    at_joins = max(bends[:20].max(), bends[period : period + 20].max())
    assert at_joins <= bends[20:period].max()


@pytest.mark.parametrize("character", CHARACTERS)
def test_nothing_lies_above_15_khz_and_nothing_at_0_hz(character: str) -> None:
    sound = sound_of(character)
    spectrum = np.abs(np.fft.rfft(sound[:, 0])) ** 2
    high = spectrum[int(15_000 / (SAMPLE_RATE / 2) * len(spectrum)) :].sum()

    assert 10 * np.log10(high / spectrum.sum()) < -60
    assert np.abs(sound.mean(axis=0)).max() < 1e-4


@pytest.mark.parametrize("character", CHARACTERS)
def test_its_loudest_moment_lies_where_the_mix_expects_it(character: str) -> None:
    loudest = []
    for number in range(4):
        meter = LoudnessMeter()
        meter.feed(sound_of(character, number))
        power = np.convolve(meter.hops(), np.ones(4), "valid").max() / (4 * TENTH)
        loudest.append(10 * np.log10(power) - 0.691)

    assert np.mean(loudest) == pytest.approx(LOUDEST_TONE_LUFS, abs=0.6)
    assert max(loudest) - min(loudest) < 2.5


@pytest.mark.parametrize("character", CHARACTERS)
def test_a_phone_gives_back_every_phase_that_moves(character: str) -> None:
    """A quiet room of 35 dBA covers what lies 25 dB below the tone's reference level."""
    for number in range(2):
        levels = tenths_db(on_a_phone(sound_of(character, number)))
        heard = levels > LOUDEST_TONE_LUFS - 23

        assert heard[:40].mean() > 0.7
        assert heard[60:110].mean() > 0.7


@pytest.mark.parametrize("character", CHARACTERS)
def test_an_exhale_is_heard_until_half_a_second_before_its_end(character: str) -> None:
    """A bed covers what lies 18 dB below the tone's reference level."""
    for number in range(3):
        levels = tenths_db(sound_of(character, number))

        assert levels[103:105].mean() > LOUDEST_TONE_LUFS - 15


@pytest.mark.parametrize("character", CHARACTERS)
def test_the_mono_sum_is_nowhere_a_decibel_lower(character: str) -> None:
    sound = sound_of(character)
    stereo, mono = tenths_db(sound), tenths_db(sound.mean(axis=1))
    there = stereo > stereo.max() - 40

    assert (mono - stereo)[there].min() > -1.0


@pytest.mark.parametrize("character", CHARACTERS)
@pytest.mark.parametrize("phases", [(4, 2, 5, 2), (4, 0, 6, 0)])
def test_no_breath_is_like_the_one_before(character: str, phases: tuple[float, ...]) -> None:
    """However one is shifted against the other, by up to 20 ms."""
    first = Breath(0, *(samples(phase) for phase in phases))
    shift = samples(0.02)
    sounds = [breath_sound(character, following(first, number), 1) for number in range(4)]
    padded = [np.pad(sound[: first.length], ((shift, shift), (0, 0))) for sound in sounds]
    size = 1 << (len(padded[0]) - 1).bit_length()
    spectra = [np.fft.rfft(sound, size, axis=0) for sound in padded]
    for number in range(3):
        product = np.fft.irfft(spectra[number] * np.conj(spectra[number + 1]), size, axis=0)
        likeness = product.sum(axis=1)[np.arange(-shift, shift)].max()
        energies = [np.square(padded[number + more].astype(np.float64)).sum() for more in (0, 1)]
        assert likeness / np.sqrt(energies[0] * energies[1]) < 0.9


@pytest.mark.parametrize("character", CHARACTERS)
def test_every_turn_stands_out_at_its_own_pitch_where_the_tone_is_not(character: str) -> None:
    """In the difference of the channels, as under a voice, which stands in the middle."""
    pitches = BOWLS if character == "bowls" else MARKS
    sound = sound_of(character)
    wide = np.pad(sound[:, 0] - sound[:, 1], (samples(0.3), 0))
    window = np.hanning(samples(0.15))

    def level_db(pitch: float, start: int) -> float:
        stretch = wide[start + samples(0.3) :][: len(window)] * window
        wave = np.exp(-2j * np.pi * pitch * np.arange(len(stretch)) / SAMPLE_RATE)
        return 20 * float(np.log10(np.abs((stretch * wave).sum()) + 1e-9))

    for phase, within in phases_of(BREATH).items():
        before = level_db(pitches[phase], within.start - samples(0.2))
        assert level_db(pitches[phase], within.start) > before + 10


@pytest.mark.parametrize("character", CHARACTERS)
def test_a_rest_is_told_from_an_exhale_that_goes_on(character: str) -> None:
    """A second before its end the exhale is there; soon after it, only what rings or murmurs is."""
    for number in range(2):
        sound = sound_of(character, number)
        levels = tenths_db(sound)
        exhale, rest = levels[96:104].mean(), levels[118:130].mean()
        if character == "bowls":
            # Bowls ring on; the one that was rubbed is let go.
            assert in_band(sound, 11.8, 13.0, 220.0) < in_band(sound, 9.6, 10.4, 220.0) - 5
        else:
            assert rest < exhale - 4


def in_band(sound: np.ndarray, start: float, end: float, hertz: float) -> float:
    part = sound[samples(start) : samples(end)].mean(axis=1)
    wave = np.exp(-2j * np.pi * hertz * np.arange(len(part)) / SAMPLE_RATE)
    return 20 * float(np.log10(np.abs((part * np.hanning(len(part)) * wave).mean())))


@pytest.mark.parametrize("character", CHARACTERS)
def test_it_grows_with_the_inhale_and_shrinks_with_the_exhale(character: str) -> None:
    rising = falling = 0.0
    for number in range(3):
        levels = tenths_db(on_a_phone(sound_of(character, number)))
        rising += levels[28:38].mean() - levels[4:12].mean()
        falling += levels[65:75].mean() - levels[96:104].mean()

    assert rising / 3 > 1.5
    assert falling / 3 > 4


@pytest.mark.parametrize("character", CHARACTERS)
def test_the_same_breath_sounds_the_same_and_another_does_not(character: str) -> None:
    sound = sound_of(character)

    assert np.array_equal(sound, breath_sound(character, BREATH, 1))
    assert not np.array_equal(sound, breath_sound(character, BREATH, 2))
    assert not np.array_equal(sound, sound_of(character, 1))


@pytest.mark.parametrize("character", CHARACTERS)
@pytest.mark.parametrize("phase", [1.5, 12.0])
def test_a_phase_may_last_from_one_and_a_half_to_twelve_seconds(
    character: str, phase: float
) -> None:
    breath = Breath(samples(3), *[samples(phase)] * 4)
    sound = breath_sound(character, breath, 1)

    assert breath.length <= len(sound) <= breath.length + LONGEST_RING
    assert np.isfinite(sound).all()
    assert 0.01 < np.abs(sound).max() < 0.2
