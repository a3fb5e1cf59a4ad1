"""Whatever is sent to a page is text: nothing of it runs, is opened, is lost, or breaks a page."""

from __future__ import annotations

import html
import io
import re
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from own_pages import errors_of, fields_of, folders_in, keep_script, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from httpx2 import Response
    from starlette.testclient import TestClient

    from cft_audio.files.folders import Folders

pytestmark = pytest.mark.slow

MARK = "Zx9"
"""What is looked for in pages: it stands in every payload that is markup."""

MARKUP = (
    f"<script>alert('{MARK}')</script>",
    f'"><img src=x onerror=alert("{MARK}")>',
    f"' onfocus='{MARK}' autofocus='",
    f"</textarea><b>{MARK}</b>",
    f"</title><svg/onload={MARK}>",
    f"{{{{ 7 * 7 }}}}{MARK}{{% for a in range(9) %}}",
    f"&lt;{MARK}&gt;&amp;",
    f"[breathe 999]{MARK}[pause 9h]",
    f"> {MARK}\n## {MARK}\n---",
    f"javascript:{MARK}",
)
ODD = (
    "\x00",
    "Sam\x07\x1b[31m",
    "\u202eSam\u2066",
    "\ufeff",
    "S" * 100_000,
    "a\nb\rc",
    "e\u0301" * 400,
    "-1",
    "nan",
    "1e999",
    "\uff11\uff10",
    "0x10",
    "../../etc/passwd",
    "C:\\con.txt",
    "/dev/zero",
    "~/.ssh/id_rsa",
    "file:///etc/passwd",
    "%2e%2e%2f",
    "$(id)`id`;id",
    "=1+1|cmd",
)
PAYLOADS = (*MARKUP, *ODD)

FIELDS = ("name", "minutes", "first_words", "avoid", "pronounce", "pattern", "title", "comment")
ADDRESSES = (
    *("/make/{}", "/make/{}/hear/name", "/make/{}/line/x", "/jobs/{}", "/recordings/{}"),
    *("/recordings/{}/audio", "/clients/{}", "/clients/roster/{}", "/scripts/{}"),
    *("/voices/{}/hear", "/voices/own/{}", "/static/{}/studio.css"),
)
IDS = (
    *("../../../etc/passwd", "%2e%2e%2f%2e%2e", "0" * 17, "0" * 16, "ABCDEF0123456789"),
    *("\u0660" * 16, "x" * 8_000, f"<b>{MARK}</b>", "con", "a\x00b"),
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, warm_clips: Path) -> Folders:
    known = folders_in(tmp_path_factory.mktemp("home"), warm_clips)
    keep_script(known)
    return known


@pytest.fixture(scope="module")
def studio(folders: Folders) -> Iterator[TestClient]:
    with opened(folders) as browser:
        yield browser


@pytest.fixture(scope="module")
def draft(studio: TestClient) -> str:
    begun = studio.post("/begin", data={"practice": "soothing-rhythm-breathing"})
    return str(begun.url.path)


@pytest.fixture(scope="module")
def line(studio: TestClient) -> str:
    begun = studio.post("/begin", data={"practice": "loving-kindness"})
    found = re.search(r"/line/[\w-]+", begun.text)
    assert found
    return f"{begun.url.path}{found[0]}"


class Marks(HTMLParser):
    """Finds what of a payload became markup: elements, attributes, and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""

    def handle_starttag(  # noqa: D102 -- as of its parent
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        self._inside = tag
        self.found += [name for name, _ in attrs if name.startswith("on") or name == "autofocus"]
        named = {name: value or "" for name, value in attrs}
        for name in ("href", "src", "action"):
            if named.get(name, "").lower().startswith(("javascript:", "data:text")):
                self.found.append(named[name])

    def handle_data(self, data: str) -> None:  # noqa: D102 -- as of its parent
        if self._inside in {"script", "style", "b", "svg"} and MARK in data:
            self.found.append(data)


def is_harmless(answer: Response) -> None:
    """Check that an answer is no fault of the program, and holds no markup but the studio's."""
    assert answer.status_code < 500, answer.text
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html"):
        marks = Marks()
        marks.feed(answer.text)
        assert marks.found == []
    assert "Traceback" not in answer.text
    assert "root:" not in answer.text


