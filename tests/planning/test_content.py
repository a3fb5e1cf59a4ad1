"""The largest content that leaves its silences their length, and no length that cannot be made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from cft_audio.errors import LengthError, RequestError
from cft_audio.library.practices import Library
from cft_audio.planning.outline import Outline
from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter
from cft_audio.schema.durations import parse_minutes
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.signal.audio import samples, seconds
from cft_audio.timeline.events import BreatheEvent, PauseEvent, SayEvent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cft_audio.planning.draft import Fitted
    from cft_audio.script.cues import Line, Script

FRONT = """\
---
title: {title}
technique: loving-kindness
natural: {natural}
{more}
---
## A

You may stop at any time.

"""
PART = "{{% if minutes >= {0} %}}\nWhat would part {0} need?\n\n[pause]\n\n{{% endif %}}\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Two practices that ask a question for each quarter of a minute, and one of two contents."""
    body = "".join(PART.format(number / 4) for number in range(1, 81))
    for name, more in (("grows", ""), ("whole", "shortest: 4")):
        front = FRONT.format(title=name.capitalize(), natural=5, more=more)
        (tmp_path / f"{name}.md").write_text(f"{front}{body}[breathe]\n")
    says = FRONT.format(title="Says", natural=12, more="")
    (tmp_path / "says.md").write_text(
        says + "There are {{ '%.1f'|format(lasts) }} minutes.\n\n[90s]\n"
    )
    steps = FRONT.format(title="Steps", natural=1, more="limits: {silence: 15s, breathing: 20s}")
    (tmp_path / "steps.md").write_text(
        f"{steps}[pause]\n\n{{% if minutes >= 2 %}}\n"
        + "What is here?\n\n[pause]\n\n" * 2
        + "{% endif %}\n"
    )
    return Library((tmp_path,))


def estimated(
    library: Library, name: str, minutes: float | None, adaptations: tuple[str, ...] = ()
) -> Fitted:
    length_s = None if minutes is None else minutes * 60
    session = Session(name, length_s=length_s, adaptations=adaptations)
    return Outline(ScriptWriter(session, library)).estimate()


def pauses(fitted: Fitted) -> list[float]:
    return [
        seconds(event.length)
        for event in fitted.timeline.events
        if isinstance(event, PauseEvent) and event.elastic
    ]


def lines(fitted: Fitted) -> int:
    return sum(isinstance(event, SayEvent) for event in fitted.timeline.events)


@pytest.mark.parametrize("minutes", [2.0, 3.0, 4.5, 6.0])
def test_silences_keep_their_natural_length_and_one_more_line_would_shorten_them(
    library: Library, minutes: float
) -> None:
    fitted = estimated(library, "grows", minutes)

    assert fitted.timeline.length == samples(minutes * 60)
    assert min(pauses(fitted)) >= 12 - 1e-3
    breaths = [e for e in fitted.timeline.events if isinstance(e, BreatheEvent)]
    assert len(fitted.timeline.breaths_of(breaths[0])) >= 5
    # A further question and its quiet take some 15 s, and seven percent of the content is the
    # finest that the search tells apart.
    assert sum(pauses(fitted)) - 12 * len(pauses(fitted)) < 15 + 0.07 * 60 * minutes


@pytest.mark.parametrize("adaptations", [(), *((name,) for name in ADAPTATIONS)])
def test_content_goes_before_a_floor_whatever_it_is_told_for(
    library: Library, adaptations: tuple[str, ...]
) -> None:
    short, long = (estimated(library, "grows", at, adaptations) for at in (1.5, 5.0))

    assert lines(short) < lines(long)
    for fitted in (short, long):
        assert min(pauses(fitted)) >= 12 - 1e-3


def test_a_length_between_two_contents_is_made_with_longer_silences(library: Library) -> None:
    for length_s in range(20, 60, 3):
        fitted = estimated(library, "steps", length_s / 60)
        assert fitted.timeline.length == samples(length_s)
        assert max(pauses(fitted)) <= 30


