"""A client's file: what a recording is for them, what to spare them, and notes for nobody else.

It is TOML, for people to read and to write. Its keys are the fields of a session and a few of its
own. No error tells a name, a word or a note that stands in it: only where.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cft_audio.errors import ClientError, RequestError
from cft_audio.people.clients.codes import is_code
from cft_audio.people.clients.own_fields import OWN_FIELDS
from cft_audio.people.clients.places import read_private_text
from cft_audio.people.settings import by_key, read_fields
from cft_audio.schema.nodes import Scalar, Table, plain
from cft_audio.schema.reader import Reader
from cft_audio.schema.suggest import did_you_mean
from cft_audio.schema.toml import parse_toml
from cft_audio.speech.text.lexicon import check_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cft_audio.people.clients.places import ClientPlace
    from cft_audio.schema.fields import Field
    from cft_audio.schema.nodes import Node

PRONOUNCE = "pronounce"
"""The table of words and sounds."""

NOT_KEPT = {
    "client": "a client's file is one client's",
    "allow_online": "whoever makes a recording agrees to that each time",
    "letter": "a letter is given with each recording",
}
"""The fields of a session that no client's file holds, and why."""

_TEXTS = ("text", "text or path")


@dataclass(frozen=True)
class Client:
    """What is kept of a client.

    Attributes:
        code: What files are called by; empty for one of whom only words are kept, under a name.
        values: Values of fields of a session, as ``Field.parse`` gives them, by name.
        pronouns: The client's own, for whoever writes to them; never spoken.
        notes: For the therapist; never spoken, and in no recording and no error.
        since: The day the file was begun; None where it does not say.
        origins: The file, the line and the key of each value: see ``settings.Configuration``.
    """

    code: str = ""
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    pronouns: str = field(default="", repr=False)
    notes: str = field(default="", repr=False)
    since: date | None = None
    origins: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def avoid(self) -> tuple[str, ...]:
        """Words for what the client is to be spared."""
        return tuple(self.values.get("avoid", ()))


def read_client(place: ClientPlace, fields: Iterable[Field]) -> Client:
    """Return what is kept of the client whose things are at ``place``.

    Args:
        place: The place; where there is no file, nothing but a code is known of them.
        fields: The fields of a session that a client's file may have.

    Raises:
        ClientError: With everything wrong in the file, or if it cannot be read.
        LockedError: If it is locked, and cannot be opened.
    """
    if place.file.exists():
        return parse_client(read_private_text(place.file, ClientError, place.seal), place, fields)
    return Client("" if place.words.exists() or not is_code(place.called) else place.called)


def parse_client(text: str, place: ClientPlace, fields: Iterable[Field]) -> Client:
    """Return what ``text``, of a client's file at ``place``, says.

    Raises:
        ClientError: With everything wrong in it.
    """
    file = str(place.file)
    entries = dict(parse_toml(text, file, ClientError).entries)
    reader = Reader(file, ClientError)
    known = by_key(fields)
    code = _code(entries.pop("code", None), place, reader)
    since = _since(entries.pop("since", None), reader)
    pronouns, notes = (_text(key, entries.pop(key, None), reader) for key in OWN_FIELDS)
    kept: dict[str, Node] = {}
    for key, node in entries.items():
        field = known.get(key.replace("_", "-"))
        if why := NOT_KEPT.get(key.replace("-", "_")):
            reader.report(node.line, f"'{key}' is not kept of a client: {why}", "Take it out")
        elif field is None:
            remedy = did_you_mean(key, (*known, *OWN_FIELDS))
            reader.report(node.line, f"'{key}' is not kept of a client", remedy)
        elif not _report_untold(key, node, field, reader):
            kept[key] = node
    configuration = read_fields(kept, known, file, reader)
    reader.check()
    return Client(code, configuration.values, pronouns, notes, since, configuration.origins)


def check_client_entry(word: str, sound: str, where: str) -> None:
    """Check a word that is kept for a client and its sound, as ``check_entry``, but tell neither.

    Raises:
        RequestError: If they are no word and no sound.
    """
    try:
        check_entry(word, sound, where)
    except RequestError as error:
        # What they are called is the likeliest word of all.
        message = "this is not a way to say a word"
        raise RequestError(message, remedy=error.remedy, where=where) from None


def _report_untold(key: str, node: Node, field: Field, reader: Reader) -> bool:
    """Report what is wrong with personal text, without a word of it; return whether it is."""
    if field.kind in _TEXTS and not isinstance(node, Scalar):
        reader.report(node.line, f"'{key}' is not text", "Write text in quotes")
        return True
    if field.kind == "list of texts":
        try:
            field.parse(plain(node))
        except RequestError as error:
            message = f"'{key}' is not a list of words and short phrases"
            reader.report(node.line, message, error.remedy)
            return True
    if field.kind != "pairs":
        return False
    if not isinstance(node, Table):
        reader.report(node.line, f"'{key}' is not a table", f"Write it as a table, [{key}]")
        return True
    before = len(reader.problems)
    check = check_client_entry if field.name == PRONOUNCE else lambda *_: None
    for word, inner in node.entries.items():
        if not isinstance(inner, Scalar):
            reader.report(inner.line, f"{key}: this is not text", "Write text in quotes")
            continue
        try:
            check(word, str(inner.value), "")
        except RequestError as error:
            reader.report(inner.line, f"{key}: {error.message}", error.remedy)
    return len(reader.problems) > before


def _code(node: Node | None, place: ClientPlace, reader: Reader) -> str:
    code = node.value if isinstance(node, Scalar) else None
    if code != place.called:
        line = node.line if node else 1
        wrong = f"is not '{place.called}', as its folder is called" if node else "is missing"
        reader.report(line, f"'code' {wrong}", f'Write code = "{place.called}"')
    return place.called


def _since(node: Node | None, reader: Reader) -> date | None:
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, datetime):
        return value.date()
    if node and not isinstance(value, date):
        reader.report(node.line, "'since' is not a day", "Write it as 2026-01-31, without quotes")
        return None
    return value


def _text(key: str, node: Node | None, reader: Reader) -> str:
    value = node.value if isinstance(node, Scalar) else ""
    if node and not (isinstance(node, Scalar) and isinstance(value, str)):
        reader.report(node.line, f"'{key}' is not text", "Write text in quotes")
        return ""
    return str(value)
