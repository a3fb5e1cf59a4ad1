"""What the recordings of a roster are called: safe on every system, and none of them twice."""

from __future__ import annotations

from pathlib import PureWindowsPath

import pytest
from batch_cases import COLUMNS, TWO, Desk
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.application.batches.file_names import USUAL, check_template
from cft_audio.errors import RequestError

NAME = "Xiomara"


def names(desk: Desk, rows: list[tuple[str, ...]], *more: str, template: str = USUAL) -> list[str]:
    return [order.name for order in desk.orders(rows, (*COLUMNS, *more), template)]


def test_files_are_called_by_code_practice_and_length(desk: Desk) -> None:
    rows = [("K01", NAME, "short", "1:30"), ("K01", NAME, "hello", ""), ("K02", "Bea", "hello", "")]

    assert names(desk, rows, "minutes") == [
        "K01/short-1.5min.mp3",
        "K01/hello.mp3",
        "K02/hello.mp3",
    ]


@pytest.mark.parametrize(
    ("column", "values", "endings"),
    [
        ("bed", ("rain", "none"), ("", "-no-bed")),
        ("seed", ("", "2"), ("", "-variant-2")),
        ("for", ("", "sleep"), ("", "-for-sleep")),
        ("pace", ("", "slow"), ("", "-slow")),
    ],
)
def test_recordings_that_differ_are_called_by_what_differs(
    desk: Desk, column: str, values: tuple[str, str], endings: tuple[str, str]
) -> None:
    rows = [("K01", NAME, "hello", value) for value in values]

    assert names(desk, rows, column) == [f"K01/hello{ending}.mp3" for ending in endings]


def test_another_format_has_another_ending_and_chapters_a_folder(desk: Desk) -> None:
    rows = [("K1", NAME, "hello", "", ""), ("K1", NAME, "hello", "flac", "")]
    rows += [("K1", NAME, "hello", "", "yes")]

    assert names(desk, rows, "format", "split_chapters") == [
        "K1/hello.mp3",
        "K1/hello.flac",
        "K1/hello",
    ]


def test_the_same_recording_twice_is_an_error_with_both_rows(desk: Desk) -> None:
    [told] = desk.told([TWO[0], TWO[0]])

    assert told == (
        "row 3: it asks for the same recording as row 2. Remove one of them, or write another "
        "number into column seed."
    )


def test_what_no_name_tells_apart_is_an_error(desk: Desk) -> None:
    rows = [("K1", NAME, "hello", "One"), ("K1", NAME, "hello", "Another")]
    [told] = desk.told(rows, (*COLUMNS, "title"))

    assert told.startswith("row 3: it and row 2 would both have a file called 'K1/hello.mp3'")


def test_what_comes_beside_a_recording_is_no_other_ones(desk: Desk) -> None:
    """Both would have a file hello.lrc, and take it from each other at every run."""
    rows = [("K1", NAME, "hello", "", "lrc"), ("K1", NAME, "hello", "m4a", "lrc")]
    first, second = names(desk, rows, "format", "with_text")
    [told] = desk.told(rows, (*COLUMNS, "format", "with_text"), "{practice} of {code}")

    assert first.removesuffix(".mp3") != second.removesuffix(".m4a")
    assert told.startswith("row 3: it and row 2 would both have a file")


def test_names_of_ones_own_are_told_apart_by_what_is_in_them(desk: Desk) -> None:
    rows = [("K1", NAME, "hello", "rain"), ("K1", NAME, "hello", "none")]
    own = names(desk, rows, "bed", template="{practice}/{code} {bed}")
    [told] = desk.told(rows, (*COLUMNS, "bed"), "{practice}/{code}")

    assert own == ["hello/K1 rain.mp3", "hello/K1 none.mp3"]
    assert told.startswith("row 3: it and row 2 would both have a file called 'hello/K1.mp3'")
    assert "how files are named" in told


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{name}", "files cannot be named by '{name}'"),
        ("{cod}", "Did you mean 'code'?"),
        ("{code", "cannot be read"),
        ("{}", "files cannot be named by '{}'"),
        ("{code.__class__}", "files cannot be named by"),
        ("{code!r}", "files cannot be named by"),
        ("{code:>1000000000}", "files cannot be named by"),
        ("recording", "every recording would be called the same"),
        ("../{code}", "begins or ends with a dot"),
        ("/{code}", "has a part that is empty"),
        ("{code}/", "has a part that is empty"),
        ("{code}//{row}", "has a part that is empty"),
        (".{code}", "begins or ends with a dot"),
        ("{code}.", "begins or ends with a dot"),
        (" {code}", "begins or ends with a dot or a blank"),
        ("{code}/./{row}", "begins or ends with a dot"),
        ("C:\\{code}", "is a sign that not every system takes"),
        ("{code}\\{row}", "is a sign that not every system takes"),
        ("{code}\n", "is a sign that not every system takes"),
        ("{code}\0", "is a sign that not every system takes"),
        ("{code}?", "is a sign that not every system takes"),
        ("$(rm){code}", "is a sign that not every system takes"),
        ("ümlaut {code}", "is a sign that not every system takes"),
        ("", "every recording would be called the same"),
    ],
)
def test_a_template_that_is_none_is_refused_with_what_it_may_have(template: str, said: str) -> None:
    with pytest.raises(RequestError) as refused:
        check_template(template)

    assert said in f"{refused.value.message}. {refused.value.remedy}"
    assert refused.value.field == "file_name"


def test_a_part_that_is_a_device_on_windows_is_called_otherwise(desk: Desk) -> None:
    assert names(desk, [TWO[0]], template="aux/{code}") == ["aux-recording/K01.mp3"]


@given(st.text(st.sampled_from("{}code rowpractice/.\\:-~$ aü\n"), max_size=30))
def test_whatever_a_template_is_a_file_stays_in_the_folder(template: str) -> None:
    try:
        check_template(template)
    except RequestError:
        return
    name = template.format_map(dict.fromkeys(("code", "row", "practice", "for"), "K1"))

    path = PureWindowsPath(name)
    assert not path.anchor
    assert not any(part.strip(" .") != part for part in path.parts)


def test_names_are_short_enough_for_every_file_system(desk: Desk) -> None:
    code = "K" * 40
    [name] = names(desk, [(code, NAME, "hello")], template="-".join(["{code}"] * 20))

    assert max(map(len, name.split("/"))) <= 200
