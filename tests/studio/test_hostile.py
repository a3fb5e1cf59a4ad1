"""What nobody types who means well, sent to every page: it is refused in words, or only text."""

from __future__ import annotations

import csv
import io
import os
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hostile_cases import (
    ADDRESSES,
    BODIES,
    BODIES_FOR,
    CASES,
    FORMS,
    IDS,
    LETTERS,
    NAMES,
    ROOT,
    ROSTERS,
    SECRET,
    SENDS,
    SOUNDS,
    Form,
)
from own_pages import SCRIPT, folders_in, keep_script, opened
from read_pages import read
from test_roster_of_faults import FAULTS

from cft_audio.application.jobs import MADE, Job
from cft_audio.library.documents.reading import LARGEST
from cft_audio.people.clients.records import Records
from cft_audio.studio.app import USUAL_BODY
from cft_audio.studio.recordings import id_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Response
    from read_pages import Shown
    from starlette.testclient import TestClient

pytestmark = pytest.mark.slow

LETTER = "{compassionate-letter-reading}/letter"
GENERIC = {"One answer needs another look.", "Some answers need another look."}

_opened: list[str] = []
_is_watched: list[bool] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _is_watched and event in {"open", "os.listdir", "os.scandir", "os.mkdir", "os.rename"}:
        _opened.extend(os.fsdecode(one) for one in arguments if isinstance(one, str | bytes))


sys.addaudithook(_watch)


@dataclass
class Studio:
    """A studio, and what there is in it.

    Attributes:
        root: The folder that everything is in.
        browser: Who asks for its pages.
        known: Addresses, by what stands for them in braces.
    """

    root: Path
    browser: TestClient
    known: dict[str, str] = field(default_factory=dict)

    def path(self, path: str) -> str:
        """Return an address, with what is in braces put in: of a practice, a new draft of it."""
        return re.sub(r"\{([a-z-]+)\}", lambda found: self._known(found[1]), path)

    def _known(self, called: str) -> str:
        return self.known.get(called) or begin(self.browser, called)

    def send(self, path: str, fields: dict[str, str] | None = None, **more: Any) -> Response:
        """Send a form, with the paths of this machine that are in it."""
        sent = {name: text.replace(ROOT, str(self.root)) for name, text in (fields or {}).items()}
        return self.browser.post(self.path(path), data=sent, **more)

    def outside(self) -> set[tuple[str, int]]:
        """Return all that is beside what the person keeps, and when it was changed."""
        found = set()
        for folder, inner, files in os.walk(self.root):
            inner[:] = [name for name in inner if name != "own"]
            paths = (Path(folder, name) for name in (*inner, *files))
            found |= {(str(path), path.stat().st_mtime_ns) for path in paths if path.is_file()}
        return found

    def judge(self, answer: Response) -> Shown:
        """Check that there is nothing in an answer but what is ours, and return its page."""
        text, kind = answer.text, answer.headers.get("content-type", "")
        assert answer.status_code < 500
        assert not re.search(f"{SECRET}|Traceback|site-packages|1337", text)
        shown = read(text if re.match("text/html|image/svg", kind) else "")
        assert shown.foreign == []
        for told in (*shown.told().values(), *shown.alerts):
            check_sentence(told)
        if answer.status_code >= 400:
            beside = re.sub(
                r"<pre.*?</pre>|<textarea.*?</textarea>| value=\"[^\"]*\"",
                "",
                text,
                flags=re.DOTALL,
            )
            assert f"{self.root}/home" not in beside
        return shown


def check_sentence(told: str) -> None:
    """Check that something is a sentence for a person, and no fault of the program."""
    assert re.search(r"\w.*[.?!]$", told, re.DOTALL), told
    assert not re.search(r"Error\b|errno|<class|None\b", told), told


