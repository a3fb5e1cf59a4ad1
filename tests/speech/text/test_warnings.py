"""Words a voice may get wrong: found before it speaks, and ordinary names left in peace."""

from __future__ import annotations

import pytest

from cft_audio.files.folders import default_folders
from cft_audio.languages.registry import ENGLISH, language_of
from cft_audio.script.cues import Line, Span
from cft_audio.speech.engines.engine import KnowsSounds
from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.speech.text.warnings import (
    PronunciationWarning,
    find_pronunciation_warnings,
    find_unsaid_sounds,
)
from cft_audio.speech.voices.profiles import load_profile

ORDINARY = """
    Oliver George Harry Noah Jack Charlie Jacob Alfie Freddie Oscar Leo Archie Theo Arthur Thomas
    William James Edward Alexander Benjamin Daniel Lucas Max Isaac Hugo Rory Finlay Callum Ewan
    Angus Hamish Gareth Rhys Dylan Owen Huw Dafydd Olivia Amelia Isla Ava Emily Ella Poppy Mia Lily
    Jessica Sophie Grace Freya Charlotte Florence Phoebe Daisy Alice Matilda Eleanor Beatrice Chloe
    Zoe Zoë Naomi Hannah Abigail Elizabeth Margaret Katherine Kathryn Helen Susan Joanne Carys Gwen
    Rhiannon Eilidh Fiona Skye Sam Alex Robin Jo Jay Kit Bev Di Viv Al Ed Ty Cy AJ Cj JT
    Aoife Siobhan Siobhán Saoirse Caoimhe Ciara Róisín Sinéad Gráinne Orla Clodagh Maeve Sean Seán
    Eoin Eoghan Cian Conor Darragh Padraig Niall Brendan Declan Kevin
    María José Jesús Carlos Javier Juan Luis Miguel Ángel Diego Pablo Sergio Raúl Íñigo Nuria Lucía
    Carmen Guadalupe Begoña João Gonçalo Thiago
    Anna Joanna Magdalena Zofia Jan Piotr Marek Ewa Krzysztof Michał Paweł Stanisław Kasia
    Priya Arjun Rohan Ananya Vikram Sanjay Rajesh Deepak Lakshmi Krishna Rahul Neha Aishwarya Bhavna
    Shreya Srinivas Siddharth Jyoti Harpreet Jhumpa Dhanush Gyan
    Wei Li Na Jing Ying Yan Hui Lei Zhang Zhi Jun Ming Mei Ling Hong Bo Chen Hao Guo Peng Yu Yun
    Mohammed Ahmed Ali Omar Yusuf Hassan Ibrahim Khalid Abdullah Fatima Aisha Khadija Maryam Iqbal
    Tariq Farzaneh Reza Ayşe Çağla Gökhan Özlem Işıl Yiğit
    Chioma Chinedu Emeka Obinna Oluwaseun Adebayo Yetunde Kehinde Kwame Kofi Kwabena Thabo Thandiwe
    Nyasha Nyambura Wanjiru Tendai
    Björn Jürgen Günther Françoise François Benoît Étienne Jean-Luc Giuseppe Chiara Søren Øyvind
    Þórdís Guðrún Jón Sven Kjersti Hrithik Vladimir Vlad Dmitri Svetlana Oksana Yuki Sakura Minh
    Phuong Hyun Leilani Kaʻiulani Rivka Chaim Shlomo D'Angelo O'Brien Mary-Ann McKenzie MacLeod Xena
    Xavier Quentin Llewellyn Lloyd Gwyneth Psyche Pfeiffer Schwartz Fjord Twyla
"""

SPELLED_OUT = """
    Ffion Mhairi Zbigniew Grzegorz Przemysław Dhruv Nkechi Nneka Nkosana Mpho Tshepo Njeri Mwangi
    Ndidi Mbali Hlengiwe Ncuti Ng Zdeněk Srđan Vlk Hrvoje Tzipora Zvi Mbappe N'Golo M'Baku ZBIGNIEW
"""

