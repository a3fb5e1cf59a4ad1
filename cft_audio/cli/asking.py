"""Asking a person at the terminal: for what a session still needs, and before anything is sent."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from cft_audio.application.answering import answer_slots
from cft_audio.application.notes import request_notes
from cft_audio.application.requests import online_voices, recording_date, request_for, voicing_for
from cft_audio.cli.face import complain
from cft_audio.cli.terminal import confirm, prompt
from cft_audio.cli.wording import words
from cft_audio.errors import CftAudioError, RequestError
from cft_audio.library.letters import Letter, letter_from, read_letter
from cft_audio.library.practices import Library
from cft_audio.people.consent import consent_file, has_agreed, remember, service_of, statement_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cft_audio.application.answering import Answers
    from cft_audio.application.choices import Choices
    from cft_audio.application.request import SessionRequest
    from cft_audio.cli.face import Face
    from cft_audio.script.practice import Slot
    from cft_audio.speech.voicing import Voicing


def ask_for_session(face: Face, practice: str, options: Mapping[str, Any]) -> SessionRequest:
    """Return the session that options ask for, after asking for what they leave out.

    Raises:
        RequestError: If something is missing and nobody can be asked, or they do not agree.
    """
    wanted = [(practice, face.choices(options))]
    (request,) = ask_for_sessions(face, wanted, f"the practice '{practice}'")
    return request


def ask_for_sessions(
    face: Face, wanted: Sequence[tuple[str, Choices]], what: str
) -> list[SessionRequest]:
    """Return a session for each practice; what several ask for is asked once.

    Raises:
        RequestError: If something is missing and nobody can be asked, or they do not agree.
    """
    library = Library(face.folders.scripts)
    answers = answer_slots(wanted, library, what, cache(_letter))
    asked = {s.name: _prompt(s, answers) for s in answers.to_ask} if face.can_ask else {}
    made_on = recording_date(os.environ)
    requests = []
    for (practice, choices), complete in zip(wanted, answers.complete(asked), strict=True):
        voicing = ask_for_consent(face, voicing_for(choices, face.folders))
        known = library.known_as(practice)
        requests.append(request_for(known, choices, complete, voicing, made_on))
        face.note(*request_notes(choices, requests[-1], face.folders))
    return requests


def ask_for_consent(face: Face, voicing: Voicing) -> Voicing:
    """Return ``voicing``, allowed to speak online if the person agrees to that.

    It is unchanged if its voices speak on this machine, or if nobody can be asked: an online voice
    is then refused where it would speak.

    Raises:
        RequestError: If they say no.
    """
    if voicing.allow_online:
        return voicing
    online, file = online_voices(voicing, face.folders), consent_file(face.folders)
    for engine, voice in online.items():
        if has_agreed(engine, file):
            continue
        if not face.can_ask:
            return voicing
        complain(f"The voice '{voice}' speaks online.\n{statement_of(engine)}")
        question = f"Send the lines to {service_of(engine)}?"
        if not confirm(question, default=False):
            message = f"nothing was sent: you did not agree that the voice '{voice}' speaks online"
            remedy = "Choose one that speaks on this machine, such as ‹voice:joe›"
            raise RequestError(message, remedy=remedy)
        remember(engine, datetime.now().astimezone(), file)
        complain("You will not be asked again. To withdraw: cft-audio consent withdraw")
    return replace(voicing, allow_online=bool(online))


def _prompt(slot: Slot, answers: Answers) -> str:
    def read(typed: str) -> str:
        try:
            answers.check(slot, typed)
        except CftAudioError as error:
            error.field = ""  # the question says what it is about
            raise click.UsageError(error.worded(words)) from error
        return typed

    ask = f"{slot.ask} ({', '.join(slot.choices)})" if slot.choices else slot.ask
    return prompt(ask, default=slot.default, value_proc=read, prompt_suffix=" ")


def _letter(path: Path) -> Letter:
    """Return the letter in a file, or for a single dash what is given on standard input."""
    if str(path) != "-":
        return read_letter(path)
    if sys.stdin.isatty():
        complain("Type the letter. End it with Ctrl-D (on Windows with Ctrl-Z) on an empty line.")
    return letter_from(sys.stdin.buffer, "standard input")
