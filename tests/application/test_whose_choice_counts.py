"""Of what is chosen, kept of a client, and set: the strongest counts, field by field."""

from __future__ import annotations

from typing import Any

import pytest

from cft_audio.application.choices import Choices
from cft_audio.application.fields import parse_fields
from cft_audio.application.pacing import pace_for
from cft_audio.errors import RequestError
from cft_audio.library.programme import ProgrammeSession


def choices(
    *, chosen: dict[str, Any] | None = None, client: dict[str, Any] | None = None, **settings: Any
) -> Choices:
    return Choices(parse_fields(chosen or {}), parse_fields(settings), parse_fields(client or {}))


def test_what_is_chosen_counts_before_the_client_and_that_before_settings() -> None:
    every = choices(chosen={"bed": "fire"}, client={"bed": "rain", "tone": "hum"}, bed="night")

    assert (every["bed"], every["tone"], every["pace"]) == ("fire", "hum", "gentle")
    assert choices(client={"bed": "rain"}, bed="night")["bed"] == "rain"
    assert not every.is_chosen("tone")


def test_pairs_and_what_is_avoided_are_those_of_all() -> None:
    every = choices(
        chosen={"with": {"a": "1"}, "avoid": "sea"},
        client={"with": {"a": "2", "b": "2"}, "avoid": "fire"},
        **{"with": {"b": "3", "c": "3"}, "avoid": "rain"},
    )

    assert every["with"] == {"a": "1", "b": "2", "c": "3"}
    assert set(every["avoid"]) == {"sea", "fire", "rain"}


def test_a_clients_preset_counts_before_what_is_set() -> None:
    assert choices(client={"preset": "phone"}, format="flac")["format"] == "mp3"
    assert choices(client={"preset": "phone", "format": "opus"})["format"] == "opus"


@pytest.mark.parametrize(
    ("client", "settings", "pattern", "rate"),
    [
        ({"pattern": "4-6"}, {"breaths_per_minute": "5"}, "4:0:6:0", 6.0),
        ({"breaths_per_minute": "5"}, {"pattern": "4-6"}, None, 5.0),
        ({"pace": "slow"}, {"pattern": "4-6"}, None, None),
        ({"pace": "slow", "pattern": "4-6"}, {}, "4:0:6:0", 6.0),
    ],
)
def test_a_clients_breath_counts_before_that_of_settings(
    client: dict[str, Any], settings: dict[str, Any], pattern: str | None, rate: float | None
) -> None:
    pace = pace_for(choices(client=client, **settings))

    assert pattern is None or str(pace.pattern) == pattern
    assert rate is None or pace.breaths_per_minute == pytest.approx(rate)
    assert pattern or not pace.in_seconds


def test_a_client_whose_breath_contradicts_itself_is_told() -> None:
    with pytest.raises(RequestError, match="gives each breath its seconds"):
        pace_for(choices(client={"pattern": "4-6", "ratio": "4:6"}))


def test_a_course_keeps_a_clients_pace_and_its_own_lengths() -> None:
    session = ProgrammeSession("One", "loving-kindness", 180.0, pace="steady")
    of_course = choices(client={"pace": "slow", "minutes": "12"}).for_programme(session)

    assert (of_course["pace"], of_course["minutes"]) == ("slow", 180.0)
    assert choices(pace="slow").for_programme(session)["pace"] == "steady"
