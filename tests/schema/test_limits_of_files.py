"""Files that nobody wrote by hand are refused before they cost anything."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from cft_audio.errors import FileError
from cft_audio.schema.files import LARGEST, read_text, read_toml
from cft_audio.schema.nodes import LARGEST_YAML, MOST_NODES, parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

CPU_S = 2.5
"""Seconds on a busy machine that counts coverage; without, none takes a second."""

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
"""Nine aliases of nine, eight levels deep: 43 million entries in 400 bytes."""


def faults(text: str) -> list[str]:
    with pytest.raises(FileError) as caught:
        parse_yaml(text, "a.md", FileError, 2)
    return [str(problem) for problem in caught.value.problems]


def test_aliases_that_multiply_are_an_error_at_once() -> None:
    begun = time.process_time()

    [fault] = faults(BOMB)

    assert fault.startswith("a.md:")
    assert f"more than {MOST_NODES} entries" in fault
    assert time.process_time() - begun < CPU_S


def test_an_alias_that_does_not_multiply_is_what_it_stands_for() -> None:
    table = parse_yaml("a: &a [x, y]\nb: *a", "a.md", FileError, 2)

    assert table.entries["a"] == table.entries["b"]


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [*x]",
        "a: &x {b: *x}",
        "a: " + "[" * 5000,
        "a: " + "{b: " * 5000,
        "- " * 5000,
        "? [a, b]\n: c",
        "? {a: b}\n: c",
        "&a ? *a\n: c",
        "a: b\n" * 20_000,
        "a" * (LARGEST_YAML + 1),
        "a: \x00",
        "a: \x85",
        'a: "\\x1b"',
        '"\\a": b',
        'a: [1, {b: ["\\u202e"]}]',
    ],
)
def test_front_matter_that_turns_in_circles_or_hides_something_is_an_error(text: str) -> None:
    begun = time.process_time()

    [fault] = faults(text)

    assert fault.startswith("a.md:2: ")
    assert len(fault) < 300
    assert time.process_time() - begun < CPU_S


def test_a_file_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    with file.open("wb") as sparse:
        sparse.truncate(10 * 1024**3)

    with pytest.raises(FileError, match=r"a.md: the file has more than 200 kB"):
        read_text(file, FileError)


def test_the_largest_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("a" * LARGEST, encoding="utf-8")

    assert len(read_text(file, FileError)) == LARGEST


@pytest.mark.parametrize(
    ("text", "line"),
    [('a = 1\nb = "\\u001b[0m"', 2), ('[c]\nd = ["x", "\\u009b"]', 2), ('"\\u0007" = 1', 1)],
)
def test_a_control_character_in_toml_is_an_error_with_its_line(
    tmp_path: Path, text: str, line: int
) -> None:
    file = tmp_path / "a.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(FileError, match=rf"a.toml:{line}: there is a control character, U\+00"):
        read_toml(file, FileError)


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 5000, "a" + ".b" * 5000 + " = 1", "[" + '"a".' * 5000 + "b]", "[" * 5000],
)
def test_toml_that_nests_without_end_is_an_error(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.toml"
    file.write_text(text, encoding="utf-8")
    begun = time.process_time()

    with pytest.raises(FileError, match=r"a.toml:1: it is not valid TOML"):
        read_toml(file, FileError)
    assert time.process_time() - begun < CPU_S
