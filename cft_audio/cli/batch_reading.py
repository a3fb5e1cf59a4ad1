"""What ``cft-audio batch`` is asked for: a roster that is read and checked, or its template."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cft_audio.cli.hand_over import form_of
from cft_audio.cli.wording import words
from cft_audio.errors import OutputError, RequestError, RosterError
from cft_audio.references import plain_words, replace_references

if TYPE_CHECKING:
    from pathlib import Path

    from cft_audio.application.batches.estimates import Estimates
    from cft_audio.application.batches.orders import Order
    from cft_audio.application.clients.handing_over import HandOverForm
    from cft_audio.cli.face import Face
    from cft_audio.files.targets import Target


def check_together(
    workers: int | None, cluster: str | None, file_name: str | None, *, insecure: bool
) -> None:
    """Check options that only count beside others.

    Raises:
        RequestError: If one would count for nothing.
    """
    if insecure and cluster is None:
        message = "there is no cluster that could be insecure"
        raise RequestError(message, remedy="Leave it out", field="insecure_cluster")
    if workers is not None and cluster is not None:
        message = "a cluster has workers of its own"
        raise RequestError(message, remedy="Leave ‹workers› out", field="workers")
    if file_name is not None and not file_name.strip():
        message, remedy = "files need a name", "Leave it out for the usual one"
        raise RequestError(message, remedy=remedy, field="file_name")


def hand_over_form(
    face: Face, target: Target, hand_over: str | None, password_file: Path | None
) -> HandOverForm | None:
    """Return what becomes of hand-overs; None where none was asked for."""
    from cft_audio.application.clients.packing import place_beside

    if hand_over is None:
        if password_file is not None:
            message = "a password is for what is handed over as a ZIP"
            raise RequestError(message, remedy="Add ‹hand_over:zip›", field="password_file")
        return None
    place_beside(target)
    form = form_of(hand_over, password_file)
    face.note(*(form.password.notes if form.password else ()))
    return form


def write_template(face: Face, template: Path, roster: Path | None, *, overwrite: bool) -> None:
    """Write a roster to begin with, and say what to do with it."""
    from cft_audio.application.batches.roster_template import write_roster_template

    if roster is not None:
        message = "a template is written, and no roster is read"
        raise RequestError(message, remedy="Leave ROSTER out", field="template")
    try:
        write_roster_template(template, face.folders, words, overwrite=overwrite)
    except OutputError as error:
        error.remedy = replace_references(error.remedy, _words_of_template)
        raise
    face.show(
        {"file": str(template)}, [f"{template}  Fill it in, then: cft-audio batch {template} -n"]
    )


def _words_of_template(reference: str, argument: str) -> str:
    """Return how a reference is called where a template goes: another is named by no -o."""
    is_elsewhere = reference.startswith("choose another")
    return plain_words(reference, argument) if is_elsewhere else words(reference, argument)


def read_orders(
    face: Face,
    roster: Path,
    sheet: str | None,
    estimates: Estimates,
    file_name: str,
    *,
    sends: bool,
    log: bool,
) -> list[Order]:
    """Return what a roster asks for, once everything in it can be made."""
    from cft_audio.application.batches.checks import check_orders
    from cft_audio.application.batches.consent import GOOGLE, lines_sent
    from cft_audio.application.batches.orders import RosterReader
    from cft_audio.application.batches.roster_columns import ROSTER_COLUMNS
    from cft_audio.application.batches.unnamed import HIDDEN
    from cft_audio.application.requests import recording_date
    from cft_audio.cli.progress import Bar
    from cft_audio.people.consent import service_of
    from cft_audio.rosters.reading import read_roster

    made_on = recording_date(os.environ)
    agreed = frozenset({GOOGLE} if sends else ())
    reader = RosterReader(face.settings, face.folders, made_on, agreed, log)
    try:
        with Bar(quiet=face.quiet, first="Checking") as bar:
            read = reader.read(read_roster(roster, ROSTER_COLUMNS, sheet))
            face.note(*(f"Warning: {warning}" for warning in read.warnings))
            orders = check_orders(
                read, reader, estimates, file_name, lambda done: bar.update("checking", done)
            )
    except RosterError as error:
        if not log and any(HIDDEN in problem.message for problem in error.problems):
            face.note(f"What is said of somebody is left out ({HIDDEN}). --log-names shows it.")
        raise
    for sent in lines_sent(orders, estimates):
        service = service_of(sent.engine)
        face.note(f"{sent.told}, are sent to {service} by the voice '{sent.voice}'.")
    return orders
