"""What kind of file somebody gave, by its content; an ending may be missing, or wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AS_TEXT = "Open it, and save it as plain text"
_TYPE_IT = "Write the words into a text file or a Word document"
_SAVE_ANEW = "Open it in the program it was written with, and save it as plain text"


@dataclass(frozen=True)
class Format:
    """A kind of file.

    Attributes:
        words: What it is, with its article, as "it is" is followed by it.
        remedy: What to do where text is wanted and this cannot be read.
        key: The name of what reads its text; empty where nothing here does.
    """

    words: str
    remedy: str = _AS_TEXT
    key: str = ""


WORD = Format("a Word document", "In Word: File, Save as, Plain text", "word")
OPEN_DOCUMENT = Format(
    "an OpenDocument text", "In LibreOffice: File, Save as, Text", "open document"
)
RICH_TEXT = Format("a rich text document (RTF)", "In TextEdit: Format, Make Plain Text", "rtf")
WEB_PAGE = Format("a web page", "Copy its text into a plain text file", "html")
PDF = Format("a PDF", "Copy its text into a plain text file", "pdf")

_PICTURE = Format("a picture", _TYPE_IT)
_SOUND = Format("a sound or video file", _TYPE_IT)
_PROGRAM = Format("a program", "Give the file that holds the text")
_PACKED = Format("a packed file", "Unpack it first, and give the file that was in it")
_ZIP = Format("a ZIP file", "Unpack it first, and give the file that was in it")
_PAGES = Format("a Pages document", "In Pages: File, Export To, Word")
_PROTECTED_WORD = Format(
    "a Word document that is protected by a password",
    "Open it in Word, take the password off (File, Info, Protect Document), and save it",
)
_OLD_WORD = Format(
    "a Word document of the old kind (.doc)", "Open it in Word, and save it as a Word document"
)
_MAIL = Format("an e-mail message", "Copy the words of the message into a text file")
_SHORTCUT = Format("only a link to the document", "Open it, and download or save the document")
_GOOGLE = Format(
    "only a link to a Google document",
    "Open it in Google Docs, and choose File, Download, Microsoft Word",
)
_SPREADSHEET = Format("a spreadsheet", "Copy the words into a text file")
_SLIDES = Format("a presentation", "Copy the words into a text file")
_BOOK = Format("an e-book", "Copy the words into a text file")
_OLD_OFFICE = Format("a document of an old Office program", _SAVE_ANEW)
_OTHER_WRITER = Format("a document of another writing program", _SAVE_ANEW)
_LATEX = Format("a LaTeX file", "Make a PDF of it, and give that")
_XML = Format("an XML file", _SAVE_ANEW)
_ENCRYPTED = Format("an encrypted message", "Decrypt it first, and give its text")

_BEGINNINGS: dict[bytes, Format] = {
    b"{\\rtf": RICH_TEXT,
    **dict.fromkeys((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"8BPS"), _PICTURE),
    **dict.fromkeys((b"\xff\xfb", b"\xff\xf3", b"\x1aE\xdf\xa3"), _SOUND),
    **dict.fromkeys((b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"), _PROGRAM),
    **dict.fromkeys((b"\xce\xfa\xed\xfe", b"#!/", b"\0asm"), _PROGRAM),
    **dict.fromkeys((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!\x1a", b"\xfd7zXZ"), _PACKED),
    **dict.fromkeys((b"\x28\xb5\x2f\xfd", b"\x1f\x9d"), _PACKED),
    **dict.fromkeys((b"L\0\0\0\x01\x14\x02\0", b"book\0\0\0\0mark"), _SHORTCUT),
    **dict.fromkeys((b"\xffWPC", b"\x31\xbe\0\0"), _OTHER_WRITER),
    b"\xdb\xa5": _OLD_WORD,
    b"bplist0": Format("a web archive or a settings file of a Mac", _SAVE_ANEW),
    b"SQLite format 3\0": Format("a database", _TYPE_IT),
    b"%!PS-Adobe": Format("a PostScript file", "Make a PDF of it, and give that"),
}
_BEGINNINGS_OF_BINARIES: dict[bytes, Format] = {
    **dict.fromkeys((b"ID3", b"OggS", b"fLaC", b"FORM", b"caff", b"#!AMR"), _SOUND),
    **dict.fromkeys((b"BZh", b"xar!", b"MSCF"), _PACKED),
    **dict.fromkeys((b"MZ", b"dex\n"), _PROGRAM),
    b"BM": _PICTURE,
}
"""Beginnings that a text may have as well; but it has no NUL."""

_OLE = {
    "EncryptedPackage": _PROTECTED_WORD,
    "EncryptedSummary": _PROTECTED_WORD,
    "WordDocument": _OLD_WORD,
    "__substg1.0_": _MAIL,
    "Workbook": _SPREADSHEET,
    "PowerPoint Document": _SLIDES,
}
"""Streams of Microsoft's compound files, and what a file with one is, the surest first."""

