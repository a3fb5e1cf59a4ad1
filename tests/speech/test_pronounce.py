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


@pytest.mark.parametrize("sound", ["", " ", "'-'", "a--b", "s33", "/", "//", "sée"])
def test_what_is_no_sound_is_refused(sound: str) -> None:
    with pytest.raises(RequestError, match="--pronounce"):
        Lexicon.of({"Sam": sound})


def phonemes(engine: PiperEngine, *fragments: Fragment) -> str:
    engine.speak(Sentence((Fragment("Hello."),)), 1.0)
    return "".join(engine._phonemes(Sentence(fragments)))


def test_a_respelling_sounds_as_it_is_written_with_its_stress(engine: PiperEngine) -> None:
    assert phonemes(engine, Fragment("Hello, "), XIOMARA, Fragment(", welcome.")) == (
        "həlˈoʊ, siːoʊmˈɑːɹɑː, wˈɛlkʌm."
    )


def test_ipa_keeps_the_blanks_and_commas_around_it(engine: PiperEngine) -> None:
    aoife = Fragment("Aoife", ipa="ˈiːfə")

    assert phonemes(engine, Fragment("Dear "), aoife, Fragment(", hello.")) == (
        "dˈɪɹ ˈiːfə, həlˈoʊ."
    )


def test_a_symbol_the_voice_does_not_know_is_named(engine: PiperEngine) -> None:
    with pytest.raises(EngineError, match="does not know ☃"):
        phonemes(engine, Fragment("x", ipa="a☃"))


@pytest.mark.parametrize("symbol", ["^", "$", "_", "1", ",", "#"])
def test_ipa_cannot_be_an_instruction_to_the_voice(engine: PiperEngine, symbol: str) -> None:
    """Marks and rests have entries in a voice's phoneme map, but are no sounds."""
    with pytest.raises(EngineError, match="does not know"):
        phonemes(engine, Fragment("x", ipa=f"a{symbol}b"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("siːoʊˈmɑːɹə", "siːoʊmˈɑːɹə"),
        ("ʃɪˈvɔːn", "ʃɪvˈɔːn"),
        ("ˌælɪɡˈzændə", "ˌælɪɡzˈændə"),
        ("'gri:.tə", "ɡɹˈiːtə"),
        ("ˈʧɑːli", "tʃˈɑːli"),
        ("ˈrɒbɪn", "ɹˈɑbɪn"),
        ("ˈʃ", "ʃ"),
    ],
)
def test_ipa_is_read_as_people_type_it(engine: PiperEngine, typed: str, said: str) -> None:
    assert phonemes(engine, Fragment("x", ipa=typed)) == said


@pytest.mark.parametrize(
    ("respelling", "said"),
    [
        ("SAHM", "sˈɑːm"),
        ("sahm", "sˈɑːm"),
        ("mee-SAH-kee", "miːsˈɑːkiː"),
        ("a-NEE-ta", "ɑːnˈiːtɑː"),
        ("shi-VAWN", "ʃivˈɔːn"),
        ("wil-ow", "wˈɪloʊ"),
    ],
)
def test_respellings_are_heard_with_their_stress(
    engine: PiperEngine, respelling: str, said: str
) -> None:
    assert phonemes(engine, Fragment("x", respelling=respelling)) == said


@pytest.mark.parametrize(
    ("name", "respelling", "ending"),
    [
        ("Xiomara", "see-oh-MAR-ah", "ɑːz hˈændz"),
        ("Pat", "PAT", "ts hˈændz"),
        ("Alice", "AL-iss", "sᵻz hˈændz"),
    ],
)
def test_what_belongs_to_someone_is_said_so(
    engine: PiperEngine, name: str, respelling: str, ending: str
) -> None:
    [sentence] = Lexicon.of({name: respelling}).sentences(Line((Span(f"In {name}’s hands"),)))

    assert phonemes(engine, *sentence.fragments).endswith(ending)


@pytest.mark.parametrize("word", ["", " ", "-", "😀"])
def test_what_is_no_word_is_refused(word: str) -> None:
    with pytest.raises(RequestError, match="--pronounce"):
        Lexicon.of({word: "see"})


@pytest.mark.parametrize("text", ["\ue100 hello", "İris, ıris and Iris", "नमस्ते", "Zoë"])
def test_no_text_trips_the_lexicon(text: str) -> None:
    """Not the characters it works with, nor letters that are equal only where case is ignored."""
    lexicon = Lexicon.of({"Iris": "EYE-ris", "नमस": "nam", "Zoe\u0308": "ZOH-ee"})
    held = [f for s in lexicon.sentences(Line((Span(text),))) for f in s.fragments if f.respelling]

    assert [f.respelling for f in held] == {"İ": ["EYE-ris"], "Z": ["ZOH-ee"]}.get(text[0], [])
