"""Rosters in the studio: every error at its cell, what it comes to, and the batch that it makes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest
from client_pages import open_pages

from cft_audio.application.batches.manifests import FILE
from cft_audio.application.jobs import FAILED, MADE, RUNNING, STOPPED, WAITING

if TYPE_CHECKING:
    from client_pages import Pages

NAMES = ("Xiomara", "Siobhan")
TWO = "code,name,practice\nK01,Xiomara,hello\nK02,Siobhan,hello\n"

HOSTILE = [
    b"",
    b"\x00" * 1000,
    b"PK\x03\x04" + b"\xff" * 500,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    b"code;name;practice\nK01;\x00;hello\n",
    b"code,name,practice\nCON,Sam,hello\n",
    b"code,name,practice\n../../x,Sam,hello\n",
    b"code,name,practice\nC:\\x,Sam,hello\n",
    b"code,name,practice\na.,Sam,hello\n",
    b"code,name,practice\nK01," + b"x" * 10_000 + b",hello\n",
    b"code,name,practice\nK01,{{ 7 * 7 }},helo\n",
    b"code,name,practice\nK01,<script>alert(1)</script>,nothing\n",
    b"code,name,practice,minutes\nK01,Sam,hello,46149\n",
    b"code,name,practice,minutes\nK01,Sam,hello,[breathe 999]\n",
    b"code,code,practice\nK01,K02,hello\n",
    b"code,name,practice\nK01,Sam,hello\nK01,Bea,hello\n",
    b"code,name,practice\nK01,,short\n",
    b"client,practice\nK99,hello\n",
    "code,name,practice\nK01,Zo\u00eb,nothing\n".encode("utf-16"),
    "code,name,practice\nK01,Zo\u00eb,nothing\n".encode("latin-1"),
    b"just a line of text",
    b'{"url": "https://docs.google.com"}',
    b"<html><body>no table</body></html>",
]


@pytest.mark.slow
def test_a_hostile_roster_is_told_of_and_nothing_is_kept_or_made(pages: Pages) -> None:
    names = ("../../r.xlsx", "r.yaml", "r.docx", "x" * 300)
    given = [("r.csv", content) for content in HOSTILE]
    given += [(name, content) for name in names for content in HOSTILE[1::7]]
    for name, content in given:
        text = pages.give(name, content, 422).text
        assert "<script>" not in text.partition("<main")[2]
        assert "data-focus" in text
    assert not list(pages.desk.folders.data.rglob("rosters/*"))
    assert not (pages.desk.folder / "out").exists()


def test_every_error_stands_at_its_cell_with_what_to_do(pages: Pages) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.append(["code", "name", "practice", "minutes", "bed"])
    sheet.append(["K01", "Xiomara", "hello", "often", "rain"])
    sheet.append(["K02", "Siobhan", "helo", 5, "rain"])
    content = io.BytesIO()
    book.save(content)
    text = pages.give("r.xlsx", content.getvalue(), 422).text
    rows = [
        re.findall("<td>(.*?)</td>", row) for row in re.findall("<tr>(.*?)</tr>", text, re.DOTALL)
    ]

    assert [row[:3] for row in rows[1:]] == [
        ["2", "minutes", "D2"],
        ["3", "practice", "C3"],
    ]
    assert all(row[3] and row[4] for row in rows[1:])
    assert "hello" in rows[2][4]


def test_what_was_agreed_to_stays_ticked_while_the_table_is_mended(pages: Pages) -> None:
    agreed = re.compile(r'name="sends" value="yes" checked')
    wrong = "code,name,practice\nK01,Sam,nothing\n"

    assert agreed.search(pages.give("r.csv", wrong, 422, sends="yes").text)
    assert agreed.search(pages.post("/clients/roster", {"sends": "yes"}, 422).text)
    assert not agreed.search(pages.give("r.csv", wrong, 422).text)


def test_no_cell_names_a_file(pages: Pages) -> None:
    (pages.desk.folder / "letter.txt").write_text("Dear me")
    for column, value in (
        ("bed", "/etc/passwd"),
        ("lexicon", "mine.toml"),
        ("letter", "letter.txt"),
        ("figure", "./figure.toml"),
        ("voice", "/x/voice.toml"),
        ("cover", "C:\\x.jpg"),
        ("practice", "./hello.md"),
    ):
        columns = {"code": "K01", "name": "Sam", "practice": "hello", column: value}
        content = f"{','.join(columns)}\n{','.join(columns.values())}\n"
        assert "no file is opened by its path" in pages.give("r.csv", content, 422).text


def test_a_letter_is_not_read_from_a_roster(pages: Pages) -> None:
    (pages.desk.folder / "letter.txt").write_text("Dear Zanzibar")
    rows = "code,name,practice,slot.letter\nK01,Sam,compassionate-letter-reading,letter.txt\n"
    text = pages.give("r.csv", rows, 422).text

    assert "cannot be read from a roster" in text
    assert "Zanzibar" not in text


def test_a_roster_that_is_too_large_is_refused(pages: Pages) -> None:
    assert "more than 5 MB" in pages.give("r.csv", b"x" * 5_000_001, 422).text


@pytest.mark.slow
def test_a_template_is_given_whose_examples_come_to_something(pages: Pages) -> None:
    for ending in ("xlsx", "csv", "yaml"):
        template = pages.browser.get(f"/clients/roster/template.{ending}")
        assert f"clients.{ending}" in template.headers["content-disposition"]
        assert "4 of 4 to make" in pages.give(f"clients.{ending}", template.content).text
    pages.get("/clients/roster/template.exe", 404)


def test_what_it_comes_to_is_shown_by_codes_and_kept_privately(pages: Pages) -> None:
    answer = pages.give("mine.csv", TWO)
    [kept] = (pages.desk.folders.data / "rosters").iterdir()

    assert "2 of 2 to make" in answer.text
    assert "K01/hello" in answer.text
    assert not any(name in answer.text for name in NAMES)
    assert kept.stat().st_mode & 0o77 == 0
    assert re.fullmatch(r"/clients/roster/[0-9a-f]{16}", answer.url.path)
    pages.post(f"{answer.url.path}/remove")
    assert not kept.exists()
    assert "was removed" in pages.get(answer.url.path, 422)


@pytest.mark.slow
def test_a_roster_is_made_by_the_queue_and_handed_over(pages: Pages) -> None:
    where = pages.give("mine.csv", TWO).url.path
    job = pages.browser.post(where, data={"sends": ""}, follow_redirects=False).headers["location"]
    told = pages.job_over(job)

    assert "2 of 2 are there" in told
    assert "made: it is new" in told
    assert not any(name in told for name in NAMES)
    assert "All are there" in pages.get(where)
    pages.post(f"{where}/hand-over", {"kind": "folder"})
    there = pages.desk.folder / "out" / "hand-over"
    assert sorted(p.name for p in there.iterdir()) == ["K01", "K02"]
    assert "Xiomara" in (there / "K01" / "letter.html").read_text()


@pytest.mark.slow
def test_a_row_that_fails_is_named_with_what_to_do_and_harms_no_other(pages: Pages) -> None:
    where = pages.give("mine.csv", TWO).url.path
    (pages.desk.folder / "out").mkdir()
    (pages.desk.folder / "out" / "K02").write_text("in the way")
    job = pages.browser.post(where, data={}, follow_redirects=False).headers["location"]
    told = pages.job_over(job)

    assert "1 of 2 are there, and 1 failed" in told
    assert "Failed: " in told
    handed = pages.post(f"{where}/hand-over", {"kind": "folder"}).text
    assert "nothing is handed over to K02 yet" in handed
    assert (pages.desk.folder / "out" / "hand-over" / "K01" / "letter.html").exists()


@pytest.mark.slow
def test_a_batch_that_was_interrupted_goes_on_when_the_studio_is_opened_again(
    pages: Pages,
) -> None:
    where = pages.give("mine.csv", TWO).url.path
    job = pages.browser.post(where, data={}, follow_redirects=False).headers["location"]
    pages.room.end()
    assert pages.room.queue.get(job.removeprefix("/jobs/")).state in (RUNNING, WAITING)

    again = open_pages(pages.desk)
    assert "2 of 2 are there" in again.job_over(job)
    again.room.end()


@pytest.mark.slow
def test_a_batch_whose_roster_was_removed_says_so(pages: Pages) -> None:
    where = pages.give("mine.csv", TWO).url.path
    job = pages.room.queue.add("batch", {"roster": "0" * 16, "sends": False}, "")

    assert "The copy of the roster was removed" in pages.job_over(f"/jobs/{job}")
    assert pages.room.queue.get(job).state == FAILED
    pages.get(where)


@pytest.mark.slow
def test_a_batch_is_stopped_and_leaves_nothing_half_made(pages: Pages) -> None:
    rows = "".join(f"K{n:02},Sam{n},hello\n" for n in range(30))
    where = pages.give("mine.csv", f"code,name,practice\n{rows}").url.path
    job = pages.browser.post(where, data={}, follow_redirects=False).headers["location"]
    pages.post(f"{job}/stop")
    pages.job_over(job)

    assert pages.room.queue.get(job.removeprefix("/jobs/")).state == STOPPED
    out = pages.desk.folder / "out"
    assert not [p for p in out.rglob("*") if p.name.startswith(".")]


@pytest.mark.slow
def test_a_batch_stops_when_somebody_is_forgotten_whom_its_roster_may_name(pages: Pages) -> None:
    client = pages.new("K7", "Xiomara")
    rows = "".join(f"K{n:02},Sam{n},hello\n" for n in range(30))
    where = pages.give("mine.csv", f"code,name,practice\n{rows}").url.path
    job = pages.browser.post(where, data={}, follow_redirects=False).headers["location"]
    pages.post(f"{client}/forget")

    assert pages.room.queue.get(job.removeprefix("/jobs/")).state == STOPPED
    assert "was removed" in pages.get(where, 422)


@pytest.mark.slow
def test_the_bytes_are_those_of_the_command(pages: Pages) -> None:
    from program_runs import Machine

    where = pages.give("mine.csv", TWO).url.path
    job = pages.browser.post(where, data={}, follow_redirects=False).headers["location"]
    pages.job_over(job)
    pages.post(f"{where}/hand-over", {"kind": "folder"})
    assert pages.room.queue.get(job.removeprefix("/jobs/")).state == MADE

    machine = Machine(pages.desk.folder, pages.desk.folder / "other")
    (pages.desk.folder / "mine.csv").write_text(TWO)
    machine.run("batch", "mine.csv", "-o", "theirs", "--hand-over", "folder", "-q")
    theirs, ours = pages.desk.files("theirs"), pages.desk.files()
    assert theirs.keys() == ours.keys()
    assert len(ours) >= 5
    assert [n for n in ours if ours[n] != theirs[n]] in ([], [FILE])
