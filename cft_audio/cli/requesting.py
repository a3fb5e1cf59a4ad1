"""From the options of a command to a session request, asking for what is missing."""

from __future__ import annotations

from datetime import UTC, datetime
from os import environ
from typing import TYPE_CHECKING, Any

import click

from cft_audio.application.request import SessionRequest
from cft_audio.cli.options import typed
from cft_audio.errors import RequestError
from cft_audio.files.folders import default_folders, expanded
from cft_audio.library.letters import read_letter
from cft_audio.library.practices import Library
from cft_audio.people.lexicons.layers import Scope, kept_layers
from cft_audio.script.answers import missing_error, missing_slots
from cft_audio.speech.text.lexicon import Lexicon, layered
from cft_audio.timeline.pace import PRESETS, adjust_pace, parse_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.script.practice import Practice, Slot


def request_of(practice: str, options: dict[str, Any], answers: dict[str, str]) -> SessionRequest:
    """Return the session that the options of a command ask for.

    Raises:
        RequestError: If the pace could not be breathed safely, or a pattern cannot be read.
    """
    ratio = options["ratio"]
    return SessionRequest(
        practice=practice,
        answers=answers,
        figure_pronouns=options["figure_pronouns"],
        length_s=options["length_s"],
        adaptations=options["adaptations"],
        pace=adjust_pace(
            PRESETS[options["pace"]],
            breaths_per_minute=options["breaths_per_minute"],
            pattern=parse_pattern(ratio) if ratio else None,
            first_rate=options["ease_from"],
        ),
        voice=options["voice"],
        allow_online=options["allow_online"],
        figure_voice=options["figure_voice"],
        pronounce=_pronounced(options),
        tone=options["tone"],
        bed=options["bed"],
        loudness_lufs=options["loudness"],
        bitrate_kbps=int(options["bitrate"]),
        seed=options["seed"],
        artist=options["artist"],
        name_in_tags=not options["no_name"],
        made_on=_today().date(),
    )


def scope_of(options: dict[str, Any]) -> Scope:
    """Return whose words count for the options of a command, by its configuration as well."""
    context = click.get_current_context()
    configured = (context.default_map or {}).get("pronounce", ())
    return Scope(dict(configured), options["lexicon"], options["client"])


def _pronounced(options: dict[str, Any]) -> dict[str, str]:
    """Return how words are said: what is kept, and stronger, what the command line says."""
    source = click.get_current_context().get_parameter_source("pronounce")
    is_configured = source is click.core.ParameterSource.DEFAULT_MAP
    said = {} if is_configured else dict(options["pronounce"])
    Lexicon.of(said)  # what cannot be read is refused before anything is done
    kept = kept_layers(scope_of(options), default_folders())
    return layered(*(layer.table for layer in kept), said)


def checked_answers(practice: str, options: dict[str, Any], *, ask: bool) -> dict[str, str]:
    """Return the answers to the slots of ``practice``, asked on the terminal where ``ask``.

    Raises:
        RequestError: If any is missing and there is nobody to ask.
        ScriptError: If a letter cannot be read.
    """
    (answers,) = answers_of_all([(practice, options)], f"the practice '{practice}'", ask=ask)
    return answers


def answers_of_all(
    wanted: Sequence[tuple[str, dict[str, Any]]], what: str, *, ask: bool
) -> list[dict[str, str]]:
    """Return the answers to the slots of each practice; what several ask for is asked once.

    Args:
        wanted: Each practice with the options of its session.
        what: What they are together, for an error.
        ask: Whether somebody is there to be asked.

    Raises:
        RequestError: If any is missing and there is nobody to ask, or nothing reads a letter that
            was given.
        ScriptError: If a letter cannot be read.
    """
    library = Library(default_folders().scripts)
    practices = [library.open(name).practice() for name, _ in wanted]
    all_options = [options for _, options in wanted]
    _check_letter(practices, all_options, what)
    elsewhere = frozenset(name for practice in practices for name in practice.slots)
    given = [_given(*pair, elsewhere) for pair in zip(practices, all_options, strict=True)]
    missing = {
        slot.name: slot
        for practice, answers in zip(practices, given, strict=True)
        for slot in missing_slots(practice, answers)
    }
    asked = _asked(list(missing.values()), what, ask=ask)
    return [
        _with_letters(practice, {**{k: v for k, v in asked.items() if k in practice.slots}, **said})
        for practice, said in zip(practices, given, strict=True)
    ]


def _asked(missing: Sequence[Slot], what: str, *, ask: bool) -> dict[str, str]:
    if missing and not ask:
        raise missing_error(what, missing)
    return {slot.name: _prompted(slot) for slot in missing}


def _prompted(slot: Slot) -> str:
    kind = click.Choice(slot.choices) if slot.choices else str
    return str(click.prompt(slot.ask, type=kind, err=True, prompt_suffix=" "))


def _check_letter(
    practices: Sequence[Practice], all_options: Sequence[dict[str, Any]], what: str
) -> None:
    given = any(options["letter"] is not None for options in all_options)
    if given and not any(_letters(practice) for practice in practices):
        raise RequestError(
            f"{what} reads no letter",
            remedy="Try compassionate-letter-reading",
            field="letter",
        )


def _letters(practice: Practice) -> list[str]:
    return [slot.name for slot in practice.slots.values() if slot.type == "letter"]


def _with_letters(practice: Practice, answers: dict[str, str]) -> dict[str, str]:
    """Return ``answers`` with the text of each letter, which is given as a file."""
    texts = {
        name: read_letter(expanded(answers[name])) for name in _letters(practice) if name in answers
    }
    return answers | texts


def _given(
    practice: Practice, options: dict[str, Any], elsewhere: frozenset[str]
) -> dict[str, str]:
    """Return the answers that the options give, but for those that others of ``elsewhere`` take."""
    answers = dict(options["slots"])
    for name in ("name", "figure"):
        # A default of the person's own must not stop a practice that has no such slot.
        if options[name] is not None and (name in practice.slots or typed(name)):
            answers[name] = options[name]
    letters = _letters(practice)
    if options["letter"] is not None and letters:
        answers[letters[0]] = str(options["letter"])
    return {
        name: answer
        for name, answer in answers.items()
        if name in practice.slots or name not in elsewhere
    }


def _today() -> datetime:
    """Return the time of the build; SOURCE_DATE_EPOCH sets it, as for any reproducible build."""
    epoch = environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now().astimezone()
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise RequestError(
            f"'{epoch}' is not a time",
            remedy="Give whole seconds since 1970",
            where="SOURCE_DATE_EPOCH",
        ) from None
