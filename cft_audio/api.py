"""The library: what the command line does, as functions for programs.

Everything that goes wrong raises a ``CftAudioError`` with ``message``, ``remedy`` and ``field``.
Folders are those of this machine, this user and the current directory unless others are given.
"""

from __future__ import annotations

from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.progress import ignore_progress, ignore_warnings
from cft_audio.errors import RequestError
from cft_audio.files.folders import default_folders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from os import PathLike

    from cft_audio.application.plans import Plan
    from cft_audio.application.progress import Progress, Warn
    from cft_audio.application.recommending import Recommendation
    from cft_audio.application.request import SessionRequest
    from cft_audio.errors import Problem
    from cft_audio.files.folders import Folders
    from cft_audio.library.programme import Programme
    from cft_audio.master.mastering import Recording
    from cft_audio.script.figure import Figure
    from cft_audio.script.practice import Practice
    from cft_audio.speech.voices.listing import Voice


def practices(*, folders: Folders | None = None) -> tuple[Practice, ...]:
    """Return every practice that can be read, by id; a faulty file of one's own is left out."""
    from cft_audio.library.practices import Library

    return tuple(Library((folders or default_folders()).scripts).practices()[0])


def figures(*, folders: Folders | None = None) -> dict[str, Figure]:
    """Return every compassionate figure that can be read, by its id."""
    from cft_audio.application.practices import list_figures

    return dict(list_figures(folders or default_folders())[0])


def voices(*, folders: Folders | None = None) -> tuple[Voice, ...]:
    """Return every voice, by name, with whether it can speak; no model is loaded."""
    from cft_audio.speech.voices.listing import list_voices

    return list_voices((folders or default_folders()).voices)


def programmes(*, folders: Folders | None = None) -> tuple[Programme, ...]:
    """Return every programme that can be read, by id."""
    from cft_audio.application.programmes import list_programmes

    return tuple(list_programmes(folders or default_folders())[0])


def choose(
    hard: str, minutes: float | str, practised: str, *, folders: Folders | None = None
) -> Recommendation:
    """Return one practice to begin with.

    Args:
        hard: What is hard just now, one of ``application.recommending.DIFFICULTIES``.
        minutes: How long there is: 10, 7.5 or "12:30".
        practised: How practised the person is: ``new``, ``some`` or ``steady``.
        folders: Where practices are found.

    Raises:
        RequestError: If one of them cannot be meant.
    """
    from cft_audio.application.recommending import Wish, recommend

    return recommend(Wish.of(hard, minutes, practised), folders or default_folders())


def request(
    practice: str | PathLike[str],
    *,
    as_person: bool = False,
    made_on: date | None = None,
    folders: Folders | None = None,
    **fields: Any,
) -> SessionRequest:
    """Return the request for a session of ``practice``.

    Args:
        practice: A practice's id, or the path of its file.
        as_person: Whether this user's settings, clients, kept words and consents count, as they do
            on the command line.
        made_on: The date for its tags; None for none.
        folders: Where practices, voices and what a person keeps are found.
        **fields: The fields of a session by name (docs/fields.md); ``for_`` and ``with_`` stand
            for ``for`` and ``with``, which Python keeps for itself.

    Raises:
        RequestError: If there is no such field, or a value cannot be meant, or an answer is
            missing.
        CftAudioError: If what a person keeps cannot be read.
    """
    from cft_audio.application.answering import answer_slots
    from cft_audio.application.composing import compose
    from cft_audio.application.fields import parse_fields
    from cft_audio.application.requests import request_for
    from cft_audio.application.settings import Settings, load_settings
    from cft_audio.library.practices import Library
    from cft_audio.speech.voicing import Voicing

    places = folders or default_folders()
    name = fspath(practice)
    chosen = parse_fields({field.removesuffix("_"): value for field, value in fields.items()})
    if as_person:
        settings = load_settings(places, {})
        return compose(name, chosen, settings, places, made_on).request
    choices = Settings().choices(chosen)
    spoken = (choices[name] for name in ("voice", "figure_voice", "pronounce", "allow_online"))
    library, what = Library(places.scripts), f"the practice '{name}'"
    (complete,) = answer_slots([(name, choices)], library, what).complete({})
    return request_for(library.known_as(name), choices, complete, Voicing(*spoken), made_on)


def for_client(client: str, *, folders: Folders | None = None) -> Folders:
    """Return the folders for recordings of a client: lines that are personal are kept with them.

    What is made in these folders is noted with the client, too.

    Args:
        client: Their code.
        folders: The folders otherwise.

    Raises:
        CftAudioError: If nothing is kept of them, or their file cannot be read.
    """
    from cft_audio.application.clients.kept import kept_client

    places = folders or default_folders()
    return kept_client(client, places).folders(places)


def unlocked(passphrase: str, *, folders: Folders | None = None) -> Folders:
    """Return the folders with what is kept of clients unlocked, where it is locked.

    Args:
        passphrase: The passphrase.
        folders: The folders otherwise.

    Raises:
        LockedError: If it does not open it, or what it takes is not installed.
    """
    from dataclasses import replace

    from cft_audio.people.clients.unlocking import opened_keys

    places = folders or default_folders()
    return replace(places, keys=opened_keys(places.data, passphrase))


