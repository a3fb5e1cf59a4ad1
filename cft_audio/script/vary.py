"""``{% vary %} … {% or %} … {% endvary %}``: one of several wordings, the same for a seed.

A daily listener who asks for another variant hears another wording; who asks for the same one
hears the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.ext import Extension

from cft_audio.script.places import unmarked
from cft_audio.script.practice import DRAW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2.parser import Parser


_KEEP = re.compile(r"\s*\[\s*keep\s*\]", re.IGNORECASE)


class Vary(Extension):
    """Jinja extension: the tag ``vary`` with its parts ``or`` and its end ``endvary``."""

    tags = {"vary"}  # noqa: RUF012 -- Jinja's interface

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the tag as a choice between its parts."""
        line = next(parser.stream).lineno
        bodies: list[list[nodes.Node]] = []
        while not bodies or next(parser.stream).value == "or":
            bodies.append(parser.parse_statements(("name:or", "name:endvary")))
        # Of its words and not of its line, so that a line added above changes nothing below.
        place = nodes.Const(_words(bodies) or f"{parser.name}:{line}")
        choose = nodes.Getattr(nodes.Name(DRAW, "load"), "choose", "load")
        chosen = nodes.Call(choose, [place, nodes.Const(len(bodies))], [], None, None)
        result: list[nodes.Node] = bodies[0]
        for number in range(1, len(bodies)):
            test = nodes.Compare(chosen, [nodes.Operand("eq", nodes.Const(number))])
            result = [nodes.If(test, bodies[number], [], result)]
        return nodes.Scope(result, lineno=line) if len(bodies) == 1 else result[0].set_lineno(line)


def _words(bodies: Iterable[list[nodes.Node]]) -> str:
    """Return the template text of all wordings, without marks that nobody hears."""
    text = (
        data.data for body in bodies for node in body for data in node.find_all(nodes.TemplateData)
    )
    return " ".join(_KEEP.sub("", unmarked("".join(text))).split())
