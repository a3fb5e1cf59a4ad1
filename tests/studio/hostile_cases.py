"""What nobody types who means well: texts, files and addresses, and where each of them is sent."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRET = "kr7secret"  # noqa: S105 -- it opens nothing
"""What stands in files that no page may open."""

ROOT = "ROOT"
"""What stands in a text for the folder in which these files lie."""

TEXTS: dict[str, str] = {
    "script": "<script>kr7()</script>",
    "attribute": '"><img src=kr7 onerror=kr7()>',
    "single quote": "' onfocus='kr7()' autofocus='",
    "double quote": '" onfocus="kr7()" kr7="',
    "no quote": "x onmouseover=kr7() kr7",
    "end of a text": "</textarea><kr7>",
    "end of a title": "</title></h1><kr7>",
    "end of a choice": "</option></select><kr7 kr7=1>",
    "end of a list": "</datalist></form><form action=//kr7>",
    "comment": "--><kr7><!--",
    "drawing": "<svg/onload=kr7()>",
    "character data": "]]><kr7/><![CDATA[",
    "style": "</style><style>@import'//kr7'</style>",
    "address": "javascript:kr7()",
    "entities": "&lt;kr7&gt; &#34; &quot; &amp",
    "sum": "kr7 {{ 7*191 }}",
    "loop": "{% for a in range(3) %}kr7{% endfor %}",
    "globals": "{{ self.__init__.__globals__ }}kr7",
    "classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "remark": "{# kr7 #}",
    "open braces": "kr7 {{ {% {#",
    "breaths": "[breathe 999]",
    "pause": "[pause 9h]",
    "rest": "kr7 [9999999s] kr7",
    "figure speaks": "> kr7",
    "heading": "## kr7",
    "sound of a word": "(kr7)[/kr7/]",
    "safe": "kr7 [keep]",
    "front matter": "---\ntitle: kr7\n---",
    "reference": "‹minutes› ‹list voices:kr7›",
    "percent": "%s %d {0} {kr7} %(kr7)s",
    "zero": "kr7\x00kr7",
    "terminal": "\x1b[31mkr7\x1b]0;kr7\x07",
    "controls": "\x01\x08\x7f\x85kr7\x9b",
    "right to left": "kr7\u202egpj.exe",
    "isolates": "\u2066kr7\u2069\u200f\ufeff\u200b",
    "separators": "kr7\u2028kr7\u2029kr7",
    "no characters": "kr7\ufffe\uffff\U0010ffff",
    "marks": "k" + "\u0301" * 500,
    "lines": "kr7\r\nlocation: /kr7\r\n\r\nkr7",
    "line": "kr7\nkr7=kr7",
    "tabulator": "kr7\tkr7",
    "blank": " \t\u00a0 ",
    "quotes": "'\"`“”'",
    "equals": "=kr7=kr7==",
    "commas": ",,kr7,,\n,",
    "long": "kr7 " * 25_000,
    "long word": "x" * 100_000,
    "nan": "nan",
    "infinite": "inf",
    "less than infinite": "-Infinity",
    "huge": "1e999",
    "tiny": "1e-999",
    "negative": "-1",
    "nothing": "0",
    "sixteens": "0x10",
    "wide digits": "１０",
    "arabic digits": "٣",
    "no digit": "²",
    "underscore": "1_0",
    "many digits": "9" * 5000,
    "fraction": "1/0",
    "clock": "99:99:99",
    "up": "../../secret.txt",
    "whole path": "ROOT/secret.txt",
    "whole path of a sound": "ROOT/secret.wav",
    "drive": "C:\\kr7.wav",
    "share": "\\\\kr7\\kr7\\kr7.wav",
    "device": "/dev/zero",
    "process": "/proc/self/environ",
    "passwords": "/etc/passwd",
    "file address": "file://ROOT/secret.wav",
    "web address": "http://127.0.0.1:9/kr7.wav",
    "home": "~/secret.toml",
    "home of root": "~root",
    "here": ".",
    "name of a device": "con",
    "figure's file": "./secret.toml",
    "shell": "$(touch kr7) `touch kr7` ; touch kr7 | touch kr7",
    "option": "--output=kr7",
}
"""What is typed, by a word for it; what shows that it got through has kr7 in it, or 1337."""


@dataclass(frozen=True)
class Form:
    """A form of the studio.

    Attributes:
        path: Where it is sent; what stands in braces is known to the studio of the tests.
        honest: What is sent in its fields beside what is hostile.
        fields: The fields that are typed.
        alone: Fields of which one gets a text, each in its turn: what is wrong of others would hide
            what is wrong of it.
        hidden: Fields of which nothing is shown again.
        above: Whether an error stands above the form, since it is about no one field of it.
        every: Of how many texts one is sent: of more than one where an answer takes long.
    """

    path: str
    honest: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    above: bool = False
    every: int = 1

    def sent(self, called: str) -> dict[str, str]:
        """Return what is sent with one of ``TEXTS``."""
        turn = list(TEXTS).index(called) // self.every
        alone = self.alone[turn % len(self.alone)] if self.alone else ""
        names = [name for name in (*self.fields, *self.hidden, alone) if name]
        return {**self.honest, **dict.fromkeys(names, TEXTS[called])}


_SESSION = (
    *("minutes", "breaths_per_minute", "ratio", "pattern", "ease_from", "pronounce"),
    *("figure_pronouns", "first_words", "avoid", "bell_every", "loudness", "seed"),
    *("title", "album", "artist", "comment"),
)
_CHOSEN = (
    *("pace", "core", "voice", "figure_voice", "bed", "tone", "bed_level", "tone_level"),
    *("bell", "bells", "preset", "format", "bitrate", "channels", "sample_rate", "cover"),
)

_MAKE = "{soothing-rhythm-breathing}"

FORMS: dict[str, Form] = {
    "choose": Form("/choose", {"hard": "shame", "practised": "new"}, ("minutes",)),
    "choose, hard": Form("/choose", {"practised": "new"}, hidden=("hard",), above=True),
    "make": Form(_MAKE, {}, ("name", "figure", *_SESSION), every=4),
    "make, one": Form(_MAKE, {"name": "Sam"}, alone=("name", "figure", *_SESSION), every=6),
    "make, chosen": Form(_MAKE, {"name": "Sam"}, alone=_CHOSEN, every=6),
    "make, do": Form(_MAKE, {"do": "make", "minutes": "0.1"}, ("name",), every=16),
    "answers": Form("{loving-kindness}", {}, ("with.loved_one", "with.phrase_one"), every=16),
    "line": Form(_MAKE + "/line/{line}", {}, ("longer",), every=16),
    "line, word": Form(_MAKE + "/line/{line}", {}, ("word", "sound"), every=16),
    "new client": Form("/clients/new", {}, ("code", "name")),
    "client": Form("{client}", {}, ("name", "pronouns", "notes", *_SESSION), every=4),
    "client, one": Form(
        "{client}", {}, alone=("name", "pronouns", "notes", *_SESSION, *_CHOSEN), every=4
    ),
    "hand over": Form(
        "{client}/hand-over",
        {"kind": "zip"},
        hidden=("password_file", "again"),
        above=True,
        every=16,
    ),
    "note": Form("{recording}/notes", {}, ("text",), every=3),
    "new script": Form("/scripts", {"technique": "compassionate-attention"}, ("practice",)),
    "copy": Form("/scripts/soothing-rhythm-breathing/copy", {}, ("practice",), every=16),
    "edit": Form("/scripts/{own}/edit", {"do": "save", "digest": "x"}, ("text",), above=True),
    "own voice": Form(
        "/voices/own",
        {"practice": "soothing-rhythm-breathing"},
        ("minutes", "name", "voice"),
        every=12,
    ),
    "own voice, name": Form(
        "/voices/own", {"practice": "x", "minutes": "3", "name": "Sam"}, ("voice",), every=12
    ),
    "remove voice": Form("/voices", {"do": "remove"}, hidden=("voice",), above=True, every=3),
    "usual voice": Form("/voices", {"do": "usual"}, hidden=("voice",), above=True, every=3),
    "more voices": Form("/voices/more", {}, ("language",), above=True),
    "passphrase": Form("/clients/unlock", {}, hidden=("passphrase",)),
}
"""The forms of the studio, by a word for each."""

CASES = [
    (form, text)
    for form, about in FORMS.items()
    for turn, text in enumerate(TEXTS)
    if turn % about.every == 0
]
"""Each form with each text that it gets."""

BODIES: dict[str, tuple[str, bytes]] = {
    "nothing": ("application/x-www-form-urlencoded", b""),
    "nothing that is known": ("application/x-www-form-urlencoded", b"%3Cscript%3E=kr7&=&&kr7"),
    "no text": ("application/x-www-form-urlencoded", b"name=%ed%a0%80&minutes=%ff%fe&text=%c0%80"),
    "fields again": ("application/x-www-form-urlencoded", b"name=a&name=%3Ckr7%3E&minutes=1&" * 9),
    "too many fields": ("application/x-www-form-urlencoded", b"name=a&" * 1500),
    "half a sign": ("application/x-www-form-urlencoded", b"name=%&minutes=%zz&text=%u0041"),
    "objects": ("application/json", b'{"name": "<kr7>", "minutes": 5}'),
    "objects for a form": ("application/x-www-form-urlencoded", b'{"name": "<kr7>"}'),
    "plain": ("text/plain", b"name=kr7"),
    "no kind": ("", b"name=kr7"),
    "no boundary": ("multipart/form-data", b"--x\r\n"),
    "another boundary": ("multipart/form-data; boundary=y", b"--x\r\n\r\n--x--"),
    "long boundary": ("multipart/form-data; boundary=" + "y" * 999, b"--y"),
    "cut off": (
        "multipart/form-data; boundary=x",
        b'--x\r\ncontent-disposition: form-data; name="name"\r\n\r\nkr7\r\n--',
    ),
    "file for a text": (
        "multipart/form-data; boundary=x",
        b'--x\r\ncontent-disposition: form-data; name="name"; filename="a"\r\n\r\nk\r\n--x--\r\n',
    ),
    "no name": (
        "multipart/form-data; boundary=x",
        b"--x\r\ncontent-disposition: form-data\r\n\r\nk\r\n--x--\r\n",
    ),
    **{
        f"encoded as {charset}": (
            f"multipart/form-data; boundary=x; charset={charset}",
            b'--x\r\ncontent-disposition: form-data; name="name"\r\n\r\n+2AA-\\ud800\r\n--x--\r\n',
        )
        for charset in ("utf-7", "unicode_escape", "undefined", "idna", "hex", '"a\0b"')
    },
}
"""Bodies that no page sends, with the kind that they say they are."""

BODIES_FOR = (
    *("/choose", "/clients/new", "{client}", "{recording}/notes", "/scripts"),
    *("/voices", "/clients/roster", "{sheet}/1/take"),
)
"""What they are sent to."""


_WORD = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
_BOMB = 60_000_000
"""Bytes of nothing that a few kilobytes unpack to."""


def letter(text: str = "Dear me, all is well.", more: int = 0) -> bytes:
    """Return a letter as Word writes it, with so many bytes in it that are blanks."""
    body = _WORD + f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode() + b" " * more
    return _packed({"word/document.xml": body + b"</w:body></w:document>"})


def workbook(more: int) -> bytes:
    """Return a workbook of which a sheet has so many bytes that are blanks."""
    sheet = b"<worksheet>" + b" " * more + b"</worksheet>"
    return _packed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet})


def _packed(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


NAMES = (
    "../../secret.txt",
    "C:\\kr7.docx",
    '"><img src=kr7 onerror=kr7()>.csv',
    "<script>kr7()<\\script>.wav",
    "kr7\u202egpj.xlsx",
    "x" * 3000 + ".mp3",
    "{{ 7*191 }}.yaml",
    "nul",
)
"""Names of files."""

LETTERS: dict[str, tuple[str, bytes, str]] = {
    "ten megabytes": ("letter.txt", b"Dear me. " * 1_100_000, "far larger than a letter"),
    "Word as text": ("letter.txt", letter(), ""),
    "text as Word": ("letter.docx", b"Dear me, all is well.", ""),
    "a bomb": ("letter.docx", letter(more=_BOMB), "far lo"),
    "a PDF that is none": ("letter.pdf", b"%PDF-1.7\n%%EOF", "PDF"),
    "nothing": ("letter.txt", b"", "there is nothing in it"),
    "markup": ("letter.txt", b"Dear me. <script>kr7()</script> </textarea><kr7> {{ 7*191 }}", ""),
    "no letters": ("letter.txt", bytes(range(256)) * 9, "letter"),
}
"""Letters: the name, what is in them, and something of what is told; nothing for what is taken."""

ROSTERS: dict[str, tuple[str, bytes]] = {
    "a bomb": ("r.xlsx", workbook(_BOMB)),
    "nothing": ("r.csv", b""),
    "a letter": ("r.xlsx", letter()),
    "markup": ("r.csv", b'code,name,practice\n<script>kr7()</script>,"""><kr7>",{{ 7*191 }}\n'),
    "markup above": ("r.csv", b"<script>kr7()</script>,<kr7>\na,b\n"),
    "references": ("r.yaml", b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"),
    "objects": ("r.yaml", b"!!python/object/apply:os.system ['touch kr7']\n"),
}
"""Rosters."""

