"""A client's file: read whole or told all that is wrong, and changed where it is told to."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.application.clients.files import ClientFiles
from cft_audio.application.clients.kept import CLIENT_FIELDS, FILE_FIELDS
from cft_audio.application.clients.values import as_written
from cft_audio.application.settings import Settings
from cft_audio.errors import ClientError, RequestError
from cft_audio.files.folders import Folders, shipped_folder
from cft_audio.people.clients import editing
from cft_audio.people.clients.client import NOT_KEPT, Client, parse_client, read_client
from cft_audio.people.clients.codes import check_code, is_code
from cft_audio.people.clients.places import ClientPlace, known_clients, place_of
from cft_audio.speech.text.lexicon import key_of

TODAY = date(2026, 11, 27)

TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cc", "Cs", "Cf")),
        st.sampled_from("\"'\\#=[]{}\n\t🙂é"),
    ),
    max_size=40,
)
WORD = st.text("aé '-.=#\"[]Z", min_size=1, max_size=6).filter(
    lambda text: any(character.isalpha() for character in text)
)
SLOT = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)

TYPED = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXT.filter(lambda text: text.strip() and not text.isupper()),
        "notes": TEXT,
        "pronouns": TEXT,
        "first_words": TEXT,
        "minutes": st.sampled_from(["10", "7.5", "12:30", "1:05:00", "90s", "7,5"]),
        "pace": st.sampled_from(["slow", "gentle"]),
        "for": st.lists(st.sampled_from(["sleep", "anxiety"]), min_size=1, max_size=2),
        "avoid": st.lists(st.sampled_from(["sea", "waves", "mother's"]), min_size=1),
        "loudness": st.sampled_from(["-18", "-20.5"]),
        "seed": st.integers(0, 99).map(str),
        "bitrate": st.sampled_from(["96", "320"]),
        "no_name": st.just(True),
        "bed_level": st.sampled_from(["soft", "-3"]),
        "with": st.dictionaries(SLOT, TEXT.map(str.strip), min_size=1, max_size=3),
        "pronounce": st.dictionaries(WORD, st.just("see-oh-MAR-ah"), min_size=1, max_size=3),
    },
)
"""Values as a person types them."""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return _folders(tmp_path)


def _folders(root: Path) -> Folders:
    return Folders(
        (shipped_folder("scripts"),),
        (shipped_folder("voices"),),
        root / "cache" / "clips",
        root / "config" / "config.toml",
        root / "share" / "cft-audio",
    )


def place(folders: Folders, code: str = "K7") -> ClientPlace:
    return place_of(code, folders.data)


def begin(folders: Folders, **typed: object) -> Client:
    files = ClientFiles(folders, Settings())
    return files.begin("K7", typed, TODAY, lambda: True).client


def write(folders: Folders, text: str) -> None:
    where = place(folders).file
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_text(text, encoding="utf-8")


def problems(folders: Folders, text: str) -> list[str]:
    write(folders, text)
    with pytest.raises(ClientError) as caught:
        read_client(place(folders), FILE_FIELDS)
    assert caught.value.exit_code == 2
    where = place(folders).file
    return [line.removeprefix(f"{where}:") for line in str(caught.value).split("\n")]


def same_words(one: dict[str, str]) -> dict[str, str]:
    return {key_of(word): sound for word, sound in one.items()}


@given(TYPED)
def test_what_is_kept_is_read_as_it_was_typed(typed: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as root:
        folders = _folders(Path(root))
        written = begin(folders, **typed)
        read = read_client(place(folders), FILE_FIELDS)

    assert read == written
    assert (read.code, read.since) == ("K7", TODAY)
    for name, value in typed.items():
        wanted = CLIENT_FIELDS[name].parse(value)
        found = getattr(read, name) if name in ("notes", "pronouns") else read.values[name]
        if name == "pronounce":
            found, wanted = same_words(found), same_words(wanted)
        assert found == wanted


@given(TYPED, TYPED, st.data())
def test_a_change_touches_what_it_names_and_no_other(
    before: dict[str, object], after: dict[str, object], draw: st.DataObject
) -> None:
    gone = draw.draw(st.sampled_from([*before, ""]))
    with tempfile.TemporaryDirectory() as root:
        folders = _folders(Path(root))
        files = ClientFiles(folders, Settings())
        was = begin(folders, **before)
        where = place(folders).file
        where.write_text(f"# mine\n{where.read_text(encoding='utf-8')}# the end\n", "utf-8")
        changed = {name: value for name, value in after.items() if name != gone}
        files.change(place(folders), changed, [gone] if gone else [])
        text = where.read_text(encoding="utf-8")
        now = read_client(place(folders), FILE_FIELDS)

    assert text.startswith("# mine\n")
    assert "# the end\n" in text or gone in ("with", "pronounce")  # a table's comments go with it
    for name in was.values.keys() - {gone, *after}:
        assert now.values[name] == was.values[name]
    assert gone not in now.values
    for name in changed.keys() & now.values.keys() - {"with", "pronounce"}:
        assert now.values[name] == CLIENT_FIELDS[name].parse(changed[name])
    if "with" in changed and gone != "with":
        assert now.values["with"] == {
            **was.values.get("with", {}),
            **CLIENT_FIELDS["with"].parse(changed["with"]),
        }


@given(st.text(max_size=200))
def test_any_text_is_a_client_or_an_error_of_the_file(text: str) -> None:
    where = ClientPlace("K7", Path("/data/clients/K7"))
    with suppress(ClientError):
        parse_client(text, where, FILE_FIELDS)


@pytest.mark.parametrize("code", ["K7", "2026-014", "a_b", "0", "Anna-Lena", "x" * 40])
def test_a_code_is_letters_and_digits_with_hyphens_between(code: str) -> None:
    check_code(code)


@pytest.mark.parametrize(
    "code",
    [
        *("", " ", "../x", "C:\\x", "CON", "nul", "com1", "a.", ".a", "a b", "-a", "a-", "a--b"),
        *("x" * 300, "🙂", "é", "K7\n", "a/b", "K7\0"),
    ],
)
def test_what_could_not_be_part_of_a_files_name_everywhere_is_no_code(code: str) -> None:
    with pytest.raises(RequestError) as caught:
        check_code(code)
    assert caught.value.field == "code"
    assert caught.value.remedy
    assert not is_code(code)


def test_codes_that_files_cannot_tell_apart_are_one_client(folders: Folders) -> None:
    begin(folders)

    assert place(folders, "k7").called == "K7"
    ClientFiles(folders, Settings()).begin("A-1", {}, TODAY, lambda: True)
    with pytest.raises(RequestError, match="'A-1' already"):
        ClientFiles(folders, Settings()).begin("a_1", {}, TODAY, lambda: True)
    assert known_clients(folders.data) == ["A-1", "K7"]


def test_everything_wrong_is_told_at_once_with_its_line_and_what_was_meant(
    folders: Folders,
) -> None:
    assert problems(
        folders,
        'code = "K8"\nsince = "May"\npcae = "slow"\nnoets = "x"\npace = "quick"\nletter = "l.txt"\n'
        'client = "K7"\nallow-online = true\n[with]\na = ["b"]\n',
    ) == [
        "1: 'code' is not 'K7', as its folder is called. Write code = \"K7\".",
        "2: 'since' is not a day. Write it as 2026-01-31, without quotes.",
        "3: 'pcae' is not kept of a client. Did you mean 'pace'?",
        "4: 'noets' is not kept of a client. Did you mean 'notes'?",
        "5: pace: 'quick' is not one of the choices. Known are: fours, gentle, slow, steady.",
        "6: 'letter' is not kept of a client: a letter is given with each recording. Take it out.",
        "7: 'client' is not kept of a client: a client's file is one client's. Take it out.",
        f"8: 'allow-online' is not kept of a client: {NOT_KEPT['allow_online']}. Take it out.",
        "10: with: this is not text. Write text in quotes.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        'name = ["Xiomara"]',
        "name = {Xiomara = 1}",
        'notes = ["Xiomara"]',
        "[notes]\nXiomara = 1",
        "pronouns = {Xiomara = 1}",
        'with = ["who=Xiomara", 3]',
        '[with]\nwho = ["Xiomara"]',
        '[pronounce]\nXiomara = "s33"',
        '[pronounce]\n"Xiomara" = ["x"]',
        'pronounce = "Xiomara"',
        'notes = "Xiomara \\u0007"',
        'avoid = ["Xiomara", ["x"]]',
        'avoid = {Xiomara = "a"}',
    ],
)
def test_no_error_tells_a_name_a_word_or_a_note(folders: Folders, text: str) -> None:
    told = problems(folders, f'code = "K7"\n{text}\n')

    assert told
    assert "Xiomara" not in "".join(told)


def test_a_client_shows_nothing_of_themselves_where_they_are_printed(folders: Folders) -> None:
    client = begin(folders, name="Xiomara", notes="afraid", pronouns="she/her")

    assert "Xiomara" not in repr(client)
    assert "afraid" not in repr(client)
    assert "she/her" not in repr(client)


def test_a_path_is_kept_from_the_root(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folders.voices[0])

    assert as_written(CLIENT_FIELDS["lexicon"], "clinic.toml") == str(
        Path("clinic.toml").absolute()
    )
    assert as_written(CLIENT_FIELDS["voice"], "./joe.toml") == str(Path("joe.toml").absolute())
    assert as_written(CLIENT_FIELDS["voice"], "joe") == "joe"
    assert as_written(CLIENT_FIELDS["figure"], "my aunt Rosa") == "my aunt Rosa"


def test_the_words_of_a_lexicon_move_in_with_their_comments() -> None:
    text = editing.with_words(editing.new_text("K7", TODAY), '# hers\n"Mary Ann" = "MAIR-ee an"')
    where = ClientPlace("K7", Path("/data/clients/K7"))

    assert "# hers" in text
    assert parse_client(text, where, FILE_FIELDS).values["pronounce"] == {"Mary Ann": "MAIR-ee an"}
