"""What the recordings of a roster are called: names for every system, none of them twice."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, replace
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from cft_audio.application.batches.roster_problems import as_columns
from cft_audio.application.beside.files import paths_beside
from cft_audio.application.naming import differences, ending, slug
from cft_audio.application.request import Beside
from cft_audio.application.tags import options_of
from cft_audio.errors import RequestError, sentences
from cft_audio.files.names import is_device
from cft_audio.library.practices import Library
from cft_audio.schema.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from cft_audio.application.batches.orders import Order
    from cft_audio.errors import Problem

USUAL = "{code}/{practice}-{minutes}min"
"""How files are named unless somebody says; without minutes where no length was asked for."""

_USUAL_NATURAL = "{code}/{practice}"

_LONGEST = 160
"""Characters of one part of a name, its ending left out; file systems take 255 bytes."""

_LONGEST_TELLING = 50
"""Characters of what tells a recording from another: with it, a name is within 255 bytes."""

_SAFE = re.compile(r"[A-Za-z0-9._ -]+")


def _minutes(order: Order) -> str:
    length_s = order.request.session.length_s
    return "natural" if length_s is None else f"{round(length_s / 60, 2):g}"


_PARTS: dict[str, Callable[[Order], str]] = {
    "code": lambda order: order.code,
    "practice": lambda order: slug(Path(order.practice).stem),
    "minutes": _minutes,
    "row": lambda order: str(order.row.number),
    "pace": lambda order: slug(order.request.session.pace.called),
    "voice": lambda order: slug(Path(order.request.voicing.voice).stem),
    "bed": lambda order: slug(Path(order.request.sound.bed).stem),
    "variant": lambda order: str(order.request.session.seed),
    "core": lambda order: slug(order.request.session.form.core) or "any",
    "for": lambda order: slug(*order.request.session.adaptations) or "anybody",
}


def check_template(template: str) -> None:
    """Check that files can be named by ``template``.

    Raises:
        RequestError: If not, with what it may have.
    """
    try:
        pieces = list(Formatter().parse(template))
    except ValueError as error:
        message, remedy = f"'{template}' cannot be read: {error}", f"Write it as in {USUAL}"
        raise RequestError(message, remedy=remedy, field="file_name") from error
    for text, name, form, conversion in pieces:
        if name is not None and (name not in _PARTS or form or conversion):
            every = f"A name may have {', '.join(f'{{{part}}}' for part in _PARTS)}"
            remedy = sentences(nearest(name, _PARTS), every)
            message = f"files cannot be named by '{{{name}}}'"
            raise RequestError(message, remedy=remedy, field="file_name")
        if left := re.sub(r"[/]", "", _SAFE.sub("", text)):
            remedy = "Write letters from A to Z, digits, blanks, dots, hyphens, and / for folders"
            message = f"'{left[0]}' is a sign that not every system takes in a name"
            raise RequestError(message, remedy=remedy, field="file_name")
    if all(name is None for _, name, *_ in pieces):
        message = "every recording would be called the same"
        raise RequestError(message, remedy=f"Write it as in {USUAL}", field="file_name")
    parts = template.split("/")
    if any(part.strip(" .") != part or not part for part in parts):
        message = f"'{template}' has a part that is empty, or begins or ends with a dot or a blank"
        raise RequestError(message, remedy=f"Write it as in {USUAL}", field="file_name")


def name_files(orders: Sequence[Order], template: str) -> tuple[list[Order], list[Problem]]:
    """Return the orders with the names of their files, and the clashes between these.

    Named as usual, recordings that would have one name get what tells them apart.

    Args:
        orders: The orders.
        template: How files are named, as ``check_template`` lets it pass.
    """
    named: list[Order] = []
    problems: list[Problem] = []
    taken: dict[str, Order] = {}
    for order in orders:
        plain, suffix = _plain_name(order, template), _suffix(order)
        name = plain + suffix
        first = _first_of(order, name, taken)
        if first is not None and template == USUAL:
            told = "-".join(differences(_options(order), _options(first)))
            name = ending(plain, told[:_LONGEST_TELLING].rstrip("-"), suffix)
            first = _first_of(order, name, taken)
        if first is not None:
            problems.append(_clash(order, first, name, template))
            continue
        taken.update(dict.fromkeys(_files_of(order, name), order))
        named.append(replace(order, name=name))
    return named, problems


def _plain_name(order: Order, template: str) -> str:
    """Return what the recording of an order is called if nothing else is, without its ending."""
    is_natural = order.request.session.length_s is None
    named_by = _USUAL_NATURAL if template == USUAL and is_natural else template
    return _cut(named_by.format_map({name: part(order) for name, part in _PARTS.items()}))


def _first_of(order: Order, name: str, taken: Mapping[str, Order]) -> Order | None:
    """Return who has a file already that an order would have under a name; None for nobody."""
    return next((taken[file] for file in _files_of(order, name) if file in taken), None)


def _files_of(order: Order, name: str) -> Iterator[str]:
    """Yield the names of all files that an order would have, each in a form of its own."""
    beside = order.request.beside
    yield _same(name)
    if beside != Beside() and not order.request.output.split_chapters:
        practice = Library(order.folders.scripts).open(order.practice).practice()
        yield from (_same(path.as_posix()) for path in paths_beside(Path(name), beside, practice))


def _suffix(order: Order) -> str:
    output = order.request.output
    return "" if output.split_chapters else output.coding().format.suffix


def _clash(order: Order, first: Order, name: str, template: str) -> Problem:
    message = f"it and row {first.row.number} would both have a file called '{name}'"
    if template != USUAL:
        remedy = f"Add what tells them apart to ‹file_name›, as in {USUAL}"
    elif asdict(order.request) == asdict(first.request):
        message = f"it asks for the same recording as row {first.row.number}"
        remedy = "Remove one of them, or write another number into ‹seed›"
    else:
        remedy = (
            "They differ in nothing that is told in a name: write another number into ‹seed› of one"
        )
    return order.row.problem(message, as_columns(remedy))


def _options(order: Order) -> dict[str, Any]:
    file = Library(order.folders.scripts).open(order.practice)
    request = order.request
    return options_of(
        request, file.practice(), file.library.figure_files(), request.output.coding()
    )


def _cut(name: str) -> str:
    return "/".join(_parts(name))


def _parts(name: str) -> Iterator[str]:
    for part in name.split("/"):
        short = part[:_LONGEST].rstrip(" .")
        yield f"{short}-recording" if is_device(short) else short


def _same(name: str) -> str:
    """Return one form of all names that some system takes for the same."""
    return unicodedata.normalize("NFC", name).casefold()
