"""Scripts in the studio: each can be read, copied, changed, checked and heard, and none is lost."""

from __future__ import annotations

import stat
import wave
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from own_pages import SCRIPT, errors_of, fields_of, folders_in, keep_script, opened

from cft_audio.application.own_scripts import FromScriptLine
from cft_audio.application.practices import check_scripts
from cft_audio.errors import RequestError
from cft_audio.library.practices import Library
from cft_audio.planning.outline import Outline
from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter
from cft_audio.timeline.events import SayEvent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from cft_audio.files.folders import Folders

LIVE = {"accept": "application/json"}
EDIT = "/scripts/short-rest/edit"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, warm_clips: Path) -> Folders:
    return folders_in(tmp_path_factory.mktemp("home"), warm_clips)


@pytest.fixture(scope="module")
def studio(folders: Folders) -> Iterator[TestClient]:
    with opened(folders) as browser:
        yield browser


@pytest.fixture
def script(folders: Folders) -> Path:
    return keep_script(folders)


def test_own_scripts_come_first_those_that_cannot_be_used_among_them(
    studio: TestClient, folders: Folders, script: Path
) -> None:
    broken = keep_script(folders, "broken", "---\ntitle: [\n---\n")
    page = studio.get("/scripts").text
    broken.unlink()

    assert script.exists()
    own, shipped = page.split("Those that come with the program")
    assert "A short rest" in own
    assert 'href="/scripts/broken/edit"' in own
    assert "It cannot be used yet" in own
    assert "Loving-kindness" in shipped
    assert 'href="/scripts/loving-kindness/edit"' not in shipped


@pytest.mark.usefixtures("script")
def test_a_practice_is_read_as_it_will_be_said(studio: TestClient) -> None:
    page = studio.get("/scripts/short-rest").text

    assert "Hello, Sam, and welcome. Find a place where you can rest for a while." in page
    assert "<h3>Resting" in page
    assert "<blockquote><p>I am glad that you are here, Sam.</p></blockquote>" in page
    assert "Breathing, 0:" in page


def test_a_length_and_a_difficulty_change_what_is_read(studio: TestClient) -> None:
    short = studio.get("/scripts/soothing-rhythm-breathing?minutes=3").text
    long = studio.get("/scripts/soothing-rhythm-breathing?minutes=12&for=anxiety").text

    assert len(long) > len(short)
    assert '<option value="anxiety" selected>' in long


def test_a_length_that_cannot_be_is_told_beside_its_field(studio: TestClient) -> None:
    answer = studio.get("/scripts/soothing-rhythm-breathing?minutes=0.1")

    assert answer.status_code == 422
    assert "Ask for a length from" in errors_of(answer.text)[0]


@pytest.mark.parametrize(
    "name", ["no-such-practice", "x.md", "%2e%2e%2fx.md", "~%2fx.md", "C:%5Cx.md", "%00"]
)
def test_no_path_from_the_browser_is_opened(studio: TestClient, name: str) -> None:
    for page in ("", "/edit", "/heard/0", "/heard/..%2fx"):
        assert studio.get(f"/scripts/{name}{page}").status_code == 404


@pytest.mark.usefixtures("script")
def test_a_copy_is_ones_own_and_bears_its_name(studio: TestClient, folders: Folders) -> None:
    answer = studio.post("/scripts/short-rest/copy", data={"practice": "kind-evening"})
    copied = folders.own_scripts / "kind-evening.md"

    assert answer.url.path == "/scripts/kind-evening/edit"
    assert copied.read_text() == SCRIPT.replace("title: A short rest", 'title: "Kind evening"')
    copied.unlink()


@pytest.mark.parametrize("name", ["Kind Evening", "../evening", "con", "", "loving-kindness"])
def test_a_name_that_cannot_be_is_refused_beside_its_field(
    studio: TestClient, folders: Folders, name: str
) -> None:
    before = sorted(folders.own_scripts.glob("*"))
    begun = {"practice": name, "technique": "compassionate-letter-writing"}
    answer = studio.post("/scripts", data=begun)

    assert answer.status_code == 422
    assert errors_of(answer.text)
    assert sorted(folders.own_scripts.glob("*")) == before


