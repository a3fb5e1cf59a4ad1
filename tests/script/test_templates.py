"""Jinja in practices: a sandbox that says where an error is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cft_audio.errors import ScriptError
from cft_audio.script.cues import Script
from cft_audio.script.templates import Templates

Made = Callable[..., Script]


def said(script: Script) -> list[str]:
    return [cue.line.text for section in script.sections for cue in section.cues]


def failure(made: Made, body: str, **answers: str) -> list[str]:
    with pytest.raises(ScriptError) as caught:
        made(body, **answers)
    return [str(problem) for problem in caught.value.problems]


def test_slots_and_length_choose_what_is_said(made: Made) -> None:
    body = (
        "## A\n{% if minutes >= 8 %}\nLong, {{ name }}.\n"
        "{% else %}\nShort, {{ name }}.\n{% endif %}"
    )

    assert said(made(body, minutes=10)) == ["Long, Sam."]
    assert said(made(body, minutes=5)) == ["Short, Sam."]


@pytest.mark.parametrize(
    "name", ["[breathe 999]", "{{ 7*7 }}", "## x", '(a)[ipa:"b"]', "O’Neil-Łę"]
)
def test_a_hostile_name_is_spoken_through_every_filter_and_join(made: Made, name: str) -> None:
    body = (
        "{% macro greet(who) %}Hello, {{ who }}.{% endmacro %}"
        "## A\n\n{{ greet(name) }}\n\n{{ 'Dear ' ~ name }}.\n\n{{ greet(name) ~ name }}\n\n"
        "{{ [name, name]|join(' and ') }}.\n\n{{ name|trim|safe }}\n"
    )

    assert said(made(body, name=name)) == [
        f"Hello, {name}.",
        f"Dear {name}.",
        f"Hello, {name}.{name}",
        f"{name} and {name}.",
        name,
    ]


def test_a_figures_name_can_begin_a_sentence(made: Made) -> None:
    body = (
        "## A\n\n{{ figure.name|capitalize }} is here. "
        "{{ figure.they|capitalize }} {{ figure.verb('stay') }}."
    )

    assert said(made(body, figure="aunt [chime] Rosa")) == ["Aunt [chime] Rosa is here. They stay."]


def test_what_a_listener_wrote_is_said_to_them(made: Made) -> None:
    body = "## A\n\n{{ figure.name }}, and {{ name | yours }}."

    script = made(body, name="me and My myrtle, by Myself", figure="My aunt Rosa")

    assert said(script) == ["your aunt Rosa, and you and your myrtle, by yourself."]


def test_a_sentence_that_ends_in_a_tag_keeps_its_line_end(made: Made) -> None:
    body = (
        "## A\n\nHello{% if true %} there.{% endif %}\n\nStay a while.\n"
        "{% if true %}\nYes.\n{% endif %}\n"
    )

    assert said(made(body)) == ["Hello there.", "Stay a while. Yes."]


def test_inheritance_and_macros_carry_what_practices_share(
    made: Made, write: Callable[..., Path]
) -> None:
    write("## Arriving\n\nWelcome.\n\n{% block middle %}{% endblock %}\n", "partials/base.md")
    write("{% macro stop() %}\nYou may stop.\n{% endmacro %}", "partials/macros.md")
    body = (
        "{% extends 'partials/base.md' %}\n{% from 'partials/macros.md' import stop %}\n"
        "{% block middle %}\n{{ stop() }}\n\n{{ name }}.\n{% endblock %}"
    )

    assert said(made(body)) == ["Welcome.", "You may stop.", "Sam."]


def test_every_unknown_name_is_reported_with_its_line_and_a_guess(made: Made) -> None:
    found = failure(made, "## A\n\nHello, {{ nmae }}.\n\n{% if figur %}x{% endif %}")

    advice = "is not a slot of this practice. Declare it under 'slots:' in the front matter."
    assert found == [
        f"a.md:10: 'nmae' {advice} Did you mean 'name'?",
        f"a.md:12: 'figur' {advice} Did you mean 'figure'?",
    ]


def test_a_syntax_error_has_its_line(made: Made) -> None:
    [found] = failure(made, "## A\n\n{% if name %}\nHello.")

    assert found.startswith("a.md:11: the template cannot be read: Unexpected end of template")


def test_an_error_in_a_partial_names_the_partial(made: Made, write: Callable[..., Path]) -> None:
    write("One.\n\n[breath]\n", "partials/p.md")

    [found] = failure(made, "## A\n\n{% include 'partials/p.md' %}\n")

    assert found.startswith("partials/p.md:3: [breath] is not a cue")


def test_a_run_time_error_has_its_line(made: Made) -> None:
    [found] = failure(made, "## A\n\nHello.\n\n{{ figure.nose }}")

    assert found.startswith("a.md:12: ")
    assert "nose" in found


def test_a_missing_partial_is_named_where_it_is_asked_for(made: Made) -> None:
    [found] = failure(made, "## A\n\n{% include 'partials/gone.md' %}\n")

    assert found.startswith("a.md:10: there is no template 'partials/gone.md'")


@pytest.mark.parametrize(
    "escape",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ name.__init__.__globals__ }}",
        "{{ figure.__class__ }}",
        "{% for i in range(10**9) %}x{% endfor %}",
        "{% include '../../etc/passwd' %}",
    ],
)
def test_the_sandbox_holds(made: Made, escape: str) -> None:
    assert len(failure(made, f"## A\n\n{escape}\n")) == 1


def test_a_partial_that_notepad_saved_as_unicode_is_read(tmp_path: Path) -> None:
    (tmp_path / "partial.md").write_bytes("Zoë ❤".encode("utf-16"))
    loader = Templates([tmp_path])

    assert loader.environment.get_template("partial.md").render().endswith("Zoë ❤")
    (tmp_path / "other.md").write_bytes("# x\nZoë".encode("cp1252"))
    with pytest.raises(ScriptError, match=r"other\.md:2: a letter or a sign in this line"):
        loader.environment.get_template("other.md")