def kept_text(page: str, name: str) -> str:
    """Return what a page has in a field."""
    told = re.search(rf'<input[^>]* name="{name}" value="([^"]*)"', page)
    area = rf'<textarea[^>]* name="{name}"[^>]*>\n(.*?)</textarea>'
    told = told or re.search(area, page, re.DOTALL)
    assert told, name
    return html.unescape(told[1])


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
@pytest.mark.parametrize("field", FIELDS)
def test_a_field_of_a_session_is_text(
    studio: TestClient, draft: str, field: str, payload: str
) -> None:
    told = studio.post(draft, data={field: payload}, headers={"accept": "application/json"})

    is_harmless(told)
    assert told.status_code == 200
    marks = Marks()
    marks.feed(told.json()["session"])
    assert marks.found == []
    for error in told.json()["errors"].values():
        assert "Traceback" not in error
        assert error[-1] in ".?!"


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_what_was_typed_stands_on_the_page_again(
    studio: TestClient, draft: str, payload: str
) -> None:
    page = studio.post(draft, data={"comment": payload, "minutes": "many"})

    is_harmless(page)
    assert page.status_code == 422
    expected = payload.replace("\r\n", "\n").strip()
    assert kept_text(page.text, "comment") == expected
    assert 'aria-invalid="true"' in page.text
    assert any("'many'" in error for error in errors_of(page.text))


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_every_other_form_takes_it_as_text(
    studio: TestClient, folders: Folders, line: str, payload: str
) -> None:
    before = sorted(path for path in folders.data.parent.parent.iterdir())
    for address, fields in (
        ("/choose", {"hard": payload, "minutes": payload, "practised": payload}),
        ("/begin", {"practice": payload}),
        (line, {"longer": payload, "word": payload, "sound": payload}),
        ("/clients/new", {"code": payload, "name": payload}),
        ("/clients/unlock", {"passphrase": payload}),
        ("/scripts", {"practice": payload, "technique": payload}),
        ("/scripts/short-rest/copy", {"practice": payload}),
        ("/voices", {"do": payload, "voice": payload}),
        ("/voices/own", {"practice": payload, "minutes": payload, "voice": payload}),
    ):
        is_harmless(studio.post(address, data=fields))
    assert sorted(path for path in folders.data.parent.parent.iterdir()) == before


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_script_is_kept_checked_and_shown_as_text(
    studio: TestClient, folders: Folders, payload: str
) -> None:
    script = keep_script(folders)
    edit = studio.get("/scripts/short-rest/edit").text
    text = script.read_text(encoding="utf-8") + payload
    for do in ("check", "save"):
        is_harmless(
            studio.post("/scripts/short-rest/edit", data=fields_of(edit) | {"do": do, "text": text})
        )
    is_harmless(studio.get("/scripts/short-rest"))
    is_harmless(studio.get("/scripts"))
    keep_script(folders)


@pytest.mark.parametrize("identity", IDS, ids=range(len(IDS)))
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_nobody_gave_leads_nowhere(
    studio: TestClient, address: str, identity: str
) -> None:
    answer = studio.get(address.format(quote(identity, safe="%")))

    is_harmless(answer)
    assert answer.status_code in {404, 422} or answer.history


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"name": "Sam"}'),
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nnothing"),
        ("application/x-www-form-urlencoded", b"\xff=\xfe&name=%ff%fe&=&&;"),
        ("application/x-www-form-urlencoded", b"&".join(b"name=a" for _ in range(2000))),
        ("text/plain", b"name=Sam"),
    ],
)
def test_a_form_that_is_none_is_refused_or_changes_nothing(
    studio: TestClient, draft: str, kind: str, body: bytes
) -> None:
    for address in (draft, "/choose", "/clients/new", "/voices/own"):
        is_harmless(studio.post(address, content=body, headers={"content-type": kind}))


def bomb(name: str) -> bytes:
    """Return a small ZIP of which a part is 100 MB."""
    packed, deflated = io.BytesIO(), zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(packed, "w", deflated) as file, file.open(name, "w") as part:
        for _ in range(100):
            part.write(bytes(1_000_000))
    return packed.getvalue()


LETTERS = {
    "large.txt": b"word " * 2_000_000,
    "empty.txt": b"",
    "really.docx": b"just words",
    "bomb.docx": bomb("word/document.xml"),
    "sheet.txt": bomb("xl/workbook.xml"),
    "nothing.pdf": b"%PDF-1.7\n%%EOF",
    f"../../{MARK}<b>.txt": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("name", LETTERS)
def test_a_file_that_is_no_letter_says_so(studio: TestClient, name: str) -> None:
    begun = studio.post("/begin", data={"practice": "compassionate-letter-reading"})
    answer = studio.post(f"{begun.url.path}/letter", files={"file": (name, LETTERS[name])})

    is_harmless(answer)
    if answer.status_code == 422:
        assert errors_of(answer.text)
        assert "data-focus" in answer.text


@pytest.mark.parametrize("name", [*LETTERS, "bomb.xlsx", "faulty.yaml"])
def test_a_file_that_is_no_roster_says_so(studio: TestClient, name: str) -> None:
    content = LETTERS.get(name) or (bomb("xl/workbook.xml") if "xlsx" in name else b"- [{}: &a *a")
    answer = studio.post("/clients/roster", files={"roster": (name, content)})

    is_harmless(answer)
    assert answer.status_code in {413, 422}


def test_there_are_three_hundred_of_them() -> None:
    sessions = len(FIELDS) * len(PAYLOADS)

    assert sessions + 3 * len(PAYLOADS) + len(ADDRESSES) * len(IDS) >= 300