def test_a_practice_is_refused_below_its_shortest_length_and_another_is_named(
    library: Library,
) -> None:
    with pytest.raises(LengthError) as caught:
        estimated(library, "whole", 3.0)

    assert caught.value.field == "minutes"
    assert caught.value.too_short
    assert caught.value.message == "'Whole' is offered from 4:00 on: it would be hurried in less"
    assert caught.value.remedy == (
        "Ask for ‹minutes› 4:00 or more, or choose 'steps', which can be 3:00 long"
    )
    assert estimated(library, "whole", 4.0).timeline.length == samples(240)


def test_its_range_and_its_natural_length_begin_at_the_shortest(library: Library) -> None:
    outline = Outline(ScriptWriter(Session("whole"), library))

    assert outline.range.shortest == samples(240)
    assert all(one.shortest >= samples(240) for one in outline.offered)
    assert outline.natural_s >= 240
    assert outline.estimate().timeline.length >= samples(240)


def test_a_length_that_a_slow_voice_is_offered_can_be_had(library: Library) -> None:
    """Its lines take longer than was estimated, and the length that is named holds for them."""

    def fitted(length_s: float) -> Fitted:
        outline = Outline(ScriptWriter(Session("steps", length_s=length_s), library))
        return outline.fit(
            lambda lines: {line: outline.writer.estimate_length(line) * 2 for line in lines}
        )

    with pytest.raises(LengthError) as caught:
        fitted(10)
    named = re.search(r"length from (\d+:\d\d) to", caught.value.remedy)
    assert named
    assert seconds(fitted(parse_minutes(named[1])).timeline.length) == parse_minutes(named[1])


def test_every_script_is_checked_before_its_lines_are_spoken(library: Library) -> None:
    told: list[object] = []
    session = Session("grows", length_s=300)
    outline = Outline(
        ScriptWriter(session, library), check=lambda script: told.append(script.lines)
    )

    def slowly(lines: Sequence[Line]) -> dict[Line, int]:
        assert told[-1] == lines
        told.append("spoken")
        return {line: outline.writer.estimate_length(line) * 2 for line in lines}

    outline.fit(slowly)

    assert told.count("spoken") > 1
    assert told[1::2] == ["spoken"] * (len(told) // 2)


def test_a_script_that_does_not_pass_is_not_spoken(library: Library) -> None:
    session = Session("grows", length_s=300)
    spoken: list[Line] = []

    def refuse(script: Script) -> None:
        if spoken:
            raise RequestError("it is refused")

    outline = Outline(ScriptWriter(session, library), check=refuse)

    def slowly(lines: Sequence[Line]) -> dict[Line, int]:
        spoken.append(lines[0])
        return {line: outline.writer.estimate_length(line) * 2 for line in lines}

    with pytest.raises(RequestError, match="it is refused"):
        outline.fit(slowly)

    assert len(spoken) == 1


def test_a_session_says_how_long_it_is_where_no_length_is_asked_for(library: Library) -> None:
    fitted = estimated(library, "says", None)

    minutes = seconds(fitted.timeline.length) / 60
    assert minutes < 3
    assert f"There are {minutes:.1f} minutes." in {line.text for line in fitted.script.lines}


def test_a_session_says_how_long_it_is_where_it_is_made_as_long_as_its_practice_is_offered(
    library: Library, tmp_path: Path
) -> None:
    more = "shortest: 4\nlimits: {silence: 300s}"
    front = FRONT.format(title="Says", natural=12, more=more)
    said = "There are {{ '%.1f'|format(lasts) }} minutes.\n\n[pause]\n\nAnd now?\n\n[pause]\n"
    (tmp_path / "says.md").write_text(front + said)
    fitted = estimated(library, "says", None)

    assert seconds(fitted.timeline.length) == pytest.approx(240)
    assert "There are 4.0 minutes." in {line.text for line in fitted.script.lines}
