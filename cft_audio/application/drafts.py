"""A draft: a session as far as somebody has chosen it, as they typed it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cft_audio.application.fields import SESSION_FIELDS
from cft_audio.errors import CftAudioError, RequestError
from cft_audio.files.folders import is_path
from cft_audio.library.letters import letter_of
from cft_audio.library.practices import Library
from cft_audio.people.clients.places import known_clients
from cft_audio.script.edits import NO_EDITS, Edits, LineEdit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from cft_audio.application.composing import Composed
    from cft_audio.application.settings import Settings
    from cft_audio.files.folders import Folders
    from cft_audio.library.letters import Letter
    from cft_audio.schema.fields import Field
    from cft_audio.script.practice import Slot

SLOT = "with."
"""What the name of a slot's field begins with."""


@dataclass(frozen=True)
class SessionDraft:
    """A session as far as somebody has chosen it.

    Attributes:
        practice: The practice's id.
        texts: What was typed or chosen in each field, by its name, of a slot by ``with.SLOT``; of
            several choices, with commas between them. A letter is its text.
        edits: What is changed of its lines.
    """

    practice: str
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    edits: Edits = NO_EDITS

    @property
    def client(self) -> str:
        """The code of the client it is for; empty for nobody of whom things are kept."""
        return self.texts.get("client", "")

    def with_texts(self, texts: Mapping[str, str]) -> SessionDraft:
        """Return it with other texts in some fields; a field left empty is as if never chosen."""
        merged = {**self.texts, **texts}
        return replace(self, texts={name: text for name, text in merged.items() if text.strip()})

    def with_edit(self, edit: LineEdit) -> SessionDraft:
        """Return it with a line edited, whatever was changed of that line before."""
        return replace(self, edits=Edits.of([*self.edits.lines, edit]))

    def without_edit(self, line: str) -> SessionDraft:
        """Return it with a line as it is, by its id."""
        return replace(self, edits=Edits.of(e for e in self.edits.lines if e.id != line))

    def kept_with(self, folders: Folders) -> str:
        """Return the code of the client with whose things it is kept; empty for nobody's."""
        return self.client if self.client in known_clients(folders.data) else ""

    def as_object(self) -> dict[str, Any]:
        """Return it as plain values."""
        lines = [asdict(edit) for edit in self.edits.lines]
        return {"practice": self.practice, "texts": dict(self.texts), "edits": lines}


def draft_from(content: Mapping[str, Any]) -> SessionDraft:
    """Return the draft that ``as_object`` made."""
    edits = Edits.of(LineEdit(**edit) for edit in content["edits"])
    return SessionDraft(content["practice"], dict(content["texts"]), edits)


def parse_draft(draft: SessionDraft) -> tuple[dict[str, Any], dict[str, CftAudioError]]:
    """Return what its fields mean, by name, and what is wrong with the others, likewise.

    A field whose value would name a file is wrong: no path that a browser sends is ever opened.
    """
    chosen: dict[str, Any] = {}
    errors: dict[str, CftAudioError] = {}
    for name, text in draft.texts.items():
        if name.startswith(SLOT):
            chosen.setdefault("with", {})[name.removeprefix(SLOT)] = text
            continue
        known = SESSION_FIELDS.get(name)
        if known is None:
            continue
        try:
            _check_names_no_file(known, text)
            lines = [line for line in text.split("\n") if line.strip()]
            chosen[name] = known.parse(lines if known.kind == "pairs" else text)
        except RequestError as error:
            errors[name] = error
    return chosen, errors


def _check_names_no_file(known: Field, text: str) -> None:
    if known.kind == "path" or (known.kind == "text or path" and is_path(text)):
        message = "no file is opened by its path from a page"
        raise known.refusal(message, "Choose one that is offered")


def compose_draft(
    draft: SessionDraft,
    settings: Settings,
    folders: Folders,
    made_on: date | None = None,
    stand_ins: Mapping[str, str] | None = None,
) -> Composed:
    """Return the session that a draft asks for.

    Args:
        draft: The draft.
        settings: The person's settings.
        folders: Where everything is found and kept.
        made_on: The date for its tags; None for none.
        stand_ins: Answers to slots that have none, as of ``compose``.

    Raises:
        CftAudioError: If it is not complete yet, or something of it cannot be meant; the first
            that is wrong.
    """
    from cft_audio.application.composing import compose  # with all that knows of voices

    chosen, errors = parse_draft(draft)
    for error in errors.values():
        raise error
    slots = Library(folders.scripts).open(draft.practice).practice().slots
    answers, more = chosen.pop("with", {}), dict(stand_ins or {})
    letters = {
        name: text for name, text in {**more, **answers}.items() if _reads_letter(slots.get(name))
    }

    def read(path: Path) -> Letter:
        return letter_of(letters[path.name].encode(), "the letter")

    # A letter is read from where its slot says: here that is the slot's own name.
    more |= {name: name for name in letters if name in more}
    if answers:
        chosen["with"] = answers | {name: name for name in letters if name in answers}
    composed = compose(draft.practice, chosen, settings, folders, made_on, read, more)
    session = replace(composed.request.session, edits=draft.edits)
    return replace(composed, request=replace(composed.request, session=session))


def _reads_letter(slot: Slot | None) -> bool:
    return slot is not None and slot.type == "letter"
