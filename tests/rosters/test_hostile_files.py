"""A file that was made to harm, or is none of ours, is one sentence and costs next to nothing."""

from __future__ import annotations

import io
import os
import resource
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from excel_files import RELATIONS, ROWS, SHEET, STRINGS, WORKBOOK, write_excel
from roster_files import read, replace_part, texts, told

from cft_audio.errors import RosterError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGED = "this is a workbook that is damaged, or far larger than a roster"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_excel(tmp_path / "roster.xlsx")


def packed(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/"), data)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.csv", b"", "there is nothing in it"),
        ("a.yaml", b"", "there is nothing in it"),
        ("a.xlsx", b"", "this is no workbook, though its name says so"),
        ("a.xlsx", b"code,name\nK1,Sam\n", "this is no workbook, though its name says so"),
        ("a.xlsx", b"PK\3\4 cut off", "this is a ZIP file, and no table"),
        ("a.csv", b"\0" * 100, "its letters are saved in a way that cannot be read"),
        ("a.csv", "code,name".encode("utf-16-le"), "its letters are saved in a way"),
        ("a.csv", b"\x81code", "a letter or a sign in this line is saved in a way"),
        ("a.yaml", b"- code: \xe9", "a letter or a sign in this line is saved in a way"),
        ("a.csv", b"%PDF-1.7", "this is a PDF, and no table"),
        ("a.xlsx", packed(word__document=b"x"), "this is a Word document, and no table"),
        ("a.csv", b"<html><table>", "this is a web page or XML, whatever its name says"),
        ("a.xls", b"\xef\xbb\xbf <?xml version='1.0'?><Workbook/>", "this is a web page or XML"),
        ("a.gsheet", b'{"doc_id": "1"}', "this is no table, perhaps a link to one in Google"),
        ("a.xlsb", packed(**{"xl__workbook.bin": b"x"}), "a workbook of Excel's binary kind"),
        (
            "a.ods",
            b"PK\3\4" + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "this is an OpenDocument spreadsheet (.ods)",
        ),
        ("a.numbers", packed(Index__Tables__x=b"x"), "this is a Numbers spreadsheet"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "a workbook of the old kind (.xls)"),
        (
            "a.xlsx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "this is a workbook that is protected by a password",
        ),
        ("a.csv", bytes(range(256)) * 4, "a letter or a sign in this line is saved"),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_to_do(
    tmp_path: Path, name: str, data: bytes, fault: str
) -> None:
    (tmp_path / name).write_bytes(data)

    with pytest.raises(RosterError) as refused:
        read(tmp_path / name)
    [problem] = refused.value.problems

    assert fault in problem.message
    assert problem.remedy


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with (tmp_path / "sparse.csv").open("wb") as sparse:
        sparse.truncate(10 * 1024**3)
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")

    assert told(tmp_path) == ["this is a folder, not a file"]
    assert told(tmp_path / "roster.csv") == ["there is no such file"]
    assert told(tmp_path / ("a" * 10_000)) == ["there is no such file"]
    assert told(tmp_path / "pipe.csv") == ["this is a device, not a file"]
    assert told(tmp_path / "sparse.csv") == ["the file has more than 5 MB"]
    assert told(tmp_path / "gone.csv") == ["the file cannot be read: No such file or directory"]


def grown(part: str, more: bytes) -> Callable[[Path], None]:
    """Return what gives a workbook another ``part``."""

    def grow(path: Path) -> None:
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr(part, more)

    return grow


def changed(old: str, new: str, part: str = SHEET) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        def replace(xml: str) -> str:
            assert old in xml
            return xml.replace(old, new, 1)

        replace_part(path, part, replace)

    return change


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-300])


def with_false_sizes(path: Path) -> None:
    """Let the directory of the ZIP file say of each part that it is empty."""
    data = bytearray(path.read_bytes())
    at = -1
    while (at := data.find(b"PK\1\2", at + 1)) >= 0:
        data[at + 24 : at + 28] = bytes(4)
    path.write_bytes(data)


def locked(path: Path) -> None:
    """Let the ZIP file say of each part that it is encrypted."""
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    path.write_bytes(data)


def with_laughs(part: str) -> Callable[[Path], None]:
    """Return what lets a text of ``part`` unfold to a thousand million letters."""
    entities = "".join(
        f'<!ENTITY {new} "{f"&{old};" * 40}">' for old, new in zip("abcde", "bcdef", strict=True)
    )
    kind = f'<!DOCTYPE w [<!ENTITY a "ha">{entities}]>'

    def laugh(path: Path) -> None:
        changed("?>\n", f"?>\n{kind}", part)(path)
        changed("code" if part == STRINGS else "<v>10</v>", "<v>&f;</v>", part)(path)

    return laugh


