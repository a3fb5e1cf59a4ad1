"""A library opens what its folders hold, by name or by path, the person's own first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cft_audio.errors import RequestError, ScriptError
from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library
from cft_audio.library.programmes import find_programme, read_programme

if TYPE_CHECKING:
    from pathlib import Path

PRACTICE = "---\ntitle: {}\ntechnique: loving-kindness\n---\n## A\n\nHello.\n"

PROGRAMME = """\
title = "Two evenings"

[[session]]
title = "The first"
practice = "kind"
minutes = 3

[[session]]
title = "The second"
practice = "kind"
minutes = "3:30"
for = ["sleep"]
seed = 2
with = { figure = "steady-friend", times = 3 }
"""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A person's own folder and the shipped one."""
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    for folder, title in ((own, "Mine"), (shipped, "Shipped")):
        (folder / "figures").mkdir(parents=True)
        (folder / "kind.md").write_text(PRACTICE.format(title))
        (folder / "figures" / "old-tree.toml").write_text(f'name = "a tree, {title}"\n')
    (shipped / "only.md").write_text(PRACTICE.format("Only here"))
    return own, shipped


def test_the_first_folder_that_has_a_practice_gives_it(folders: tuple[Path, Path]) -> None:
    library = Library(folders)

    assert list(library.practice_files()) == ["kind", "only"]
    assert library.open("kind").practice().title == "Mine"
    assert library.open("only").practice().title == "Only here"
    assert library.open("only").library is library


def test_a_file_brings_the_folder_beside_it(folders: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "kind.md"
    (other.parent / "figures").mkdir(parents=True)
    other.write_text(PRACTICE.format("Elsewhere"))
    (other.parent / "figures" / "old-tree.toml").write_text('name = "a tree, elsewhere"\n')
    opened = Library(folders).open(str(other))

    assert opened.practice().title == "Elsewhere"
    assert opened.library.folders == (other.parent, *folders)
    assert find_figure("old tree", opened.library).name == "a tree, elsewhere"
    assert find_figure("old tree", Library(folders)).name == "a tree, Mine"


def test_folders_stay_where_they_are_when_the_current_one_changes(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folders[0].parent)
    library = Library(tuple(folder.relative_to(folders[0].parent) for folder in folders))
    opened = library.open("own/kind.md")
    monkeypatch.chdir(folders[0])

    assert library.open("kind").practice().title == "Mine"
    assert opened.practice().title == "Mine"


@pytest.mark.parametrize(
    ("name", "message"),
    [("knd", "Did you mean 'kind'?"), ("gone.md", "there is no file 'gone.md'")],
)
def test_a_practice_that_is_not_there_is_refused(
    folders: tuple[Path, Path], name: str, message: str
) -> None:
    with pytest.raises(RequestError, match=message.replace("?", r"\?")):
        Library(folders).open(name)


def test_a_practice_that_is_wrong_hides_no_other(folders: tuple[Path, Path]) -> None:
    (folders[0] / "wrong.md").write_text("---\ntitle: x\n---\n")
    (folders[0] / "worse.md").write_bytes(b"\xff")
    practices, problems = Library(folders).practices()

    assert [practice.title for practice in practices] == ["Mine", "Only here"]
    assert [problem.message for problem in problems] == [
        "a letter or a sign in this line is saved in a way that cannot be read",
        "'technique' is missing",
    ]
    with pytest.raises(ScriptError, match="'technique' is missing"):
        Library(folders).open("wrong").practice()


def test_a_figure_is_found_by_its_id_a_file_or_words_of_ones_own(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    file = tmp_path / "rosa.toml"
    file.write_text('name = "Rosa"\npronouns = "She"\nlooks = "a warm smile"\n')
    library = Library(folders)

    assert find_figure("Old Tree", library).name == "a tree, Mine"
    assert find_figure(str(file), library).looks == "a warm smile"
    assert find_figure(str(file), library) == find_figure(str(file), library, "she/her")
    assert find_figure("my aunt Rosa", library).name == "my aunt Rosa"
    with pytest.raises(RequestError, match="Did you mean 'old-tree'"):
        find_figure("oldtree", library)
    with pytest.raises(RequestError, match="the pronouns 'xe' are not known"):
        find_figure("old tree", library, "xe")


def test_everything_wrong_in_a_figure_is_told_at_once(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    file = tmp_path / "rosa.toml"
    file.write_text('nam = "Rosa"\nlooks = 3\npronouns = "xe"\n')
    with pytest.raises(ScriptError) as caught:
        find_figure(str(file), Library(folders))

    assert [(problem.line, problem.message) for problem in caught.value.problems] == [
        (1, "'nam' is not known here"),
        (1, "'name' is missing"),
        (2, "'looks' is not text"),
        (3, "'pronouns': the pronouns 'xe' are not known"),
    ]


def test_a_programme_is_read_whole(folders: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "evenings.toml"
    file.write_text(PROGRAMME)
    programme = find_programme(str(file), Library(folders))
    first, second = programme.sessions

    assert (programme.id, programme.title, programme.length_s) == ("evenings", "Two evenings", 390)
    assert (first.practice, first.adaptations, first.seed) == ("kind", (), 0)
    assert (second.length_s, second.adaptations, second.seed) == (210, ("sleep",), 2)
    assert second.answers == {"figure": "steady-friend", "times": "3"}


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("title = ", "titel = ", "1: 'titel' is not known here. Did you mean 'title'?"),
        ("minutes = 3", "minutes = 0", "session 1: 'minutes' cannot be '0'; choose one above zero"),
        ('"3:30"', '"soon"', "11: session 2: 'minutes' cannot be 'soon'; write minutes as 10,"),
        ('practice = "kind"', "", "3: session 1: 'practice' is missing. Add practice = "),
        ('"kind"', '"knd"', "5: session 1: there is no practice 'knd'. Did you mean 'kind'?"),
        ('["sleep"]', '"sleep"', 'is not a list of texts. Write ["sleep"].'),
        ('["sleep"]', '["slep"]', "session 2: 'for' cannot have 'slep'. Did you mean 'sleep'?"),
        ("seed = 2", 'seed = "x"', "session 2: 'seed' is not a whole number."),
        ("seed = 2", "seed = -1", "session 2: 'seed' is -1. Write a number from 0 up."),
        ("seed = 2", 'pace = "fast"', "session 2: 'pace' cannot be 'fast'. Known are: fours,"),
        ("{ figure", "3 # {", "session 2: 'with' is not a table."),
    ],
)
def test_a_wrong_programme_says_what_and_where(
    folders: tuple[Path, Path], tmp_path: Path, before: str, after: str, message: str
) -> None:
    file = tmp_path / "evenings.toml"
    file.write_text(PROGRAMME.replace(before, after, 1))
    with pytest.raises(ScriptError) as caught:
        read_programme(file, Library(folders))

    assert message in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_programme_without_sessions_says_how_to_begin(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "evenings.toml").write_text('title = "x"')
    with pytest.raises(ScriptError, match=r"there is no session. Begin each with \[\[session\]\]"):
        read_programme(tmp_path / "evenings.toml", Library(folders))
