"""What YAML makes of a front matter without a word, and its author hardly meant."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from cft_audio.errors import Problem, ScriptError
from cft_audio.schema.nodes import parse_yaml
from cft_audio.script.front_matter import FIRST_LINE, split_front_matter
from cft_audio.script.listening import UNFINISHED
from cft_audio.script.practice import About
from cft_audio.script.written_review import UNFINISHED_DOUBT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FREE_TEXTS = {
    *("title", "summary", "ask", "default", "choices", "inhale", "exhale"),
    *(entry.name for entry in fields(About) if "choices" not in entry.metadata),
} - {"therapist_advised"}
"""The entries whose values are sentences, in which a # may be meant."""

_YAML = "tag:yaml.org,2002:"
_IN_QUOTES = "Put quotation marks around the whole text"


@dataclass
class _Open:
    """A table or list that is being read.

    Attributes:
        is_table: Whether it is a table.
        around: The key that leads to it.
        key: Of a table, the key whose value comes next; None where a key comes next.
    """

    is_table: bool
    around: str
    key: str | None = None


def find_front_doubts(text: str, file: str) -> Iterator[Problem]:
    """Yield what the front matter of the practice file ``text`` says and a reader of YAML drops.

    That are words after a ``#``, tags, and names of anchors that nothing refers to. A front
    matter that cannot be read is passed over.
    """
    import yaml

    front, _ = split_front_matter(text)
    if front is None:
        return
    lines = front.split("\n")
    for number, written in enumerate(lines, start=FIRST_LINE):
        if UNFINISHED in written:
            yield Problem(file, number, *UNFINISHED_DOUBT, warning=True)
    try:
        events: list[Any] = list(yaml.parse(front, Loader=yaml.BaseLoader))
    except (yaml.YAMLError, RecursionError):
        return
    referred = {event.anchor for event in events if isinstance(event, yaml.AliasEvent)}
    for key, event in _values(events):
        line, column = event.end_mark.line, event.end_mark.column
        quoted = f"{_IN_QUOTES}, or remove" if isinstance(event, yaml.ScalarEvent) else "Remove"
        if tag := (event.tag or "").replace(_YAML, "!!"):
            message = f"YAML takes '{tag}' for a tag, and leaves it out of '{key}'"
            remedy = f"{quoted} the tag"
            yield Problem(file, FIRST_LINE + event.start_mark.line, message, remedy, warning=True)
        if event.anchor and event.anchor not in referred:
            message = f"YAML takes '&{event.anchor}' for a name, and leaves it out of '{key}'"
            remedy = f"{quoted} the name"
            yield Problem(file, FIRST_LINE + event.start_mark.line, message, remedy, warning=True)
        if not isinstance(event, yaml.ScalarEvent) or event.style is not None:
            continue
        rest = lines[line][column:].strip() if line < len(lines) else ""
        if rest.startswith("#") and key in _FREE_TEXTS:
            message = f"'{key}' ends before '{rest}', which YAML takes for a note"
            whole = f"{event.value} {rest}".strip()
            remedy = f'{_IN_QUOTES}: {key}: "{whole}"'
            yield Problem(file, FIRST_LINE + line, message, remedy, warning=True)


def line_of_entry(text: str, *path: str) -> int:
    """Return the line of an entry of the front matter of the practice file ``text``; 0 if none."""
    front, _ = split_front_matter(text)
    try:
        table = parse_yaml(front or "", "", ScriptError, FIRST_LINE)
    except ScriptError:
        return 0
    return table.line_of(*path) if path[0] in table.entries else 0


def _values(events: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield each value, table and list with the key that leads to it."""
    import yaml

    around: list[_Open] = [_Open(is_table=False, around="")]
    for event in events:
        top = around[-1]
        key = (top.key or "") if top.is_table else top.around
        if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            if top.is_table and top.key is None:
                top.key = getattr(event, "value", "")
                continue
            if isinstance(event, yaml.ScalarEvent):
                yield key, event
            top.key = None
        elif isinstance(event, yaml.CollectionStartEvent):
            yield key, event
            around.append(_Open(isinstance(event, yaml.MappingStartEvent), key))
        elif isinstance(event, yaml.CollectionEndEvent):
            around.pop()
            around[-1].key = None
