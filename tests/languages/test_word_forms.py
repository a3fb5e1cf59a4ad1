"""The forms of a word by the rules of its language, and no other words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.errors import LanguageError
from cft_audio.languages.registry import ENGLISH, language_of, read_pack
from cft_audio.languages.word_forms import forms_of

if TYPE_CHECKING:
    from pathlib import Path

VOWELS = "aeiou"
CONSONANTS = "bdfglmnprst"


@pytest.mark.parametrize(
    "forms",
    [
        "wave waves waved waving",
        "leaf leaves",
        "knife knives",
        "wolf wolves",
        "box boxes boxed boxing",
        "beach beaches",
        "hero heroes",
        "baby babies",
        "cry cries cried crying",
        "die dies died dying dead death",
        "stop stops stopped stopping",
        "rain rains rained raining rainy",
        "travel travels travelled traveled travelling traveling",
        "panic panics panicked panicking",
        "see sees seeing seen",
        "agree agrees agreed agreeing",
        "bring brings brought bringing",
        "child children",
        "policeman policemen",
        "woman women",
        "foot feet",
        "mouse mice",
        "breath breaths breathe breathes breathing breathed",
        "quiz quizzes",
        "mother mothers mothering",
    ],
)
def test_each_form_of_a_word_leads_to_all_others(forms: str) -> None:
    for form in forms.split():
        assert forms_of(form, ENGLISH) >= {*forms.split()}


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("swim", "swimmer swimmers"),
        ("dark", "darker darkest"),
        ("happy", "happier happiest"),
        ("care", "carer carers"),
    ],
)
def test_who_does_it_and_more_of_it_are_forms_that_are_not_taken_back(
    word: str, forms: str
) -> None:
    assert forms_of(word, ENGLISH) >= {*forms.split()}
    assert all(word not in forms_of(form, ENGLISH) for form in forms.split())


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("car", "care cared caring carer"),
        ("hop", "hoped hoping"),
        ("bed", "be"),
        ("moth", "mother mothers"),
        ("let", "letter letters"),
        ("letting", "letter letters"),
        ("flow", "flower flowers"),
        ("flowing", "flower flowers"),
        ("see", "seed seeds"),
        ("seeds", "see"),
        ("evening", "even"),
        ("news", "new"),
        ("the", "thing"),
        ("bite", "bit"),
        ("rise", "rose"),
        ("stranger", "strange"),
        ("sea", "season see seat"),
    ],
)
def test_another_word_is_no_form(word: str, others: str) -> None:
    assert forms_of(word, ENGLISH).isdisjoint(others.split())


def test_every_word_that_the_pack_calls_another_would_be_made_by_a_rule() -> None:
    unguarded = replace(ENGLISH, tag="en-x", forms=replace(ENGLISH.forms, others=(), families=()))

    idle = {
        (word, other)
        for word, *others in ENGLISH.forms.others
        for other in others
        if other not in forms_of(word, unguarded)
    }
    assert idle == set()


def test_no_family_stands_in_the_pack_twice() -> None:
    first = [family[0] for family in ENGLISH.forms.families]

    assert len(first) == len(set(first))
    assert all(len(family) > 1 for family in ENGLISH.forms.families)


@given(st.text(CONSONANTS, max_size=2), st.sampled_from(VOWELS), st.sampled_from(CONSONANTS))
def test_a_short_word_doubles_its_last_letter(begins: str, vowel: str, ends: str) -> None:
    word = begins + vowel + ends
    forms = forms_of(word, ENGLISH)

    others = {other for first, *more in ENGLISH.forms.others if first == word for other in more}
    assert forms >= {f"{word}{ends}{ending}" for ending in ("ed", "ing", "er")} - others
    assert word in forms_of(f"{word}{ends}ing", ENGLISH)
    assert f"{word}ing" not in forms


@given(st.from_regex(r"[a-z]{2,12}", fullmatch=True))
def test_what_a_word_becomes_in_the_plural_leads_back_to_it(word: str) -> None:
    for form in (f"{word}s", f"{word}ing"):
        if form in forms_of(word, ENGLISH):
            assert word in forms_of(form, ENGLISH)


@given(st.text(max_size=30), st.sampled_from(["en", "de", "ja", "und"]))
def test_any_text_is_its_own_form(text: str, tag: str) -> None:
    assert text in forms_of(text, language_of(tag))


def test_without_rules_a_word_is_all_there_is() -> None:
    assert forms_of("wellen", language_of("de")) == {"wellen"}


def test_a_pattern_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    pack = tmp_path / "nl.toml"
    pack.write_text(
        'tag = "nl"\nname = "Dutch"\n[forms.both_ways.plural.endings]\n"(" = "en"\n',
        encoding="utf-8",
    )

    with pytest.raises(LanguageError) as caught:
        read_pack(pack)

    [problem] = caught.value.problems
    assert (problem.line, problem.message.split(": ")[0]) == (4, "forms.both_ways.plural.endings")
    assert "it is no regular expression" in problem.message