def begin(browser: TestClient, practice: str) -> str:
    """Begin a recording, and return the address of its page."""
    begun = browser.post("/begin", data={"practice": practice}, follow_redirects=False)
    return str(begun.headers["location"])


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory, warm_clips: Path) -> Iterator[Studio]:
    """A studio with one of everything, and beside it files that are nobody's business."""
    root = tmp_path_factory.mktemp("root")
    for place in ("secret.txt", "secret.wav", "secret.toml", "home/secret.txt", "here/secret.toml"):
        (root / place).parent.mkdir(exist_ok=True)
        (root / place).write_text(SECRET)
    folders = folders_in(root / "home", warm_clips)
    keep_script(folders)
    made = {"file": str(folders.data / "recordings" / "gone.mp3"), "notes": ["<b>kr7</b>"]}
    wanted = {"practice": "short-rest", "texts": {"name": "<kr7>"}, "edits": []}
    job = Job("recording", wanted, "", time.time(), MADE, made)
    with pytest.MonkeyPatch.context() as patch, opened(folders) as browser:
        patch.chdir(root / "here")
        patch.setenv("HOME", str(root))
        patch.setenv("CFT_AUDIO_VOICES_URL", "http://127.0.0.1:9")
        Records(folders, "jobs").add(vars(job), "")
        read_aloud = {"practice": "short-rest", "minutes": "", "name": "Sam", "voice": "anna"}
        page = browser.get(begin(browser, "soothing-rhythm-breathing")).text
        here = Studio(root, browser)
        here.known = {
            "client": browser.post("/clients/new", data={"code": "K7", "name": "Ann"}).url.path,
            "recording": f"/recordings/{id_of(Path(made['file']))}",
            "own": "short-rest",
            "sheet": browser.post("/voices/own", data=read_aloud).url.path.removesuffix("/1"),
            "line": re.findall(r"/line/([\w-]+)", page)[0],
        }
        yield here


@pytest.fixture(autouse=True)
def nothing_else_is_touched(studio: Studio) -> Iterator[None]:
    """Nothing is written but what the person keeps, and no path that was sent is opened."""
    before = studio.outside()
    _opened.clear()
    _is_watched.append(True)
    yield
    _is_watched.clear()
    theirs = re.compile(r"secret|kr7|^/etc/passwd|^/dev/zero|^/proc/self/e")
    assert [path for path in _opened if theirs.search(path)] == []
    assert studio.outside() == before


@pytest.mark.parametrize(("form", "text"), CASES)
def test_a_text_is_kept_as_text_or_refused_beside_its_field(
    studio: Studio, form: str, text: str
) -> None:
    sent = FORMS[form].sent(text)
    answer = studio.send(FORMS[form].path, sent)
    shown = studio.judge(answer)

    assert answer.status_code in {200, 413, 422} or form == "note"  # its recording has gone
    if answer.status_code == 422:
        check_refusal(shown, FORMS[form], sent, studio)


def check_refusal(shown: Shown, form: Form, sent: dict[str, str], studio: Studio) -> None:
    """Check that what was typed stays, and that what is wrong stands where it belongs."""
    for name in form.fields:
        text = sent[name].replace(ROOT, str(studio.root)).replace("\r\n", "\n")
        assert shown.typed(name).strip() == text.strip(), name
    told = shown.told()
    assert told or (form.above and {*shown.alerts} - GENERIC)


@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_no_page_sends_is_read_as_far_as_it_is_a_form(
    studio: Studio, body: str
) -> None:
    kind, content = BODIES[body]
    for form in BODIES_FOR:
        headers = {"content-type": kind} if kind else {}
        answer = studio.browser.post(studio.path(form), content=content, headers=headers)
        studio.judge(answer)
        assert answer.status_code in {200, 400, 422} or form.endswith("/notes")


@pytest.mark.parametrize("identity", IDS, ids=lambda one: one[:30])
def test_an_id_that_is_none_leads_nowhere(studio: Studio, identity: str) -> None:
    for address in ADDRESSES:
        answer = studio.browser.get(studio.path(address).replace("ID", identity))
        studio.judge(answer)
        assert answer.status_code in {404, 405, 422} or ".." in identity, address


@pytest.mark.parametrize("identity", IDS[::3], ids=lambda one: one[:30])
def test_nothing_is_sent_to_an_id_that_is_none(studio: Studio, identity: str) -> None:
    for address in SENDS:
        path = studio.path(address).replace("ID", identity)
        answer = studio.browser.post(path, data={"kr7": "kr7", "practice": "kr7"})
        studio.judge(answer)
        assert answer.status_code in {404, 405, 422} or "/notes/" in path or "{" in address, path


