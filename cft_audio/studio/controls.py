"""The controls of a session's form, made from its fields: what is asked, and what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cft_audio.application.clients.kept import CLIENT_FIELDS
from cft_audio.application.drafts import SLOT, SessionDraft
from cft_audio.application.fields import SESSION_FIELDS
from cft_audio.application.practices import list_figures
from cft_audio.people.clients.places import known_clients
from cft_audio.references import replace_references
from cft_audio.script.adaptations import ADAPTATIONS
from cft_audio.sound.catalogue import SOUNDS
from cft_audio.speech.voices.listing import list_voices
from cft_audio.studio.wording import LABELS, words
from cft_audio.timeline.pace import PRESETS, seconds_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from cft_audio.files.folders import Folders
    from cft_audio.schema.fields import Field
    from cft_audio.script.practice import Practice, Slot

_SESSION = ("minutes", "for", "pace", "core", "returning", "self_led")
_SOUND = ("voice", "figure_voice", "allow_online", "bed", "tone", "bed_level", "tone_level")
_GROUPS = {
    "How long, and how": _SESSION,
    "Voice and sound": _SOUND,
    "What is said": ("first_words", "avoid", "pronounce", "seed"),
    "The breath": ("breaths_per_minute", "ratio", "pattern", "insist", "ease_from", "ticks"),
    "Bells": ("bell", "bells", "bells_at", "bell_every", "bell_level"),
}
"""Fields by what they are about; every other one is about the file."""

_NOT_ASKED = ("with", "letter", "lexicon", "edits", "split_chapters")
"""Fields that a page has in another way, or that name a file."""

_FILES = ("letter", "lexicon", "edits")
"""Fields of which every value names a file."""

_NOTHING = {"client": "for no client", "for": "nobody in particular"}
"""What choosing nothing means, where it is not the usual."""

_TOLD = {*_SESSION, *_SOUND, "client", "ticks", "bells", "bells_at", "bell_level"} - {"minutes"}
"""Fields of which the label and what can be chosen say all that there is to say."""

_FIGURES = "Choose one, or write your own: my aunt Rosa."
"""What a figure can be; a file, as a field says, cannot be given on a page."""

_LEVELS = ("soft", "medium", "full")


@dataclass(frozen=True)
class Option:
    """Something that can be chosen: its value, its label, and a sentence about it or nothing."""

    value: str
    label: str
    about: str = ""


@dataclass(frozen=True)
class Control:
    """One control.

    Attributes:
        name: The name of its field; of a slot, ``with.SLOT``.
        label: Its label.
        kind: ``text``, ``long`` (several lines), ``suggested`` (text, and some to choose from),
            ``choice``, ``choices`` or ``flag``.
        value: What is typed or chosen; several choices with commas between them.
        help: What it is for; empty where the label says it.
        options: What can be chosen.
        limit: The most characters of a text; 0 for any.
    """

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    help: str = ""
    options: tuple[Option, ...] = ()
    limit: int = 0

    @property
    def chosen(self) -> tuple[str, ...]:
        """The choices that are made, of several."""
        return tuple(filter(None, (part.strip() for part in self.value.split(","))))


@dataclass(frozen=True)
class Group:
    """Some controls, and what they are about."""

    title: str
    controls: tuple[Control, ...]


@dataclass(frozen=True)
class Controls:
    """The controls of a session: those that everybody looks at, and more in groups."""

    who: tuple[Control, ...]
    session: tuple[Control, ...]
    sound: tuple[Control, ...]
    more: tuple[Group, ...]


def controls_of(draft: SessionDraft, practice: Practice, folders: Folders) -> Controls:
    """Return the controls for a draft of ``practice``, with what was typed so far."""
    options = _Options(practice, folders)
    slots = practice.slots
    asked = [_slot(slot, draft, options) for slot in slots.values()]
    if "figure" in slots:
        after = list(slots).index("figure") + 1
        asked.insert(after, _field(SESSION_FIELDS["figure_pronouns"], draft, options))
    if known_clients(folders.data):
        asked.insert(0, _field(SESSION_FIELDS["client"], draft, options))
    apart = (*_SESSION, *_SOUND, *_NOT_ASKED, *slots, "name", "client", "figure", "figure_pronouns")

    def group(names: Iterable[str]) -> tuple[Control, ...]:
        made = (_field(SESSION_FIELDS[name], draft, options) for name in names)
        return tuple(one for one in made if one.kind != "choice" or len(one.options) > 1)

    sound = [name for name in _SOUND if name != "figure_voice" or "figure" in slots]
    more = group(name for name in SESSION_FIELDS if name not in apart)
    return Controls(tuple(asked), group(_SESSION), group(sound), _grouped(more))


def _grouped(controls: Iterable[Control]) -> tuple[Group, ...]:
    """Return controls by what they are about."""
    found = {one.name: one for one in controls}
    groups = [
        Group(title, tuple(found.pop(name) for name in names if name in found))
        for title, names in _GROUPS.items()
    ]
    return *(one for one in groups if one.controls), Group("The file", tuple(found.values()))


_PERSON = ("name", "pronouns", "figure", "figure_pronouns", "avoid", "notes", "with", "pronounce")
"""Fields of a client's file that are about the person, and not about what is made for them."""

