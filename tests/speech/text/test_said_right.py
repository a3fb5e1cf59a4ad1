"""What is written is said right, by each offline engine: a table of lines, and their sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from said_right_cases import ROWS, Row

from cft_audio.files.folders import default_folders
from cft_audio.languages.registry import ENGLISH
from cft_audio.script.cues import Line, Span
from cft_audio.speech.engines.engine import Fragment, Sentence, TellsSounds
from cft_audio.speech.engines.espeak_phonemes import sentence_phonemes
from cft_audio.speech.text.estimate import estimate_length
from cft_audio.speech.text.ipa import typed_ipa
from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable


def said(text: str, **sounds: str) -> tuple[Sentence, ...]:
    return Lexicon.of(sounds).sentences(Line((Span(text),)))


def spoken(text: str, **sounds: str) -> str:
    return " ".join(sentence.text for sentence in said(text, **sounds))


def sounds_of_voice(name: str) -> Callable[[Sentence], str]:
    engine = load_profile(name, default_folders().voices).make_engine()
    assert isinstance(engine, TellsSounds)
    return engine.sounds_of


def sounds_in_britain(sentence: Sentence) -> str:
    """Return the phonemes that a Piper voice of British English gets."""
    from piper.phonemize_espeak import EspeakPhonemizer

    voice, phonemizer = "en-gb-x-rp", EspeakPhonemizer()
    return "".join(
        sentence_phonemes(
            sentence,
            ENGLISH,
            phonemize=lambda text: phonemizer.phonemize(voice, text),
            sounds=lambda fragment: typed_ipa(fragment.ipa, voice),
        )
    )


@pytest.fixture(
    scope="module",
    params=["joe", "Britain", pytest.param("espeak-gb", marks=pytest.mark.needs("espeak-ng"))],
)
def sounds(request: pytest.FixtureRequest) -> Callable[[Sentence], str]:
    return sounds_in_britain if request.param == "Britain" else sounds_of_voice(request.param)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text)
def test_each_line_of_the_table_is_spelled_out_and_sounds_as_it_should(
    row: Row, sounds: Callable[[Sentence], str]
) -> None:
    row.check(sounds)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (
            "£0.50, 50p, €5k, $20-30",
            "fifty pence, fifty pence, five thousand euros, twenty to thirty",
        ),
        ("at 7.30, 19:45, 5-6pm", "at seven thirty, nineteen forty-five, five to six P M"),
        ("3rd May 2024, 3/5/2024", "the third of May twenty twenty-four, the third of May"),
        ("May 3rd, mid-30s, 2010s", "May the third, mid-thirties, twenty tens"),
        ("2½, 1 1/2 cups, 1/2 an hour", "two and a half, one and a half cups, half an hour"),
        ("0800 1111; 13 11 14", "oh eight oh oh, one one one one; one three, one one, one four"),
        (
            "call or text 1737, 116 123 or 999",
            "one seven three seven, one one six, one two three or",
        ),
        (
            "−5°C, 30 sec. later, 1 kg",
            "minus five degrees Celsius, thirty seconds later, one kilogram",
        ),
        ("B12, Covid-19, MI5, 007", "B twelve, Covid-nineteen, M I five, oh oh seven"),
        ("Elizabeth II, an IV drip", "Elizabeth the second, an I V drip"),
        ("SSRIs, the NHS's, LGBTQIA+", "S S R I's, the N H S's, L G B T Q I A plus"),
        ("DBT, NASA, ME/CFS, CO₂", "D B T, Nasa, M E, C F S, C O two"),
        ("YOU ARE SAFE", "YOU ARE SAFE"),
        (
            "Ask your Dr. Then rest. 12 Main St. Then go",
            "Doctor. Then rest. twelve Main Street. Then",
        ),
        ("At 5 p.m. Sam came. Group C. Settle in.", "At five P M Sam came. Group C. Settle in."),
        ("tea w/ milk, w/o sugar, he/she", "tea with milk, without sugar, he or she"),
        ("2 + 2 = 4, 10 - 3 = 7", "two plus two equals four, ten minus three equals seven"),
        (
            "In 1987 and 2005, 1200 steps",
            "In nineteen eighty-seven and two thousand and five, one thousand",
        ),
        ("120/80, mood: 3/5", "one hundred and twenty over eighty, mood: three out of five"),
        ("Rest here (10 secs). Then (softly) go.", "Rest here. Then go."),
        ("Hello\n=====\nthere", "Hello. there"),
        ("Open 9am–5pm, Mon–Fri", "nine A M to five P M, Monday to Friday"),
        ("£10-£20, 20€, £1.50", "ten to twenty pounds, twenty euros, one pound fifty"),
        (
            "from 1914–1918, in 2024/25",
            "fourteen to nineteen eighteen, in twenty twenty-four twenty",
        ),
        ("a 5 km walk, 5 kg of it", "a five kilometre walk, five kilograms of it"),
        ("1/10 of it, 4.5/5 stars", "a tenth of it, four point five out of five stars"),
        ("U.K. law at 3 P.M. Rest", "U K law at three P M. Rest"),
        ("Mum XX", "Mum"),
        ("solve for x", "solve for x"),
        ("Mr X", "Mister X"),
        ("https://www.nhs.uk/help?x=1.", "www dot N H S dot U K slash help."),
    ],
)
def test_what_people_write_becomes_the_words_they_say(written: str, words: str) -> None:
    assert words in spoken(written)


@pytest.mark.parametrize(
    ("text", "word", "ipa"),
    [
        ("Save lives.", "lives", "lˈaɪvz"),
        ("Kindness lives here.", "lives", "lˈɪvz"),
        ("I have known it, or read of it.", "read", "ɹˈɛd"),
        ("A part of you objects to it.", "objects", "əbdʒˈɛkts"),
        ("It is used to calm.", "used", "jˈuːzd"),
        ("I'm used to it.", "used", "jˈuːst"),
        ("She wound the wool.", "wound", "wˈaʊnd"),
        ("They separate slowly.", "separate", "sˈɛpɹˌeɪt"),
        ("A violin bow.", "bow", "bˈoʊ"),
        ("We had a row.", "row", "ɹˈaʊ"),
        ("Sea bass.", "bass", "bˈæs"),
        ("She dove into the sea.", "dove", "dˈoʊv"),
        ("An aged oak.", "aged", "ˈeɪdʒᵻd"),
        ("A learned man.", "learned", "lˈɜːnᵻd"),
        ("A fresh wind; wind it up.", "wind", "wˈaɪnd"),
        ("Nobody uses it.", "uses", "jˈuːzᵻz"),
        ("It has many uses.", "uses", "jˈuːsᵻz"),
    ],
)
def test_a_heteronym_is_read_by_its_grammar(text: str, word: str, ipa: str) -> None:
    assert Fragment(word, ipa=ipa) in [f for sentence in said(text) for f in sentence.fragments]


def test_a_voice_of_another_language_is_given_no_english_sounds() -> None:
    german = Lexicon.of({}, language=ENGLISH.without_readings)
    [sentence] = german.sentences(Line((Span("Close your eyes at 7:00."),)))

    assert sentence.fragments == (Fragment("Close your eyes at seven o'clock."),)


def test_a_length_is_estimated_of_what_is_said() -> None:
    written, words = "Ring 0800 1111 at 7:30.", spoken("Ring 0800 1111 at 7:30.")

    assert estimate_length(Line((Span(written),)), 1.0, ENGLISH) == estimate_length(
        Line((Span(words),)), 1.0, ENGLISH
    )


def test_a_kept_sound_wins_over_a_reading() -> None:
    [sentence] = said("Close your eyes.", Close="KLOSS")
    [inline] = Lexicon.of({}).sentences(Line((Span("Close", ipa="klˈoʊs"), Span(" your eyes."))))

    assert sentence.fragments[0] == Fragment("Close", respelling="KLOSS")
    assert inline.fragments[0] == Fragment("Close", ipa="klˈoʊs")


def test_an_engine_that_reads_no_ipa_gets_the_words() -> None:
    from cft_audio.speech.engines.google.engine import written

    [sentence] = said("Close your eyes for 10 secs.")

    assert written(sentence) == "Close your eyes for ten seconds."


def test_words_before_a_reading_are_said_as_before_any_word() -> None:
    ipa = sounds_of_voice("joe")

    assert ipa(said("It's a close friend.")[0]) == "ɪts ɐ klˈoʊs fɹˈɛnd."
    assert ipa(said("Look at the object.")[0]).endswith("ðɪʲ ˈɑːbdʒɛkt.")


def test_a_letter_without_full_stops_is_said_in_breaths() -> None:
    letter = "you are not alone and it will pass and it is all right to rest " * 40
    parts = said(letter)
    words = [len(part.text.split()) for part in parts]

    assert max(words) <= 45
    assert min(words) >= 10
    assert " ".join(part.text for part in parts).replace(",", "").split() == letter.split()
    assert all(part.text.split()[0] in ("you", "and") for part in parts)


def test_no_sentence_of_ordinary_length_is_parted() -> None:
    sentence = f"{'Breathe in, and out, ' * 9}and rest."

    assert len(said(sentence)) == 1