@pytest.mark.usefixtures("script")
def test_a_copy_hides_no_other_practice(studio: TestClient, folders: Folders) -> None:
    answer = studio.post("/scripts/short-rest/copy", data={"practice": "loving-kindness"})

    assert "and this one would hide it" in errors_of(answer.text)[0]
    assert not (folders.own_scripts / "loving-kindness.md").exists()


def test_a_practice_is_begun_as_the_command_line_begins_one(
    studio: TestClient, folders: Folders
) -> None:
    begun = {"practice": "kind-morning", "technique": "compassionate-attention"}
    answer = studio.post("/scripts", data=begun)

    assert answer.url.path == "/scripts/kind-morning/edit"
    assert 'title: "Kind morning"' in (folders.own_scripts / "kind-morning.md").read_text()
    (folders.own_scripts / "kind-morning.md").unlink()


def test_what_comes_with_the_program_cannot_be_changed(studio: TestClient) -> None:
    assert studio.get("/scripts/loving-kindness/edit").status_code == 404
    answer = studio.post("/scripts/loving-kindness/edit", data={"do": "save", "text": "x"})
    assert answer.status_code == 404


def test_every_problem_is_listed_with_its_line_and_nothing_is_kept(
    studio: TestClient, script: Path, folders: Folders
) -> None:
    form = fields_of(studio.get(EDIT).text)
    form["text"] = form["text"].replace("[breathe 2]", "[breath 2]")
    page = studio.post(EDIT, data={**form, "do": "check"}).text

    assert '<a href="#line-20" data-line="20">Line 20</a>' in page
    assert '<span id="line-20">20</span>' in page
    assert fields_of(page)["text"] == form["text"]
    assert script.read_text() == SCRIPT
    assert not [*(folders.data / "studio" / "passing").glob("*/*")]


def test_the_margin_tells_what_check_does(
    studio: TestClient, script: Path, folders: Folders
) -> None:
    form = fields_of(studio.get(EDIT).text)
    form["text"] = form["text"].replace("## Resting", "").replace("{{ name }}", "{{ nmae }}")
    told = studio.post(EDIT, data={**form, "do": "check"}, headers=LIVE).json()
    script.write_text(form["text"])
    checked = check_scripts(["short-rest"], folders)

    assert told["lines"] == [problem.line for problem in checked if problem.line]
    assert all(problem.message.split("'")[0] in told["problems"] for problem in checked)
    assert len(checked) > 1


def test_a_text_is_saved_whole_with_the_line_ends_it_had(
    studio: TestClient, folders: Folders
) -> None:
    script = keep_script(folders, text=SCRIPT.replace("\n", "\r\n"))
    script.chmod(0o640)
    form = fields_of(studio.get(EDIT).text)
    # A browser sends every line end as two characters.
    sent = form["text"].replace("Go kindly", "Go gently").replace("\n", "\r\n")
    answer = studio.post(EDIT, data={**form, "text": sent, "do": "save"})

    assert "It is saved." in answer.text
    expected = SCRIPT.replace("Go kindly", "Go gently").replace("\n", "\r\n")
    assert script.read_bytes() == expected.encode()
    assert stat.S_IMODE(script.stat().st_mode) == 0o640


def test_somebody_elses_change_is_never_written_over(
    studio: TestClient, script: Path, folders: Folders
) -> None:
    form = fields_of(studio.get(EDIT).text)
    theirs = SCRIPT.replace("Go kindly", "Go slowly")
    script.write_text(theirs)
    mine = form["text"].replace("Go kindly", "Go gently")
    answer = studio.post(EDIT, data={**form, "text": mine, "do": "save"})

    beside = folders.own_scripts / "short-rest-2.md"
    assert "Somebody else changed that script" in answer.text
    assert answer.url.path == "/scripts/short-rest-2/edit"
    assert script.read_text() == theirs
    assert beside.read_text() == mine
    beside.unlink()


