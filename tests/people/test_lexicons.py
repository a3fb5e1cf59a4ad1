"""Lexicon files: whole, private, and a person's own to write in."""

from __future__ import annotations

import os
import stat
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.errors import LexiconError, RequestError
from cft_audio.people.clients.places import known_clients, known_place
from cft_audio.people.lexicons.files import add_entry, entries, remove_entry
from cft_audio.people.lexicons.places import client_lexicon, file_lexicon, own_lexicon
from cft_audio.speech.text.lexicon import key_of

WORDS = st.text("aé '-.=#\"[]Z", min_size=1, max_size=6).filter(
    lambda text: any(character.isalpha() for character in text)
)
"""Words that TOML writes in quotes, or could take for something else."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A person's data folder that is not there yet."""
    return tmp_path / "share" / "cft-audio"


def test_a_word_is_kept_replaced_and_forgotten(data: Path) -> None:
    place = own_lexicon(data)

    assert add_entry(place, "Xiomara", "see-oh-MAR-ah", data) is None
    assert add_entry(place, "XIOMARA", "/siːoʊˈmɑːɹə/", data) == "see-oh-MAR-ah"
    assert entries(place) == {"XIOMARA": "/siːoʊˈmɑːɹə/"}
    assert remove_entry(place, "xiomara", data) == "/siːoʊˈmɑːɹə/"
    assert entries(place) == {}
    assert remove_entry(place, "xiomara", data) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_nobody_else_can_read_what_is_kept(data: Path) -> None:
    for place in (own_lexicon(data), client_lexicon("Alex", data)):
        add_entry(place, "Sam", "SAM", data)
        assert stat.S_IMODE(place.file.stat().st_mode) == 0o600
        assert stat.S_IMODE(place.file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_shared_file_stays_shared(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text('"Sam" = "SAM"\n')
    file.chmod(0o664)
    add_entry(file_lexicon(file), "Zoë", "ZOH-ee", data)

    assert stat.S_IMODE(file.stat().st_mode) == 0o664


def test_comments_order_and_line_ends_are_the_persons_own(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "clinic.toml"
    place = file_lexicon(file)
    file.write_bytes(
        b"\xef\xbb\xbf# Tuesdays\r\nAoife = '/\xcb\x88i\xcb\x90f\xc9\x99/'\r\nBo = 'boh'"
    )
    add_entry(place, "Zoë", "ZOH-ee", data)
    add_entry(place, "Aoife", "EE-fa", data)

    assert file.read_bytes().decode() == (
        '# Tuesdays\r\nAoife = "EE-fa"\r\nBo = \'boh\'\n"Zoë" = "ZOH-ee"\n'
    )


def test_a_word_that_is_written_in_several_ways_is_kept_once(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text('# ours\n"AOIFE" = """\nEE-fa"""  # hers\naoife = "EE-fa"\n# end\n')
    add_entry(file_lexicon(file), "Aoife", "EE-fuh", data)

    assert file.read_text() == '# ours\n# end\nAoife = "EE-fuh"\n'


@given(st.dictionaries(WORDS, st.just("see-oh"), max_size=4), st.data())
def test_a_change_touches_its_own_word_and_no_other(
    kept: dict[str, str], draw: st.DataObject
) -> None:
    word = draw.draw(st.one_of(WORDS, st.sampled_from(list(kept)) if kept else WORDS))
    with tempfile.TemporaryDirectory() as folder:
        place = own_lexicon(Path(folder))
        for other, sound in kept.items():
            add_entry(place, other, sound, Path(folder))
        before = {key_of(other) for other in kept}
        add_entry(place, word, "MAR-ah", Path(folder))
        sounds = {key_of(other): sound for other, sound in entries(place).items()}
        assert sounds == dict.fromkeys(before, "see-oh") | {key_of(word): "MAR-ah"}
        remove_entry(place, word, Path(folder))
        assert {key_of(other) for other in entries(place)} == before - {key_of(word)}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Aoife = ", "not valid TOML"),
        (b"\xff", "saved in a way that cannot be read"),
        (b"[words]\nAoife = 'EE-fa'", "'words' is not text"),
        (b"Aoife = true", "'Aoife' is not text"),
        (b"Aoife = 's33'", "'s33' is not a way to say 'Aoife'"),
    ],
)
def test_a_wrong_file_is_named_in_one_sentence(
    tmp_path: Path, data: Path, content: bytes, message: str
) -> None:
    file = tmp_path / "clinic.toml"
    file.write_bytes(content)

    for use in (entries, lambda place: add_entry(place, "Sam", "SAM", data)):
        with pytest.raises(LexiconError, match=message) as caught:
            use(file_lexicon(file))
        assert caught.value.where == f"{file}:1"
    assert file.read_bytes() == content


def test_every_wrong_word_of_a_file_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text("# ours\nAoife = 's33'\nBo = 'boh'\n\nSam = '/sAm/'\n")
    with pytest.raises(LexiconError) as caught:
        entries(file_lexicon(file))

    assert [(problem.line, problem.message.split(":")[0]) for problem in caught.value.problems] == [
        (2, "'s33' is not a way to say 'Aoife'"),
        (5, "'/sAm/' is not IPA for 'Sam'"),
    ]


@pytest.mark.parametrize(
    ("word", "sound"),
    [
        ("", "sam"),
        ("😀", "sam"),
        ("Sam\x7f", "sam"),
        ("\udcff", "sam"),
        ("Sam", "/sAm/"),
        ("Sam", ""),
    ],
)
def test_what_is_no_word_or_sound_is_not_kept(data: Path, word: str, sound: str) -> None:
    with pytest.raises(RequestError):
        add_entry(own_lexicon(data), word, sound, data)
    assert not data.exists()


def test_a_client_is_found_whatever_the_case(data: Path) -> None:
    add_entry(client_lexicon("Zoë  R.", data), "Aoife", "EE-fa", data)

    assert known_clients(data) == ["Zoë R."]
    assert known_place("zoe\u0308 r.", data).called == "Zoë R."
    assert entries(client_lexicon("zoe\u0308 r.", data)) == {"Aoife": "EE-fa"}


@pytest.mark.parametrize(
    "name", ["../../etc", "con", "Con.", "a/b", "C:\\x", "晓明", ".", "x" * 100]
)
def test_any_clients_name_is_a_harmless_folder(data: Path, name: str) -> None:
    if not any(letter.isalnum() for letter in name):
        with pytest.raises(RequestError, match="cannot be a client's name"):
            client_lexicon(name, data)
        return
    place = client_lexicon(name, data)
    add_entry(place, "Sam", "SAM", data)

    assert place.file.parent.parent == data / "clients"
    assert not place.file.parent.name.endswith(".")
    assert place.file.parent.name.lower() != "con"
    assert known_clients(data) == [name]


def test_nothing_of_a_client_is_left_once_their_last_word_is_gone(data: Path) -> None:
    add_entry(client_lexicon("Alex", data), "Aoife", "EE-fa", data)
    remove_entry(client_lexicon("Alex", data), "Aoife", data)

    assert known_clients(data) == []
    assert not (data / "clients").exists()


def test_an_unknown_client_is_refused_without_naming_the_others(data: Path) -> None:
    add_entry(client_lexicon("Alexandra", data), "Aoife", "EE-fa", data)

    with pytest.raises(RequestError, match="Did you mean 'Alexandra'"):
        known_place("Alexndra", data)
    with pytest.raises(RequestError, match="called 'Bob'") as caught:
        known_place("Bob", data)
    assert "Alexandra" not in str(caught.value)


def test_many_at_once_lose_nothing(data: Path) -> None:
    place = own_lexicon(data)
    words = [f"Name{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda word: add_entry(place, word, "NAYM", data), words))

    assert sorted(entries(place)) == words


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_takes_nothing_is_said_so(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o500)
    with pytest.raises(LexiconError, match="cannot be written"):
        add_entry(file_lexicon(folder / "clinic.toml"), "Sam", "SAM", data)


def test_a_place_that_cannot_be_is_said_so(tmp_path: Path, data: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LexiconError, match="cannot be"):
        add_entry(file_lexicon(tmp_path / "file" / "clinic.toml"), "Sam", "SAM", data)
