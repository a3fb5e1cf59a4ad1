"""Scripts of one's own that are checked: a good one, and what is found in any."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cft_audio

if TYPE_CHECKING:
    from cft_audio.errors import Problem

FRONT = """\
---
title: A rest
technique: loving-kindness
natural: 1
slots:
  name: {ask: "Your name?"}
---
"""
BODY = (
    "## Arriving\n\nHello {{ name }}. You may stop at any time. [keep]\n\n"
    "[pause x3]\n\n[breathe]\n\n"
)
FIRST = len((FRONT + BODY).splitlines()) + 1
"""The line of what a case adds."""

FRAME = '{% extends "partials/session.md" %}\n'
FRAMED = FRONT.replace("natural: 1", "natural: 6") + FRAME


def written(text: str, name: str = "mine") -> Path:
    path = Path("scripts", f"{name}.md").absolute()
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def check(text: str) -> tuple[Problem, ...]:
    """Return what is found in a script; every finding says what to do, and where."""
    path = written(text)
    problems = cft_audio.check("mine")
    assert all(problem.file == str(path) and problem.remedy for problem in problems)
    return problems


def found(text: str) -> list[tuple[int, str, bool]]:
    return [(p.line, p.message, p.warning) for p in check(text)]