@pytest.mark.usefixtures("script")
def test_what_is_too_long_is_refused_and_stays_in_the_page(studio: TestClient) -> None:
    form = fields_of(studio.get(EDIT).text)
    form["text"] += "Softly. " * 30_000
    answer = studio.post(EDIT, data={**form, "do": "save"}, files={"none": b""})

    assert answer.status_code == 422
    assert errors_of(answer.text) == ["It has more than 200 kB. Make several practices of it."]
    assert fields_of(answer.text)["text"] == form["text"]


def test_whatever_a_script_says_is_only_text(studio: TestClient, folders: Folders) -> None:
    hostile = SCRIPT + "\n</textarea><script>alert(1)</script>{{ 7 * 7 }}\n"
    keep_script(folders, text=hostile.replace("A short rest", "<b>x</b>"))
    page = studio.get(EDIT).text

    assert "<script>alert" not in page
    assert fields_of(page)["text"] == hostile.replace("A short rest", "<b>x</b>")
    assert "<b>x</b>" not in studio.get("/scripts").text


def said_from(number: int, text: str, folders: Folders) -> str:
    """Return the line that is heard first from a line of the script on."""
    keep_script(folders, text=text)
    session = Session("short-rest", {"name": "Sam"})
    timeline = Outline(ScriptWriter(session, Library(folders.scripts))).estimate().timeline
    excerpt = FromScriptLine(script=text, number=number).locate(timeline)
    said = (e for e in timeline.events if isinstance(e, SayEvent) and e.start == excerpt.start)
    return next(said).line.text


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("---", "Hello, Sam"),
        ("Let your feet", "Let your feet"),
        ("## Resting", "If your mind"),
        ("[breathe 2]", "I am glad that you are here, Sam."),
        ("> I am", "I am glad"),
        ("Go kindly", "Go kindly, Sam."),
    ],
)
def test_it_is_heard_from_what_is_said_next_after_the_caret(
    folders: Folders, written: str, heard: str
) -> None:
    lines = SCRIPT.split("\n")
    number = 1 + next(at for at, line in enumerate(lines) if line.startswith(written))
    assert said_from(number, SCRIPT, folders).startswith(heard)


def test_what_is_not_said_this_time_is_passed_over(folders: Folders) -> None:
    skipped = "{% if minutes >= 20 %}\nAll of it, slowly.\n{% endif %}\n\nGo kindly"
    text = SCRIPT.replace("Go kindly", skipped)
    number = text[: text.index("All of it")].count("\n") + 1
    assert said_from(number, text, folders) == "Go kindly, Sam."


def test_where_nothing_more_is_said_it_is_told(folders: Folders) -> None:
    with pytest.raises(RequestError, match="nothing of what is written from here on is said"):
        said_from(99, SCRIPT + "\n{# Much of this is new. #}\n", folders)


@pytest.mark.slow
@pytest.mark.usefixtures("script")
def test_what_is_wrong_in_a_text_is_told_before_it_is_heard(studio: TestClient) -> None:
    form = fields_of(studio.get(EDIT).text)
    form["text"] = form["text"].replace("slots:", "slot:")
    page = studio.post(EDIT, data={**form, "do": "hear", "line": "1"}).text

    assert "Something in the text has to be put right first." in errors_of(page)
    assert 'data-line="12"' in page
    assert "/passing/" not in page


@pytest.mark.slow
@pytest.mark.usefixtures("script")
def test_a_text_that_is_not_kept_is_heard_from_the_line(studio: TestClient) -> None:
    form = fields_of(studio.get(EDIT).text)
    form["text"] = form["text"].replace("Go kindly", "Be well")
    answer = studio.post(EDIT, data={**form, "do": "hear", "line": "24"})

    assert answer.headers["content-type"] == "audio/wav"
    with wave.open(BytesIO(answer.content)) as sound:
        assert 0.5 < sound.getnframes() / sound.getframerate() < 10
    assert studio.get(answer.url.path, headers={"range": "bytes=0-99"}).status_code == 206
