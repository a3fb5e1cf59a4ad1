"""Clients in the studio: kept, changed, handed over, locked and forgotten, by nobody's name."""

from __future__ import annotations

import html
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from cft_audio.application.clients.kept import kept_client
from cft_audio.application.drafts import SessionDraft
from cft_audio.application.jobs import MADE
from cft_audio.people.clients.sealing import is_closed

if TYPE_CHECKING:
    from client_pages import Pages

NAME, SOUND, NOTE = "Xiomara", "see-oh-MAR-ah", "Panicked at Zanzibar"
PASSPHRASE = "correct horse battery"  # noqa: S105 -- it opens what tests lock


def made(pages: Pages, client: str, **texts: str) -> str:
    """Make a recording for a client, and return the id of its job."""
    draft = SessionDraft("hello", {"client": client, **texts})
    job = pages.room.queue.add("recording", draft.as_object(), client)
    pages.job_over(f"/jobs/{job}")
    assert pages.room.queue.get(job).state == MADE, pages.room.queue.get(job)
    return job


def test_a_client_is_listed_by_code_and_by_name_only_where_that_is_asked_for(pages: Pages) -> None:
    where = pages.new("K7", NAME)

    assert "K7" in pages.get("/clients")
    assert NAME not in pages.get("/clients")
    assert NAME in pages.get("/clients?names=yes")
    assert "K7" not in where
    [title] = re.findall("<title>(.*)</title>", pages.browser.get(where).text)
    assert "K7" not in title
    assert NAME not in title


def test_somebody_known_by_a_name_alone_is_hidden_until_names_are_shown(pages: Pages) -> None:
    words = pages.desk.folders.data / "clients" / NAME / "lexicon.toml"
    words.parent.mkdir(parents=True)
    words.write_text(f'{NAME} = "{SOUND}"\n')

    assert NAME not in pages.browser.get("/clients").text
    [where] = re.findall(r"/clients/[0-9a-f]{16}", pages.browser.get("/clients?names=yes").text)
    assert SOUND in pages.get(where)

    code = pages.post("/clients/new", {"code": "K7", "name": NAME, "same": "yes"})
    assert f"{NAME}={SOUND}" in code.text


def test_what_was_begun_for_a_name_goes_on_under_the_code(pages: Pages) -> None:
    words = pages.desk.folders.data / "clients" / NAME / "lexicon.toml"
    words.parent.mkdir(parents=True)
    words.write_text(f'{NAME} = "{SOUND}"\n')
    [named] = re.findall(r"/clients/[0-9a-f]{16}", pages.browser.get("/clients?names=yes").text)
    draft = pages.begun(f"{named}/begin", {"practice": "hello"})
    job = pages.room.queue.add(
        "recording", SessionDraft("hello", {"client": NAME}).as_object(), NAME
    )
    pages.job_over(f"/jobs/{job}")

    where = pages.post("/clients/new", {"code": "K7", "name": NAME, "same": "yes"}).url.path
    assert f"/make/{draft}" in pages.browser.get(where).text
    assert "K7" in pages.get(f"/make/{draft}")
    assert pages.room.queue.get(job).client == "K7"
    assert pages.room.queue.get(job).wanted["texts"]["client"] == "K7"
    assert not words.parent.exists()