_LONG = ("notes", "first_words")


def client_controls(
    texts: Mapping[str, str], folders: Folders
) -> tuple[tuple[Control, ...], tuple[Group, ...]]:
    """Return the controls of a client's file: those of the person, then of their recordings.

    Args:
        texts: What is typed in each field of the file.
        folders: Where what can be chosen is found.
    """
    draft, options = SessionDraft("", texts), _Options(None, folders)

    def of(names: Iterable[str]) -> Iterator[Control]:
        for name in names:
            one = _field(CLIENT_FIELDS[name], draft, options)
            yield replace(one, kind="long") if name in _LONG else one

    rest = [name for name in CLIENT_FIELDS if name not in (*_PERSON, *_FILES)]
    return tuple(of(_PERSON)), _grouped(of(rest))


class _Options:
    """What can be chosen in each field, for one practice on this machine."""

    def __init__(self, practice: Practice | None, folders: Folders) -> None:
        self.figures = {called: figure.name for called, figure in list_figures(folders)[0]}
        self._known: dict[str, Callable[[], Iterator[Option]]] = {
            **dict.fromkeys(("voice", "figure_voice"), lambda: _voices(folders)),
            "figure": lambda: (Option(name, name) for name in self.figures.values()),
            "core": lambda: (
                Option(core, about) for core, about in (practice.cores if practice else {}).items()
            ),
            "for": lambda: (Option(name, name.replace("-", " ")) for name in ADAPTATIONS),
            "pace": lambda: (Option(n, n, seconds_words(pace)) for n, pace in PRESETS.items()),
            "client": lambda: _plain(known_clients(folders.data)),
            **dict.fromkeys(("bed_level", "tone_level", "bell_level"), lambda: _plain(_LEVELS)),
        }

    def of(self, field: Field) -> tuple[Option, ...]:
        """Return the options of a field; none where there is nothing to choose from."""
        if field.name in self._known:
            return tuple(self._known[field.name]())
        sounds = {sound.name: sound for sound in SOUNDS if sound.kind == field.name}
        return tuple(
            Option(sounds[name].name, sounds[name].title, sounds[name].about)
            if name in sounds
            else Option(str(name), str(name))
            for name in field.choices
        )


def _voices(folders: Folders) -> Iterator[Option]:
    for voice in list_voices(folders.voices):
        if voice.state == "installed":
            yield Option(voice.name, voice.name.replace("-", " "), voice.description)


def _plain(values: Iterable[object]) -> Iterator[Option]:
    return (Option(str(value), str(value)) for value in values)


_KINDS = {
    "choice": "choice",
    "list of choices": "choices",
    "flag": "flag",
    "pairs": "long",
    "list of texts": "text",
}


def _field(field: Field, draft: SessionDraft, options: _Options) -> Control:
    """Return the control of a field of the session."""
    offered = options.of(field)
    kind = _KINDS.get(field.kind, "choice" if offered else "text")
    if field.name == "figure":
        kind = "suggested"
    usual = field.usual or ("" if field.default in (None, (), False) else str(field.default))
    if kind == "choice":
        usual = {one.value: one.label for one in offered}.get(usual, usual)
        first = f"as usual ({usual})" if usual else _NOTHING.get(field.name, "as usual")
        offered = (Option("", first), *offered)
    value = draft.texts.get(field.name, "")
    if kind == "choice" and value not in {option.value for option in offered}:
        offered = (*offered, Option(value, value))  # nobody has taken it back
    help_text = "" if field.name in _TOLD else replace_references(field.help, words)
    help_text = _FIGURES if field.name == "figure" else help_text
    label = LABELS.get(field.name, field.name.replace("_", " "))
    return Control(field.name, label, kind, value, help_text, offered)


def _slot(slot: Slot, draft: SessionDraft, options: _Options) -> Control:
    """Return the control of one of the practice's own questions."""
    name = slot.name if slot.name in ("name", "figure") else SLOT + slot.name
    value, usual = draft.texts.get(name, ""), slot.default or ""
    if slot.type == "figure":
        offered = options.of(SESSION_FIELDS["figure"])
        help_text = _FIGURES
        if usual:
            help_text += f" Left empty, it is {options.figures.get(usual, usual)}."
        return Control(name, slot.ask, "suggested", value, help_text, offered, slot.longest)
    if slot.type == "choice":
        first = () if slot.default is None else (Option("", f"as usual ({usual})"),)
        offered = (*first, *(Option(choice, choice) for choice in slot.choices))
        return Control(name, slot.ask, "choice", value, "", offered)
    kind = "long" if slot.type == "letter" else "text"
    help_text = f"Left empty, it is “{usual}”." if usual else ""
    return Control(name, slot.ask, kind, value, help_text, (), slot.longest)
