"""docs/languages.md tells the truth."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from pathlib import Path

from cft_audio.languages import registry
from cft_audio.languages.pack import Language
from cft_audio.languages.registry import LANGUAGES, language_of
from cft_audio.speech.text.rules import sentences, speakable

PAGE = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")


def test_it_names_every_pack() -> None:
    [names] = re.findall(r"^Packs: (.+)\.$", PAGE, re.MULTILINE)

    assert names.split(", ") == sorted(language.name for language in LANGUAGES)


def test_its_table_names_every_part_of_a_pack_in_order() -> None:
    rows = re.findall(r"^\| (`.+?) \|", PAGE, re.MULTILINE)
    parts = re.findall(r"`(\w+)`", " ".join(rows))

    assert parts == [part.name for part in fields(Language)]


def test_it_says_which_parts_have_to_be_there() -> None:
    needed = [
        part.name
        for part in fields(Language)
        if part.default is MISSING and part.default_factory is MISSING
    ]

    assert "Only {} and {} have to be there;".format(*(f"`{name}`" for name in needed)) in PAGE


def test_what_only_english_has_is_what_it_says() -> None:
    with_spelling = [language.name for language in LANGUAGES if language.spelling]
    with_sounds = [language.name for language in LANGUAGES if language.sounds.endings]
    with_checks = [language.name for language in LANGUAGES if language.checks.absolutes]
    with_pronouns = [language.name for language in LANGUAGES if language.figure.pronouns]

    assert with_spelling == with_sounds == with_checks == with_pronouns == ["English"]


def test_the_pack_it_shows_works() -> None:
    [code] = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
    names: dict[str, Language] = {}
    exec(code, names)  # noqa: S102 -- the page's own example
    dutch = names["DUTCH"]
    written = "Mevr. Bakker, d.w.z. Eva, enz. Nu 5–6 keer. Voel, bijv., je voeten & handen."

    assert sentences(speakable(written, dutch), dutch) == [
        "mevrouw Bakker, dat wil zeggen Eva, enzovoort.",
        "Nu 5 tot 6 keer.",
        "Voel, bijvoorbeeld, je voeten en handen.",
    ]


def test_a_new_pack_needs_one_line_in_the_registry() -> None:
    source = Path(registry.__file__).read_text(encoding="utf-8")
    [listed] = re.findall(r"^LANGUAGES = \(\n(.+?)^\)", source, re.MULTILINE | re.DOTALL)

    assert len(listed.splitlines()) == len(LANGUAGES)


def test_without_a_pack_sentences_end_at_the_marks_it_names() -> None:
    [marks] = re.findall(r"marks of any script \(`(.+?)`, `(.+?)`, `(.+?)`\)", PAGE)
    for mark in marks:
        text = speakable(f"A{mark} B", language_of("xx"))
        assert sentences(text, language_of("xx")) == [f"A{mark}", "B"]
