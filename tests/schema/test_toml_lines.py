"""TOML keeps the line of whatever a person wrote, as an error has to name it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.errors import FileError
from cft_audio.files.folders import default_folders
from cft_audio.schema.nodes import plain
from cft_audio.schema.toml import parse_toml

if TYPE_CHECKING:
    from cft_audio.schema.nodes import Table

EVERYTHING = '''\
# A comment with a [bracket], a "quote" and a key = value
title = "a # that is no comment"  # and one that is

words = [
  "one",  # ]
  """two
  lines = 3""",
]
"quoted.key" = 'C:\\'
a.b.c = 1
long = """
[not a table]
x = "\\""""

after = """\\
  quotes at the end"""""
[table]
inner = { x = 1, y = { z = "}" } }

[ table . "in ]ner" ]
key = 2
[[session]]
title = 'first'
[session.answers]
name = "Sam"

[[session]]
title = 'second'
  [[session.part]]
  n = 1
  [[session.part]]
  n = 2
'''


def table_of(text: str) -> Table:
    return parse_toml(text, "a.toml", FileError)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("words",), 4),
        (("words", 1), 4),
        (("quoted.key",), 9),
        (("a", "b", "c"), 10),
        (("a",), 10),
        (("long",), 11),
        (("after",), 15),
        (("table",), 17),
        (("table", "inner", "y", "z"), 18),
        (("table", "in ]ner"), 20),
        (("table", "in ]ner", "key"), 21),
        (("session",), 22),
        (("session", 0), 22),
        (("session", 0, "answers"), 24),
        (("session", 0, "answers", "name"), 25),
        (("session", 1, "title"), 28),
        (("session", 1, "part", 0, "n"), 30),
        (("session", 1, "part", 1, "n"), 32),
        (("session", 1, "gone"), 27),
    ],
)
def test_every_value_has_the_line_of_its_key(path: tuple[str | int, ...], line: int) -> None:
    assert table_of(EVERYTHING).line_of(*path) == line
    assert table_of(EVERYTHING.replace("\n", "\r\n")).line_of(*path) == line


def test_the_values_are_those_of_the_standard_library() -> None:
    assert plain(table_of(EVERYTHING)) == tomllib.loads(EVERYTHING)


def test_every_file_that_ships_is_read_with_its_lines() -> None:
    folders = default_folders()
    shipped = [*folders.scripts[-1].rglob("*.toml"), *folders.voices[-1].glob("*.toml")]
    for path in shipped:
        text = path.read_text(encoding="utf-8")
        table = table_of(text)
        assert plain(table) == tomllib.loads(text)
        for key in table.entries:
            assert key in text.split("\n")[table.line_of(key) - 1]


KEYS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(
        lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="'")).map(
        lambda text: f"'{text}'"
    ),
    st.lists(st.integers(), max_size=3).map(
        lambda items: "[\n" + ",\n".join(map(str, items)) + "]"
    ),
    st.text("ab#=[]{}\n'\\", max_size=9).map(
        lambda text: '"""' + text.replace("\\", "\\\\") + '"""'
    ),
    st.text('ab#=[]{}\n"', max_size=9).map(lambda text: f"'''{text}'''"),
    st.sampled_from(["1", "-1.5", "true", "2026-01-31", "{}", "{ a = 1 }"]),
)


@given(
    st.lists(
        st.tuples(KEYS, VALUES, st.sampled_from(["", "  # [x] 'y", "\n", "\n# z"])), max_size=8
    )
)
def test_any_keys_and_values_are_found_on_their_lines(
    entries: list[tuple[str, str, str]],
) -> None:
    text, lines = "", {}
    for number, (key, value, after) in enumerate(entries):
        name = f"{number}{key}"
        lines[name] = text.count("\n") + 1
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        text += f'"{quoted}" = {value}{after}\n'
    table = table_of(text)

    assert {name: table.line_of(name) for name in table.entries} == lines


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = \n", 2), ("a = 1\na = 2\n", 2), ("a = 1\n\n[b\n", 3), ("a = '", 1)],
)
def test_what_is_not_toml_is_one_problem_with_its_line(text: str, line: int) -> None:
    with pytest.raises(FileError, match="not valid TOML") as caught:
        table_of(text)

    assert [problem.line for problem in caught.value.problems] == [line]