SOUNDS: dict[str, tuple[str, bytes]] = {
    "text": ("1.wav", b"<script>kr7()</script>"),
    "nothing": ("1.mp3", b""),
    "a head alone": ("1.wav", b"RIFF\xff\xff\xff\xffWAVEfmt "),
    "a letter": ("1.flac", letter()),
    "a list of files": ("1.m4a", b"#EXTM3U\nfile:///etc/passwd\n"),
    "a script of ffmpeg's": ("1.wav", b"ffconcat version 1.0\nfile /etc/passwd\n"),
}
"""Sounds that are none."""

IDS = (
    "../../secret.txt",
    "%2e%2e",
    "%2e%2e%2f%2e%2e%2fsecret.txt",
    "..%5c..%5csecret.txt",
    "x" * 10_000,
    "9" * 5000,
    "9" * 20,
    "0123456789ABCDEF",
    "0123456789abcdef",
    "0123456789abcdef%00",
    "0123456789abcdef%0a",
    "%ed%a0%80",
    "%ff%fe",
    "é",
    "٣",
    "%3Cscript%3Ekr7()%3C%2Fscript%3E",
    "%22%3E%3Ckr7%3E",
    "{{7*191}}",
    "~",
    "con",
    "-1",
    "%25s",
)
"""What stands in an address where an id belongs."""

