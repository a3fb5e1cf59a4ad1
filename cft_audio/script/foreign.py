"""What a line of a practice holds that is no part of its language, and would be spoken or lost.

That is Markdown beyond headings and quotes, HTML, and characters that nobody sees.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTE = "Write a note to yourself as {# … #}, which is never spoken"
_SENTENCES = "Write each item as a sentence of its own"
_LINK = "Write its words alone: by ear nobody can follow a link"
_NO_CUE = r"(?!\s*(?:pause|breathe|chime|\d))"

_FOREIGN = tuple(
    (re.compile(pattern), what, remedy)
    for pattern, what, remedy in (
        (r"<!--.*?(?:-->|$)", "an HTML comment", _NOTE),
        (r"^.*?-->", "the end of an HTML comment", _NOTE),
        (r"<(?:https?|mailto|tel):[^<>\s]*>", "a link", _LINK),
        (r"</?[A-Za-z][^<>]*(?:>|$)|<[!?][^<>]*(?:>|$)", "an HTML tag", "Remove it"),
        (
            r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]+);",
            "an HTML character code",
            "Write the character itself",
        ),
        (r"!\[[^\[\]]*\]\([^()]*\)", "an image", "Say what there is to see, or remove it"),
        (r"\[\^[^\[\]]*\](?::.*)?", "a footnote", f"Say it in the text. {_NOTE}"),
        (r"\[\[[^\[\]]*\]\]", "a link", _LINK),
        (rf"^\[{_NO_CUE}[^\[\]]+\]:\s*\S.*$", "a link", _LINK),
        (rf"\[{_NO_CUE}[^\[\]]*\]\([^()]*\)", "a link", _LINK),
        (r"^.*\|.*$", "a table", "Write it as sentences"),
        (r"^(?:```|~~~).*$", "a code block", "Remove it"),
        (r"^(?:=|(?:[-*_=+~]\s*){2,})$", "a rule", "Write '## …' to begin a chapter"),
        (r"^[-*+]\s", "a list", _SENTENCES),
        (r"^\d+[.)]\s", "a numbered list", _SENTENCES),
        (r"^>", "a quote inside a quote", "Begin each line of it with one '>'"),
        (
            r"(\*{1,3}|_{1,3}|~~|==|`)(?=\S)[^*_`~=]+(?<=\S)\1",
            "emphasis",
            "Let the words carry it",
        ),
        (r"(?<!\S):[a-z][a-z0-9_+-]*:(?!\S)", "the name of an emoji", "Remove it"),
        (r"\*{2,}|_{2,}|~{2,}|={2,}|\+{3,}|`{2,}|%{2,}", "a mark of Markdown", "Remove it"),
    )
)
"""Each construct, what it is called, and what to do; what an earlier one takes, no later one sees.
"""

_SUSPECT = re.compile(r"[<&|*_`~=+:%\[]|-{2}|^[-\d>]")
"""What every one of them has some of; most lines have nothing of it."""

_SOUND = re.compile(r"\([^()\[\]]+\)\[\w+:[^\[\]]*\]")
"""How a word is said: whatever stands in it is no Markdown."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""Control characters (Unicode's category Cc, and its two separators) but for tabs and line ends."""

_OWN = re.compile("[\ue000-\ue002\U000f0000-\U0010ffff]")
"""Private-use characters by which this program marks a text."""


def find_foreign(line: str) -> tuple[list[tuple[str, str]], str]:
    """Return what of a line is foreign, with what to do, and the line without it.

    Args:
        line: A line of a paragraph or a title, blanks and quote marks around it removed.
    """
    if not _SUSPECT.search(line):
        return [], line
    left = _SOUND.sub(lambda found: "x" * len(found[0]), line)
    faults: list[tuple[str, str]] = []
    cleaned = line
    for pattern, what, remedy in _FOREIGN:
        for found in list(pattern.finditer(left)):
            blank = " " * len(found[0])
            left = left[: found.start()] + blank + left[found.end() :]
            cleaned = cleaned[: found.start()] + blank + cleaned[found.end() :]
            faults.append((f"{what} cannot be spoken", remedy))
    return list(dict.fromkeys(faults)), cleaned


def find_unseen(line: str, *, written: bool) -> Iterator[tuple[str, str]]:
    """Yield the characters of a line that nobody sees and no voice can say, and what to do.

    Args:
        line: The line.
        written: Whether it is as its author wrote it: this program has marked nothing in it yet.
    """
    found = {*_UNSEEN.findall(line), *(_OWN.findall(line) if written else ())}
    for character in sorted(found):
        remedy = "Delete the line and type it again: it cannot be seen in an editor"
        yield f"there is a control character in this line (U+{ord(character):04X})", remedy
