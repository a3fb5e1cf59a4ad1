"""How words are said: respelled or in IPA, whole words, whatever their case."""

import gc
import re
from collections.abc import Iterator

import pytest

from cft_audio.errors import EngineError, RequestError
from cft_audio.languages.registry import language_of
from cft_audio.script.cues import Line, Span
from cft_audio.speech.engines.engine import Fragment, Sentence
from cft_audio.speech.engines.piper import PiperEngine
from cft_audio.speech.text.lexicon import Lexicon, check_entry, merge_tables

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

    assert lexicon.entries["sam"] == (Fragment("Sam", respelling="SOM"),)
    assert merge_tables({"Sam": "SAHM", "Bo": "boh"}, {"SAM": "SOM"}, {"sam": "sam"}) == {
        "sam": "sam",
        "Bo": "boh",
    }


def held(text: str, **sounds: str) -> list[str]:
    """Return the words of ``text`` that are said as the lexicon has them."""
    lexicon = Lexicon.of({word.replace("_", " "): sound for word, sound in sounds.items()})
    found = lexicon.sentences(Line((Span(text),)))
    return [f.text for s in found for f in s.fragments if f.respelling or f.ipa]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mary Ann, MARY\u00a0ANN, and Mary  ann's", ["Mary", "Ann"] * 3),
        ("Maryann, Mary-Ann, Mary and Annie", ["Mary", "Mary"]),
        ("Anne-Marie and Marie-Anne", ["Marie", "Marie"]),
        ("O’Shea, o'shea’s, OʼShea", ["O'Shea"] * 3),
        ("Shea, O'Shean", []),
        ("D'Angelo and Angelo's", ["Angelo"]),
        ("Jean‑Luc and jean-luc", ["Jean-Luc"] * 2),
        ("Zoë, ZOË, Zoe\u0308 but not Zoe", ["Zoë"] * 3),
        ("WEISS, Weiß", ["Weiß"] * 2),
        ("Angelo'll come; Angelo've", ["Angelo"] * 2),
    ],
)
def test_whole_words_are_found_however_they_are_written(text: str, words: list[str]) -> None:
    sounds = {"Mary_Ann": "MAIR-ee AN", "Mary": "MAIR-ee", "Marie": "ma-REE", "Angelo": "AN-jel-oh"}
    sounds |= {"O'Shea": "oh-SHAY", "Jean-Luc": "zhahn-LUKE", "Zoë": "ZOH-ee", "Weiß": "VICE"}

    assert held(text, **sounds) == words


def test_each_word_of_a_name_has_its_own_stress() -> None:
    assert said("Mary Ann.", **{"Mary Ann": "MAIR-ee AN"}) == [
        [
            Fragment("Mary", respelling="MAIR-ee"),
            Fragment(" "),
            Fragment("Ann", respelling="AN"),
            Fragment("."),
        ]
    ]
    assert said("Nguyen", Nguyen="nuh WIN") == [[Fragment("Nguyen", respelling="nuh-WIN")]]


def test_a_word_is_whole_across_what_a_script_and_a_person_wrote() -> None:
    lexicon = Lexicon.of({"Sam": "SAHM", "Aunt Rosa": "ahnt ROH-sa"})
    [plural] = lexicon.sentences(Line((Span("Sam", personal=True), Span("s"))))
    [aunt] = lexicon.sentences(Line((Span("Aunt "), Span("Rosa", personal=True))))

    assert plural.fragments == (Fragment("Sams"),)
    assert [f.respelling for f in aunt.fragments] == ["ahnt", "", "ROH-sa"]


@pytest.mark.parametrize("ipa", ["/sAm/", "/s4m/", "/ /", "/s_m/", "/s$m/", "/сам/", "//sam//"])
def test_what_is_no_ipa_is_refused(ipa: str) -> None:
    with pytest.raises(RequestError, match=r"^here: .*IPA"):
        check_entry("Sam", ipa, "here")


@pytest.mark.parametrize("ipa", ["/ʃɪˈvɔːn/", "/'gri:.tə/", "/ɛ̃ˈʁi/", "/ˈmɛəri æn/", "/tʰaːj˧/"])
def test_ipa_as_people_write_it_is_taken(ipa: str) -> None:
    check_entry("Sam", ipa, "here")


@pytest.mark.parametrize("sound", ["", " ", "'-'", "a--b", "s33", "/", "//", "sée"])
def test_what_is_no_sound_is_refused(sound: str) -> None:
    with pytest.raises(RequestError, match="is not a way to say 'Sam'") as caught:
        Lexicon.of({"Sam": sound})
    assert caught.value.field == "pronounce"


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
        ("ˈrɒbɪn", "ɹˈɑːbɪn"),
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
    with pytest.raises(RequestError, match="is not a word") as caught:
        Lexicon.of({word: "see"})
    assert caught.value.field == "pronounce"


def test_more_words_than_a_byte_can_count_are_all_held() -> None:
    words = [f"Name{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(600)]
    lexicon = Lexicon.of(dict.fromkeys(words, "SAHM"))
    said = lexicon.sentences(Line((Span(" ".join(words)),)))

    assert [f.text for part in said for f in part.fragments if f.respelling] == words


def test_no_name_stays_in_memory_after_its_use() -> None:
    """Python keeps every pattern it has compiled: none may be made of a listener's words."""

    def name() -> str:
        return "".join(reversed("elzzidebeZ"))

    lexicon = Lexicon.of({name(): "ZEB-ee-diz-ul"})
    assert lexicon.sentences(Line((Span(f"Hello, {name()}’s friend."),)))[0].fragments[1].respelling
    assert name() not in lexicon.without(name())
    del lexicon
    gc.collect()

    assert [kept for kept in strings_in_memory() if name().casefold() in kept.casefold()] == []


def strings_in_memory() -> Iterator[str]:
    """Yield every string that an object in memory refers to, Python's caches of patterns too."""
    for tracked in gc.get_objects():
        for referent in (tracked, *gc.get_referents(tracked)):
            if isinstance(referent, str):
                yield referent
            elif isinstance(referent, re.Pattern):
                yield str(referent.pattern)


def test_a_lexicon_does_not_show_its_words() -> None:
    assert "Xiomara" not in repr(Lexicon.of({"Xiomara": "see-oh-MAR-ah"}))


def test_a_name_is_found_beside_what_its_language_joins_to_it() -> None:
    spoken = Lexicon.of({"Aoife": "EE-fa"}, language=language_of("fr"))
    [sentence] = spoken.sentences(Line((Span("L’ami d’Aoife, qu'Aoife aime, Aoife's."),)))

    assert [f.text for f in sentence.fragments] == [
        *("L'ami d'", "Aoife", ", qu'", "Aoife", " aime, Aoife's.")
    ]


@pytest.mark.parametrize("text", ["\U000f0000 hello", "İris, ıris and Iris", "नमस्ते", "Zoë"])
def test_no_text_trips_the_lexicon(text: str) -> None:
    """Not the characters it works with, nor letters that are equal only where case is ignored."""
    lexicon = Lexicon.of({"Iris": "EYE-ris", "नमस": "nam", "Zoe\u0308": "ZOH-ee"})
    held = [f for s in lexicon.sentences(Line((Span(text),))) for f in s.fragments if f.respelling]

    assert [f.respelling for f in held] == {"İ": ["EYE-ris"], "Z": ["ZOH-ee"]}.get(text[0], [])
