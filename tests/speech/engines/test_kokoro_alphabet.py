"""Kokoro's alphabet, and how what it says is cut: by rule, with no model."""

from __future__ import annotations

import numpy as np
import pytest
from piper import PiperVoice
from piper.config import PhonemeType, PiperConfig

from cft_audio.errors import EngineError
from cft_audio.speech.engines.engine import Fragment
from cft_audio.speech.engines.kokoro_cutting import FRAME, cut
from cft_audio.speech.engines.kokoro_phonemes import (
    AMERICAN,
    BRITISH,
    Accent,
    group_symbols,
    kokoro_symbols,
    split_symbols,
    symbol_numbers,
    typed_sounds,
)


def symbols(text: str, accent: Accent) -> str:
    """Return how a text is written for the model, by the phonemiser that it is read with."""
    config = PiperConfig(0, 1, 24_000, accent.espeak_voice, {}, PhonemeType.ESPEAK)
    voice = PiperVoice(None, config)
    return kokoro_symbols([p for sentence in voice.phonemize(text) for p in sentence], accent)


@pytest.mark.parametrize(
    ("text", "british", "american"),
    [
        ("One happy day.", "wˈʌn hˈapi dˈA.", "wˈʌn hˈæpi dˈA."),
        ("A swan is here.", "ə swˈɒn ɪz hˈɪə.", "ə swˈɑn ɪz hˈɪɹ."),
        ("The gentle garden.", "ðə ʤˈɛntᵊl ɡˈɑːdᵊn.", "ðə ʤˈɛntᵊl ɡˈɑɹdᵊn."),
        ("Go home, little bird.", "ɡˌQ hˈQm, lˈɪtᵊl bˈɜːd.", "ɡˌO hˈOm, lˈɪTᵊl bˈɜɹd."),
    ],
)
def test_words_are_written_in_the_alphabet_the_model_learnt(
    text: str, british: str, american: str
) -> None:
    assert symbols(text, BRITISH) == british
    assert symbols(text, AMERICAN) == american


def test_sounds_that_a_person_gives_go_the_same_way() -> None:
    given = Fragment("Joe", ipa="dʒəʊ")

    assert kokoro_symbols(typed_sounds(given, BRITISH), BRITISH) == "ʤQ"
    with pytest.raises(EngineError, match="does not know O, ʘ"):
        typed_sounds(Fragment("Joe", ipa="dʒOʘ"), BRITISH)


def test_what_no_symbol_is_for_is_left_out() -> None:
    written = kokoro_symbols(["a", "ʘ", "̃", "."], BRITISH)

    assert symbol_numbers(written) == [43, 4]


@pytest.mark.parametrize("text", ["ab cd, " * 200, "ab cd " * 300, "a" * 1600, "a. " + "b" * 600])
def test_a_text_too_long_for_the_model_is_split_and_nothing_is_lost(text: str) -> None:
    parts = list(split_symbols(text))

    assert all(len(part) <= 510 for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")
    if ", " in text:
        assert all(part.endswith(",") for part in parts)


LENGTHS = np.array([16, 4, 4, 8, 4, 4, 6, 20], np.float32)
"""Frames of the pads and of ``ab, cd.``, but its blank."""


def spoken(pause: float) -> np.ndarray:
    """Return noise as long as ``LENGTHS`` says, at its comma ``pause`` times as loud."""
    noise = np.random.default_rng(1).uniform(-1, 1, int(LENGTHS.sum()) * FRAME)
    noise[24 * FRAME : 32 * FRAME] *= pause
    return noise.astype(np.float32)


def test_what_the_model_adds_at_the_edges_is_cut_off() -> None:
    (said,) = cut(spoken(0.001), ["ab,cd."], LENGTHS)
    margin = round(0.06 * 24_000)

    assert len(said.samples) == 24 * FRAME + 2 * margin
    np.testing.assert_array_equal(said.samples[:100], spoken(0.001)[16 * FRAME - margin :][:100])


def test_a_rest_is_opened_where_it_is_quiet_and_nowhere_else() -> None:
    start = 16 * FRAME - round(0.06 * 24_000)
    (place,) = cut(spoken(0.001), ["ab,cd."], LENGTHS)[0].breaks

    assert 24 * FRAME < place + start < 32 * FRAME
    assert cut(spoken(0.2), ["ab,cd."], LENGTHS)[0].breaks == ()


def test_a_gap_too_short_for_a_rest_is_left_as_it_is() -> None:
    gap = spoken(1.0)
    gap[28 * FRAME : 28 * FRAME + 720] = 0

    assert cut(gap, ["ab,cd."], LENGTHS)[0].breaks == ()


def test_the_sound_falls_to_nothing_where_it_rests() -> None:
    (said,) = cut(spoken(0.01), ["ab,cd."], LENGTHS)
    (place,) = said.breaks

    assert abs(said.samples[place - 1]) < 1e-4
    assert abs(said.samples[place]) < 1e-4


def test_peaks_beyond_full_scale_are_kept_for_levelling() -> None:
    loud = spoken(0.001) * np.float32(1.2)

    (said,) = cut(loud, ["ab,cd."], LENGTHS)

    assert np.abs(said.samples).max() > 1.1


def test_sentences_said_together_are_cut_where_it_is_quietest_between_them() -> None:
    one, other = cut(spoken(0.001), ["ab.", "d."], LENGTHS)
    start, stop = 16 * FRAME - round(0.06 * 24_000), 40 * FRAME + round(0.06 * 24_000)

    assert 24 * FRAME < start + len(one.samples) < 32 * FRAME + 600
    assert len(one.samples) + len(other.samples) == stop - start
    assert one.breaks == other.breaks == ()


def test_sentences_said_together_go_to_the_model_in_as_few_parts_as_it_takes() -> None:
    assert group_symbols(["a" * 200, "b" * 200, "c" * 200, "d"]) == [
        ["a" * 200, "b" * 200],
        ["c" * 200, "d"],
    ]
