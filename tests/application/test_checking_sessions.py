"""All well means that nothing is lost, and that a script builds in every adaptation."""

from __future__ import annotations

import pytest
from checking_cases import BODY, FIRST, FRAMED, FRONT, check, found, written

import cft_audio
from cft_audio.errors import ScriptError

pytestmark = pytest.mark.usefixtures("at_home")


def test_a_block_that_no_parent_has_is_an_error_in_check_and_build() -> None:
    text = FRAMED + "{% block practise %}\n## Rest\n\nHello.\n{% endblock %}\n"

    assert [(line, warning) for line, _, warning in found(text)] == [(9, False)]
    [problem] = check(text)
    assert "the block 'practise', so what stands in it is lost" in problem.message
    assert "Did you mean 'practice'?" in problem.remedy
    with pytest.raises(ScriptError, match="practise"):
        cft_audio.plan(cft_audio.request("mine", name="Sam"))


@pytest.mark.parametrize(
    "outside",
    ["Lost words.", "## A chapter", "[pause]", "{{ name }}", "{% if true %}\nLost.\n{% endif %}"],
)
def test_what_stands_outside_the_blocks_of_a_parent_is_an_error(outside: str) -> None:
    practice = "{% block practice %}\n## Rest\n\nHello.\n{% endblock %}\n"

    [(line, message, warning)] = found(f"{FRAMED}{practice}{outside}\n")
    assert line in {14, 15}
    assert message.startswith("this stands in no block, and is lost")
    assert not warning


def test_a_block_inside_one_that_is_told_anew_is_lost_too() -> None:
    written("## A\n\n{% block all %}{% block some %}Stop.{% endblock %}{% endblock %}\n", "base")
    extends = FRONT + '{% extends "base.md" %}\n'
    kept = (
        "{% block all %}\nHello, {{ name }}. Stop.\n{% block some %}x{% endblock %}{% endblock %}"
    )
    lost = (
        "{% block all %}\nHello, {{ name }}. Stop.\n{% endblock %}{% block some %}x{% endblock %}"
    )

    assert not any("lost" in message for _, message, _ in found(extends + kept))
    assert any("block 'some'" in message for _, message, _ in found(extends + lost))
    assert not any(
        "lost" in m for _, m, _ in found(extends + lost.replace("Hello", "{{ super() }}"))
    )


@pytest.mark.parametrize(
    ("unused", "name"),
    [
        ("{% macro goodbye() %}\nGo well.\n{% endmacro %}\n", "macro 'goodbye'"),
        ("{% macro again() %}{{ again() }}{% endmacro %}\n", "macro 'again'"),
        ("{% set goodbye %}\nGo well.\n{% endset %}\n", "text 'goodbye'"),
    ],
)
def test_a_macro_or_text_that_is_never_used_is_pointed_out(unused: str, name: str) -> None:
    assert (FIRST, f"the {name} is never used, so what stands in it is lost", True) in found(
        FRONT + BODY + unused
    )


def test_a_comment_that_was_never_ended_is_pointed_out() -> None:
    text = FRONT + BODY + "{# A note.\n\nThese words are lost.\n\n{# Another note. #}\n"

    assert [(line, warning) for line, _, warning in found(text)] == [(FIRST, True)]


def test_what_no_length_answer_or_adaptation_brings_out_is_pointed_out() -> None:
    never = (
        "{% if minutes > 8000 %}\nNever.\n{% endif %}\n"
        "{% if name and not name %}Not this either.{% endif %}\n"
    )
    rarely = (
        "{% if for_sleep and for_anxiety and minutes >= 45 %}\nRarely.\n{% endif %}\n"
        "{% if pace.hold %}\nHolding.\n{% endif %}\n"
        "{% vary %}One.{% or %}Two.{% or %}Three.{% endvary %}\n"
    )

    assert [(line, message) for line, message, _ in found(FRONT + BODY + never + rarely)] == [
        (FIRST + offset, "this was never said, at any length, answer or adaptation that was tried")
        for offset in (1, 3)
    ]


def test_a_script_too_long_to_be_tried_in_every_way_says_so() -> None:
    words = "{% for i in range(150) %}" + "You might rest here for as long as you like. " * 20
    often = words + "\n\n{% endfor %}"
    long = "All right, {{ minutes }}.\n\n{% if minutes >= 25 %}" + often + "{% endif %}\n"
    told = [problem.message for problem in check(FRONT + BODY + long)]

    assert any("not all of its lengths and adaptations were tried" in message for message in told)


