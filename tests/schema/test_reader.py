"""A dataclass is filled from any of the formats, and everything wrong in a file is told at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from cft_audio.errors import FileError, LexiconError, RequestError, ScriptError
from cft_audio.schema.durations import parse_minutes
from cft_audio.schema.files import read_json, read_text, read_toml
from cft_audio.schema.nodes import Table, parse_yaml, plain
from cft_audio.schema.reader import Reader
from cft_audio.schema.toml import parse_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Guest:
    """Someone in a list."""

    name: str
    age: int = field(default=0, metadata={"range": (0, None)})


@dataclass(frozen=True)
class Room:
    """A table by its name."""

    name: str
    size: float = field(metadata={"range": (1.0, 9.0)})
    colours: tuple[str, ...] = field(default=(), metadata={"choices": ("red", "blue")})


def refuse_sam(word: str, sound: str) -> None:
    if word == "Sam":
        raise RequestError(f"'{sound}' is refused", remedy="Write another")


@dataclass(frozen=True)
class House:
    """Every kind of entry."""

    id: str
    title: str
    length_s: float = field(metadata={"key": "minutes", "parse": parse_minutes, "example": "10"})
    kind: str = field(default="low", metadata={"choices": ("low", "high")})
    number: str | int = ""
    open: bool = True
    words: Mapping[str, str] = field(default_factory=dict, metadata={"check": refuse_sam})
    rooms: Mapping[str, Room] = field(default_factory=dict, metadata={"tables": Room})
    guests: tuple[Guest, ...] = field(default=(), metadata={"key": "guest", "entries": Guest})
    owner: Guest | None = field(default=None, metadata={"table": Guest})
    codes: tuple[int, ...] = ()


WHOLE = House(
    "h",
    "My house",
    750.0,
    "high",
    7,
    False,
    {"Ann": "AN", "Bo": "3"},
    {"hall": Room("hall", 2.5, ("red",)), "attic": Room("attic", 1)},
    (Guest("Sam", 3), Guest("Ann")),
    Guest("Bo"),
    (1, 2),
)

TOML = """
title = "My house"
minutes = "12:30"
kind = "high"
number = 7
open = false
codes = [1, 2]
words = { Ann = "AN", Bo = 3 }
owner = { name = "Bo" }
[rooms.hall]
size = 2.5
colours = ["red"]
[rooms.attic]
size = 1
[[guest]]
name = "Sam"
age = 3
[[guest]]
name = "Ann"
"""

YAML = """
title: My house
minutes: 12:30
kind: high
number: 7
open: no
words: {Ann: AN, Bo: 3}
owner: {name: Bo}
rooms:
  hall: {size: 2.5, colours: [red]}
  attic: {size: 1}
guest: [{name: Sam, age: 3}, {name: Ann}]
codes: [1, 2]
"""

JSON = """
{"title": "My house", "minutes": "12:30", "kind": "high", "number": 7, "open": false,
 "words": {"Ann": "AN", "Bo": 3}, "owner": {"name": "Bo"}, "codes": [1, 2],
 "rooms": {"hall": {"size": 2.5, "colours": ["red"]}, "attic": {"size": 1}},
 "guest": [{"name": "Sam", "age": 3}, {"name": "Ann"}]}
"""


def house(table: Table) -> House:
    reader = Reader("a", FileError)
    filled = reader.fill(House, table, id="h")
    reader.check()
    return filled


def problems(text: str) -> list[str]:
    with pytest.raises(FileError) as caught:
        house(parse_toml(text, "a.toml", FileError))
    return str(caught.value).split("\n")


def test_a_dataclass_is_filled_from_any_format(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(JSON)
    (tmp_path / "a.toml").write_text(TOML)

    assert house(read_toml(tmp_path / "a.toml", FileError)) == WHOLE
    assert house(read_json(tmp_path / "a.json", FileError)) == WHOLE
    in_yaml = house(parse_yaml(YAML, "a.md", FileError, first_line=2))
    assert in_yaml.number == "7"  # YAML leaves open what is a number
    assert in_yaml.rooms == WHOLE.rooms
    assert (in_yaml.guests, in_yaml.open, in_yaml.codes) == (WHOLE.guests, False, (1, 2))


def test_everything_wrong_is_told_at_once_with_its_line_and_what_to_do() -> None:
    wrong = """\
titel = "My house"
minutes = "soon"
kind = "hihg"
number = 1.5
open = "no"
codes = [1, "a"]
words = { Sam = "SAM", Ann = ["x"] }
owner = 3

