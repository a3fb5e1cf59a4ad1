"""The kind of a line follows from its words, in each language that a pack describes."""

from __future__ import annotations

import pytest

from cft_audio.languages.kinds import Kind, kind_of, says_how_to_answer, wait_s
from cft_audio.languages.registry import ENGLISH, language_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("Dear Sam,", "greeting"), ("Hello, Sam, and welcome.", "greeting")),
        *(("Good evening.", "greeting"), ("Hello. I see you're there.", "plain")),
        *(("Welcome whatever is there.", "plain"), ("Deary me.", "plain")),
        *(("Imagine a room.", "picture"), ("And now, think of a friend.", "picture")),
        *(("You might look at it closely.", "picture"), ("Rest. See who is there.", "picture")),
        *(("Let a place come to mind.", "picture"), ("I see how it's been for you.", "plain")),
        *(("When you notice, come back.", "plain"), ("We'll look at three systems.", "plain")),
        *(("What does it need?", "question"), ("“Are you there?”", "question")),
        *(("What does it need? It may be a word.", "question"), ("See it. Where?", "question")),
        *(("Who is it? What does it need?", "questions"), ("Who? Rest. And why?", "questions")),
        *(
            ("Do that, when you're willing. I'll wait.", "waiting"),
            ("I can wait with it.", "plain"),
        ),
        *(("Nothing has to change.", "plain"), ("Pause the recording, look around you.", "plain")),
    ],
)
def test_a_line_is_told_by_its_words(text: str, kind: Kind) -> None:
    assert kind_of(text, ENGLISH) == kind
    assert kind_of(text.replace("'", "’"), ENGLISH) == kind


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *(("I'll wait.", 30), ("I'll wait for half a minute.", 30), ("I will wait a minute.", 60)),
        *(("I'll give you two minutes for it.", 120), ("I'll wait 45 seconds. Rest.", 45)),
        *(("We have ten minutes. I'll wait.", 30), ("Wait for the answer.", 0)),
        ("I'll give you a hand.", 0),
    ],
)
def test_a_promise_to_wait_lasts_as_long_as_it_says(text: str, seconds: float) -> None:
    assert wait_s(text, ENGLISH) == seconds


@pytest.mark.parametrize(
    "text", ["It may be a word.", "If nothing comes, let it be.", "You needn't answer."]
)
def test_a_sentence_that_says_how_an_answer_may_come_is_known(text: str) -> None:
    assert says_how_to_answer(text, ENGLISH)
    assert not says_how_to_answer("Open a curtain.", ENGLISH)


@pytest.mark.parametrize(
    ("tag", "picture", "greeting", "waiting"),
    [
        ("de", "Stell dir einen Raum vor.", "Guten Abend, Sam.", "Ich warte eine Minute."),
        ("fr", "Imaginez une chambre.", "Bonjour, Sam.", "J'attends une minute."),
        ("es", "Imagina un cuarto.", "Hola, Sam.", "Espero un minuto."),
        ("it", "Immagina una stanza.", "Ciao, Sam.", "Aspetto un minuto."),
    ],
)
def test_other_packs_know_the_kinds_of_their_lines(
    tag: str, picture: str, greeting: str, waiting: str
) -> None:
    language = language_of(tag)

    assert kind_of(picture, language) == "picture"
    assert kind_of(greeting, language) == "greeting"
    assert wait_s(waiting, language) == 60


def test_a_language_without_a_pack_still_knows_questions() -> None:
    unknown = language_of("cy")

    assert kind_of("Pwy sy yma?", unknown) == "question"
    assert kind_of("Helo.", unknown) == "plain"
