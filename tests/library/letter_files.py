"""Letters as people's programs write them, made here byte by byte."""

from __future__ import annotations

import io
import re
import zipfile

PARAGRAPHS = ["Dear Sam,", "None of it was your fault.", "With love, Anna"]

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of Microsoft's older kind begins."""


def zipped(files: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(name, text, kind)
    return content.getvalue()


def word(body: str, before: str = "", *, strict: bool = False) -> bytes:
    """Return a Word document with ``body`` in it, and ``before`` before all of its XML."""
    names = f'xmlns:w="{_STRICT if strict else _WORD}" xmlns:mc="{_COMPATIBLE}"'
    document = f"{before}<w:document {names}><w:body>{body}</w:body></w:document>"
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def words(text: str) -> str:
    """Return a paragraph of Word's."""
    return f"<w:p><w:pPr><w:jc/></w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def open_document(body: str, styles: str = "", manifest: str = "<m/>") -> bytes:
    names = " ".join(f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "text", "style"))
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def rich_text(body: str) -> bytes:
    """Return an RTF document as TextEdit on a Mac writes it."""
    head = (
        r"{\rtf1\ansi\ansicpg1252\cocoartf2709" + "\n"
        r"\cocoatextscaling0\cocoaplatform0{\fonttbl\f0\fswiss\fcharset0 Helvetica;}" + "\n"
        r"{\colortbl;\red255\green255\blue255;}" + "\n"
        r"{\*\expandedcolortbl;;}" + "\n"
        r"\margl1440\margr1440\vieww11520\viewh8400\viewkind0" + "\n"
        r"\pard\tx720\pardirnatural\partightenfactor0" + "\n\n"
        r"\f0\fs24 \cf0 "
    )
    return f"{head}{body}}}".encode("ascii")


def pdf(*pages: list[str], top: str = "", bottom: str = "") -> bytes:
    """Return a PDF of pages of lines, an empty line as a wider gap, with what each has at its ends.

    In ``top`` and ``bottom``, a ``#`` is the number of the page.
    """
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    leaves = []
    for number, lines in enumerate(pages, start=1):
        ends = ((810, top), (40, bottom))
        placed = [(y, text.replace("#", str(number))) for y, text in ends if text]
        placed += [(760 - 14 * row, text) for row, text in enumerate(lines) if text]
        drawn = b"".join(_drawn(y, text) for y, text in placed)
        content = b"BT /F1 12 Tf\n%sET" % drawn
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        leaves.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(leaves), b" ".join(leaves))
    return _as_pdf(objects)


def _drawn(y: int, text: str) -> bytes:
    escaped = re.sub(rb"([\\()])", rb"\\\1", text.encode("cp1252"))
    return b"1 0 0 1 72 %d Tm (%s) Tj\n" % (y, escaped)


def _as_pdf(objects: list[bytes]) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, b"".join(places))
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return content + table + end % (len(objects) + 1, len(content))