ROW = '<row r="2" spans="1:4" x14ac:dyDescent="0.25">'


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (grown("xl/bomb.bin", bytes(60_000_000)), "it unpacks to more than 50 MB"),
        (cut, DAMAGED),
        (with_false_sizes, DAMAGED),
        (locked, DAMAGED),
        (changed("<sheetData>", "<sheetData>" + " " * 60_000_000), "it unpacks to more than 50"),
        (changed("<sheetData>", "<sheetData><c>" * 500_000), DAMAGED),
        (changed('r="C2"', 'r="AAAAAAA1"'), "something stands in AAAAAAA1, beyond the 20000 rows"),
        (changed('r="C2"', 'r="GS2"'), "something stands in GS2, beyond"),
        (changed(ROW, '<row r="99999999"><c r="A99999999"><v>1</v></c>'), "stands in A99999999"),
        (changed(ROW, '<row r="-7">'), DAMAGED),
        (changed(ROW, '<row r="1">'), DAMAGED),
        (changed("<v>4</v>", "<v>99</v>"), DAMAGED),
        (changed('"D2"', '"D2" s="999999999999"'), DAMAGED),
        (changed("<v>10</v>", f"<v>{'9' * 9999}</v>"), DAMAGED),
        (with_laughs(SHEET), DAMAGED),
        (with_laughs(STRINGS), DAMAGED),
        (changed("<sheets>", "<sheets/><s>", WORKBOOK), DAMAGED),
        (changed('Id="rId1"', 'Id="rId99"', RELATIONS), "there is no sheet in"),
        (changed("sheet1.xml", "sheet9.xml", RELATIONS), DAMAGED),
        (changed("worksheets/sheet1.xml", "../../../etc/passwd", RELATIONS), DAMAGED),
        (changed('ref="A1:D2"', 'ref="?"'), DAMAGED),
        (changed('ref="A1:D2"', 'ref="A1:XFD1048576"'), ""),
        (changed('ref="A1:D2"', 'ref="B2:B2"'), ""),
    ],
)
def test_a_spoilt_workbook_is_one_sentence_or_read_all_the_same(
    workbook: Path, spoil: Callable[[Path], None], fault: str
) -> None:
    spoil(workbook)
    begun, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)

    if fault:
        [message] = told(workbook)
        assert fault in message
    else:
        assert texts(read(workbook))[0]["name"] == "Sam"

    assert time.monotonic() - begun < 20
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime < 12


def test_a_workbook_with_thousands_of_parts_is_refused(workbook: Path) -> None:
    with zipfile.ZipFile(workbook, "a") as package:
        for number in range(2000):
            package.writestr(f"xl/{number}", b"")

    [message] = told(workbook)

    assert "it unpacks to more than" in message


def test_merged_cells_without_end_take_no_memory(workbook: Path) -> None:
    merges = '<mergeCell ref="A3:XFD1048576"/>' * 1000 + '<mergeCell ref="B2:B1048576"/>'
    write_excel(workbook, behind=f"<mergeCells>{merges}</mergeCells>")

    assert texts(read(workbook))[0]["name"] == "Sam"


def test_a_workbook_of_the_strict_edition_is_told_how_to_save(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match=r"of the strict kind\. In Excel: File, Save As"):
        read(write_excel(tmp_path / "roster.xlsx", strict=True))


@pytest.mark.slow
def test_as_many_rows_as_there_may_be_are_read(tmp_path: Path) -> None:
    head, _, row = ROWS.partition('<row r="2"')
    rows = "".join(f'<row r="{n}"' + row.replace('2" t', f'{n}" t') for n in range(2, 20_001))
    rows = rows.replace("D2", "")
    path = write_excel(tmp_path / "roster.xlsx", head + rows.replace(' r=""', ""))

    assert len(read(path).rows) == 19_999


def test_yaml_that_writes_itself_out_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roster.yaml"
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]" for n in range(8)]
    path.write_text("\n".join([*lines, "clients: *a8"]))
    begun = time.process_time()

    [message] = told(path)

    assert "its aliases (*) written out" in message
    assert time.process_time() - begun < 10


def test_a_name_from_a_file_cannot_act_on_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("code,\x1b[2J,na\u202eme,minut\nK1,a,b,c\n")

    with pytest.raises(RosterError) as refused:
        read(path).check()

    assert "\x1b" not in str(refused.value)
    assert "\u202e" not in str(refused.value)
