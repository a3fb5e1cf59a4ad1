"""A practice that would be hurried is not offered short, and whom it is not for alone is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from checking_cases import BODY, FRONT, found, written

import cft_audio
from cft_audio.application.again import Again
from cft_audio.application.names import names_of
from cft_audio.application.pages import practice_page
from cft_audio.application.plan_report import plan_details, plan_object
from cft_audio.application.practices import practice_row, show_practice
from cft_audio.application.programmes import plan_page
from cft_audio.application.recommending import Wish, rank_practices
from cft_audio.application.tags import options_of, tags_of
from cft_audio.errors import LengthError, ScriptError
from cft_audio.files.folders import default_folders
from cft_audio.library.practices import Library
from cft_audio.library.programmes import find_programme
from cft_audio.master.formats import Coding
from cft_audio.references import plain_words

pytestmark = pytest.mark.usefixtures("at_home")

ALONE = "Not alone if you hear voices: take it to your therapist first."
LONG = FRONT.replace("natural: 1", f'natural: 2\nshortest: 1:30\nabout:\n  not_alone: ["{ALONE}"]')


def test_front_matter_says_the_shortest_length_and_whom_it_is_not_for_alone() -> None:
    assert found(LONG + BODY) == []
    practice = Library(default_folders().scripts).open("mine").practice()

    assert practice.shortest_s == 90
    assert practice.about.not_alone == (ALONE,)


def test_a_shortest_length_above_the_natural_one_is_an_error() -> None:
    assert found(LONG.replace("shortest: 1:30", "shortest: 3") + BODY) == [
        (5, "'shortest' is longer than the length that its content is meant for", False)
    ]


def test_a_request_below_it_is_refused_with_what_can_be_asked_for() -> None:
    written(LONG + BODY)
    with pytest.raises(LengthError) as caught:
        cft_audio.plan(cft_audio.request("mine", name="Sam", minutes="1:20"))

    assert "'A rest' is offered from 1:30 on" in caught.value.message
    assert "or choose '" in caught.value.remedy


def test_it_is_shown_with_the_practice_and_in_the_list() -> None:
    written(LONG + BODY)
    folders = default_folders()
    shown = show_practice("mine", folders)
    page = "\n".join(practice_page(shown, plain_words))

    assert shown.as_object()["shortest_s"] == 90
    assert "from 1:30 to" in page
    assert f"Not alone\n  - {ALONE}" in page
    row = practice_row(shown.practice, Library(folders.scripts))
    assert row["shortest"] == 90


def test_it_is_in_the_plan_and_in_the_tags() -> None:
    written(LONG + BODY)
    planned = cft_audio.plan(cft_audio.request("mine", name="Sam", minutes="1:40"))

    assert plan_object(planned)["shortest_s"] == 90
    assert plan_object(planned)["not_alone"] == [ALONE]
    assert "offered from 1:30 on" in list(plan_details(planned))
    options = options_of(planned.request, planned.practice, (), Coding())
    assert tags_of(planned, options, Again("mine"), "0" * 64, b"").comment.endswith(ALONE)


def programme(minutes: str) -> str:
    text = (
        'title = "A course"\n\n[[session]]\ntitle = "One"\npractice = "mine"\n'
        f'minutes = "{minutes}"\n'
    )
    Path("scripts", "course.toml").write_text(text)
    Path("scripts", "programmes").mkdir(exist_ok=True)
    path = Path("scripts", "programmes", "course.toml")
    path.write_text(text)
    return str(path)


def test_a_programme_cannot_ask_for_less_and_says_whom_it_is_not_for_alone() -> None:
    written(LONG + BODY)
    library = Library(default_folders().scripts)
    with pytest.raises(ScriptError, match="session 1: 'mine' is offered from 1:30"):
        find_programme(programme("1:20"), library)

    course = find_programme(programme("1:30"), library)
    assert any(f"A rest: {ALONE}" in line for line in plan_page(course, library))


def test_it_is_not_chosen_for_somebody_who_has_less_time() -> None:
    written(LONG.replace("natural: 2", "natural: 10").replace("1:30", "10") + BODY)
    practices = [Library(default_folders().scripts).open("mine").practice()]

    assert rank_practices(Wish("anger", 300, "steady"), practices) == []
    assert rank_practices(Wish("anger", 600, "steady"), practices) == practices


@pytest.mark.parametrize(("minutes", "offered"), [(None, True), ("1:20", False), ("5", True)])
def test_a_shell_completes_what_is_offered_at_a_length(minutes: str | None, offered: bool) -> None:  # noqa: FBT001 -- a case
    written(LONG + BODY)
    names, _ = names_of("practice", default_folders(), minutes)

    assert ("mine" in names) == offered
    assert "short" in names
