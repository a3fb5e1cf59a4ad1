"""A session whose lines are edited is exactly as long as was asked, and otherwise as it was."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cft_audio.errors import LengthError, RequestError
from cft_audio.files.folders import default_folders
from cft_audio.library.practices import Library
from cft_audio.planning.outline import Outline
from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter
from cft_audio.script.edits import Edits, LineEdit
from cft_audio.signal.audio import samples, seconds
from cft_audio.timeline.events import PauseEvent, SayEvent

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.planning.draft import Fitted

LIBRARY = Library(default_folders().scripts[-1:])
MINUTES = 10.0
GIVEN = {"name": "Sam", "figure": "wise-elder"}


def fitted(practice: str, edits: Edits, minutes: float | None = MINUTES, **more: str) -> Fitted:
    slots = LIBRARY.open(practice).practice().slots
    answers = {name: text for name, text in (GIVEN | more).items() if name in slots}
    length_s = None if minutes is None else minutes * 60
    session = Session(practice, answers, length_s=length_s, edits=edits)
    return Outline(ScriptWriter(session, LIBRARY)).estimate()


@cache
def unedited(practice: str, minutes: float | None = MINUTES) -> Fitted:
    return fitted(practice, Edits(), minutes)


def free(practice: str) -> list[str]:
    return [cue.id for cue in unedited(practice).script.said if not cue.line.is_kept]


def said(one: Fitted) -> list[str]:
    return [event.id for event in one.timeline.events if isinstance(event, SayEvent)]


PRACTICES = ("compassionate-imagery", "loving-kindness", "kind-body-scan")


@pytest.mark.parametrize("practice", PRACTICES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_edits_keep_the_exact_length_and_lose_no_line_but_those_left_out(
    practice: str, data: st.DataObject
) -> None:
    names = free(practice)
    out = data.draw(st.sets(st.sampled_from(names), max_size=5))
    longer = data.draw(
        st.dictionaries(
            st.sampled_from(names), st.floats(0.5, 20).map(lambda s: round(s, 1)), max_size=3
        )
    )
    edits = Edits.of(
        LineEdit(name, name in out, longer.get(name, 0.0)) for name in sorted(out | set(longer))
    )
    edited = fitted(practice, edits)

    assert edited.timeline.length == samples(MINUTES * 60)
    assert sum(event.length for event in edited.timeline.events) == edited.timeline.length
    assert not out.intersection(said(edited))
    kept = [cue.id for cue in edited.unedited.said if cue.line.is_kept]
    assert kept
    assert set(kept) <= set(said(edited))


@pytest.mark.parametrize("practice", PRACTICES)
def test_a_line_that_is_left_out_takes_no_other_with_it(practice: str) -> None:
    """What it leaves is quiet, and no further lines: so it can be put back as it was."""
    before = said(unedited(practice))
    for name in free(practice)[::3]:
        edited = fitted(practice, Edits.of([LineEdit(name, leave_out=True)]))
        assert said(edited) == [other for other in before if other != name]
        assert edited.unedited == unedited(practice).script


def test_ids_stay_whoever_it_is_for() -> None:
    practice = "compassionate-imagery"
    before = unedited(practice).script.said
    renamed = fitted(practice, Edits(), name="Zoë Ann").script.said
    assert [cue.id for cue in renamed] == [cue.id for cue in before]

    # Another figure has other sentences, and pronouns that change some: all others stay.
    known = {cue.id: cue.line.masked for cue in before}
    other = {
        cue.id: cue.line.masked for cue in fitted(practice, Edits(), figure="my son").script.said
    }
    same = known.keys() & other.keys()
    assert len(same) > len(known) / 2
    assert all(known[name] == other[name] for name in same)


def test_a_line_cannot_be_left_out_that_keeps_a_listener_safe() -> None:
    kept = [cue.id for cue in unedited("loving-kindness").script.said if cue.line.is_kept]
    assert kept
    for name in kept:
        with pytest.raises(RequestError, match="cannot be left out"):
            fitted("loving-kindness", Edits.of([LineEdit(name, leave_out=True)]))


@pytest.mark.parametrize(("where", "is_kept"), [("> 4", True), ("<= 4", False)])
def test_a_line_is_kept_only_in_the_content_that_its_author_keeps_it_in(
    where: str, tmp_path: Path, *, is_kept: bool
) -> None:
    """Drafts of less content, where it is otherwise, are looked at first."""
    line = "You may stop at any time."
    said = f"{{% if minutes {where} %}}{line} [keep]{{% else %}}{line}{{% endif %}}"
    front = "---\ntitle: A\ntechnique: loving-kindness\nnatural: 3\n---\n## A\n\n"
    (tmp_path / "a.md").write_text(front + said + "\n\n[pause x4]\n\nAnd rest.\n\n[breathe]\n")
    library = Library((tmp_path,))

    session = Outline(ScriptWriter(Session("a", length_s=180.0), library)).estimate()

    assert session.unedited.said[0].line.is_kept is is_kept


def rest_after(one: Fitted, name: str) -> float:
    events = one.timeline.events
    at = next(n for n, e in enumerate(events) if isinstance(e, SayEvent) and e.id == name)
    rest = 0.0
    for event in events[at + 1 :]:
        if not isinstance(event, PauseEvent):
            break
        rest += seconds(event.length)
    return rest


@pytest.fixture
def plain(tmp_path: Path) -> Library:
    """Fixed silences, and none, so that a rest can be measured to the sample."""
    front = "---\ntitle: Plain\ntechnique: loving-kindness\nnatural: 1\n---\n"
    body = (
        "## A\n\nOne.\n\n[5s]\n\nTwo.\n\nThree.\n\n[chime]\n\n## B\n\nFour.\n\n[pause]\n\nFive.\n"
    )
    (tmp_path / "plain.md").write_text(front + body)
    return Library((tmp_path,))


@pytest.mark.parametrize("at", range(5))
def test_a_rest_is_longer_by_exactly_as_much(plain: Library, at: int) -> None:
    def written(edits: Edits) -> Fitted:
        return Outline(ScriptWriter(Session("plain", edits=edits), plain)).estimate()

    before = written(Edits())
    name = before.script.said[at].id
    after = written(Edits.of([LineEdit(name, rest_longer_s=7.5)]))

    assert rest_after(after, name) - rest_after(before, name) == pytest.approx(7.5, abs=1e-4)
    longer = after.timeline.length - before.timeline.length
    assert longer == pytest.approx(samples(7.5), abs=1)
    for other in before.script.said[:at] + before.script.said[at + 1 :]:
        assert rest_after(after, other.id) == pytest.approx(rest_after(before, other.id), abs=1e-4)


def test_on_the_tone_a_rest_takes_whole_breaths(tmp_path: Path) -> None:
    front = "---\ntitle: Toned\ntechnique: loving-kindness\nnatural: 2\n---\n"
    (tmp_path / "toned.md").write_text(front + "## A\n\n[breathe 2]\n\nRest.\n\n[breathe 2]\n")
    library = Library((tmp_path,))
    before = Outline(ScriptWriter(Session("toned"), library)).estimate()
    name = before.script.said[0].id
    edits = Edits.of([LineEdit(name, rest_longer_s=12.0)])
    after = Outline(ScriptWriter(Session("toned", edits=edits), library)).estimate()

    assert len(after.timeline.breaths) == len(before.timeline.breaths) + 2
    assert rest_after(after, name) - rest_after(before, name) >= 12.0


def test_more_rest_than_there_is_room_for_leaves_less_to_be_said() -> None:
    names = free("compassionate-imagery")[:4]
    edits = Edits.of(LineEdit(name, rest_longer_s=60.0) for name in names)
    edited = fitted("compassionate-imagery", edits)

    assert edited.timeline.length == samples(MINUTES * 60)
    assert len(said(edited)) < len(said(unedited("compassionate-imagery")))


def test_more_rest_than_any_content_has_room_for_is_an_error_with_lengths() -> None:
    names = free("compassionate-imagery")
    edits = Edits.of(LineEdit(name, rest_longer_s=120.0) for name in names)

    with pytest.raises(LengthError) as raised:
        fitted("compassionate-imagery", edits, 5.0)

    assert "from" in raised.value.remedy


def test_without_an_asked_length_a_session_is_as_long_as_its_edits_make_it() -> None:
    practice = "loving-kindness"
    plain = unedited(practice, None)
    name = next(cue.id for cue in plain.script.said if not cue.line.is_kept)
    edited = fitted(practice, Edits.of([LineEdit(name, leave_out=True)]), None)

    assert edited.timeline.length < plain.timeline.length
    assert edited.unedited == plain.script