def plan(
    request: SessionRequest,
    *,
    folders: Folders | None = None,
    progress: Progress = ignore_progress,
    warn: Warn = ignore_warnings,
) -> Plan:
    """Return everything decided about a session: its script, its timeline, how loud it is.

    Its lines are spoken, or taken from the cache. A length it cannot have is refused before.

    Args:
        request: The session.
        folders: Where everything is found and kept.
        progress: Told the stage and how much of it is done, 0 to 1.
        warn: Told the words that a voice may get wrong, before it says them.

    Raises:
        CftAudioError: If it cannot be made as asked; the message says why and what to do.
    """
    from cft_audio.application.plans import plan as plan_session
    from cft_audio.application.recordings import check_settings
    from cft_audio.people.clients.at_work import at_work

    check_settings(_checked(request))
    places = folders or default_folders()
    with at_work(places):
        return plan_session(request, places, progress, warn)


def build(  # noqa: PLR0913 -- one request, and where and how
    request: SessionRequest,
    output: str | PathLike[str] = "output",
    *,
    overwrite: bool = False,
    folders: Folders | None = None,
    progress: Progress = ignore_progress,
    warn: Warn = ignore_warnings,
) -> Recording:
    """Make the recording of a session.

    Args:
        request: The session.
        output: A file, whose ending is a format's, or a folder, which is made if it is not there.
        overwrite: Whether an existing file may be replaced.
        folders: Where everything is found and kept.
        progress: Told the stage and how much of it is done, 0 to 1.
        warn: Told the words that a voice may get wrong, before it says them.

    Raises:
        CftAudioError: If it cannot be made or written; no partial file is left.
    """
    from cft_audio.application.recordings import build as build_recording
    from cft_audio.application.recordings import choose_destination
    from cft_audio.people.clients.at_work import at_work

    places = folders or default_folders()
    destination = choose_destination(_checked(request), Path(output), places, overwrite=overwrite)
    with at_work(places):
        return build_recording(request, destination, places, progress, warn).recording


def preview(  # noqa: PLR0913 -- one request, and which part of it, where and how
    request: SessionRequest,
    output: str | PathLike[str] = "output",
    *,
    chapter: str | None = None,
    at: float | str | None = None,
    seconds: float | None = None,
    overwrite: bool = False,
    folders: Folders | None = None,
    progress: Progress = ignore_progress,
) -> Path:
    """Write an excerpt of a session as a WAV or MP3 file, and return the file.

    Args:
        request: The session.
        output: A file ending in ``.wav`` or ``.mp3``, or a folder.
        chapter: A chapter's number from 1, or how its title begins; None to begin at ``at``.
        at: Minutes into the session where it begins, or "4:30"; None for its beginning.
        seconds: How much of it; None for a minute.
        overwrite: Whether an existing file may be replaced.
        folders: Where everything is found and kept.
        progress: Told the stage and how much of it is done, 0 to 1.

    Raises:
        CftAudioError: If there is no such part, or it cannot be made or written.
    """
    from cft_audio.application.excerpts import (
        ExcerptChoice,
        choose_excerpt_destination,
        make_excerpt,
    )
    from cft_audio.people.clients.at_work import at_work

    places = folders or default_folders()
    wanted = _checked(request)
    destination = choose_excerpt_destination(wanted, Path(output), places, overwrite=overwrite)
    choice = ExcerptChoice.of(chapter, at, seconds)
    with at_work(places):
        make_excerpt(request, choice, destination, places, progress)
    return destination.path


def say(  # noqa: PLR0913 -- what is said, by whom, and where to
    text: str,
    output: str | PathLike[str],
    *,
    voice: str | None = None,
    pronounce: dict[str, str] | None = None,
    allow_online: bool = False,
    overwrite: bool = False,
    folders: Folders | None = None,
) -> Path:
    """Write ``text``, as a voice says it, as a WAV or MP3 file, and return the file.

    Args:
        text: What is said.
        output: A file ending in ``.wav`` or ``.mp3``.
        voice: A voice's name or the path of a profile or model; None for the default.
        pronounce: How words are said, as ``word`` to a respelling or ``/IPA/``.
        allow_online: Whether the text may be sent to a service, if the voice speaks online.
        overwrite: Whether an existing file may be replaced.
        folders: Where voices are found, and takes are kept.

    Raises:
        CftAudioError: If it cannot be said or written.
    """
    from cft_audio.application.saying import say as say_texts
    from cft_audio.files.output import Destination
    from cft_audio.people.clients.at_work import at_work
    from cft_audio.speech.voicing import DEFAULT_VOICE, Voicing

    voicing = Voicing(voice or DEFAULT_VOICE, None, pronounce or {}, allow_online)
    destination = Destination(Path(output), overwrite)
    places = folders or default_folders()
    with at_work(places):
        say_texts([text], voicing, destination, places)
    return destination.path


def check(
    practice: str | PathLike[str],
    *,
    avoid: str | Sequence[str] = (),
    folders: Folders | None = None,
) -> tuple[Problem, ...]:
    """Return everything wrong or doubtful in a practice's script; nothing if all is well.

    Args:
        practice: A practice's id, or the path of its file.
        avoid: Words and phrases that no line of it may say, in any wording.
        folders: Where practices, their partials, figures and voices are found.

    Raises:
        RequestError: If what is to be avoided cannot be said.
    """
    from cft_audio.application.fields import SESSION_FIELDS
    from cft_audio.application.practices import check_scripts

    words = SESSION_FIELDS["avoid"].parse(avoid)
    return tuple(check_scripts([str(practice)], folders or default_folders(), avoid=words))


def _checked(request: object) -> SessionRequest:
    """Return ``request``, or raise RequestError if it is something else."""
    from cft_audio.application.request import SessionRequest

    if not isinstance(request, SessionRequest):
        message = f"a {type(request).__name__} is not a session's request"
        raise RequestError(message, remedy="Make one with cft_audio.request", field="practice")
    return request