[rooms]
cellar = "dark"
[rooms.hall]
size = 20
colours = ["red", "green"]
[[guest]]
age = -1
"""
    assert problems(wrong) == [
        "a:1: 'titel' is not known here. Did you mean 'title'?",
        "a:1: 'title' is missing. Add title = \"…\".",
        "a:2: 'minutes' cannot be 'soon'; write minutes as 10, 7.5 or 12:30.",
        "a:3: 'kind' cannot be 'hihg'. Did you mean 'high'?",
        "a:4: 'number' is not text or a whole number. Write text in quotes, or a whole number.",
        "a:5: 'open' is not true or false. Write true or false.",
        "a:6: 'codes' is not a list of whole numbers. Write a list, [1, 2].",
        "a:7: words: 'SAM' is refused. Write another.",
        "a:7: words: 'Ann' is not text. Write text in quotes.",
        "a:8: 'owner' is not a table. Write a table.",
        "a:11: rooms: 'cellar' is not a table. Write a table.",
        "a:13: rooms.hall: 'size' is 20. Write a number from 1 to 9.",
        "a:14: rooms.hall: 'colours' cannot have 'green'. Known are: blue, red.",
        "a:15: guest 1: 'name' is missing. Add name = \"…\".",
        "a:16: guest 1: 'age' is -1. Write a number from 0 up.",
    ]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "true", '"5"', "[5]", "{}"])
def test_a_number_within_bounds_is_nothing_else(value: str) -> None:
    [problem] = problems(f"title = 'x'\nminutes = 3\n[rooms.hall]\nsize = {value}\n")

    assert problem.startswith("a:4: rooms.hall: 'size' is")
    assert "Write a number" in problem


def test_what_is_missing_is_written_as_the_file_is() -> None:
    table = parse_yaml("title: x\nrooms: {hall: {}}", "a.md", FileError, first_line=2)
    with pytest.raises(FileError) as caught:
        house(table)

    assert str(caught.value) == (
        "a:2: 'minutes' is missing. Add minutes: 10.\n"
        "a:3: rooms.hall: 'size' is missing. Add size: 1.0."
    )


def test_a_file_of_this_program_may_hold_more_and_has_one_remedy(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"format": 1, "name": "Sam", "newer": 3}')
    reader = Reader("a.json", FileError, "Make it anew")
    reader.check_format(read_json(path, FileError), 1)

    assert reader.fill(Guest, read_json(path, FileError)) == Guest("Sam")
    reader.check()

    path.write_text('{"format": 2, "name": 3}')
    reader.check_format(read_json(path, FileError), 1)
    reader.fill(Guest, read_json(path, FileError))
    assert [problem.remedy for problem in reader.problems] == ["Make it anew"] * 2


@dataclass(frozen=True)
class Picky:
    """Refuses values itself, as another package's settings may."""

    low: float = 0.0
    high: float = 1.0

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise TypeError("low lies above high")


def test_what_a_dataclass_refuses_itself_is_a_problem_too() -> None:
    reader = Reader("a", FileError)
    with pytest.raises(FileError, match=r"^a:1: picky: it is refused: low lies above high\.$"):
        reader.fill(Picky, parse_toml("low = 3", "a", FileError), where="picky")


def test_the_error_is_of_the_kind_that_the_file_has(tmp_path: Path) -> None:
    for error in (ScriptError, LexiconError):
        for content in (b"a = ", b"\xff"):
            (tmp_path / "a.toml").write_bytes(content)
            with pytest.raises(error) as caught:
                read_toml(tmp_path / "a.toml", error)
            assert caught.value.where == f"{tmp_path / 'a.toml'}:1"
        with pytest.raises(error, match="cannot be read"):
            read_text(tmp_path / "gone", error)


def test_a_byte_that_is_no_text_is_named_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"# fine\n# fine\nname = '\xe9'\n")
    with pytest.raises(
        FileError, match=r"a\.toml:3: a letter or a sign in this line is saved in a way"
    ):
        read_toml(tmp_path / "a.toml", FileError)


def test_a_mark_at_the_beginning_of_a_file_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbfname = 'x'")

    assert list(read_toml(tmp_path / "a.toml", FileError).entries) == ["name"]


def test_a_file_that_notepad_saved_as_unicode_is_read(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-8-sig", "utf-32"):
        (tmp_path / "a.toml").write_bytes("name = 'Zoë ❤'\r\n".encode(encoding))
        assert plain(read_toml(tmp_path / "a.toml", FileError)) == {"name": "Zoë ❤"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            "name = 'Zoë'".encode("cp1252"),
            r":1: a letter or a sign in this line.*In Notepad: File, ",
        ),
        ("# x\nname = 'Zoë'".encode("mac_roman"), ":2: a letter or a sign"),
        ("name = 'Zoë'".encode("utf-16-le"), ":1: a letter or a sign"),
        ("\ufeffname = 'Zoë'".encode("utf-16-le")[:-1], "a letter or a sign"),
        (b"PK\3\4word/document.xml", "this is a Word document, not a plain text. In Word: File, "),
        (rb"{\rtf1 name}", "In TextEdit: Format, Make Plain Text"),
        (b"%PDF-1.7", "this is a PDF"),
    ],
)
def test_a_file_that_is_no_such_text_is_refused_in_words_anybody_understands(
    tmp_path: Path, content: bytes, told: str
) -> None:
    (tmp_path / "a.toml").write_bytes(content)
    with pytest.raises(FileError, match=told) as refused:
        read_toml(tmp_path / "a.toml", FileError)

    assert "codec" not in str(refused.value)
    with pytest.raises(FileError, match="this is a folder"):
        read_toml(tmp_path, FileError)


@pytest.mark.parametrize("text", ["[", "[1]", "3", "", "[" * 5000])
def test_json_that_is_no_object_is_told_with_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(FileError, match="Make it anew"):
        read_json(tmp_path / "a.json", FileError, "Make it anew")


@pytest.mark.parametrize("text", ["a: [", "- a", "a", "a: &x [*x]", "\x01", "a: *gone"])
def test_yaml_that_is_no_table_is_one_problem(text: str) -> None:
    with pytest.raises(FileError, match=r"the front matter is not|a control character") as caught:
        parse_yaml(text, "a.md", FileError, first_line=2)

    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].line >= 2