_ZIPPED = {
    b"mimetypeapplication/vnd.oasis.opendocument.text": OPEN_DOCUMENT,
    b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet": _SPREADSHEET,
    b"mimetypeapplication/vnd.oasis.opendocument.presentation": _SLIDES,
    b"mimetypeapplication/epub": _BOOK,
    b"Index/Document.iwa": _PAGES,
    b"Index.zip": _PAGES,
    b"buildVersionHistory.plist": _PAGES,
    b"word/document": WORD,
    b"xl/workbook": _SPREADSHEET,
    b"ppt/presentation": _SLIDES,
    b"content.xml": OPEN_DOCUMENT,
}
"""What stands in a ZIP file, and what a file with it is, the surest first."""

_BOXES = {b"heic": _PICTURE, b"heix": _PICTURE, b"mif1": _PICTURE, b"avif": _PICTURE}

_MARK = re.compile(
    r"</?(?:html|head|body|p|br|div|span|font|h[1-6]|ul|ol|li|table|tr|td|blockquote|pre"
    r"|a|b|i|u|em|strong|small|center|hr|img|script|style)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_MAIL_HEADER = re.compile(
    r"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    r"(?:Message-ID|MIME-Version|Received|Return-Path|Delivered-To|X-Mailer):",
    re.IGNORECASE,
)
_HEADERS = re.compile(r"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
"""The lines above a message that a mail program saved as text."""

_XML_ROOT = re.compile(r"(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<([\w.:-]+)", re.DOTALL)
_FLAT = {"office:document": OPEN_DOCUMENT, "pkg:package": WORD, "svg": _PICTURE}
_HEAD = 4096
"""Characters that tell what a text is."""


def format_of(data: bytes) -> Format | None:
    """Return what a file is by its bytes; None where it may be a text."""
    begins = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    known = _BEGINNINGS | (_BEGINNINGS_OF_BINARIES if b"\0" in begins else {})
    kind = next((kind for start, kind in known.items() if begins.startswith(start)), None)
    if kind is None and b"%PDF-" in data[:1024]:
        return PDF
    return kind or _container(data)


def _container(data: bytes) -> Format | None:
    """Return what a file is that holds others of several kinds."""
    if data.startswith(b"PK") and data[2:4] in (b"\3\4", b"\5\6", b"\7\x08"):
        return next((kind for name, kind in _ZIPPED.items() if name in data), _ZIP)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        streams = ((name.encode("utf-16-le"), kind) for name, kind in _OLE.items())
        return next((kind for name, kind in streams if name in data), _OLD_OFFICE)
    if data[4:8] == b"ftyp":
        return _BOXES.get(data[8:12], _SOUND)
    if data.startswith(b"RIFF") and b"\0" in data[:_HEAD]:
        return _PICTURE if data[8:12] == b"WEBP" else _SOUND
    return None


def format_of_text(text: str) -> Format | None:
    """Return what a text is by its marks; None where it is plain text."""
    begins = text.lstrip("\ufeff \t\r\n\f")[:_HEAD]
    if begins.startswith("{") and re.search('docs\\.google\\.com|"doc_id"', begins):
        return _GOOGLE
    if begins.startswith("[InternetShortcut]") or "<key>URL</key>" in begins:
        return _SHORTCUT
    if _is_mail(begins):
        return _MAIL
    if begins.startswith("-----BEGIN PGP MESSAGE"):
        return _ENCRYPTED
    if begins.startswith(("\\documentclass", "\\begin{document}")):
        return _LATEX
    return _marked_up(text, begins)


def _is_mail(begins: str) -> bool:
    if _MAIL_HEADER.match(begins) or re.match(r"From \S+ .*\d\d:\d\d:\d\d", begins):
        return True
    headers = _HEADERS.match(begins)
    names = {line.partition(":")[0].lower() for line in headers[0].split("\n")} if headers else ()
    return {"from", "subject"} <= {*names} and not {"date", "sent"}.isdisjoint(names)


def _marked_up(text: str, begins: str) -> Format | None:
    root = _XML_ROOT.match(begins) if begins.startswith(("<?xml", "<!", "<svg")) else None
    if root and root[1].lower() not in ("html", "body", "head", "div", "p"):
        return _FLAT.get(root[1].lower(), _XML)
    if root is None and begins.startswith("<?xml"):
        return _XML
    return WEB_PAGE if root or begins[:9].lower() == "<!doctype" or _MARK.search(text) else None
