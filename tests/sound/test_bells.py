"""Bells: soft, wide, ring for seconds, click nowhere; or a person's own file."""

import re
from pathlib import Path
from wave import open as open_wave

import numpy as np
import pytest

from cft_audio.errors import SoundError
from cft_audio.signal.audio import SAMPLE_RATE, samples
from cft_audio.signal.loudness import LoudnessMeter
from cft_audio.sound.bells import PEAK, read_bell
from cft_audio.sound.names import BELLS


def momentary(audio: np.ndarray) -> float:
    meter = LoudnessMeter()
    meter.feed(np.ascontiguousarray(audio))
    return meter.integrated()


def peak(audio: np.ndarray) -> float:
    return float(np.abs(audio).max())


def test_its_loudest_moment_lies_six_lu_below_the_voice() -> None:
    sound = read_bell("bowl")
    loudest = max(momentary(sound[at : at + samples(0.4)]) for at in range(0, samples(1), 4410))

    assert loudest == pytest.approx(-26, abs=0.5)


def test_it_speaks_softly_and_rings_for_seconds() -> None:
    sound = read_bell("bowl")

    assert peak(sound[: samples(0.002)]) < 0.1 * peak(sound)
    assert 20 * np.log10(peak(sound[samples(2) : samples(2.2)]) / peak(sound)) > -30
    assert peak(sound[samples(4) : samples(5)]) < peak(sound[samples(1) : samples(2)])


def test_it_begins_and_ends_in_silence_and_jumps_nowhere() -> None:
    sound = read_bell("bowl")
    jumps = np.abs(np.diff(sound, axis=0)).max(axis=1)

    assert peak(sound[0]) == 0
    assert peak(sound[-1]) < 1e-6
    assert jumps.max() < 0.25 * peak(sound)
    assert jumps[: samples(0.003)].max() < 0.5 * jumps[samples(0.02) : samples(0.2)].max()


def test_it_is_wide_and_nowhere_a_decibel_lower_in_mono() -> None:
    """No 100 ms of it, either, in which the pairs of its partials would cancel."""
    pieces = read_bell("bowl")[: samples(8)].astype(np.float64).reshape(-1, samples(0.1), 2)
    stereo = np.square(pieces).mean(axis=(1, 2))
    middle, side = (np.square(pieces @ sides).mean(axis=1) for sides in ([0.5, 0.5], [0.5, -0.5]))

    assert (10 * np.log10(middle / stereo)).min() > -1
    assert (10 * np.log10(side / stereo)).min() > -9


def test_its_partials_are_those_of_a_bowl_and_not_of_a_string() -> None:
    sound = read_bell("bowl")[:, 0].astype(np.float64)
    power = np.abs(np.fft.rfft(sound)) ** 2
    frequencies = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)

    def around(hertz: float) -> float:
        return float(power[np.abs(frequencies - hertz) < 12].max())

    assert around(220 * 2.77) > 100 * around(220 * 2)
    assert around(220 * 5.18) > 100 * around(220 * 5.6)
    assert power[frequencies > 12_500].sum() < 1e-8 * power.sum()


@pytest.mark.parametrize("name", BELLS)
def test_every_bell_is_made_and_no_louder_than_the_others(name: str) -> None:
    assert peak(read_bell(name)) == pytest.approx(PEAK)


def write(file: Path, samples_of_one_channel: np.ndarray) -> Path:
    with open_wave(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SAMPLE_RATE)
        out.writeframes((samples_of_one_channel * 32767).astype("<i2").tobytes())
    return file


def test_a_persons_own_bell_begins_where_it_is_struck_and_dies_away(tmp_path: Path) -> None:
    time = np.arange(samples(2)) / SAMPLE_RATE
    struck = np.concatenate([np.zeros(samples(1)), 0.9 * np.sin(2 * np.pi * 300 * time)])
    bell = read_bell(str(write(tmp_path / "bell.wav", struck)))

    assert len(bell) == pytest.approx(samples(2), abs=samples(0.02))
    assert peak(bell) == pytest.approx(PEAK)
    assert peak(bell[-50:]) < 0.01 * PEAK


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gone.wav", "there is no sound file"),
        ("silence.wav", "there is nothing to hear in"),
        ("words.wav", "cannot be read as sound"),
    ],
)
def test_a_file_that_is_no_bell_is_told_with_its_name(name: str, told: str, tmp_path: Path) -> None:
    write(tmp_path / "silence.wav", np.zeros(samples(1)))
    (tmp_path / "words.wav").write_text("not a sound")
    with pytest.raises(SoundError, match=re.escape(told)) as caught:
        read_bell(str(tmp_path / name))
    assert caught.value.field == "bell"
    assert name in caught.value.message
