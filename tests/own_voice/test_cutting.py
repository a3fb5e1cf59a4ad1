"""A line is cut with its rests shortened, and what is wrong with its sound is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from recording_cases import RATE, VOICE_RMS, in_blocks, pink

from cft_audio.own_voice.cutting import Cutter
from cft_audio.own_voice.sound_on_disk import store_on_disk
from cft_audio.own_voice.speech_detection import detect_speech

if TYPE_CHECKING:
    from cft_audio.signal.audio import Mono
    from cft_audio.speech.takes.take import Take

BEGIN, REST, END = 1.0, 1.5, 6.0
"""When the line begins, how long it rests in its middle, and when it ends, in seconds."""


@pytest.fixture
def line() -> Mono:
    """Bursts of sound as long as syllables, a rest, and more of them, over a quiet room."""
    rng = np.random.default_rng(6)
    at = np.arange(7 * RATE) / RATE
    middle = (BEGIN + END) / 2
    speaks = (at > BEGIN) & (at < END) & (np.abs(at - middle) > REST / 2)
    syllables = speaks * (0.55 - 0.45 * np.cos(2 * np.pi * 4 * at))
    voice, room = pink(len(at), rng), pink(len(at), rng)
    return np.asarray(VOICE_RMS * (voice * syllables + room * 10 ** (-50 / 20)), np.float32)


def cut(sound: Mono) -> tuple[Take, list[str]]:
    with store_on_disk(in_blocks(sound)) as disk:
        speech = detect_speech(disk)
        cutter = Cutter(disk, disk, speech)
        ends = (0, len(speech.pieces) - 1)
        return cutter.cut(*ends), list(cutter.find_doubts(*ends))


def test_a_clean_line_has_no_doubts(line: Mono) -> None:
    assert cut(line)[1] == []


def test_a_rest_is_shortened_to_half_a_second(line: Mono) -> None:
    take, _ = cut(line)

    assert len(take.pcm) / RATE == pytest.approx(END - BEGIN - REST + 0.5, abs=0.25)
    assert len(take.breaks) == 1
    assert take.breaks[0] / RATE == pytest.approx((END - BEGIN - REST + 0.5) / 2, abs=0.15)


@pytest.mark.parametrize("second", [1.62, 2.1, 3.0, 4.9])
def test_a_click_is_named(line: Mono, second: float) -> None:
    at = int(second * RATE)
    line[at : at + 30] += np.float32(0.8) * (-1) ** np.arange(30)

    assert cut(line)[1] == ["there is a click in it"]


def test_a_line_at_full_scale_is_named(line: Mono) -> None:
    assert cut(np.clip(12 * line, -1, 1))[1] == [
        "it is distorted: it was recorded too loud, or too near"
    ]


def test_a_line_that_the_recording_cuts_off_is_named(line: Mono) -> None:
    begin, end = int((BEGIN + 0.1) * RATE), int((END - 0.1) * RATE)

    assert cut(line[begin:])[1] == ["the recording begins in the middle of it"]
    assert cut(line[:end])[1] == ["the recording ends in the middle of it"]


def test_noise_near_the_voice_is_named(line: Mono) -> None:
    noise = pink(len(line), np.random.default_rng(7)) * np.float32(VOICE_RMS * 10 ** (-16 / 20))
    [doubt] = cut(line + noise)[1]

    assert doubt.startswith("noise lies only 1")
