"""``cft-audio client``: what is kept of a client, from its beginning to its end."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from cft_audio.application.clients.kept import CLIENT_FIELDS
from cft_audio.cli import client_locking
from cft_audio.cli import options as option
from cft_audio.cli.client_packing import pack_client
from cft_audio.cli.face import Face, table
from cft_audio.cli.terminal import confirm, prompt
from cft_audio.cli.wording import words
from cft_audio.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cft_audio.application.clients.kept import ClientRow, Kept

_ASKED = {
    "name": "What is the listener called? (Enter to leave it out)",
    "figure": "Their compassionate figure? (Enter to leave it out)",
}


@click.group("client")
def command() -> None:
    """Keep for each client what their recordings are to be like, under a code.

    With --client CODE, 'build', 'preview', 'programme build' and the others go by it: what you type
    comes before it, your settings after it. Files are called by the code, never by the name.

    \b
    Examples:
      cft-audio client new K7
      cft-audio client edit K7 --pace slow --avoid sea --avoid waves
      cft-audio build soothing-rhythm-breathing --client K7
      cft-audio client list
      cft-audio client pack K7
      cft-audio client forget K7 --recordings
    """


for _command in (pack_client, *client_locking.COMMANDS):
    command.add_command(_command)


def _fields(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for every field that can be kept of a client."""
    for field in reversed(CLIENT_FIELDS.values()):
        command = option.option_of(field)(command)
    return command


_code = click.argument("code", type=option.Text("code"))


@command.command("new")
@_code
@_fields
@option.as_json
@click.pass_obj
def new_client(face: Face, /, *, code: str, **options: Any) -> None:
    """Begin the file of a client under CODE: letters and digits, such as K7, and nobody's name.

    It takes the options of 'build', and keeps what you give. Without any, it asks for the name and
    the figure, so that neither is in the history of your terminal. Words that 'pronounce' keeps for
    them go with it.

    \b
    Examples:
      cft-audio client new K7
      cft-audio client new K7 --pace slow --minutes 12 --bed rain --avoid sea --avoid waves
    """
    from cft_audio.application.clients.files import ClientFiles

    def agree() -> bool:
        question = "Words are kept for somebody of that name. Is it the same person?"
        return not face.can_ask or confirm(question, default=True)

    files = ClientFiles(face.folders, face.settings)
    files.check_new(code)
    typed = _typed(options)
    if not typed and face.can_ask:
        typed = _ask()
    face.chosen = typed
    kept = files.begin(code, typed, datetime.now().astimezone().date(), agree)
    called, count = kept.place.called, len(kept.client.values.get("pronounce", {}))
    if str(typed.get("name", "")).casefold() == called.casefold():
        face.note(
            "The code is the name, and files will be called by it. A code such as K7 says nothing "
            "of who it is."
        )
    if not kept.client.values:
        face.note(f"Nothing else is kept of them yet: 'cft-audio client edit {called}' adds to it.")
    _tell_of_avoided(face, kept)
    more = f"  {count} word{'s' * (count != 1)}" if count else ""
    line = f"{kept.place.file}{more}\nUse it:  cft-audio build PRACTICE --client {called}"
    face.show({"client": kept.as_object(), "notes": face.notes}, [line])


@command.command("edit")
@_code
@_fields
@click.option(
    "--unset",
    metavar="FIELD",
    multiple=True,
    help="Remove this from the file: bed, notes, with.loved_one.",
)
@option.as_json
@click.pass_obj
def edit_client(face: Face, /, *, code: str, unset: tuple[str, ...], **options: Any) -> None:
    """Change what is kept of a client: single values by options, or all of it in your editor.

    Without an option it opens a copy in the editor that VISUAL or EDITOR names, and takes it over
    once everything in it is right. A list, such as --for or --avoid, is given whole.

    \b
    Examples:
      cft-audio client edit K7
      cft-audio client edit K7 --minutes 12 --with loved_one=Rex
      cft-audio client edit K7 --unset bed --unset with.loved_one
    """
    from cft_audio.application.clients.files import ClientFiles
    from cft_audio.application.clients.kept import kept_client, place_with_file
    from cft_audio.cli.client_editing import edit_in_editor

    files, typed = ClientFiles(face.folders, face.settings), _typed(options)
    face.work_for(place_with_file(code, face.folders))
    place = place_with_file(code, face.folders)
    face.chosen = typed
    if typed or unset:
        files.change(place, typed, unset)
        changed = True
    else:
        changed = edit_in_editor(face, files, place)
    kept = kept_client(code, face.folders, "code")
    _tell_of_avoided(face, kept)
    line = str(place.file) if changed else "Nothing was changed."
    face.show({"client": kept.as_object(), "changed": changed, "notes": face.notes}, [line])


