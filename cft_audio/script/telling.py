"""Which adaptations a script itself is written for, and which change only what is around it.

It is seen from the templates: a script that asks for ``for_sleep``, itself or in what it includes
and calls, is told differently at night. One that leaves this to the frame it extends, and to the
pace, is not.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateNotFound, nodes

from cft_audio.errors import RequestError
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.script.render import practice_hash
from cft_audio.script.structure import find_chain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cft_audio.script.form import Form
    from cft_audio.script.practice import Practice
    from cft_audio.script.templates import Templates


@dataclass(frozen=True)
class Telling:
    """What a practice is told differently for.

    Attributes:
        script: Adaptations that the script itself tells otherwise.
        frame: Those that the templates it extends tell otherwise.
        frames: The names of these templates, the nearest first.
    """

    script: tuple[str, ...]
    frame: tuple[str, ...]
    frames: tuple[str, ...]


def telling_of(practice: Practice, templates: Templates) -> Telling:
    """Return what ``practice`` is told differently for.

    Raises:
        TemplateError: If a template cannot be read.
    """
    written = practice_hash(practice, templates)
    if written not in templates.tellings:  # who changes a session asks again and again
        templates.tellings[written] = _telling_of(practice, templates)
    return templates.tellings[written]


def _telling_of(practice: Practice, templates: Templates) -> Telling:
    chain = find_chain(practice, templates)
    own = templates.parse(practice.body, practice.file)
    script = _Walk(templates).variables([own])
    frame = _Walk(templates).variables([tree for _, tree in chain[1:]])
    return Telling(
        tuple(a.name for a in ADAPTATIONS.values() if a.variable in script),
        tuple(a.name for a in ADAPTATIONS.values() if a.variable in frame),
        tuple(name for name, _ in chain[1:]),
    )


def check_form(practice: Practice, form: Form, templates: Templates) -> None:
    """Check that a practice has a place for what its form asks for.

    Raises:
        RequestError: If neither the practice nor what it extends asks for it.
    """
    asked = [name for name in ("self_led", "first_words") if getattr(form, name)]
    if not asked:
        return
    with suppress(TemplateError):  # of what cannot be read, rendering says why
        used = _asked_for(practice, templates)
        for name in asked:
            if used is not None and name not in used:
                message = f"the script of '{practice.id}' has no place for it"
                remedy = f"Let the script extend partials/session.md, or leave ‹{name}› out"
                raise RequestError(message, remedy=remedy, field=name)


def _asked_for(practice: Practice, templates: Templates) -> frozenset[str] | None:
    """Return every name that a practice, and what it extends, ask for; None if nobody can tell.

    Raises:
        TemplateError: If a template cannot be read.
    """
    written = practice_hash(practice, templates)
    if written not in templates.asked_for:
        trees = [tree for _, tree in find_chain(practice, templates)]
        used = frozenset(_Walk(templates).variables(trees)) if trees else None
        templates.asked_for[written] = used
    return templates.asked_for[written]


_Asking = nodes.Name | nodes.Getattr | nodes.Include | nodes.Import | nodes.FromImport


class _Walk:
    """Follows what a template includes and calls, and gathers the names it asks for."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._modules: dict[str, str] = {}
        self._macros: dict[str, nodes.Macro] = {}
        self._used: set[str] = set()
        self._walked: set[int] = set()
        self._noted: set[int] = set()
        self._parts: dict[int, list[_Asking]] = {}

    def variables(self, trees: Iterable[nodes.Node]) -> set[str]:
        """Return every name that ``trees``, and what they include and call, ask for."""
        for tree in trees:
            self._walk(tree)
        return self._used

    def _walk(self, node: nodes.Node) -> None:
        if id(node) in self._walked:
            return
        self._walked.add(id(node))
        self._note_imports(node)
        for part in self._asking(node):
            match part:
                case nodes.Name(name=name, ctx=context):
                    if context == "load":
                        self._used.add(name)
                    self._walk_macro(name)
                case nodes.Include(template=template):
                    if tree := self._tree(template):
                        self._walk(tree)
                case nodes.Getattr(node=nodes.Name(name=name), attr=called):
                    if name in self._modules:
                        self._walk_macro(f"{self._modules[name]}:{called}")

    def _walk_macro(self, name: str) -> None:
        if name in self._macros:
            self._walk(self._macros[name])

    def _note_imports(self, node: nodes.Node) -> None:
        if id(node) in self._noted:
            return
        self._noted.add(id(node))
        for found in self._asking(node):
            if not isinstance(found, nodes.Import | nodes.FromImport):
                continue
            tree = self._tree(found.template)
            if tree is None:
                continue
            name = getattr(found.template, "value", "")
            # A macro calls those beside it by their names alone.
            beside = {macro.name: macro for macro in tree.find_all(nodes.Macro)}
            self._macros = beside | self._macros
            self._macros |= {f"{name}:{known}": macro for known, macro in beside.items()}
            if isinstance(found, nodes.Import):
                self._modules[found.target] = name
            self._note_imports(tree)

    def _asking(self, node: nodes.Node) -> list[_Asking]:
        """Return what asks for something within a node, found in one pass and once."""
        if id(node) not in self._parts:
            found, waiting = [], list(node.iter_child_nodes())
            while waiting:
                part = waiting.pop()
                waiting.extend(part.iter_child_nodes())
                if isinstance(part, _Asking):
                    found.append(part)
            self._parts[id(node)] = found
        return self._parts[id(node)]

    def _tree(self, template: nodes.Expr) -> nodes.Template | None:
        if not isinstance(template, nodes.Const):
            return None
        try:
            return self._templates.parse(self._templates.source(template.value), template.value)
        except TemplateNotFound:
            return None
