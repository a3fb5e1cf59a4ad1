"""Only the command line words a command line: everything else refers to fields and steps."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

import cft_audio
from cft_audio.cli.program import program
from cft_audio.cli.wording import words
from cft_audio.files.folders import default_folders
from cft_audio.references import FIELDS, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(cft_audio.__file__).parent
MODULES = {
    str(path.relative_to(folder.parent)): path
    for folder in (PACKAGE, default_folders().scripts[-1])
    for path in sorted(folder.rglob("*"))
    if path.suffix in {".py", ".md", ".toml"}
}
"""Every module, and every file of text beside them; the practices too, which a wheel has inside."""

WRITES_COMMANDS = "cft_audio/application/command_lines.py"
"""It writes a whole command for whoever shows one; no message has a part of it."""

OUTSIDE = [name for name in MODULES if Path(name).parts[1] != "cli" and name != WRITES_COMMANDS]

REFERENCE = re.compile(r"‹([^‹›:]+)(?::[^‹›]*)?›")
VALUE = "…"
"""What stands for a value of an f-string."""


def every_command(
    command: click.Command = program, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command of the program, with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from every_command(inner, (*path, name))


BY_PATH = dict(every_command())
PARAMETERS = [parameter for command in BY_PATH.values() for parameter in command.params]
OPTIONS = {name for parameter in PARAMETERS for name in parameter.opts} - {"--version"}
ARGUMENTS = {str(p.metavar or p.name).upper() for p in PARAMETERS if isinstance(p, click.Argument)}


def worded_command_lines(text: str) -> list[str]:
    """Return what in a text is worded for this program's command line.

    A long option stands anywhere in a text, a short one within a sentence. Options that only
    other programs have are theirs.
    """
    names = "|".join(path[0] for path in BY_PATH if path)
    called = re.findall(rf"cft-audio (?:{names})\b", text)
    long = [name for name in re.findall(r"(?<![\w-])--[a-z][a-z-]*", text) if name in OPTIONS]
    short = [name for name in re.findall(r"(?<=[\s(])-[a-z](?= )", text) if name in OPTIONS]
    built = re.findall(r"(?<![\w!-])--$", text)
    return [*called, *long, *short, *built]


def texts(module: str) -> dict[int, list[str]]:
    """Return the texts of a file by line; of a module its strings, docstrings left out.

    F-strings are there whole and in pieces.
    """
    if not module.endswith(".py"):
        lines = MODULES[module].read_text(encoding="utf-8").splitlines()
        return {number: [line] for number, line in enumerate(lines, start=1)}
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found: dict[int, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pieces = [p.value if isinstance(p, ast.Constant) else VALUE for p in node.values]
            found.setdefault(node.lineno, []).append("".join(map(str, pieces)))
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
        ):
            found.setdefault(node.lineno, []).append(node.value)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Leave --minutes out",
        "or choose another name with -o ",
        "Run 'cft-audio build' again",
        "(--with name=)",
        "--",
        "{# Run 'cft-audio check $name' as you write",
    ],
)
def test_the_wording_of_a_command_line_is_recognised(text: str) -> None:
    assert worded_command_lines(text)


def test_no_text_outside_the_command_line_words_one() -> None:
    assert [
        f"{module}:{line}: {text}"
        for module in OUTSIDE
        for line, written in texts(module).items()
        for text in written
        if worded_command_lines(text)
    ] == []


def test_every_reference_is_a_known_field_or_step() -> None:
    used = {
        reference[0].lower() + reference[1:]
        for module in MODULES
        for written in texts(module).values()
        for text in written
        for reference in REFERENCE.findall(text)
    }

    assert len(used) > 20
    assert used - {VALUE} - FIELDS.keys() - STEPS.keys() == set()


def test_every_field_that_an_error_is_about_is_known() -> None:
    named = {
        keyword.value.value
        for module in MODULES
        if module.endswith(".py")
        for call in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "field" and isinstance(keyword.value, ast.Constant)
    }

    assert len(named) > 10
    of_pages_alone = {"again", "text"}
    known = {"", *FIELDS, *of_pages_alone}
    assert {field.partition(".")[0] for field in named} - known == set()


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_worded_as_an_option_or_an_argument_that_there_is(field: str) -> None:
    option, *_ = words(field, "").split()

    assert option in OPTIONS | ARGUMENTS


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_worded_as_a_command_that_there_is_or_with_an_option(step: str) -> None:
    worded = words(step, "")

    if worded.startswith("'"):
        called = shlex.split(worded.strip("'"))
        assert called[0] == "cft-audio"
        paths = [tuple(called[1 : 1 + count]) for count in (1, 2)]
        command = next(BY_PATH[path] for path in reversed(paths) if path in BY_PATH)
        options = {name for parameter in command.params for name in parameter.opts}
        assert {part for part in called if part.startswith("-")} <= options
    else:
        assert OPTIONS & set(worded.split())
