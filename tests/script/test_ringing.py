"""Bells where a person wants them, whatever the practice has."""

from __future__ import annotations

import pytest

from cft_audio.script.bells import PRACTICES_OWN, Bells, ring_bells
from cft_audio.script.breath_cues import breath_cues_of
from cft_audio.script.cues import Chime, Cue, Line, Pause, Quiet, Say, Script, Section, Span
from cft_audio.script.practice import Practice

LINE = Say(Line((Span("a line"),)))
BREATH_CUES = breath_cues_of(Practice("a", "a.md", "", "A", "loving-kindness"), 3.0, 4.5)


def script(*chapters: tuple[Cue, ...]) -> Script:
    return Script(tuple(Section(f"{n}", cues) for n, cues in enumerate(chapters)), BREATH_CUES)


def chapters(rung: Script) -> list[tuple[Cue, ...]]:
    return [section.cues for section in rung.sections]


USUAL = script((Chime(), LINE), (LINE, Pause(2.0), LINE), (LINE, Chime()))


def test_the_practice_decides_unless_a_person_does() -> None:
    assert ring_bells(USUAL, PRACTICES_OWN) == USUAL


def test_each_bell_is_struck_as_often_as_is_wanted() -> None:
    first, _, last = chapters(ring_bells(USUAL, Bells(strokes=3)))

    assert first == (Chime(strokes=3), LINE)
    assert last == (LINE, Chime(strokes=3))


def test_without_bells_a_touch_for_someone_who_writes_is_left() -> None:
    writing = script((Chime(), LINE, Chime(soft=True), LINE, Chime()))

    assert chapters(ring_bells(writing, Bells(strokes=0))) == [(LINE, Chime(soft=True), LINE)]


@pytest.mark.parametrize(
    ("places", "rung"),
    [
        (("start",), [1, 0, 0, 0]),
        (("end",), [0, 0, 0, 1]),
        (("start", "end"), [1, 0, 0, 1]),
        (("chapters",), [1, 1, 1, 0]),
        (("chapters", "end"), [1, 1, 1, 1]),
    ],
)
def test_bells_are_where_they_are_wanted_and_nowhere_else(
    places: tuple[str, ...], rung: list[int]
) -> None:
    found = chapters(ring_bells(USUAL, Bells(places=places)))

    begun = [int(cues[0] == Chime()) for cues in found]
    assert [*begun, int(found[-1][-1] == Chime())] == rung
    assert sum(cue == Chime() for cues in found for cue in cues) == sum(rung)


def test_nothing_is_struck_after_the_quiet_at_the_end() -> None:
    asleep = script((LINE,), (LINE, Quiet()))

    assert ring_bells(asleep, Bells(places=("end",))) == asleep
