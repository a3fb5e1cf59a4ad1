"""How words are said: respelled or in IPA, whole words, whatever their case."""

import pytest

from cft_audio.errors import EngineError, RequestError
from cft_audio.script.cues import Line, Span
from cft_audio.speech.engine import Fragment, Sentence
from cft_audio.speech.piper import PiperEngine
from cft_audio.speech.pronounce import Lexicon

XIOMARA = Fragment("Xiomara", respelling="see-oh-MAR-ah")


def said(text: str, **sounds: str) -> list[list[Fragment]]:
    found = Lexicon.of(sounds).sentences(Line((Span(text),)))
    return [list(sentence.fragments) for sentence in found]


def test_a_word_is_found_whole_and_in_any_case() -> None:
    assert said("Hello, XIOMARA. Xiomaras too.", Xiomara="see-oh-MAR-ah") == [
        [Fragment("Hello, "), XIOMARA, Fragment(".")],
        [Fragment("Xiomaras too.")],
    ]


def test_ipa_stands_between_slashes() -> None:
    assert said("Aoife.", Aoife="/ˈiːfə/") == [[Fragment("Aoife", ipa="ˈiːfə"), Fragment(".")]]


def test_what_the_script_says_of_a_word_wins() -> None:
    line = Line(
        (Span("Xiomara", ipa="x"), Span(" and "), Span("Dr", sub="Doctor"), Span(" Xiomara"))
    )
    [sentence] = Lexicon.of({"Xiomara": "see-oh-MAR-ah"}).sentences(line)

    assert sentence.fragments == (
        Fragment("Xiomara", ipa="x"),
        Fragment(" and Doctor "),
        XIOMARA,
    )


def test_a_later_table_wins() -> None:
    lexicon = Lexicon.of({"Sam": "SAHM"}, {"sam": "sam"}, {"Sam": "SOM"})

    assert lexicon.entries["sam"].respelling == "SOM"


@pytest.mark.parametrize("sound", ["", "s33", "/", "//", "sée"])
def test_what_is_no_sound_is_refused(sound: str) -> None:
    with pytest.raises(RequestError, match="--pronounce"):
        Lexicon.of({"Sam": sound})


def phonemes(engine: PiperEngine, *fragments: Fragment) -> str:
    engine.speak(Sentence((Fragment("Hello."),)), 1.0)
    return "".join(p for fragment in fragments for p in engine._phonemes(fragment))


def test_a_respelling_sounds_as_it_is_written_with_its_stress(engine: PiperEngine) -> None:
    assert phonemes(engine, Fragment("Hello, "), XIOMARA, Fragment(", welcome.")) == (
        "həlˈoʊ, siːoʊˈmɑːɹɑː, wˈɛlkʌm."
    )


def test_ipa_keeps_the_blanks_and_commas_around_it(engine: PiperEngine) -> None:
    aoife = Fragment("Aoife", ipa="ˈiːfə")

    assert phonemes(engine, Fragment("Dear "), aoife, Fragment(", hello.")) == (
        "dˈɪɹ ˈiːfə, həlˈoʊ."
    )


def test_a_symbol_the_voice_does_not_know_is_named(engine: PiperEngine) -> None:
    with pytest.raises(EngineError, match="does not know ☃"):
        phonemes(engine, Fragment("x", ipa="a☃"))