@pytest.mark.parametrize("called", LETTERS)
def test_a_letter_is_taken_as_words_or_refused_beside_its_field(
    studio: Studio, called: str
) -> None:
    name, content, told = LETTERS[called]
    answer = studio.send(LETTER, files={"file": (name, content)})
    shown = studio.judge(answer)

    assert answer.status_code == (422 if told else 200)
    if told:
        assert told in shown.texts["file-error"]
        check_sentence(shown.texts["file-error"])
    else:
        assert "Dear me" in answer.text


@pytest.mark.parametrize("called", ROSTERS)
def test_a_roster_that_is_none_is_told_of(studio: Studio, called: str) -> None:
    answer = studio.send("/clients/roster", files={"roster": ROSTERS[called]})
    shown = studio.judge(answer)

    assert answer.status_code == 422
    assert shown.alerts


def test_every_fault_of_a_roster_is_told_in_its_row(studio: Studio) -> None:
    faults, table = FAULTS[::4], io.StringIO()
    columns = dict.fromkeys(["code", "name", "practice", *(column for column, _ in faults)])
    sheet = csv.DictWriter(table, columns, restval="")
    sheet.writeheader()
    for number, (column, text) in enumerate(faults):
        sheet.writerow(
            {"code": f"K{number}", "name": "Ann", "practice": "short-rest", column: text}
        )
    answer = studio.send("/clients/roster", files={"roster": ("r.csv", table.getvalue())})
    shown = studio.judge(answer)

    assert answer.status_code == 422
    assert int(shown.alerts[0].split()[0]) >= len(faults) - 2
    assert answer.text.count("<tr>") >= len(faults) - 1


@pytest.mark.parametrize("called", SOUNDS)
@pytest.mark.parametrize("path", ["{sheet}/files", "{sheet}/1/take"])
def test_what_is_no_sound_is_refused(studio: Studio, path: str, called: str) -> None:
    answer = studio.send(path, files={"sound": SOUNDS[called]})

    assert studio.judge(answer).alerts
    assert answer.status_code == 422
    assert "0 of 11 lines are recorded" in studio.send(path, files={}).text or "take" in path


@pytest.mark.parametrize("name", NAMES, ids=lambda one: one[:30])
def test_the_name_of_a_file_is_only_a_name(studio: Studio, name: str) -> None:
    for path, field_name in (
        (LETTER, "file"),
        ("/clients/roster", "roster"),
        ("{sheet}/files", "sound"),
        ("{sheet}/1/take", "sound"),
    ):
        answer = studio.send(path, files={field_name: (name, b"kr7 kr7")})
        studio.judge(answer)
        assert answer.status_code == 422 or path == LETTER


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/choose", USUAL_BODY),
        ("/clients/new", USUAL_BODY),
        ("{client}", USUAL_BODY),
        ("{recording}/notes", USUAL_BODY),
        ("/scripts/{own}/edit", 1_000_000),
        ("/clients/roster", 5_100_000),
        (LETTER, LARGEST + 10_000),
    ],
)
@pytest.mark.parametrize("is_counted", [False, True])
def test_what_is_too_large_is_answered_by_a_page(
    studio: Studio, path: str, most: int, *, is_counted: bool
) -> None:
    body = b"name=" + b"x" * most
    kind = {"content-type": "application/x-www-form-urlencoded"}
    content = iter([body]) if is_counted else body
    answer = studio.browser.post(studio.path(path), content=content, headers=kind)
    studio.judge(answer)

    assert answer.status_code == 413
    assert "<main" in answer.text
    assert "What was sent is too large, and nothing of it was kept." in answer.text


def test_whatever_a_script_says_is_only_text(studio: Studio) -> None:
    title, heading = '"><img src=kr7 onerror=kr7()>', "</title></textarea><script>kr7()</script>"
    text = SCRIPT.replace("A short rest", f"'{title}'").replace("Resting", heading)
    file = studio.root / "home" / "own" / "scripts" / "odd.md"
    file.write_text(text.replace("Ten lines", "<kr7>"))
    draft = begin(studio.browser, "odd")
    pages = ("/", "/practices", "/scripts", "/scripts/odd", "/scripts/odd/edit", "/voices/own")
    for path in (*pages, draft, "/recordings", "{recording}"):
        answer = studio.browser.get(studio.path(path))
        assert answer.status_code in {200, 404, 422}  # the script itself may be told to be wrong
        assert read(answer.text).foreign == []
    file.unlink()
