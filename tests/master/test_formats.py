"""How recordings can be encoded, and how large they become."""

from __future__ import annotations

import pytest

from cft_audio.application.request import Output
from cft_audio.errors import RequestError
from cft_audio.master.formats import FORMATS, MONO, MP3, WAV, Coding, fit_size, known_format

MAIL = 14_000_000
HOUR = 3600.0


def test_what_fits_stays_as_it_was_asked_for() -> None:
    assert fit_size(Coding(MP3, 128), 600, MAIL) == Coding(MP3, 128)


def test_what_does_not_fit_has_the_best_bit_rate_that_does() -> None:
    assert fit_size(Coding(MP3, 128), 1000, MAIL) == Coding(MP3, 96)
    assert fit_size(Coding(MP3, 128), 1500, MAIL) == Coding(MP3, 64, MONO)


def test_what_fits_in_no_way_is_refused_with_the_length_that_does() -> None:
    with pytest.raises(RequestError) as refused:
        fit_size(Coding(MP3, 128), 2 * HOUR, MAIL)

    assert refused.value.field == "minutes"
    assert refused.value.message == "2:00:00 of .mp3 are larger than 14 MB"
    assert refused.value.remedy.startswith("Ask for 56:00 at most")


def test_a_wav_that_cannot_count_its_own_bytes_is_refused() -> None:
    assert Output().coding(".wav", 6 * HOUR).format is WAV
    with pytest.raises(RequestError, match="larger than 4295 MB"):
        Output().coding(".wav", 7 * HOUR)
    assert Output().coding(".flac", 7 * HOUR).format.lossless


@pytest.mark.parametrize("name", ["ogg", ".OGG", "oga", "vorbis"])
def test_for_an_ogg_an_opus_is_offered(name: str) -> None:
    with pytest.raises(RequestError, match=r"Choose \.opus"):
        known_format(name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_found_by_its_name_however_it_is_written(name: str) -> None:
    assert known_format(f" .{name.upper()}") is FORMATS[name]
