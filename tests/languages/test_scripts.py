"""What a script and its review know of a language come from its pack."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cft_audio.errors import RequestError
from cft_audio.languages import registry
from cft_audio.languages.registry import ENGLISH, language_of
from cft_audio.library.figures import find_figure
from cft_audio.library.practices import Library
from cft_audio.planning.outline import Outline
from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter
from cft_audio.script.cues import Line, Span
from cft_audio.script.figure import Figure, FigureInScript, address_listener, pronouns_of
from cft_audio.script.front_matter import read_practice
from cft_audio.script.inert import revealed
from cft_audio.script.review import review_practice
from cft_audio.script.templates import Templates
from cft_audio.speech.text.estimate import estimate_length
from cft_audio.speech.text.rules import speakable

FRONT = "---\ntitle: T\ntechnique: loving-kindness\nlanguage: {tag}\n---\n## A\n\n"


def warnings(tag: str, body: str) -> list[str]:
    practice, problems = read_practice(Path("a.md"), FRONT.format(tag=tag) + body)
    assert not problems

    def say(text: str) -> str:
        return speakable(text, language_of(tag))

    def figure(answer: str) -> Figure:
        return find_figure(answer, Library(()))

    return [p.message for p in review_practice(practice, Templates(()), figure, say)]


def test_english_orders_are_pointed_out_in_english_alone() -> None:
    body = "You must relax. You may stop. [keep]"

    assert warnings("en-GB", body) == [
        "'You must' in 'You must relax. You may stop.' leaves no choice"
    ]
    assert warnings("de", body) == []


def test_a_way_to_stop_is_looked_for_where_its_words_are_known() -> None:
    assert warnings("en", "Hello.") == ["nothing says that the listener may stop"]
    assert warnings("es", "Hola.") == []


def test_marks_of_the_language_are_no_silent_signs() -> None:
    assert warnings("es", "¿Cómo estás? [no answer] ¡Bien! «Sí».") == []
    assert warnings("de", "„Ja“, sagt sie.") == []
    assert warnings("es", "Bien ☃.") == ["'☃' in 'Bien ☃.' is not spoken"]


def test_what_a_listener_wrote_is_said_to_them_in_their_language() -> None:
    assert address_listener("My aunt and me") == "your aunt and you"
    assert address_listener("Meine Tante", language_of("de")) == "deine Tante"
    assert address_listener("mi tía", language_of("es-MX")) == "tu tía"
    assert address_listener("my aunt", language_of("nl")) == "my aunt"


def test_a_figure_whose_pronouns_nobody_gave_has_the_usual_ones() -> None:
    figure = FigureInScript.of(Figure("a wise elder"))

    assert (figure["they"], figure["are"], figure.verb("stay")) == ("they", "are", "stay")


@pytest.mark.parametrize(
    ("pronouns", "forms"),
    [
        ("she/her", ["she", "her", "her", "hers", "herself", "is", "has", "stays"]),
        ("he/him", ["he", "him", "his", "his", "himself", "is", "has", "stays"]),
        ("they/them", ["they", "them", "their", "theirs", "themself", "are", "have", "stay"]),
        ("it/its", ["it", "it", "its", "its", "itself", "is", "has", "stays"]),
    ],
)
def test_every_form_of_the_pronouns_has_the_name_that_scripts_use(
    pronouns: str, forms: list[str]
) -> None:
    figure = FigureInScript.of(Figure("x", pronouns))
    names = ("they", "them", "their", "theirs", "themself", "are", "have")

    assert [*(figure[name] for name in names), figure.verb("stay")] == forms


def test_a_language_without_pronouns_still_has_a_figure() -> None:
    dutch = language_of("nl")
    figure = FigureInScript.of(Figure("een wijze vriend", "she/her"), dutch)

    assert revealed(figure["name"]) == "een wijze vriend"
    assert figure.verb("blijft") == "blijft"
    with pytest.raises(RequestError, match=r"the pronouns 'zij' are not known\. Leave"):
        pronouns_of("zij", dutch)


def test_pronouns_may_be_typed_short_and_are_kept_in_full() -> None:
    assert pronouns_of(" She ") == "she/her"
    with pytest.raises(RequestError, match="Choose one of she/her, he/him"):
        pronouns_of("xe")


def test_a_language_without_a_pack_is_guided_by_the_tone_alone() -> None:
    cues = (*language_of("nl").breath_in, *language_of("nl").breath_out)

    assert cues
    assert [speakable(cue) for cue in cues] == ["", ""]


def test_a_language_may_take_longer_to_say() -> None:
    slow = replace(ENGLISH, character_s=0.14)
    line = Line((Span("One sentence."),))

    assert estimate_length(line, 1.0, slow) == 2 * estimate_length(line, 1.0, ENGLISH)


def test_a_practice_is_planned_by_how_long_its_own_language_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = replace(language_of("de"), character_s=10 * ENGLISH.character_s)
    monkeypatch.setattr(registry, "_pack", {"en": ENGLISH, "de": slow}.__getitem__)
    shortest = {}
    for tag in ("en", "de"):
        file = tmp_path / f"{tag}.md"
        file.write_text(FRONT.format(tag=tag) + "Zwanzig Worte.\n\n[pause]\n", encoding="utf-8")
        outline = Outline(ScriptWriter(Session(str(file)), Library(())))
        shortest[tag] = outline.range.shortest

    assert shortest["de"] > 2 * shortest["en"]