@pytest.mark.parametrize(
    ("front", "length"),
    [("natural: 10", "10:00"), ("technique: loving-kindness", "10:00"), ("natural: 0:20", "0:20")],
)
def test_a_natural_length_that_cannot_be_is_pointed_out_with_what_can(
    front: str, length: str
) -> None:
    text = FRONT.replace("natural: 1\n", "").replace("technique: loving-kindness", front)
    if "technique" not in front:
        text = text.replace("title:", "technique: loving-kindness\ntitle:")
    [problem] = check(text + BODY)

    assert problem.warning
    assert problem.message.startswith(f"it cannot be {length} long")
    assert "Its length can be from 0:" in problem.remedy
    assert problem.line == (3 if "natural" not in front else 4) * ("natural" in front)


def test_two_long_pauses_come_to_one_length_and_say_so() -> None:
    body = "## A\n\nYou may stop, {{ name }}. [keep]\n\n[10m]\n\nRest.\n\n[10m]\n"
    natural = next(p for p in check(FRONT + body) if "natural" in p.message)

    assert "Its length can be about 20:0" in natural.remedy
    with pytest.raises(cft_audio.CftAudioError, match="one length only, about 20:0") as refused:
        cft_audio.plan(cft_audio.request("mine", name="Sam", minutes=3))
    assert "from 20" not in str(refused.value)


def test_a_script_that_says_more_in_less_time_is_offered_lengths_that_it_has() -> None:
    stop = "You may stop, {{ name }}. [keep]\n\n[pause x3]\n\n"
    written(f"{FRONT}## A\n\n{stop}{{% if minutes < 5 %}}[10m]\n\n{stop}[pause x9]{{% endif %}}\n")

    with pytest.raises(cft_audio.CftAudioError, match="Ask for a length from 0:") as refused:
        cft_audio.plan(cft_audio.request("mine", name="Sam", minutes=5))
    assert "or from 10:" in str(refused.value)


def test_sounds_that_the_voice_lacks_are_errors_in_every_branch() -> None:
    sounds = (
        '(Aoife)[ipa:"zzz¤"] and (Aoife)[ipa:"ˈiːfə"].\n\n'
        '{% if minutes > 50 %}\n(x)[ipa:"ж"]\n{% endif %}\n'
    )

    assert [(line, message) for line, message, _ in found(FRONT + BODY + sounds)] == [
        (FIRST, "the voice does not know ¤ in the sound /zzz¤/ of 'Aoife'"),
        (FIRST + 3, "the voice does not know ж in the sound /ж/ of 'x'"),
    ]


def test_chapters_that_no_player_could_find_are_pointed_out() -> None:
    same = "## Rest\n\nA.\n\n## rest\n\nB.\n\n## Nothing\n\n## Last\n\nC.\n"

    assert found(FRONT + BODY + same) == [
        (FIRST + 4, "2 chapters are called 'rest'", True),
        (FIRST + 8, "the chapter 'Nothing' is left out: nothing is said or done in it", True),
    ]
    assert found(FRONT + BODY + "##\n\nA.\n")[0][1] == "the chapter has no title"
    assert found(FRONT + BODY + "## Rest [pause]\n\nA.\n")[0][1] == "a cue cannot stand in a title"


def test_more_chapters_than_an_mp3_lists_are_pointed_out() -> None:
    many = "".join(f"## {number}\n\nRest.\n\n" for number in range(255))
    text = FRONT.replace("natural: 1", "natural: 12").replace(": 1\n", ": 12\n") + BODY

    assert (0, "it has 256 chapters, and an MP3 lists 255 of them", True) in found(text + many)


def test_every_adaptation_is_tried_and_named_where_it_alone_fails() -> None:
    text = (
        FRONT + BODY + "{% if for_anxiety %}\n{{ 1 / 0 }}\n{% endif %}\n"
        "{% if for_low_mood %}\n{{ name.foo() }}\n{% endif %}\n"
    )

    assert [(line, message) for line, message, _ in found(text)] == [
        (FIRST + 1, "told for anxiety: the template cannot be rendered: division by zero"),
        (FIRST + 4, "told for low-mood: a text has no part called 'foo'"),
    ]


def test_a_length_that_one_adaptation_cannot_have_is_named() -> None:
    [_, length] = found(FRONT + BODY + "{% if for_sleep %}\n[10m]\n\nEnd.\n{% endif %}\n")

    assert length[1].startswith("told for sleep: it cannot be 1:00 long")