@command.command("list")
@click.option("--names", is_flag=True, help="With names, where they are known.")
@option.as_json
@click.pass_obj
def list_clients(face: Face, /, *, names: bool) -> None:
    """List your clients by code: since when each is kept, and how many words, lines and files.

    Nobody's name is shown unless you ask for it. Where your clients are locked, you are asked for
    the passphrase only with --names, and without it words and files are not counted.
    """
    from cft_audio.application.clients.kept import list_clients

    if names:
        face.unlock()
    rows = list_clients(face.folders_unasked)
    shown = [row for row in rows if names or not row.is_named]
    columns = ("code", "since", "words", "lines", "files")
    cells = [_cells(row, named=names) for row in shown]
    lines = table((*columns, *(["name"] * names)), cells) if shown else []
    hidden = len(rows) - len(shown)
    more = [f"{hidden} known by a name alone: --names shows them."] if hidden else []
    none = ["No client is kept. Begin with: cft-audio client new K7"] if not rows else []
    face.show([row.as_object(named=names) for row in rows], [*lines, *more, *none])


@command.command("show")
@_code
@option.as_json
@click.pass_obj
def show_client(face: Face, /, *, code: str) -> None:
    """Show all that the file of a client says, names and notes among it."""
    from cft_audio.application.clients.kept import kept_client

    kept = kept_client(code, face.folders, "code")
    told = kept.as_object()
    rows = [(key, str(told[key])) for key in ("code", "since", "pronouns", "file") if told[key]]
    for name, value in told["fields"].items():
        key = name.replace("_", "-")
        if isinstance(value, dict):
            rows += [(f"{key}.{part}", text) for part, text in value.items()]
        else:
            rows.append((key, ", ".join(value) if isinstance(value, list) else _told(value)))
    notes = ["", told["notes"].rstrip()] if told["notes"] else []
    face.show(told, [*table(("field", "value"), rows), *notes])


@command.command("forget")
@_code
@click.option("--recordings", is_flag=True, help="Remove as well what was made for them.")
@click.option("-y", "--yes", is_flag=True, help="Do it unasked.")
@option.dry_run
@option.as_json
@click.pass_context
@click.pass_obj
def forget_client(
    face: Face,
    /,
    ctx: click.Context,
    *,
    code: str,
    recordings: bool,
    yes: bool,
    dry_run: bool,
) -> None:
    """Remove all that is kept of a client, and print what went, what is left, and where.

    That is their file, words and spoken lines, and the notes of what was made for them. With
    --recordings, what was made goes too, where it still lies where it was written and was not
    changed. What was copied, sent or backed up is out of reach: the receipt says so. Where your
    clients are locked, the passphrase is needed only for --recordings.

    \b
    Examples:
      cft-audio client forget K7 --dry-run
      cft-audio client forget K7 --recordings
    """
    from cft_audio.application.clients.forgetting import client_to_forget
    from cft_audio.application.clients.forgetting import forget_client as forget
    from cft_audio.application.clients.receipts import receipt_lines

    if recordings:
        face.unlock()  # which they are is locked
    folders = face.folders_unasked
    kept = client_to_forget(code, folders)
    called = kept.place.called
    if not (yes or dry_run or face.can_ask):
        message = "nobody is there to agree to it"
        raise RequestError(message, remedy="‹Agree to its removal›, or look first with --dry-run")
    if not (yes or dry_run):
        made = forget(kept, folders, recordings=recordings, dry_run=True).made
        files = f"{made} file{'s' * (made != 1)}, made for them," if made else ""
        stay = f" {files} would stay." if files and not recordings else ""
        too = f", and remove {files.rstrip(',')}" if files and recordings else ""
        confirm(f"Forget all that is kept of client {called}{too}?{stay}", abort=True)
    receipt = forget(kept, folders, recordings=recordings, dry_run=dry_run)
    face.show(receipt.as_object(), receipt_lines(receipt))
    ctx.exit(1 if receipt.failed else 0)


def _tell_of_avoided(face: Face, kept: Kept) -> None:
    """Tell at once of a sound that every recording would be refused for."""
    from cft_audio.application.clients.values import avoided_sounds

    face.note(*avoided_sounds(face.settings.for_client(kept.client)))


def _typed(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that were given."""
    return {name: value for name, value in options.items() if value not in (None, (), False)}


def _ask() -> dict[str, str]:
    """Return what a person says of a client, asked where nothing was given."""
    answers = {name: _answer(name, question) for name, question in _ASKED.items()}
    return {name: answer for name, answer in answers.items() if answer}


def _answer(name: str, question: str) -> str:
    def read(typed: str) -> str:
        if typed.strip():
            try:
                CLIENT_FIELDS[name].parse(typed)
            except RequestError as error:
                error.field = ""  # the question says what it is about
                raise click.UsageError(error.worded(words)) from error
        return typed.strip()

    return prompt(question, default="", show_default=False, value_proc=read)


def _cells(row: ClientRow, *, named: bool) -> list[str]:
    told = row.as_object(named=named)
    columns = ("code", "since", "words", "lines", "files", *(["name"] * named))
    return ["-" if told[column] is None else str(told[column]) for column in columns]


def _told(value: object) -> str:
    if value is True:
        return "yes"
    return f"{value:g}" if isinstance(value, float) else str(value)
