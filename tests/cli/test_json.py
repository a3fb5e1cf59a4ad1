"""What programs read: one value on standard output, whether the command does its work or fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from program_runs import PRACTICE

if TYPE_CHECKING:
    from program_runs import Machine


@pytest.mark.parametrize(
    ("arguments", "status", "error", "field"),
    [
        (("build", "nothing-of-the-kind"), 2, "RequestError", "practice"),
        (("programme", "show", "nothing"), 2, "RequestError", "programme"),
        (("build", PRACTICE), 2, "MissingError", "name"),
        (("build", PRACTICE, "--name", "S", "--nmae", "S"), 2, "RequestError", ""),
        (("build", PRACTICE, "--name", "S", "--voice", "jo"), 2, "NoSuchVoiceError", "voice"),
        (("build", PRACTICE, "--name", "S", "-o", "a.ogg"), 2, "RequestError", "output"),
        (("preview", PRACTICE, "--name", "S", "--seconds", "0"), 2, "RequestError", "seconds"),
        (("programme", "build", "first-week", "-m", "5"), 2, "RequestError", "minutes"),
        (("record-sheet", PRACTICE, "--name", "S", "--no-name"), 2, "RequestError", "no_name"),
        (("voice-from-recordings", "."), 2, "SheetError", ""),
        (("choose",), 2, "RequestError", ""),
        (("show", "nothing-of-the-kind"), 2, "RequestError", "practice"),
        (("voices", "hear", "jo"), 2, "NoSuchVoiceError", "voice"),
        (("pronounce", "remove", "Sam"), 2, "RequestError", "word"),
        (("pronounce", "list", "--lexicon", "none.toml"), 1, "LexiconError", "lexicon"),
        (("consent", "withdraw", "google"), 2, "RequestError", ""),
    ],
)
def test_a_failing_command_prints_its_error_as_one_object(
    bare: Machine, arguments: tuple[str, ...], status: int, error: str, field: str
) -> None:
    done = bare.run(*arguments, "--json", status=status)
    told = json.loads(done.stdout)

    assert {"error", "field", "where", "message", "remedy"} <= told.keys()
    assert (told["error"], told["field"]) == (error, field)
    assert told["message"]
    assert "‹" not in done.stdout + done.stderr
    assert done.stderr.startswith("cft-audio: ")
    assert bare.left_behind() == []


def test_problems_and_findings_refer_to_what_there_is_in_plain_words(bare: Machine) -> None:
    (bare.folder / "voices").mkdir()
    (bare.folder / "voices" / "own.toml").write_text(
        'engine = "recorded"\nlanguage = "en"\n[recorded]\n'
    )
    checked = bare.run("check", "nothing-of-the-kind", "--json", status=1)
    [problem] = json.loads(checked.stdout)
    shown = [bare.run(*command).stdout for command in (("doctor", "--json"), ("voices", "--json"))]

    assert problem["remedy"].startswith("See them all: the list of practices. ")
    assert "own" in shown[0]
    for text in (*shown, bare.run("doctor").stdout, bare.run("voices").stdout):
        assert "‹" not in text


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (("choose", "--hard", "sleep", "-m", "5", "--practised", "new"), "practice command"),
        (
            ("list",),
            "id title technique slots length complexity ideal_uses therapist_advised own",
        ),
        (("list", "--figures"), "id name pronouns"),
        (
            ("show", PRACTICE),
            "id title technique summary language natural_s about slots chapters file",
        ),
        (("programme", "list"), "id title sessions length"),
        (("programme", "show", "first-week"), "id title summary sessions"),
        (
            ("voices",),
            "voice engine language description online licence state problem file",
        ),
        (("voices", "hear", "joe", "--no-play"), "voice text file played"),
        # Kept in a file of its own: how the name is said in the home that tests share is theirs.
        (
            ("pronounce", "add", "Sam", "SAM", "--lexicon", "mine.toml"),
            "word sound before origin file",
        ),
        (("consent",), "file consents allowed_by_configuration"),
        (("consent", "withdraw"), "withdrawn"),
        (("config",), "file values data"),
        (("cache",), "folder clips bytes"),
        (("doctor",), "what ok needed found remedy"),
        (
            ("build", PRACTICE, "--name", "Sam", "-m", "3", "--dry-run"),
            "practice title technique duration_s breaths_per_minute bed chapters events warnings",
        ),
        (
            ("preview", PRACTICE, "--name", "Sam", "-m", "3", "--seconds", "2", "--no-play"),
            "file chapter start_s duration_s estimated_lines played warnings",
        ),
        (("record-sheet", PRACTICE, "--name", "Sam", "-m", "3"), "page lines"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_objects_keep_the_keys_that_programs_know(
    machine: Machine, arguments: tuple[str, ...], keys: str
) -> None:
    value = machine.json(*arguments)

    for row in value if isinstance(value, list) else [value]:
        assert set(keys.split()) <= row.keys()
