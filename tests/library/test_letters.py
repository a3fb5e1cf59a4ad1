"""Letters are read from what people write them with, or refused in words that help."""

from __future__ import annotations

import io
import resource
import time
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import letter_files as files
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_files import PARAGRAPHS, run, words

from cft_audio.errors import RequestError
from cft_audio.library.letters import letter_of, read_letter

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = "\n\n".join(PARAGRAPHS)
WORD = files.word("".join(map(words, PARAGRAPHS)))
OPEN_DOCUMENT = files.open_document("".join(f"<text:p>{text}</text:p>" for text in PARAGRAPHS))
RICH_TEXT = files.rich_text("\\\n\\\n".join(PARAGRAPHS))
HTML = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
PDF = files.pdf([PARAGRAPHS[0], "", PARAGRAPHS[1], "", PARAGRAPHS[2]])


SHOWN = '<w:vanish w:val="0"/>'


def paragraphs(content: bytes) -> list[str]:
    return letter_of(content, "letter").text.split("\n\n")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (WORD, "a Word document"),
        (files.word("".join(map(words, PARAGRAPHS)), strict=True), "a Word document"),
        (OPEN_DOCUMENT, "an OpenDocument text"),
        (RICH_TEXT, "a rich text document (RTF)"),
        (b"\r\n" + RICH_TEXT + b"\0", "a rich text document (RTF)"),
        (f"<!DOCTYPE html><html><body>{HTML}</body></html>".encode(), "a web page"),
        (f'<?xml version="1.0" encoding="UTF-8"?><html>{HTML}</html>'.encode(), "a web page"),
        (HTML.encode("utf-16"), "a web page"),
        (PDF, "a PDF"),
        (PLAIN.encode(), "plain text"),
        (PLAIN.encode("utf-8-sig"), "plain text"),
        (PLAIN.encode("utf-16"), "plain text"),
        (PLAIN.encode("utf-32"), "plain text"),
        (PLAIN.encode("utf-16-le"), "plain text (taken for UTF-16)"),
        (PLAIN.encode("utf-16-be"), "plain text (taken for UTF-16)"),
        (PLAIN.encode("utf-32-le"), "plain text (taken for UTF-32)"),
        (PLAIN.replace("\n", "\r\n").encode(), "plain text"),
        (PLAIN.replace("\n", "\r").encode(), "plain text"),
    ],
)
def test_a_letter_is_the_same_whatever_it_was_written_with(content: bytes, kind: str) -> None:
    letter = letter_of(content, "letter.txt")

    assert letter.text.split("\n\n") == PARAGRAPHS
    assert letter.kind == kind


