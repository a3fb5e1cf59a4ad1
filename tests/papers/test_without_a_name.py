"""With --no-name, nothing that is written holds the listener's name, or whom else they named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from program_runs import SHORT, Machine
from pypdf import PdfReader

if TYPE_CHECKING:
    from pathlib import Path

LISTENER, FIGURE, PLACE = "Quillabeth", "Rosamunde", "Ardnamurchan"

SCRIPT = (
    SHORT.replace(
        "slots: {name:",
        'slots: {figure: {ask: "Who?", type: figure}, place: {ask: "Where?"}, name:',
    )
    .replace("## Breathing", "## Breathing\n\n{{ figure.name }} sits in {{ place }}, {{ name }}.")
    .replace("Stop at any time.", "Stop at any time.\n\n> I am here, {{ name }}.")
)

FORMATS = ("mp3", "m4a", "m4b", "opus", "flac", "wav")
TEXTS = ("lrc", "vtt", "srt", "txt", "html")


def asked(*more: str) -> tuple[str, ...]:
    """Return what a build without a name is given."""
    answers = ("--name", LISTENER, "--figure", f"my aunt {FIGURE}", "--with", f"place={PLACE}")
    beside = [part for kind in TEXTS for part in ("--with-text", kind)]
    return ("./kind.md", *answers, "--no-name", *beside, "--with-handout", "html", *more)


def names_in(folder: Path) -> list[str]:
    """Return where in a folder any of the names stands: in a file, or in what one is called."""
    found = []
    for file in (path for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        if file.suffix == ".pdf":
            pdf = PdfReader(file)
            content += "".join(page.extract_text() for page in pdf.pages).encode()
            content += repr(pdf.metadata).encode()
        for name in (LISTENER, FIGURE, PLACE):
            # A voice that is given a name says it; what is written here is another matter.
            written = [name.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
            if any(text.lower() in content.lower() for text in written):
                found.append(f"{name} in {file.name}")
            if name.lower() in str(file.relative_to(folder)).lower():
                found.append(f"{file.name} is called after {name}")
    return found


@pytest.fixture
def made(machine: Machine) -> Machine:
    """A machine with a script that says a name, whom somebody thinks of, and where."""
    (machine.folder / "kind.md").write_text(SCRIPT, encoding="utf-8")
    return machine


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=pytest.mark.slow if kind != "mp3" else []) for kind in FORMATS],
)
def test_no_recording_and_nothing_beside_it_holds_a_name(kind: str, made: Machine) -> None:
    made.run("build", *asked("--format", kind, "-o", "out"))

    assert {path.suffix for path in (made.folder / "out").iterdir()} == {
        f".{kind}",
        *(f".{text}" for text in TEXTS),
    }
    assert names_in(made.folder / "out") == []


def test_its_words_stand_there_but_for_what_is_personal(made: Machine) -> None:
    made.run("build", *asked("-o", "kind.mp3"))

    captions = (made.folder / "kind.srt").read_text(encoding="utf-8")
    assert "Hello, …." in captions
    assert "… sits in …, …." in captions
    assert "Let the breath come and go." in captions


def test_its_commands_hold_none_either(made: Machine) -> None:
    answers = [part for part in asked() if part not in ("--with-text", "--with-handout", *TEXTS)]
    for command, file in (
        ("words", "words.html"),
        ("words", "words.vtt"),
        ("picture", "kind.svg"),
        ("handout", "kind.html"),
        ("cover", "kind.jpg"),
    ):
        made.run(command, *answers, "-o", f"out/{file}")

    assert len(list((made.folder / "out").iterdir())) == 5
    assert names_in(made.folder / "out") == []


@pytest.mark.slow
@pytest.mark.needs("chromium")
def test_what_is_printed_holds_none(made: Machine) -> None:
    made.run("build", *asked("--with-text", "pdf", "--with-handout", "pdf", "-o", "out"))

    assert len(list((made.folder / "out").glob("*.pdf"))) == 2
    assert names_in(made.folder / "out") == []


@pytest.mark.slow
def test_a_file_for_each_chapter_holds_none(made: Machine) -> None:
    answers = [part for part in asked() if part not in ("--with-text", "--with-handout", *TEXTS)]

    made.run("build", *answers, "--split-chapters", "-o", "out")

    assert len(list((made.folder / "out").rglob("*.mp3"))) == 2
    assert names_in(made.folder / "out") == []


@pytest.mark.slow
def test_no_file_of_a_course_holds_one(made: Machine) -> None:
    course = (
        'title = "Two evenings"\n[[session]]\ntitle = "One"\npractice = "kind"\nminutes = "1:15"\n'
    )
    (made.folder / "scripts").mkdir()
    (made.folder / "scripts" / "kind.md").write_text(SCRIPT, encoding="utf-8")
    (made.folder / "evenings.toml").write_text(course, encoding="utf-8")

    made.run("programme", "build", "evenings.toml", *asked("-o", "out")[1:])

    assert len(list((made.folder / "out").rglob("*"))) > 5
    assert names_in(made.folder / "out") == []


@pytest.mark.slow
def test_with_the_name_let_in_it_stands_where_a_reader_looks_for_it(made: Machine) -> None:
    made.run("build", *(part for part in asked("-o", "out") if part != "--no-name"))

    found = names_in(made.folder / "out")
    assert {f"{LISTENER} in {path.name}" for path in (made.folder / "out").iterdir()} <= set(found)
