"""Sentences of several languages reach the voice unharmed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cft_audio.languages.registry import language_of, languages
from cft_audio.speech.text.rules import sentences, speakable

TAGS = [*(language.tag for language in languages()), "nl"]

PLAIN = st.characters(
    codec="latin-1", exclude_characters="[]{}<>#*_|\\^~`\"«»/'", exclude_categories=["Lu", "Sc"]
)
"""Latin letters and marks, but not the markup that falls silent only after abbreviations and
numbers are looked for, nor initials and prices, which heaps of marks may hide."""

SENTENCES = {
    "de": [
        ("z. B. Dr. Müller kommt.", ["zum Beispiel Doktor Müller kommt."]),
        ("Tee, z.B. Kamille.", ["Tee, zum Beispiel Kamille."]),
        ("Der 2. Schritt.", ["Der 2. Schritt."]),
        ("Am 2. und 3. Tag. Dann ruh dich aus.", ["Am 2. und 3. Tag.", "Dann ruh dich aus."]),
        ("Zähl bis 4. Atme ein.", ["Zähl bis 4.", "Atme ein."]),
        ("Es war 2026. Alles war still.", ["Es war 2026.", "Alles war still."]),
        ("½ Stunde", ["½ Stunde"]),
        ("Um 10:30 Uhr", ["Um 10:30 Uhr"]),
        ("Das kostet 1.000,50 €.", ["Das kostet 1.000,50 €."]),
        ("„Hallo“, sagte sie.", ["Hallo, sagte sie."]),
        ("»Ja« – und nun?", ["Ja, und nun?"]),
        ("Füße, Hände usw. sind warm.", ["Füße, Hände und so weiter sind warm."]),
        ("Füße, Hände usw. Dann der Atem.", ["Füße, Hände und so weiter.", "Dann der Atem."]),
        ("u. a. der Atem", ["unter anderem der Atem"]),
        ("Gut … Dann los. Na… gut.", ["Gut.", "Dann los.", "Na, gut."]),
        ("5–6 Atemzüge im 4-7-8-Takt", ["5 bis 6 Atemzüge im 4, 7, 8-Takt"]),
        ("Sams Atem & deiner", ["Sams Atem und deiner"]),
        ("J. K. Öztürk liest.", ["J K Öztürk liest."]),
        ("Große Füße, Ärger", ["Große Füße, Ärger"]),
        ("Spür die Füße! Wo sind sie? Hier.", ["Spür die Füße!", "Wo sind sie?", "Hier."]),
    ],
    "es": [
        ("Hola Sam, ¿cómo estás?", ["Hola Sam, ¿cómo estás?"]),
        ("Hola. ¿Cómo estás? ¡Qué bien!", ["Hola.", "¿Cómo estás?", "¡Qué bien!"]),
        ("¿¡Qué!? No.", ["¿¡Qué!", "No."]),
        ("Sr. López, pase.", ["señor López, pase."]),
        ("La Dra. Ibáñez y la Sra. Núñez.", ["La doctora Ibáñez y la señora Núñez."]),
        ("En EE. UU. hay calma.", ["En Estados Unidos hay calma."]),
        ("En EE. UU. Ahora respira.", ["En Estados Unidos.", "Ahora respira."]),
        ("p. ej. una playa, etc.", ["por ejemplo una playa, etcétera."]),
        ("½ hora y 2½ minutos", ["media hora y 2 y media minutos"]),
        ("El 1.º paso, el 2º", ["El 1º paso, el 2º"]),
        ("Bueno… Ahora descansa. Bueno… quizás.", ["Bueno.", "Ahora descansa.", "Bueno, quizás."]),
        ("«Hola», dijo.", ["Hola, dijo."]),
        ("—Hola —dijo ella.", ["Hola, dijo ella."]),
        ("Sam & tú: 5-6 veces", ["Sam y tú: 5 a 6 veces"]),
        ("A las 10:30, 1.000,50 €", ["A las 10:30, 1.000,50 €"]),
        ("Respira hasta 4. Ahora suelta.", ["Respira hasta 4.", "Ahora suelta."]),
    ],
    "fr": [
        ("l'ami d'Élise", ["l'ami d'Élise"]),
        ("L’air entre ; l’air sort.", ["L'air entre; l'air sort."]),
        ("« Bonjour », dit M. Dupont.", ["Bonjour, dit Monsieur Dupont."]),
        ("Mme Dupont arrive, p. ex. demain.", ["Madame Dupont arrive, par exemple demain."]),
        ("Ça va ? Très bien. Où êtes-vous ?", ["Ça va?", "Très bien.", "Où êtes-vous?"]),
        ("Les pieds, etc. Puis le souffle.", ["Les pieds, et cetera.", "Puis le souffle."]),
        ("½ heure, 5–6 fois", ["½ heure, 5 à 6 fois"]),
        ("Aujourd’hui, peut-être… Respirez.", ["Aujourd'hui, peut-être.", "Respirez."]),
        ("Cœur, Noël, ÿ", ["Cœur, Noël, ÿ"]),
    ],
    "it": [
        ("L'amico di Sam è qui. C'è pace.", ["L'amico di Sam è qui.", "C'è pace."]),
        ("Il sig. Rossi e la Sig.ra Bianchi.", ["Il signor Rossi e la signora Bianchi."]),
        ("I piedi, ecc. Poi il respiro.", ["I piedi, eccetera.", "Poi il respiro."]),
        ("ad es. un prato", ["ad esempio un prato"]),
        ("½ ora, 3 × 4", ["½ ora, 3 per 4"]),
        ("Il 1º respiro… Adesso riposa.", ["Il 1º respiro.", "Adesso riposa."]),
        ("Perché? Così va bene!", ["Perché?", "Così va bene!"]),
    ],
    "nl-BE": [
        ("Om 10.30 uur, d.w.z. nu.", ["Om 10.30 uur, d. w. z. nu."]),
        ("Dit is bijv. een huis & een tuin.", ["Dit is bijv. een huis & een tuin."]),
        ("½ uur", ["½ uur"]),
        ("J. Bakker is hier. Adem in…", ["J. Bakker is hier.", "Adem in."]),
        ("Rust… en adem. Rust… Adem.", ["Rust, en adem.", "Rust.", "Adem."]),
    ],
    "ru": [
        ("Привет, Юлия! Как ты? Хорошо.", ["Привет, Юлия!", "Как ты?", "Хорошо."]),
        ("Вода, чай и т. д. и всё.", ["Вода, чай и т. д. и всё."]),
        ("Это тоже я. Теперь дыши.", ["Это тоже я.", "Теперь дыши."]),
    ],
    "el": [("Γεια σου, Αθηνά. Ανάπνευσε.", ["Γεια σου, Αθηνά.", "Ανάπνευσε."])],
    "zh": [("你好。你好吗？好！", ["你好。", "你好吗?", "好!"])],
    "hi": [("नमस्ते। कैसे हो?", ["नमस्ते।", "कैसे हो?"])],
    "ar": [("مرحبا، كيف حالك؟ جيد.", ["مرحبا، كيف حالك؟", "جيد."])],
    "fa": [("می\u200cخواهم بمانم.", ["می\u200cخواهم بمانم."])],
}
"""What is written, and the sentences that a voice of each language is asked for."""


@pytest.mark.parametrize(
    ("tag", "written", "spoken"),
    [(tag, *row) for tag, rows in SENTENCES.items() for row in rows],
)
def test_a_sentence_reaches_the_voice_unharmed(tag: str, written: str, spoken: list[str]) -> None:
    language = language_of(tag)

    assert sentences(speakable(written, language), language) == spoken


@pytest.mark.parametrize("tag", TAGS)
def test_markup_and_emoji_are_silent_in_every_language(tag: str) -> None:
    assert speakable("[[ **Sam** 👩‍👩‍👧 ]] {{ x }} <b>#", language_of(tag)) == "Sam x b"


@pytest.mark.parametrize("tag", ["de", "es", "fr", "it"])
def test_names_of_other_scripts_are_written_for_a_voice_of_latin_letters(tag: str) -> None:
    assert speakable("Юлия", language_of(tag)) == "Yuliya"


@pytest.mark.parametrize("tag", TAGS)
@given(text=st.text(alphabet=PLAIN))
def test_what_is_speakable_stays_as_it_is(tag: str, text: str) -> None:
    once = speakable(text, language_of(tag))

    assert speakable(once, language_of(tag)) == once


@pytest.mark.parametrize("tag", TAGS)
@given(text=st.text())
def test_no_text_reaches_a_voice_as_markup(tag: str, text: str) -> None:
    assert not re.search(r"[\[\]{}<>|]", speakable(text, language_of(tag)))
