"""Plain text without the marks of Markdown and of its kin, which a page does not show.

Bullets, rules, headings and emphasis are taken off with the lines they stand on: see
``paragraphs``.
"""

from __future__ import annotations

import html
import re

_PROPERTIES = re.compile(r"\s*---[ \t]*\n(?:\w[\w-]*:.*\n|[ \t-].*\n)*?---[ \t]*\n")
"""Front matter, which Obsidian and others put above a text."""

_LEFT_OUT = re.compile(
    r"^[ \t]*\[\^[^\[\]\n]+\]:.*$"  # a footnote
    r"|^[ \t]*\[[^\[\]\n]+\]:[ \t]*<?\w+:\S*.*$"  # where a link leads
    r"|^[ \t]*(?:```|~~~).*$"
    r"|^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+(?:\|[ \t]*)?$"  # below a head
    r"|^[ \t]*\|[ \t]*:?-+:?[ \t]*\|[ \t]*$"
    r"|!\[[^\[\]\n]*\]\([^()\n]*\)"  # a picture
    r"|\[\^[^\[\]\n]+\]",
    re.MULTILINE,
)
_LINK = re.compile(
    r"\[([^\[\]\n]+)\](?:\((?:[^()\s]|\([^()\s]*\))+(?:[ \t]+\"[^\"\n]*\")?\)|\[[^\[\]\n]*\])"
)
_SET_OFF = re.compile(r"(~~|==|``?)(?=[^\s~=`])([^~=`\n]+)(?<=\S)\1")
_ROW = re.compile(r"^[ \t]*\|(.+)\|[ \t]*$", re.MULTILINE)
_ESCAPED = re.compile(r"\\(?:(?=[*_#()\[\]>.!~`+-])|$)", re.MULTILINE)
_FORUM_END = re.compile(r"\[/(?:b|i|u|s|url|quote|center|size|color|font)\]", re.IGNORECASE)
_FORUM = re.compile(
    r"\[/?(?:b|i|u|s|url|quote|center|size|color|font)(?:=[^\[\]\n]*)?\]", re.IGNORECASE
)
"""BBCode, which forums use."""

_CHARACTER_CODE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def without_markdown(text: str) -> str:
    """Return a plain text as a page would show it: comments, footnotes and addresses left out."""
    unified = re.sub(r"\r\n?", "\n", text)
    if found := _PROPERTIES.match(unified):
        unified = unified[found.end() :]
    shown = _LEFT_OUT.sub("", _without_comments(unified))
    if _FORUM_END.search(shown):
        shown = _FORUM.sub("", shown)
    shown = _SET_OFF.sub(r"\2", _LINK.sub(r"\1", shown))
    shown = _ROW.sub(lambda row: row[1].replace("|", "\n\n") + "\n", shown)
    return _CHARACTER_CODE.sub(lambda code: html.unescape(code[0]), _ESCAPED.sub("", shown))


def _without_comments(text: str) -> str:
    """Leave out HTML comments; one that never ends is taken for words."""
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + len("-->")
    return "".join([*kept, text[at:]])
