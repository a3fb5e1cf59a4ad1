"""Speech is detected between silences, and matched with the lines it is a reading of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soxr
from recording_cases import RATE, VOICE_RMS, in_blocks, pink

from cft_audio.own_voice.alignment import align
from cft_audio.own_voice.likeness import compute_cepstra, compute_power_spectra, measure_distances
from cft_audio.own_voice.matching import Matcher, Segment
from cft_audio.own_voice.sound_on_disk import store_on_disk
from cft_audio.own_voice.speech_detection import Piece, detect_speech
from cft_audio.signal.audio import seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from cft_audio.signal.audio import Mono

    Candidate = tuple[tuple[int, int], NDArray[np.float64]]

LINES = 6


def candidate(first: int, last: int, **alike: float) -> Candidate:
    """Pieces that are like the lines called a, b, c and so on."""
    likeness = np.full(LINES, -1.0)
    for name, value in alike.items():
        likeness[ord(name) - ord("a")] = value
    return (first, last), likeness


def lines_of(pieces: int, *candidates: Candidate) -> list[tuple[str, int, int]]:
    matches = align(pieces, dict(candidates))
    return [(chr(ord("a") + match.line), match.first, match.last) for match in matches]


def test_lines_are_found_in_order() -> None:
    assert lines_of(3, candidate(0, 0, a=5), candidate(1, 1, b=5), candidate(2, 2, c=5)) == [
        ("a", 0, 0),
        ("b", 1, 1),
        ("c", 2, 2),
    ]


def test_a_line_in_two_pieces_is_one_line() -> None:
    found = lines_of(
        3, candidate(0, 0, a=3), candidate(1, 1, a=2.5), candidate(0, 1, a=6), candidate(2, 2, b=5)
    )

    assert found == [("a", 0, 1), ("b", 2, 2)]


def test_missing_lines_and_other_speech_are_skipped() -> None:
    found = lines_of(
        4, candidate(0, 0, a=5), candidate(1, 1, b=0.5), candidate(2, 2, d=5), candidate(3, 3, f=4)
    )

    assert found == [("a", 0, 0), ("d", 2, 2), ("f", 3, 3)]


def test_a_line_that_is_read_again_is_found_twice() -> None:
    found = lines_of(3, candidate(0, 0, a=5), candidate(1, 1, a=5), candidate(2, 2, b=5))

    assert found == [("a", 0, 0), ("a", 1, 1), ("b", 2, 2)]


def test_a_line_that_is_due_needs_less_likeness_than_one_out_of_order() -> None:
    near = candidate(1, 1, b=2.4)
    assert ("b", 1, 1) in lines_of(3, candidate(0, 0, a=5), near, candidate(2, 2, c=5))
    assert lines_of(3, candidate(0, 0, c=5), near, candidate(2, 2, d=5)) == [
        ("c", 0, 0),
        ("d", 2, 2),
    ]


def test_a_sure_line_is_found_out_of_order() -> None:
    found = lines_of(3, candidate(0, 0, c=5), candidate(1, 1, d=5), candidate(2, 2, a=4))

    assert found == [("c", 0, 0), ("d", 1, 1), ("a", 2, 2)]


def test_no_lines_are_found_without_speech_or_in_what_is_longer_than_any_line(
    voice: Callable[..., Mono],
) -> None:
    matcher = Matcher([compute_power_spectra(voice(2.0, seed)) for seed in (1, 2)])
    music = Segment(Piece(0, 20 * RATE), compute_power_spectra(voice(20.0)))

    assert matcher.find_matches([]) == []
    assert matcher.find_matches([music]) == []


@pytest.fixture(scope="module")
def phrases() -> Callable[..., Mono]:
    """Bursts of sound, each given by its second, length and level in dB."""

    def make(bursts: Mapping[float, tuple[float, float]], length: float) -> Mono:
        rng = np.random.Generator(np.random.PCG64(8))
        sound = np.zeros(int(length * RATE), np.float32)
        for start, (lasts, level) in bursts.items():
            burst = pink(int(lasts * RATE), rng) * np.float32(VOICE_RMS * 10 ** (level / 20))
            sound[int(start * RATE) : int(start * RATE) + len(burst)] += burst
        return sound

    return make


def pieces_of(sound: Mono) -> list[tuple[float, float]]:
    with store_on_disk(in_blocks(sound)) as clean:
        return [(seconds(p.start), seconds(p.stop)) for p in detect_speech(clean).pieces]


def test_pieces_are_found_at_uneven_levels_over_noise(phrases: Callable[..., Mono]) -> None:
    sound = phrases({2.0: (1.5, 0.0), 6.0: (0.8, -14.0), 9.0: (2.0, 6.0)}, 13.0)
    rng = np.random.Generator(np.random.PCG64(9))
    noisy = sound + np.float32(VOICE_RMS * 10 ** (-35 / 20)) * pink(len(sound), rng)

    expected = [(2.0, 3.5), (6.0, 6.8), (9.0, 11.0)]
    assert np.ravel(pieces_of(noisy)) == pytest.approx(np.ravel(expected), abs=0.04)


def test_clicks_are_not_speech(phrases: Callable[..., Mono]) -> None:
    sound = phrases({2.0: (1.5, 0.0), 4.5: (0.004, 20.0), 5.0: (0.004, 14.0)}, 8.0)

    assert pieces_of(sound) == [pytest.approx((2.0, 3.5), abs=0.04)]


def test_a_rest_divides_speech_and_the_closure_of_a_consonant_does_not(
    phrases: Callable[..., Mono],
) -> None:
    sound = phrases({1.0: (0.5, 0.0), 1.65: (0.5, 0.0), 2.6: (0.5, 0.0)}, 5.0)

    assert [start for start, _ in pieces_of(sound)] == pytest.approx([1.0, 2.6], abs=0.04)


def test_no_speech_is_found_in_silence_or_noise() -> None:
    rng = np.random.Generator(np.random.PCG64(9))

    assert pieces_of(np.zeros(5 * RATE, np.float32)) == []
    assert pieces_of(0.001 * pink(5 * RATE, rng)) == []


def cepstra(text: Mono, warp: float = 1.0) -> NDArray[np.float32]:
    return compute_cepstra(compute_power_spectra(text), warp)


def test_a_reading_is_nearest_to_itself_at_another_pace(voice: Callable[..., Mono]) -> None:
    texts = [voice(3.0, seed) for seed in range(1, 7)]
    cut = [text[24_800 * n : 24_800 * n + 66_150] for n, text in enumerate(texts)]
    slower = soxr.resample(cut[2], 16_000, 19_000)
    apart = measure_distances(cepstra(slower, 0.84), [cepstra(text) for text in cut])

    assert int(np.argmin(apart)) == 2
