"""A practice is told around one of its cores, shortly, by bells alone, or with words said first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cft_audio.errors import RequestError
from cft_audio.files.folders import default_folders
from cft_audio.library.practices import Library
from cft_audio.planning.outline import Outline
from cft_audio.planning.session import Session
from cft_audio.planning.writer import ScriptWriter
from cft_audio.script.cues import Chime, Say
from cft_audio.script.form import LONGEST_FIRST_WORDS, Form
from cft_audio.signal.audio import samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cft_audio.script.cues import Script

CORES = """\
---
title: A practice
technique: compassionate-attention
slots:
  name: {ask: "Your name?"}
cores:
  door: A door that opens.
  river: A river that goes by.
  hill: "A hill, from below."
steps: [Sit down., Look up.]
---
{% extends "partials/session.md" %}
{% block practice %}
## The middle

This is the {{ core }}.

[breathe]

{% endblock %}
"""


@pytest.fixture
def told(write: Callable[..., Path], tmp_path: Path) -> Callable[..., Script]:
    """Write a script with three cores, and render it in a form."""
    write(CORES)
    library = Library((tmp_path, *default_folders().scripts))

    def script(form: Form, seed: int = 0, **more: object) -> Script:
        session = Session("a", {"name": "Sam"}, form=form, seed=seed, **more)  # type: ignore[arg-type]
        return ScriptWriter(session, library).write(600.0)

    return script


def spoken(script: Script) -> str:
    return "\n".join(
        cue.line.text for part in script.sections for cue in part.cues if isinstance(cue, Say)
    )


def test_the_first_variant_has_the_first_core(told: Callable[..., Script]) -> None:
    assert "This is the door." in spoken(told(Form()))


def test_variants_take_turns_with_the_cores(told: Callable[..., Script]) -> None:
    three = {name for seed in (3, 4, 5) for name in ("door", "river", "hill")
             if f"This is the {name}." in spoken(told(Form(), seed))}  # fmt: skip

    assert three == {"door", "river", "hill"}


def test_a_core_is_chosen_by_its_name(told: Callable[..., Script]) -> None:
    for seed in range(4):
        assert "This is the hill." in spoken(told(Form("hill"), seed))


def test_an_unknown_core_is_refused_with_the_nearest(told: Callable[..., Script]) -> None:
    with pytest.raises(RequestError, match="no core 'hil'") as raised:
        told(Form("hil"))

    assert raised.value.field == "core"
    assert "hill" in raised.value.remedy


def test_bells_alone_lead_after_the_first_words(told: Callable[..., Script]) -> None:
    first, *others = told(Form(self_led=True)).sections

    assert "At the first bell. Sit down." in spoken(told(Form(self_led=True)))
    assert any(isinstance(cue, Say) for cue in first.cues)
    assert not any(isinstance(cue, Say) for section in others for cue in section.cues)
    assert all(any(isinstance(cue, Chime) for cue in section.cues) for section in others)
    assert not told(Form(self_led=True)).breath_cues.inhale


@pytest.mark.parametrize("minutes", [3, 10, 60])
def test_a_self_led_session_is_as_long_as_was_asked(minutes: float) -> None:
    library = Library(default_folders().scripts)
    for practice in ("loving-kindness", "soothing-rhythm-breathing"):
        session = Session(
            practice, {"name": "Sam"}, length_s=minutes * 60, form=Form(self_led=True)
        )
        timeline = Outline(ScriptWriter(session, library)).estimate().timeline

        assert timeline.length == samples(minutes * 60)
        assert timeline.speech[-1].start < timeline.length / 2


@pytest.mark.parametrize("self_led", [False, True], ids=["guided", "self-led"])
@pytest.mark.parametrize("practice", sorted(Library(default_folders().scripts).practice_files()))
def test_every_practice_says_the_first_words_guided_and_led_by_bells(
    practice: str, *, self_led: bool
) -> None:
    library, words = Library(default_folders().scripts), "Last week you found a rhythm."
    needed = [s for s in library.open(practice).practice().slots.values() if s.default is None]
    answers = {slot.name: "Dear Sam, be well." for slot in needed} | {"name": "Sam"}
    form = Form(self_led=self_led, first_words=words)
    writer = ScriptWriter(Session(practice, answers, form=form), library)

    said = [placed.line.text for placed in Outline(writer).estimate().timeline.speech]

    assert sum(words in text for text in said) == 1


def test_what_is_said_first_stands_after_the_greeting(told: Callable[..., Script]) -> None:
    words = spoken(told(Form(first_words="Last week you found [chime] a rhythm.")))

    assert "Last week you found [chime] a rhythm." in words.splitlines()[1]


def test_what_is_said_first_is_not_long() -> None:
    with pytest.raises(RequestError, match=f"{LONGEST_FIRST_WORDS} fit"):
        Form(first_words="word " * 100)


@pytest.mark.parametrize("form", [Form(self_led=True), Form(first_words="Welcome back.")])
def test_a_script_without_a_place_for_its_form_says_so(
    form: Form, write: Callable[..., Path], tmp_path: Path
) -> None:
    write("---\ntitle: A\ntechnique: loving-kindness\n---\n## A\n\nYou may stop.\n")
    library = Library((tmp_path,))

    with pytest.raises(RequestError, match="has no place for it") as raised:
        ScriptWriter(Session("a", form=form), library)

    assert raised.value.field in ("self_led", "first_words")


def test_a_refrain_is_said_like_any_other_line(made: Callable[..., Script]) -> None:
    marked, plain = (made(f"## A\n\nMay you be well.{mark}\n") for mark in (" [refrain]", ""))

    assert marked == plain
    assert marked.lines[0].is_refrain
    assert not plain.lines[0].is_refrain
