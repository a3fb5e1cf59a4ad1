"""Which language a tag means."""

import pickle

import pytest

from cft_audio.languages.pack import Language
from cft_audio.languages.registry import (
    ENGLISH,
    is_same_language,
    language_of,
    languages,
    other_language_warning,
)


@pytest.mark.parametrize("tag", ["en", "EN", "en-GB", "en_US", "en-gb-x-rp", "en-gb+f3", " en "])
def test_every_english_is_english(tag: str) -> None:
    assert language_of(tag) is ENGLISH


def test_a_language_without_a_pack_keeps_its_tag_and_nothing_english_is_known_of_it() -> None:
    dutch = language_of("nl-BE")

    assert dutch.tag == "nl-BE"
    assert dutch.abbreviations is None
    assert dutch.spelling is None
    assert not any((dutch.openers, dutch.symbols, dutch.name_endings, dutch.figure.pronouns))
    assert language_of("").tag == "und"


def test_no_two_packs_have_one_tag_and_each_is_its_primary_subtag() -> None:
    tags = [language.tag for language in languages()]

    assert len(tags) == len(set(tags))
    assert all(language_of(f"{tag}-XX").tag == tag for tag in tags)


@pytest.mark.parametrize("language", [*languages(), language_of("nl")], ids=lambda each: each.tag)
def test_a_language_goes_to_another_process_and_comes_back_equal(language: Language) -> None:
    assert pickle.loads(pickle.dumps(language)) == language  # noqa: S301 -- our own


def test_regions_make_no_other_language() -> None:
    assert is_same_language("en-GB", "en_us")
    assert is_same_language("nl", "NL-be")
    assert not is_same_language("en", "de")


def test_a_voice_of_another_language_is_warned_of() -> None:
    assert other_language_warning("en-US", "de-DE") == (
        "the practice is in German and its voice reads English, and may not be understood"
    )
    assert "'nl'" in other_language_warning("es", "nl")


@pytest.mark.parametrize(("voice", "practice"), [("en-US", "en-GB"), ("", "de"), ("nl", "nl-BE")])
def test_a_voice_of_the_same_or_an_unknown_language_is_not(voice: str, practice: str) -> None:
    assert other_language_warning(voice, practice) == ""
