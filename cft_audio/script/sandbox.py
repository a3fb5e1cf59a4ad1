"""The sandbox that templates run in, and what was read of them, kept while the process runs.

Reading a template takes far longer than rendering it, and what ships is the same in whichever
folders it is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache, FileSystemLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates, find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cft_audio.errors import ScriptError
from cft_audio.schema.files import read_text
from cft_audio.script.figure import address_listener
from cft_audio.script.front_matter import split_front_matter
from cft_audio.script.inert import inert, revealed
from cft_audio.script.kept_code import file_of_code, keep_code, load_code, load_names
from cft_audio.script.line_ends import KeepLineEnds
from cft_audio.script.mark_lines import MarkLines
from cft_audio.script.vary import Vary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import CodeType

    from jinja2 import Environment
    from jinja2.bccache import Bucket

_MOST_KEPT = 256
"""Templates of which the code, and likewise the tree, is kept; some fifty come with the program."""


def sandbox(folders: Sequence[Path]) -> ImmutableSandboxedEnvironment:
    """Return an environment for the templates in ``folders``, the first that has one wins."""
    environment = ImmutableSandboxedEnvironment(
        loader=_PracticeLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        extensions=[KeepLineEnds, MarkLines, Vary],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_CODE,
    )
    environment.globals.pop("lipsum")
    environment.filters.pop("random")  # the same request gives the same words
    environment.filters |= {"capitalize": capitalized, "yours": address_listener}
    for name in ("capitalize", "lower", "title", "upper", "yours"):
        environment.filters[name] = _on_inert_text(environment.filters[name])
    return environment


def code_of(source: str, name: str, environment: Environment) -> CodeType:
    """Return what a template that no loader knows is compiled to.

    Raises:
        TemplateSyntaxError: If it cannot be read.
    """
    bucket = _CODE.get_bucket(environment, name, name, source)
    if bucket.code is None:
        bucket.code = environment.compile(source, name, name)
        _CODE.set_bucket(bucket)
    return bucket.code


@lru_cache(maxsize=_MOST_KEPT)
def tree_of(source: str, name: str) -> nodes.Template:
    """Return the tree of the template ``source`` called ``name``; nobody may change it.

    Raises:
        TemplateSyntaxError: If it cannot be read.
    """
    try:
        return sandbox(()).parse(source, name)
    except (RecursionError, ValueError) as error:  # brackets in brackets, long numbers
        raise TemplateSyntaxError(str(error), 1, name) from error


@lru_cache(maxsize=_MOST_KEPT)
def named_in(source: str, name: str) -> tuple[str, ...]:
    """Return the names of the templates that one refers to, sorted; computed ones left out.

    Raises:
        TemplateSyntaxError: If it cannot be read.
    """
    if (file := file_of_code(name, source)) and (names := load_names(file, source)) is not None:
        return names
    return tuple(sorted(filter(None, set(find_referenced_templates(tree_of(source, name))))))


@dataclass(frozen=True)
class Variables:
    """The variables of a template, by their names.

    Attributes:
        assigned: Those that it gives a value.
        used: Those that it uses and has not given one, and the line of the first use.
    """

    assigned: frozenset[str]
    used: tuple[tuple[str, int], ...]


@lru_cache(maxsize=_MOST_KEPT)
def variables_of(source: str, name: str) -> Variables:
    """Return the variables of the template ``source`` called ``name``.

    Raises:
        TemplateSyntaxError: If it cannot be read.
    """
    tree = tree_of(source, name)
    undeclared = find_undeclared_variables(tree)
    lines: dict[str, int] = {}
    for node in tree.find_all(nodes.Name):
        if node.name in undeclared:
            lines.setdefault(node.name, node.lineno)
    return Variables(frozenset(_assigned(tree)), tuple(lines.items()))


def _assigned(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        match node:
            case nodes.Name(ctx="store", name=name) | nodes.Macro(name=name):
                yield name
            case nodes.Import(target=target):
                yield target
            case nodes.FromImport(names=names):
                yield from (name if isinstance(name, str) else name[1] for name in names)


def source_of(name: str, environment: Environment) -> str:
    """Return the text of the template called ``name``.

    Raises:
        TemplateNotFound: If there is none.
        ScriptError: If its file cannot be read as text.
    """
    loader = environment.loader
    assert loader is not None  # noqa: S101 -- each sandbox has one
    return loader.get_source(environment, name)[0]


class _Code(BytecodeCache):
    """The code of templates, in memory, for every sandbox: they are all alike.

    By name, file and text of a template, so that a changed one is compiled anew. Of those that ship
    it is in files as well.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}
        self._to_keep: dict[tuple[str, str], tuple[Path, str, str]] = {}

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return a bucket with the code of a template, if it is kept."""
        bucket = super().get_bucket(environment, name, filename, source)
        if bucket.code is None and (file := file_of_code(name, source)):
            load_code(bucket, file, source)
            self._keep(bucket)
            if bucket.code is None:
                self._to_keep[bucket.key, bucket.checksum] = file, name, source
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give ``bucket`` the code of its template, if it is in memory."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code in ``bucket``."""
        self._keep(bucket)
        if known := self._to_keep.pop((bucket.key, bucket.checksum), None):
            file, name, source = known
            keep_code(bucket, file, source, named_in(source, name))

    def _keep(self, bucket: Bucket) -> None:
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


_CODE = _Code()


class _PracticeLoader(FileSystemLoader):
    """Loads practices and partials from folders, the first that has the file wins."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's body, its front matter blanked so that line numbers hold.

        Raises:
            ScriptError: If its file cannot be read as text.
        """
        try:
            source, path, fresh = super().get_source(environment, template)
        except UnicodeDecodeError:
            # It is in an encoding of its own, which is told by its mark or refused with its line.
            files = (Path(folder, template) for folder in self.searchpath)
            file = next(file for file in files if file.is_file())
            source, path, fresh = read_text(file, ScriptError), str(file), lambda: True
        return split_front_matter(source.removeprefix("\ufeff"))[1], path, fresh


def capitalized(text: str) -> str:
    """Return ``text`` with its first letter raised; Jinja's own filter lowers all the others."""
    return text[:1].upper() + text[1:]


def _on_inert_text(change: Callable[..., str]) -> Callable[..., str]:
    def changed(text: Any) -> str:
        plain = revealed(str(text))
        result = change(plain)
        return result if plain == str(text) else inert(result)

    return changed