MISREAD = """
    Xiomara Ximena Xochitl Xolani Xiao Xu Qiang Qing Nguyen Nguyễn Ngozi Agnieszka Łukasz Jerzy
    Niamh Méabh Sadhbh Tadhg Inés Inês László
"""


def doubted(text: str, *known: str, language: str = "en-US", personal: bool = True) -> list[str]:
    lexicon = Lexicon.of(dict.fromkeys(known, "SAM"))
    line = Line((Span("Hello, "), Span(text, personal=personal)))
    warnings = find_pronunciation_warnings([line], lexicon, language_of(language))
    return [warning.word for warning in warnings]


def warnings_of(span: Span) -> list[PronunciationWarning]:
    return find_pronunciation_warnings([Line((span,))], Lexicon({}), ENGLISH)


def test_ordinary_names_are_in_no_doubt() -> None:
    assert [name for name in ORDINARY.split() if doubted(name)] == []


@pytest.mark.parametrize("name", SPELLED_OUT.split())
def test_names_whose_letters_the_voice_would_name_are_found(name: str) -> None:
    assert doubted(name) == [name]


@pytest.mark.parametrize("name", MISREAD.split())
def test_names_that_english_has_no_reading_for_are_found(name: str) -> None:
    assert doubted(name) == [name]


@pytest.mark.parametrize(
    "name", ["晓明", "محمد", "דוד", "さくら", "김민준", "प्रिया", "สมชาย", "Ивана", "Γιώργος"]
)
def test_other_scripts_are_found_with_what_the_voice_makes_of_them(name: str) -> None:
    [warning] = warnings_of(Span(name, personal=True))

    assert warning.word == name
    assert "in a script the voice does not read: it says '" in warning.why
    assert doubted(name, language="de-DE") == [name]
    assert doubted(name, personal=False) == [name]


def test_digits_in_a_name_are_found_and_numbers_are_not() -> None:
    assert doubted("Sam2") == ["Sam2"]
    assert doubted("R2D2") == ["R2D2"]
    assert doubted("Since Covid-19, at 3pm on the 2nd, 20 of 30s") == []


def test_a_letter_in_plain_english_is_in_no_doubt() -> None:
    letter = "Dear Sam, hmm. I saw Mr Ng's GP at the NHS in the US, and IT was a PC on TV. OK? Shh."

    assert doubted(letter) == ["Ng"]


def test_what_cannot_be_spoken_at_all_is_found_and_no_sound_can_be_kept_for_it() -> None:
    [warning] = warnings_of(Span("😀", personal=True))

    assert "left out" in warning.why
    assert not warning.can_be_settled


def test_a_word_whose_sound_is_known_is_in_no_doubt() -> None:
    assert doubted("Xiomara", "xiomara") == []
    assert doubted("Xiomara Nguyen’s", "Xiomara Nguyen") == []
    assert warnings_of(Span("Xiomara", ipa="siːoʊˈmɑːɹə", personal=True)) == []


def test_what_the_script_says_is_its_authors() -> None:
    assert doubted("Xiomara and Mpho", personal=False) == []


def test_another_language_reads_latin_letters_in_its_own_way() -> None:
    assert doubted("Agnieszka", language="pl-PL") == []


def test_a_kept_sound_that_an_engine_does_not_read_is_told() -> None:
    engine = load_profile("google-gb", default_folders().voices).make_engine()
    assert isinstance(engine, KnowsSounds)
    line = Line((Span("Hello, Aoife and Niamh. Close your eyes."),))
    lexicon = Lexicon.of({"Aoife": "/ˈiːfə/", "Niamh": "NEEV"})
    [warning] = find_unsaid_sounds([line], lexicon, engine)

    assert warning.word == "Aoife"
    assert "read no IPA" in warning.why
