"""What of a practice's template never reaches the recording, whoever it is made for.

A template that extends another says only what stands in the blocks of that other one. What it has
beside them is dropped by Jinja without a word.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import TemplateError, nodes

from cft_audio.errors import Problem, ScriptError
from cft_audio.schema.suggest import did_you_mean
from cft_audio.script.foreign import find_unseen
from cft_audio.script.places import place, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cft_audio.script.practice import Practice
    from cft_audio.script.templates import Templates

    Level = tuple[str, nodes.Template]
    """A template of a chain of those that extend one another: its name and its tree."""


def check_structure(practice: Practice, templates: Templates) -> None:
    """Check that a practice loses nothing of what it has, as far as that makes it another practice.

    What cannot be read at all is passed over: rendering says why.

    Raises:
        ScriptError: With everything that is lost.
    """
    if problems := find_lost(practice, templates):
        raise ScriptError(sorted(problems, key=lambda problem: (problem.file, problem.line)))


def find_lost(practice: Practice, templates: Templates) -> tuple[Problem, ...]:
    """Return what is dropped of a practice and of the templates it extends, and control characters.

    Args:
        practice: The practice.
        templates: The folders its partials are found in.
    """
    chain: list[Level] = []
    with suppress(TemplateError):
        chain = find_chain(practice, templates)
    return _find_lost(practice.file, practice.body, tuple(chain))


@lru_cache(maxsize=64)  # each session of a practice asks for the same
def _find_lost(file: str, body: str, chain: tuple[Level, ...]) -> tuple[Problem, ...]:
    return (*_unseen(file, body), *_dropped(chain))


def _unseen(file: str, body: str) -> Iterator[Problem]:
    for number, line in enumerate(body.split("\n"), start=1):
        for fault in find_unseen(line, written=True):
            yield Problem(file, number, *fault)


def _dropped(chain: Sequence[Level]) -> Iterator[Problem]:
    extending = chain[:-1]
    said = _said_blocks(chain)
    for level, (file, tree) in enumerate(extending):
        yield from _outside_blocks(file, tree)
        parents = [block.name for _, parent in chain[level + 1 :] for block in _blocks(parent)]
        below = {block.name for _, child in chain[:level] for block in _blocks(child)}
        lost = [b for b in _blocks(tree) if b.name not in {*said, *below}]
        within = {inner.name for outer in lost for inner in _blocks(outer)}
        for block in lost:
            if block.name not in within:
                message = f"nothing says the block '{block.name}', so what stands in it is lost"
                remedy = f"'{chain[level + 1][0]}' has no such block"
                if block.name in parents:
                    remedy = f"It stands inside a block that '{file}' says in its own way"
                remedy = f"{remedy}. {did_you_mean(block.name, parents)}"
                yield Problem(file, block.lineno, message, remedy.strip())


def find_unused(practice: Practice, templates: Templates) -> Iterator[Problem]:
    """Yield each macro, and each text that is set, which a practice has and never says.

    Raises:
        TemplateError: If a template cannot be read.
    """
    trees = {name: templates.parse(source, name) for name, source in templates.sources(practice)}
    own = trees[practice.file]
    for node in own.find_all((nodes.Macro, nodes.AssignBlock)):
        target = node.target if isinstance(node, nodes.AssignBlock) else node
        name = getattr(target, "name", "")
        inside = {id(inner) for inner in node.find_all(nodes.Name)}
        used = any(
            found.name == name and found.ctx == "load" and id(found) not in inside
            for tree in trees.values()
            for found in tree.find_all(nodes.Name)
        )
        if name and not used:
            what = "macro" if isinstance(node, nodes.Macro) else "text"
            message = f"the {what} '{name}' is never used, so what stands in it is lost"
            remedy = f"Say it where it belongs, as {{{{ {name}{'()' * (what == 'macro')} }}}}"
            yield Problem(practice.file, node.lineno, message, remedy, warning=True)


def parents_of(tree: nodes.Template) -> str | None:
    """Return the name of the template that ``tree`` extends; None if none, or one computed."""
    for node in tree.body:
        if isinstance(node, nodes.Extends):
            return node.template.value if isinstance(node.template, nodes.Const) else None
    return None


def find_chain(practice: Practice, templates: Templates) -> list[Level]:
    """Return the practice and what it extends, each with its tree; empty if it cannot be followed.

    Raises:
        TemplateError: If a template is missing, or cannot be read.
    """
    chain = [(practice.file, templates.parse(practice.body, practice.file))]
    while name := parents_of(chain[-1][1]):
        if name in dict(chain):
            return []
        chain.append((name, templates.parse(templates.source(name), name)))
    return [] if _extends_somewhere(chain[-1][1]) else chain


@lru_cache(maxsize=64)
def _extends_somewhere(tree: nodes.Template) -> bool:
    """Return whether a tree, which nobody changes, extends a template further in."""
    return tree.find(nodes.Extends) is not None


def _blocks(node: nodes.Node) -> list[nodes.Block]:
    return list(node.find_all(nodes.Block))


def _said_blocks(chain: Sequence[Level]) -> set[str]:
    """Return the names of the blocks that are said, each as the first template of a chain has it.

    A block is said where the last template has it, where a block that is said holds it, and where
    ``self`` is asked for it.
    """
    if not chain:
        return set()
    defined: dict[str, list[nodes.Block]] = {}
    for _, tree in chain:
        for block in _blocks(tree):
            defined.setdefault(block.name, []).append(block)
    said: set[str] = set()
    waiting = _asked(chain[-1][1])
    while waiting:
        name = waiting.pop()
        if name not in said and name in defined:
            said.add(name)
            for block in defined[name]:
                waiting += _asked(block)
                if not any(call.name == "super" for call in block.find_all(nodes.Name)):
                    break
    return said


def _asked(node: nodes.Node) -> list[str]:
    """Return the blocks that stand in ``node``, not in one another, or that it asks for."""
    names: list[str] = []
    for child in node.iter_child_nodes():
        match child:
            case nodes.Block(name=name):
                names.append(name)
            case nodes.Getattr(node=nodes.Name(name="self"), attr=name):
                names.append(name)
            case _:
                names += _asked(child)
    return names


def _outside_blocks(file: str, tree: nodes.Template) -> Iterator[Problem]:
    """Yield what stands after ``extends`` and in no block."""
    extended = False
    for node in tree.body:
        extended = extended or isinstance(node, nodes.Extends)
        if extended and (line := _first_said(node)):
            message = "this stands in no block, and is lost: the template extends another one"
            yield Problem(file, line, message, "Move it into a {% block … %}, or remove it")


def _first_said(node: nodes.Node) -> int:
    """Return the line of the first thing that ``node`` would say where it stands; 0 for none."""
    match node:
        case nodes.Block() | nodes.Macro() | nodes.AssignBlock() | nodes.Assign():
            return 0
        case nodes.TemplateData(data=data):
            written = (line for line in data.split("\n") if unmarked(line).strip())
            return (place(next(written, "")) or ("", 0))[1]
        case nodes.Output(nodes=parts):
            heard = (
                part.lineno
                for part in parts
                if not isinstance(part, nodes.TemplateData) and part != nodes.Const("")
            )
            return min(filter(None, [*map(_first_said, parts), *heard]), default=0)
        case nodes.Include():
            return node.lineno
        case nodes.Expr():
            return 0
    return next(filter(None, map(_first_said, node.iter_child_nodes())), 0)
