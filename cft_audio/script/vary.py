"""``{% vary %} … {% or %} … {% endvary %}``: one of several wordings, the same for a seed.

A daily listener who asks for another variant hears another wording; who asks for the same one
hears the same.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.ext import Extension

from cft_audio.script.practice import SEED

if TYPE_CHECKING:
    from jinja2.parser import Parser


class Vary(Extension):
    """Jinja extension: the tag ``vary`` with its parts ``or`` and its end ``endvary``."""

    tags = {"vary"}  # noqa: RUF012 -- Jinja's interface

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the tag as a choice between its parts."""
        line = next(parser.stream).lineno
        bodies: list[list[nodes.Node]] = []
        while not bodies or next(parser.stream).value == "or":
            bodies.append(parser.parse_statements(("name:or", "name:endvary")))
        place = nodes.Const(f"{parser.name}:{line}")
        given = [nodes.Name(SEED, "load"), place, nodes.Const(len(bodies))]
        chosen = self.call_method("_choose", given)
        result: list[nodes.Node] = bodies[0]
        for number in range(1, len(bodies)):
            test = nodes.Compare(chosen, [nodes.Operand("eq", nodes.Const(number))])
            result = [nodes.If(test, bodies[number], [], result)]
        return nodes.Scope(result, lineno=line) if len(bodies) == 1 else result[0].set_lineno(line)

    def _choose(self, seed: int, place: str, count: int) -> int:
        """Return which of ``count`` wordings is said at ``place``.

        Seed 0 says the first everywhere. From 1 on, as many seeds as there are wordings say each
        once; which begins is drawn anew for each place and each such round, so that no two seeds
        agree in all places for long.
        """
        turn, at = divmod(seed - 1, count)
        drawn = hashlib.sha256(f"{place}:{turn}".encode()).digest()[:8]
        return 0 if seed == 0 else (at + int.from_bytes(drawn, "big")) % count