def test_a_letter_is_read_though_its_reader_was_never_compiled_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by whoever installs with a tool that compiles nothing; it takes longer than reading."""
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    letter_of(WORD, "letter.docx")  # which compiles all the rest

    assert letter_of(PDF, "letter.pdf").kind == "a PDF"


def test_a_word_document_is_read_as_it_is_seen() -> None:
    box = f"<w:txbxContent>{words('A box.')}</w:txbxContent>"
    body = (
        words("Hello ")
        + f"<w:p><w:ins>{run('You came')}</w:ins>"
        + "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        + f"<w:r><w:tab/></w:r>{run('back.')}{run('hidden', '<w:vanish/>')}"
        + f"{run(' Truly.', SHOWN)}<w:r><w:commentReference/></w:r></w:p>"
        + f"<w:tbl><w:tr><w:tc>{words('One.')}</w:tc><w:tc>{words('Two.')}</w:tc></w:tr></w:tbl>"
        + f"<w:sdt><w:sdtContent>{words('Filled in.')}</w:sdtContent></w:sdt>"
        + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        + f"<w:sdtContent>{words('Click here.')}</w:sdtContent></w:sdt>"
        + f"<w:p><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        + f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:p>"
        + f"<w:p><w:moveFrom>{run('moved')}</w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>"
        + f"{run('A well')}<w:r><w:noBreakHyphen/></w:r>{run('known')}<w:r><w:br/></w:r>"
        + f"{run('line.')}</w:p>"
        + f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('It runs ')}</w:p>{words('on.')}"
    )

    assert paragraphs(files.word(body)) == [
        *("Hello", "You came back. Truly.", "One.", "Two.", "Filled in.", "A box."),
        *("A well-known line.", "It runs on."),
    ]


def test_an_open_document_is_read_as_it_is_seen() -> None:
    hidden = (
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    )
    body = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        '<text:h>Dear<text:s text:c="3"/>Sam</text:h>'
        "<text:p>You<text:tab/>came<text:line-break/>back."
        "<office:annotation><text:p>a comment</text:p></office:annotation>"
        '<text:span text:style-name="H">hidden</text:span>'
        "<text:note><text:note-citation>1</text:note-citation></text:note> Truly.</text:p>"
        '<text:section text:display="none"><text:p>not shown</text:p></text:section>'
        "<text:list><text:list-item><text:p>One.</text:p></text:list-item></text:list>"
    )

    assert paragraphs(files.open_document(body, hidden)) == [
        *("Dear Sam", "You came back. Truly.", "One."),
    ]


def test_rich_text_is_read_as_it_is_seen() -> None:
    body = (
        r"You\'92re not \uc0\u8220 alone\u8221 . \{So\} it is \u55357 \u56843 ." + "\\\n"
        r"{\listtext	\'95	}A list.\par {\v hidden}{\*\annotation no}{\deleted gone}"
        r"{\pict\wmetafile8 " + "0a1b" * 200 + r"}"
        r'{\field{\*\fldinst{HYPERLINK "http://a.example"}}{\fldrslt here}}'
        r" and \v not \v0 there{\footnote below}.\par A\cell B\cell\row"
    )

    assert paragraphs(files.rich_text(body)) == [
        *("You’re not “alone”. {So} it is 😋.", "A list.", "here and there.", "A", "B"),
    ]


def test_a_web_page_is_read_as_a_browser_shows_it() -> None:
    page = (
        "<html><head><title>T</title><style>.x, #y{display: none} p{color:red}"
        "@media print{.z{display:none}}</style></head><body><p class=z>Dear <b>S</b>am &amp; Ben,"
        "<!-- c --> hi<script>1</script></p><p class='a x'>no</p><p id=y>no</p>"
        "<div style='DISPLAY : none'>no</div><p hidden>no</p><template>no</template>"
        "You\nare<br>Kind.<ul><li>One<li>Two</ul><table><tr><td>A<td>B</table>"
        "<del>gone</del><ins>new</ins></body></html>"
    )

    assert paragraphs(page.encode()) == [
        *("Dear Sam & Ben, hi", "You are. Kind.", "One", "Two", "A", "B", "new"),
    ]
    latin = b"<meta charset=iso-8859-1><p>Zo\xeb"
    assert paragraphs(latin) == ["Zoë"]


def test_a_few_marks_make_no_page_of_a_plain_text() -> None:
    assert paragraphs(b"Dear Sam,\n\nyou are <b>kind</b>.\n\nI <3 you") == [
        *("Dear Sam,", "you are kind.", "I <3 you"),
    ]
    assert letter_of(b"Rest < than 3. I <3 you.", "l").kind == "plain text"
    assert paragraphs(b"# For Sam\n\n**You** are _kind_.\n=====\n- one\n- two\n\n> quoted") == [
        *("For Sam", "You are kind. one, two", "quoted"),
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("---\ntitle: Mine\ntags:\n  - kind\n---\n\nDear Sam", ["Dear Sam"]),
        ("Dear Sam,\n\n<!-- for\nme -->\n\nHi", ["Dear Sam,", "Hi"]),
        ("[here](https://a.example/b_(c)) and ![a lake](l.png)[there][1]", ["here and there"]),
        ("So it is.[^1]\n\n[^1]: In a book.\n[1]: https://a.example", ["So it is."]),
        ("~~Not~~ ==this== `now`\n```\nHi\n```", ["Not this now", "Hi"]),
        ("| a | b |\n|---|:-:|\n| c | d |", ["a", "b", "c", "d"]),
        (
            "Sam &amp; Ben&#8217;s caf&eacute; &c; it &quot is&quot;",
            ['Sam & Ben’s café &c; it &quot is"'],
        ),
        (r"1\. He said \[so\]", ["1. He said [so]"]),
        ("[b]You[/b] are [url=https://a.example]here[/url]", ["You are here"]),
        ("I <!-- never ended, [so] (it) is said", ["I <!-- never ended, [so] (it) is said"]),
        ("A [pause] is - well - a_b, 2 * 3 * 4", ["A [pause] is - well - a_b, 2 * 3 * 4"]),
    ],
)
def test_marks_that_a_page_does_not_show_are_not_read(text: str, read: list[str]) -> None:
    assert paragraphs(text.encode()) == read
    assert paragraphs(text.replace("\n", "\r\n").encode()) == read


@pytest.mark.parametrize(
    "mark", [" \t", "<!--", "[", "[a](", "|", "- | ", "~~a ", "`", "---\n-a: b\n"]
)
def test_no_run_of_marks_takes_long(mark: str) -> None:
    began = time.process_time()
    letter_of(b"Dear Sam\n" + mark.encode() * (60_000 // len(mark)), "letter")

    assert time.process_time() - began < 1


def test_lines_of_a_pdf_are_joined_and_its_page_numbers_are_left_out() -> None:
    first = "It has been a hard week for you, and I was with you in thought."
    second = "This is the second page that I write, and there is still more to"
    pages = [
        [first, "You are com-", "pletely right as you are.", "", "I am well-", "known for it."],
        [second, "tell. There are days, as you know, on which I think of nothing"],
        ["but you.", "", "Anna"],
    ]
    read = paragraphs(files.pdf(*pages, top="For Sam, page #", bottom="- # -"))

    assert read == [
        f"{first} You are completely right as you are.",
        f"I am well-known for it. {second} {pages[1][1]} but you.",
        "Anna",
    ]


@pytest.mark.parametrize(
    ("text", "encoding", "kind"),
    [
        ("You’re “kind” – truly… €5", "cp1252", "Windows text"),
        ("Zoë, garçon, créée, Noël", "cp1252", "Windows text"),
        ("Émilie ½", "cp1252", "Windows text"),
        ("You’re “kind” – truly…", "mac_roman", "old Mac text"),
        ("Zoë’s garçon, créée, naïve", "mac_roman", "old Mac text"),
        ("Привет, мой друг", "utf-16-le", "UTF-16"),
        ("日本語の手紙です。\n\nまた。", "utf-16-be", "UTF-16"),
    ],
)
def test_an_encoding_that_nobody_named_is_told_by_what_it_gives(
    text: str, encoding: str, kind: str
) -> None:
    letter = letter_of(text.encode(encoding), "letter.txt")

    assert letter.text == text
    assert letter.kind == f"plain text (taken for {kind})"


@pytest.mark.parametrize(
    "content",
    [
        "Привет, мой друг".encode("cp1251"),
        "Ελένη μου".encode("cp1253"),
        "Cześć, jesteś ważna".encode("cp1250"),
        "日本語の手紙".encode("shift_jis"),
        "Zoë is here".encode() + b" \x92",
    ],
)
def test_an_encoding_that_cannot_be_told_is_not_guessed(content: bytes) -> None:
    with pytest.raises(
        RequestError, match=r"in line 3 .*In Notepad: File, Save as, Encoding: UTF-8"
    ):
        letter_of(b"Dear\r\n\r\n" + content, "letter.txt")


E = "utf-16-le"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (files.OLE + "EncryptedPackage".encode(E), "protected by a password.*Open it in Word"),
        (files.OLE + "WordDocument".encode(E), r"of the old kind \(\.doc\).*save it as a Word doc"),
        (files.OLE + "__substg1.0_0037001F".encode(E), "an e-mail message"),
        (files.OLE + "Workbook".encode(E), "a spreadsheet"),
        (files.OLE, "an old Office program"),
        (files.open_document("", manifest="<encryption-data/>"), "protected by a password"),
        (files.zipped({"Index/Document.iwa": "x"}), "a Pages document.*Export To, Word"),
        (files.zipped({"xl/workbook.xml": "x"}), "a spreadsheet"),
        (files.zipped({"ppt/presentation.xml": "x"}), "a presentation"),
        (files.zipped({"letter.txt": "Dear Sam"}), "a ZIP file.*Unpack it first"),
        (files.zipped({}), "a ZIP file"),
        (b"\x1f\x8b\x08\0", "a packed file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\0\0\0\x18ftypheic", "a picture"),
        (b"RIFF\0\0\0\0WEBP", "a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>hi</text></svg>", "a picture"),
        (b"RIFF\0\0\0\0WAVE", "a sound or video file"),
        (b"ID3\4\0", "a sound or video file"),
        (b"MZ\x90\0", "a program"),
        (b"\x7fELF", "a program"),
        (b"#!/bin/sh\necho hello", "a program"),
        (b"From: Anna <a@b.example>\r\nMIME-Version: 1.0\r\n\r\nDear Sam", "an e-mail message"),
        (b"Received: by x\r\n\tid 3\r\nSubject: y\r\n\r\nDear Sam", "an e-mail message"),
        (b"From: A\nTo: B\nDate: today\nSubject: y\n\nDear Sam", "an e-mail message"),
        (b"-----BEGIN PGP MESSAGE-----\n\nhQ", "an encrypted message"),
        (b'{"":"WARNING! DO NOT EDIT","doc_id":"1a"}', "only a link to a Google document"),
        (b'{"url": "https://docs.google.com/open?id=1a"}', "only a link to a Google document"),
        (b"[InternetShortcut]\r\nURL=https://a.example", "only a link"),
        (b"<?xml version='1.0'?><note>hi</note>", "an XML file"),
        (b"<?xml version='1.0'?><?a b?><w:wordDocument><w:t>hi</w:t>", "an XML file"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>hi</a>", "an XML file"),
        (b"\\documentclass{letter}", "a LaTeX file"),
        (files.pdf([]), r"pictures of pages \(a scan\).*text recognition"),
        (b"\0" * 100, "data of some program"),
        (bytes(range(256)), "data of some program"),
        (WORD[:-30], "damaged, or only a part"),
        (OPEN_DOCUMENT[:200], "damaged, or only a part"),
        (RICH_TEXT[:-9], "damaged, or only a part"),
        (PDF[:300], "damaged, or only a part"),
        (files.zipped({"word/document.xml": "<w:document"}), "damaged, or only a part"),
        (files.zipped({"word/document.xml": "<a/>"}), "damaged, or only a part"),
        (b"", "there is nothing in it"),
        (b" \r\n ...\n", "there is nothing in it"),
        (files.word(""), "there is nothing in it"),
        (b"x" * 400_001, "far larger than a letter"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_that_help(content: bytes, words: str) -> None:
    with pytest.raises(RequestError, match=words) as refused:
        letter_of(content, "letter")

    assert refused.value.field == "letter"
    assert refused.value.remedy


def test_a_pdf_with_a_password_is_refused_and_one_that_only_may_not_be_printed_is_read() -> None:
    from pypdf import PdfReader, PdfWriter

    for password, opens in (("secret", False), ("", True)):
        writer, content = PdfWriter(PdfReader(io.BytesIO(PDF))), io.BytesIO()
        writer.encrypt(password, "owner", algorithm="RC4-128")
        writer.write(content)
        if opens:
            assert paragraphs(content.getvalue()) == PARAGRAPHS
        else:
            with pytest.raises(RequestError, match="a PDF that is protected by a password"):
                paragraphs(content.getvalue())


def test_a_letter_that_begins_like_another_kind_of_file_is_still_a_letter() -> None:
    for begin in (
        "BMW and I",
        "FORM of words",
        "MZ",
        "To: Sam\nFrom: Mum\nDate: now",
        "{So} it",
        "<3",
    ):
        assert letter_of(f"{begin}\n\nyou are kind".encode(), "l").kind == "plain text"


def _packed_pdf(operators: bytes) -> bytes:
    content = zlib.compress(operators, 9)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
    begin, rest = files.pdf(["x"]).split(b"4 0 obj\n", 1)
    after = rest.split(b"endobj", 1)[1]
    return begin + b"4 0 obj\n" + stream % (len(content), content) + b"\nendobj" + after


HOSTILE = {
    "a document that unpacks to 300 MB": lambda: files.word(words("x" * 300_000_000)),
    "entities that multiply": lambda: files.word(
        words("&a;"),
        '<!DOCTYPE d [<!ENTITY z "ha"><!ENTITY y "' + "&z;" * 999 + '"><!ENTITY a "&y;&y;">]>',
    ),
    "an entity that is a file": lambda: files.word(
        words("&a;"), '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ),
    "elements inside each other": lambda: files.word("<w:sdt>" * 100_000),
    "too many paragraphs": lambda: files.word(words("a") * 150_000),
    "too many files": lambda: b"PK\3\4word/document.xml" + b"PK\1\2" * 9_999,
    "braces inside each other": lambda: b"{\\rtf1 " + b"{" * 1_000_000 + b"}",
    "links that do not end": lambda: b"{\\rtf1 " + b"{\\field{\\*\\fldinst{" * 60_000 + b"}",
    "elements of a page that do not end": lambda: b"<p>" + b"<div>" * 500_000,
    "a page of a PDF that unpacks to 400 MB": lambda: _packed_pdf(b"(a) Tj " * 60_000_000),
    "a page of a PDF with too much on it": lambda: _packed_pdf(
        b"BT /F1 12 Tf 1 0 0 1 5 5 Tm (a) Tj ET " * 200_000
    ),
    "a PDF of pieces": lambda: b"%PDF-1.7\n" + b"1 0 obj << >> endobj\n" * 500_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_at_once(name: str) -> None:
    content = HOSTILE[name]()
    began = _processor_s()
    with pytest.raises(RequestError):
        letter_of(content, "letter")

    assert _processor_s() - began < 2


def _processor_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime + time.process_time()


def test_a_letter_tells_nothing_of_itself_to_a_log() -> None:
    assert repr(letter_of(WORD, "to my sister.docx")) == "Letter(kind='a Word document')"


def test_nothing_of_a_letter_reaches_a_terminal_raw() -> None:
    letter = letter_of(files.rich_text(r"Dear\'1b[31m Sam\u8238 \u173 "), "a\x1b[31m\a.rtf")

    assert (letter.file, letter.text) == ("a[31m.rtf", "Dear[31m Sam")


@pytest.mark.slow
@given(
    st.sampled_from([WORD, OPEN_DOCUMENT, RICH_TEXT, PDF, HTML.encode(), PLAIN.encode("utf-16")]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=4)), max_size=6),
    st.floats(0.5, 1),
)
@settings(max_examples=40, derandomize=True)
def test_a_letter_that_was_changed_anywhere_is_read_or_refused(
    content: bytes, changes: list[tuple[float, bytes]], kept: float
) -> None:
    changed = bytearray(content[: int(kept * len(content))])
    for place, new in changes:
        at = int(place * len(changed))
        changed[at : at + len(new)] = new
    with suppress(RequestError):
        assert letter_of(bytes(changed), "letter").words


def test_what_is_no_file_is_refused_as_what_it_is(tmp_path: Path) -> None:
    for name, told in (("a", "this is a folder"), ("a.pages", "Pages"), ("a.rtfd", "TXT.rtf")):
        (tmp_path / name).mkdir()
        with pytest.raises(RequestError, match=told):
            read_letter(tmp_path / name)
    for gone in ("gone.txt", "x" * 300):
        with pytest.raises(RequestError, match="there is no file"):
            read_letter(tmp_path / gone)
