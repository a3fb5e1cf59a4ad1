"""docs/languages.md tells the truth."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from cft_audio.errors import LanguageError
from cft_audio.languages.pack import Language
from cft_audio.languages.registry import language_of, languages, read_pack
from cft_audio.speech.text.rules import sentences, speakable

PAGE = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")


UNCLOSED = "missing ), unterminated subpattern at position 0"


def test_it_names_every_pack() -> None:
    [names] = re.findall(r"^Packs: (.+)\.$", PAGE, re.MULTILINE)

    assert names.split(", ") == sorted(language.name for language in languages())


def test_its_table_names_every_part_of_a_pack_in_order() -> None:
    rows = re.findall(r"^\| (`.+?) \|", PAGE, re.MULTILINE)
    parts = re.findall(r"`(\w+)`", " ".join(rows))

    assert parts == [part.name for part in fields(Language)]


def test_it_says_which_parts_have_to_be_there() -> None:
    needed = [
        part.name
        for part in fields(Language)
        if part.default is MISSING and part.default_factory is MISSING and part.name != "safety"
    ]

    assert "Only {} and {} have to be there;".format(*(f"`{name}`" for name in needed)) in PAGE


def test_what_only_english_has_is_what_it_says() -> None:
    with_spelling = [language.name for language in languages() if language.spelling]
    with_sounds = [language.name for language in languages() if language.sounds.endings]
    with_checks = [language.name for language in languages() if language.checks.absolutes]
    with_pronouns = [language.name for language in languages() if language.figure.pronouns]

    assert with_spelling == with_sounds == with_checks == with_pronouns == ["English"]


def test_the_pack_it_shows_works(tmp_path: Path) -> None:
    [pack] = re.findall(r"```toml\n(.+?)```", PAGE, re.DOTALL)
    (tmp_path / "nl.toml").write_text(pack, encoding="utf-8")
    dutch = read_pack(tmp_path / "nl.toml")
    written = "Mevr. Bakker, d.w.z. Eva, enz. Nu 5–6 keer. Voel, bijv., je voeten & handen."

    assert sentences(speakable(written, dutch), dutch) == [
        "mevrouw Bakker, dat wil zeggen Eva, enzovoort.",
        "Nu 5 tot 6 keer.",
        "Voel, bijvoorbeeld, je voeten en handen.",
    ]


def test_everything_wrong_in_a_pack_is_told_with_its_line(tmp_path: Path) -> None:
    pack = tmp_path / "nl.toml"
    pack.write_text(
        'name = "Dutch"\nopener = "De Het"\nmarks = 5\n[numbers]\namount = "("\n', encoding="utf-8"
    )

    with pytest.raises(LanguageError) as caught:
        read_pack(pack)

    assert [(problem.line, problem.message) for problem in caught.value.problems] == [
        (1, "'tag' is missing"),
        (2, "'opener' is not known here"),
        (3, "'marks' is not text"),
        (5, f"numbers: 'amount' cannot be '('; it is no regular expression: {UNCLOSED}"),
    ]
    assert caught.value.problems[1].remedy == "Did you mean 'openers'?"


def test_without_a_pack_sentences_end_at_the_marks_it_names() -> None:
    [marks] = re.findall(r"marks of any script \(`(.+?)`, `(.+?)`, `(.+?)`\)", PAGE)
    for mark in marks:
        text = speakable(f"A{mark} B", language_of("xx"))
        assert sentences(text, language_of("xx")) == [f"A{mark}", "B"]
