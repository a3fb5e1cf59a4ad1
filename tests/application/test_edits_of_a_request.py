"""Edits of lines: as a file, in a request, a plan, tags and names."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cft_audio
from cft_audio.application.edits import edits_text, read_edits
from cft_audio.application.estimating import SpokenLengths, estimate_plan
from cft_audio.application.made_from import digest_request
from cft_audio.application.plan_report import plan_object
from cft_audio.errors import EditsError, RequestError
from cft_audio.script.edits import LONGER_S, NO_EDITS, Edits, LineEdit
from cft_audio.signal.audio import samples, seconds

if TYPE_CHECKING:
    from batch_cases import Desk

    from cft_audio.application.plan_lines import PlannedLine

IDS = st.text("0123456789abcdef", min_size=10, max_size=10)
LINE_EDITS = st.builds(
    LineEdit,
    IDS,
    st.just(value=True),
    st.just(0.0) | st.floats(*LONGER_S),
) | st.builds(LineEdit, IDS, st.just(value=False), st.floats(*LONGER_S))
EDITS = st.lists(LINE_EDITS, max_size=5).map(Edits.of)


def file_of(text: str, folder: Path) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def lines_of(**fields: Any) -> tuple[PlannedLine, ...]:
    return cft_audio.plan(cft_audio.request("short", **({"name": "Robin"} | fields))).lines


def edits_for(text: str, **fields: Any) -> Edits:
    [line] = [line for line in lines_of(**fields) if text in line.text]
    return Edits.of([LineEdit(line.id, leave_out=True)])


@given(EDITS)
def test_a_file_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, edits: Edits
) -> None:
    path = file_of(edits_text(edits), tmp_path_factory.mktemp("edits"))

    assert read_edits(path) == edits


def test_a_table_for_each_line_is_as_good(tmp_path: Path) -> None:
    text = '[lines.0123456789]\nleave_out = true\n\n[lines."abcdef0123"]\nrest_longer = 12\n'

    assert read_edits(file_of(text, tmp_path)) == Edits.of(
        [LineEdit("0123456789", leave_out=True), LineEdit("abcdef0123", rest_longer_s=12.0)]
    )
    assert read_edits(file_of("", tmp_path)) == NO_EDITS


def test_every_fault_of_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = file_of(
        "lines_ = 3\n[lines]\n"
        "nonsense = { leave_out = true }\n"
        "0123456789 = { leave_out = false }\n"
        "1123456789 = { leave_out = 'yes' }\n"
        "2123456789 = { rest_longer = 300 }\n"
        "3123456789 = { pronounce = 'x', leave_out = true }\n"
        "4123456789 = 5\n",
        tmp_path,
    )
    with pytest.raises(EditsError) as raised:
        read_edits(path)

    told = {problem.line: problem.message for problem in raised.value.problems}
    assert list(told) == [1, 3, 4, 5, 6, 7, 8]
    assert "not known here" in told[1]
    assert "no line's id" in told[3]
    assert "nothing is changed" in told[4]
    assert "300" in told[6]
    assert raised.value.field == "edits"
    assert raised.value.exit_code == 2


@pytest.mark.parametrize("text", ["lines = 3", "[lines", "a = 1\na = 2", "\0"])
def test_what_is_no_such_file_is_an_error_of_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(EditsError):
        read_edits(file_of(text, tmp_path))


@given(st.text(max_size=60))
def test_whatever_is_in_a_file_is_read_or_is_an_error_of_it(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("edits") / "mine.toml"
    path.write_bytes(text.encode())
    try:
        read_edits(path)
    except EditsError as error:
        assert error.problems  # noqa: PT017 -- either is right


def test_a_file_that_is_not_there_is_an_error_of_the_field(at_home: Path) -> None:
    del at_home
    with pytest.raises(EditsError) as raised:
        cft_audio.request("short", name="Robin", edits="nowhere.toml")

    assert raised.value.field == "edits"


def test_a_request_holds_the_edits_and_travels(at_home: Path) -> None:
    edits = Edits.of([LineEdit("0123456789", rest_longer_s=5.0)])
    file_of(edits_text(edits), at_home)
    request = cft_audio.request("short", name="Robin", edits="mine.toml")

    assert request.session.edits == edits
    assert pickle.loads(pickle.dumps(request)) == copy.deepcopy(request) == request  # noqa: S301
    plain = json.loads(json.dumps(cft_audio.as_object(request)))
    assert cft_audio.from_object(plain) == request


def with_edits(edits: Edits, **fields: Any) -> cft_audio.SessionRequest:
    file_of(edits_text(edits), Path())
    return cft_audio.request("short", **({"name": "Robin"} | fields), edits="mine.toml")


def test_a_plan_lists_its_lines_with_what_is_left_out_at_its_place(at_home: Path) -> None:
    del at_home
    before = lines_of(minutes="1:20")
    shoulders = next(n for n, line in enumerate(before) if "shoulders" in line.text)
    request = with_edits(edits_for("shoulders"), minutes="1:20")
    plan = cft_audio.plan(request)

    assert plan.timeline.length == samples(80)
    assert [line.id for line in plan.lines] == [line.id for line in before]
    assert [line.is_left_out for line in plan.lines] == [n == shoulders for n in range(3)]
    gone, following = plan.lines[shoulders : shoulders + 2]
    assert (gone.length_s, gone.rest_s, gone.start_s) == (0.0, 0.0, following.start_s)
    assert "shoulders" not in json.dumps(plan_object(plan)["events"])
    assert {line.chapter for line in plan.lines} == {"Arriving", "Going on"}


def test_times_are_those_of_the_timeline(at_home: Path) -> None:
    del at_home
    plan = cft_audio.plan(cft_audio.request("short", name="Robin"))
    told = [event for event in plan.timeline.events if event.kind == "say"]

    assert [line.start_s for line in plan.lines] == [
        pytest.approx(seconds(event.start), abs=1e-4) for event in told
    ]
    last = plan.lines[-1]
    assert last.start_s + last.length_s + last.rest_s == pytest.approx(
        seconds(plan.timeline.length), abs=1e-3
    )


def test_an_edit_of_a_line_that_is_not_there_is_told_and_changes_nothing(at_home: Path) -> None:
    del at_home
    edits = edits_for("shoulders")
    foreign = Edits.of([*edits.lines, LineEdit("0123456789", leave_out=True)])
    notes = cft_audio.plan(with_edits(foreign)).notes

    assert [note.split(",")[0] for note in notes] == [
        "1 of 2 edits changes nothing: this session doesn't have its line"
    ]
    assert not cft_audio.plan(with_edits(edits)).notes


def test_a_line_that_is_kept_is_refused_before_anything_is_spoken(at_home: Path) -> None:
    script = at_home / "scripts" / "short.md"
    script.write_text(script.read_text().replace("any time.", "any time. [keep]"))
    edits = edits_for("stop")

    with pytest.raises(RequestError) as raised:
        cft_audio.plan(with_edits(edits))

    assert raised.value.message.startswith("the line 'Hello, …. You may stop at any time.'")
    assert "Robin" not in str(raised.value)


def test_what_was_made_with_other_edits_is_something_else(at_home: Path) -> None:
    from cft_audio.library.practices import Library

    del at_home
    library = Library(cft_audio.default_folders().scripts)
    plain = cft_audio.request("short", name="Robin")
    edited = with_edits(edits_for("shoulders"))

    assert digest_request(plain, library) != digest_request(edited, library)


def test_a_plan_by_estimates_lists_the_same_lines_and_is_as_long(at_home: Path) -> None:
    del at_home
    folders = cft_audio.default_folders()
    request = with_edits(edits_for("shoulders"), minutes="1:20")
    known = SpokenLengths()
    cft_audio.plan(request)
    estimated = estimate_plan(request, folders, known)

    assert estimated.unspoken == 0
    assert estimated.timeline == cft_audio.plan(request).timeline
    assert estimated.lines == cft_audio.plan(request).lines
    assert estimated.mix == cft_audio.plan(request).mix
    assert estimate_plan(request, folders, known) == estimated
    assert "Robin" not in repr(estimated)


def test_what_was_not_spoken_is_estimated_and_no_voice_is_needed(at_home: Path) -> None:
    del at_home
    folders = cft_audio.default_folders()
    unheard = cft_audio.request("short", name="Wilhelmina the Third", minutes="1:20")
    estimated = estimate_plan(unheard, folders)
    assert estimated.unspoken > 0
    assert estimated.timeline.length == samples(80)

    online = cft_audio.request("short", name="Robin", voice="google", minutes="1:20")
    assert estimate_plan(online, folders).timeline.length == samples(80)


def test_a_row_of_a_roster_takes_its_edits_from_beside_it(desk: Desk) -> None:
    columns = ("code", "name", "practice", "edits")
    file_of("[lines]\n0123456789 = { rest_longer = 5 }\n", desk.folder)
    read = desk.read([("K01", "Sam", "hello", "mine.toml")], columns)
    [order] = read.each
    assert order.request.session.edits.lines == (LineEdit("0123456789", rest_longer_s=5.0),)

    file_of("[lines]\nnone = { leave_out = true }\n", desk.folder)
    [problem] = desk.read([("K01", "Sam", "hello", "mine.toml")], columns).problems
    assert "mine.toml:2" in problem.message
    assert "no line's id" in problem.message