ADDRESSES = (
    *(
        "/make/ID",
        "/make/ID/letter",
        "/make/ID/line/x",
        "{soothing-rhythm-breathing}/line/ID",
    ),
    *("/jobs/ID", "/clients/ID", "/clients/ID/forget", "/clients/roster/ID"),
    *("/clients/roster/template.ID", "/recordings/ID", "/recordings/ID/audio"),
    *("/recordings/ID/picture", "{recording}/save/ID", "/scripts/ID", "/scripts/ID/edit"),
    *("/scripts/{own}/heard/ID", "/voices/ID/hear", "/voices/own/ID", "/voices/own/ID/1"),
    *("{sheet}/ID", "{sheet}/ID/take", "/static/ID", "/ID"),
)
"""The addresses with an id in them that can be looked at."""

SENDS = (
    *(
        "/make/ID",
        "/make/ID/letter",
        "{soothing-rhythm-breathing}/line/ID",
        "/jobs/ID/stop",
        "/jobs/ID/again",
    ),
    *("/clients/ID", "/clients/ID/begin", "/recordings/ID/again", "/clients/ID/hand-over"),
    *("/clients/ID/forget", "/clients/roster/ID", "/clients/roster/ID/hand-over"),
    *("/clients/roster/ID/remove", "/recordings/ID/again", "/recordings/ID/folder"),
    *("/recordings/ID/notes", "{recording}/notes/ID/delete", "/recordings/ID/stopped"),
    *("/scripts/ID/copy", "/scripts/ID/edit", "/voices/own/ID", "/voices/own/ID/files"),
    *("{sheet}/ID/take", "/voices/own/ID/1/take"),
)
"""Those that something can be sent to."""