def test_a_file_is_changed_where_it_was_typed_into_and_nowhere_else(pages: Pages) -> None:
    where = pages.new()
    form = pages.form(where) | {
        "avoid": "sea, waves",
        "notes": f"{NOTE}\r\nand twice",
        "pronounce": f"{NAME}={SOUND}\r\n\r\nBea=BAY-ah",
        "minutes": "7.5",
        "for": ["sleep", "anxiety"],
        "returning": "yes",
        "seed": "1",
    }
    pages.post(where, form)
    kept = kept_client("K7", pages.desk.folders)
    assert kept.client.avoid == ("sea", "waves")
    assert kept.client.notes.strip() == f"{NOTE}\nand twice"
    assert kept.client.values["pronounce"] == {NAME: SOUND, "Bea": "BAY-ah"}
    assert kept.client.values["minutes"] == 450
    assert kept.client.values["for"] == ("sleep", "anxiety")

    before = kept.place.file.read_text()
    assert pages.form(where)["seed"] == "1"
    pages.post(where, pages.form(where))
    assert kept.place.file.read_text() == before

    pages.post(where, pages.form(where) | {"pronounce": "Bea=BAY-ah", "for": [], "minutes": ""})
    after = kept_client("K7", pages.desk.folders).client.values
    assert after["pronounce"] == {"Bea": "BAY-ah"}
    assert {"for", "minutes"}.isdisjoint(after)
    assert after["returning"] is True


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("minutes", "often"),
        ("voice", "nobody"),
        ("figure", "/etc/passwd"),
        ("bed", "../../x.wav"),
        ("pronounce", "no sound"),
        ("loudness", "7"),
        ("name", "NAME"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_changed(
    pages: Pages, field: str, text: str
) -> None:
    where = pages.new()
    file = kept_client("K7", pages.desk.folders).place.file
    before = file.read_bytes()
    answer = pages.post(where, pages.form(where) | {field: text, "notes": NOTE}, 422)

    [error] = re.findall(rf'id="f-{field}-error">([^<]+)<', answer.text)
    assert error
    assert NOTE in answer.text
    assert file.read_bytes() == before


@pytest.mark.parametrize("code", ["", "../x", "CON", "K7", "a b", "<script>", "x" * 41])
def test_a_code_that_cannot_be_one_is_refused_at_its_field(pages: Pages, code: str) -> None:
    pages.new("K7")
    answer = pages.post("/clients/new", {"code": code, "name": "Bea"}, 422)

    assert re.search('id="f-code-error">[^<]+<', answer.text)
    assert "<script>" not in answer.text.partition("<main")[2]
    assert 'value="Bea"' in answer.text


def test_a_recording_for_a_client_is_begun_from_their_page(pages: Pages) -> None:
    where = pages.new()
    draft = pages.begun(f"{where}/begin", {"practice": "hello"})

    assert pages.room.drafts.read(draft) == {
        "practice": "hello",
        "texts": {"client": "K7"},
        "edits": [],
    }
    assert f"/make/{draft}" in pages.browser.get(where).text
    pages.post(f"{where}/begin", {"practice": "../x"}, 404)


def test_what_was_typed_into_a_file_is_kept_when_a_recording_is_begun(
    pages: Pages,
) -> None:
    where = pages.new()
    form = pages.form(where) | {"avoid": "sea, waves", "practice": "hello", "kept": "yes"}

    draft = pages.begun(f"{where}/begin", form)
    assert pages.form(where)["avoid"] == "sea, waves"
    assert pages.room.drafts.read(draft)["practice"] == "hello"

    wrong = pages.post(f"{where}/begin", form | {"minutes": "a while", "avoid": "fire"}, 422)
    assert "'a while' is not a length" in html.unescape(wrong.text)
    assert pages.form(where)["avoid"] == "sea, waves"


@pytest.mark.slow
def test_what_was_made_can_be_made_again_with_a_change(pages: Pages) -> None:
    where = pages.new()
    made(pages, "K7", bed="rain", minutes="0:15")
    [again] = re.findall(r'action="(/recordings/\w+/again)"', pages.browser.get(where).text)
    draft = pages.begun(again)
    texts = pages.room.drafts.read(draft)["texts"]

    assert texts["client"] == "K7"
    assert texts["bed"] == "rain"
    assert texts["minutes"] == "0:15"
    assert f"--name {NAME}" in pages.get(f"/make/{draft}")


@pytest.mark.slow
def test_what_was_made_is_handed_over_in_a_zip_whose_password_is_typed_twice(pages: Pages) -> None:
    where = pages.new()
    made(pages, "K7")
    there = pages.desk.folder / "out" / "hand-over"
    wrong = {"kind": "zip", "password_file": "four words unlike", "again": "four words alike"}
    assert "not the same" in pages.post(f"{where}/hand-over", wrong, 422).text
    short = {"kind": "zip", "password_file": "short", "again": "short"}
    assert "5 characters" in pages.post(f"{where}/hand-over", short, 422).text
    assert not there.exists()

    right = {"kind": "folder", "password_file": "four words unlike", "again": "four words unlike"}
    assert "how to open it" in pages.post(f"{where}/hand-over", right).text.lower()
    [pack] = zipfile.ZipFile(there / "K7.zip").infolist()[:1]
    assert pack.flag_bits & 1
    pages.post(f"{where}/hand-over", {"kind": "folder"})
    assert (there / "K7" / "letter.html").exists()
    assert str(there / "K7") in pages.get(where)


@pytest.mark.slow
def test_forgetting_asks_first_and_leaves_nothing_of_them_in_the_studio(pages: Pages) -> None:
    where = pages.new()
    job = made(pages, "K7", title="Panicked at Zanzibar")
    pages.begun(f"{where}/begin", {"practice": "hello"})
    other = pages.new("B2", "Siobhan")
    pages.give("r.csv", f"code,name,practice\nK7,{NAME},hello\n", 422)
    pages.give("r.csv", "client,practice\nK7,hello\n")
    [file] = (pages.desk.folder / "out").glob("*.mp3")

    asked = pages.get(f"{where}/forget")
    assert "What was made for them, unless that is ticked above: 1 file" in asked
    assert str(file) not in asked
    assert kept_client("K7", pages.desk.folders)
    told = pages.post(f"{where}/forget").text

    assert "is forgotten" in told
    assert "<li>Their file</li>" in told
    assert file.exists()
    assert str(file) in told
    pages.get(where, 404)
    pages.get(f"/jobs/{job}", 404)
    pages.get(other)
    data = pages.desk.folders.data
    assert [p for p in data.rglob("*.json") if "K7" in p.read_text() and "studio" in str(p)] == []
    assert list((data / "rosters").iterdir()) == []
    kept = [p for p in data.rglob("*") if p.is_file() and NAME.encode() in p.read_bytes()]
    assert kept == []


@pytest.mark.slow
def test_forgetting_takes_the_recordings_along_where_that_is_ticked(pages: Pages) -> None:
    where = pages.new()
    made(pages, "K7")
    pages.post(f"{where}/forget", {"recordings": "yes"})

    assert list((pages.desk.folder / "out").rglob("*.mp3")) == []


@pytest.mark.slow
def test_locked_clients_are_opened_for_this_studio_alone_and_closed_again(pages: Pages) -> None:
    where, data = pages.new(), pages.desk.folders.data
    draft = pages.begun(f"{where}/begin", {"practice": "hello"})
    pages.give("r.csv", "client,practice\nK7,hello\n")
    wrong = {"passphrase": PASSPHRASE, "again": "correct horse"}
    assert "not the same" in pages.post("/clients/lock", wrong, 422).text
    assert "at least 8" in pages.post("/clients/lock", {"passphrase": "x", "again": "x"}, 422).text
    pages.post("/clients/lock", wrong | {"again": PASSPHRASE})

    theirs = [p for p in (*data.glob("clients/**/*"), *data.glob("rosters/*")) if p.is_file()]
    assert len(theirs) == 3
    assert all(is_closed(file.read_bytes()) for file in theirs)
    assert NAME in pages.browser.get(where).text
    assert pages.room.drafts.read(draft)["texts"] == {"client": "K7"}

    pages.post("/clients/lock-again")
    for path in (where, "/clients/new", "/clients/roster"):
        assert "Passphrase" in pages.get(path)
    assert "locked" in pages.get("/clients?names=yes")
    assert NAME not in pages.get("/clients?names=yes")
    assert "does not open" in pages.post("/clients/unlock", {"passphrase": "wrong"}, 422).text
    pages.post("/clients/unlock", {"passphrase": PASSPHRASE})
    assert NAME in pages.browser.get(where).text

    pages.post("/clients/unlock-for-good")
    assert not any(is_closed(file.read_bytes()) for file in theirs)
    assert "passphrase" in pages.get("/clients")


@pytest.mark.slow
def test_a_locked_client_is_forgotten_without_the_passphrase(pages: Pages) -> None:
    where = pages.new()
    pages.begun(f"{where}/begin", {"practice": "hello"})
    pages.post("/clients/lock", {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    pages.post("/clients/lock-again")

    assert "Passphrase" in pages.post(f"{where}/forget", {"recordings": "yes"}).text
    assert "is forgotten" in pages.post(f"{where}/forget").text
    assert not (pages.desk.folders.data / "clients").exists()


def test_a_file_that_is_wrong_says_where_and_can_be_forgotten(pages: Pages) -> None:
    where = pages.new()
    kept_client("K7", pages.desk.folders).place.file.write_text("code = 1\nminutes = often\n")

    assert "cannot be read" in pages.get(where, 422)
    assert "is forgotten" in pages.post(f"{where}/forget").text
