"""What has to be chosen to make a recording again, as its tags keep it and ``inspect`` tells it.

Files of a person's own (a letter, a bed, a picture, edits of lines) and all that a name kept out
would tell are left out: in their places stand words in capitals, for whoever has them to fill in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cft_audio.application.beside.covers import DRAWN, NONE
from cft_audio.application.fields import SESSION_FIELDS
from cft_audio.errors import RequestError
from cft_audio.files.folders import is_path
from cft_audio.mix.levels import LEVELS
from cft_audio.script.bells import STROKES
from cft_audio.sound.names import BEDS, BELLS
from cft_audio.timeline.pace import PRESETS, adjust_pace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cft_audio.application.request import SessionRequest
    from cft_audio.master.formats import Coding
    from cft_audio.script.practice import Practice
    from cft_audio.timeline.pace import Pace

_OWN_FILES = {"letter": "LETTER", "bed": "BED", "bell": "BELL", "cover": "PICTURE"}
"""What stands in the place of a file of a person's own, by field."""

_KEPT_OUT = ("figure_pronouns", "first_words", "pronounce", "for")
"""Fields that may say more of a listener than their name."""


@dataclass(frozen=True)
class Again:
    """What has to be chosen to make a recording again.

    Attributes:
        practice: The practice's id, or what stands for a script of one's own.
        fields: The fields that differ from their defaults, by name; a list where one is given
            several times, and words in capitals where a person has to fill something in.
        made_on: The date of its tags; None for none.
        withheld: Whether the name was kept out, and with it what it was told for.
    """

    practice: str
    fields: Mapping[str, Any] = field(default_factory=dict, repr=False)
    made_on: date | None = None
    withheld: bool = False

    @property
    def epoch(self) -> int | None:
        """Seconds since 1970 of that date, for ``SOURCE_DATE_EPOCH``; None for none."""
        if self.made_on is None:
            return None
        day = self.made_on
        return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())

    def as_text(self) -> str:
        """Return it as text for a tag."""
        made_on = self.made_on.isoformat() if self.made_on else None
        told = {"practice": self.practice, "fields": dict(self.fields), "made_on": made_on}
        return json.dumps(told | {"withheld": self.withheld}, ensure_ascii=False, sort_keys=True)


def read_again(text: str) -> Again | None:
    """Return what a tag holds; None where it holds none."""
    try:
        told = json.loads(text)
        made_on = date.fromisoformat(told["made_on"]) if told["made_on"] else None
        fields = {name: told["fields"][name] for name in told["fields"] if name in SESSION_FIELDS}
        return Again(str(told["practice"]), fields, made_on, bool(told["withheld"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def typed_again(again: Again) -> tuple[dict[str, str], list[str]]:
    """Return the fields as a person types them, by name, and those that have to be filled in anew.

    Answers to slots are called ``with.SLOT``; of several choices, commas are between them.
    """
    given = {**again.fields}
    given |= {f"with.{s}": t for s, _, t in (p.partition("=") for p in given.pop("with", ()))}
    fields = {name: _as_typed(name, value) for name, value in given.items()}
    missing = [name for name, text in fields.items() if _stands_for_another(name, text, again)]
    hidden = ["for"] * again.withheld
    return {n: text for n, text in fields.items() if n not in missing}, [*missing, *hidden]


def _as_typed(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ("\n" if SESSION_FIELDS[name].kind == "pairs" else ", ").join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else ""
    words = {repr(level): word for word, level in LEVELS.items()}
    return words.get(value, value) if name.endswith("_level") else str(value)


def _stands_for_another(name: str, text: str, again: Again) -> bool:
    """Return whether a text stands for what was kept out, or for a person's own file."""
    is_withheld = again.withheld and text == name.removeprefix("with.").upper()
    names_file = name == "figure" and is_path(text)
    return is_withheld or names_file or text == _OWN_FILES.get(name)


def again_of(request: SessionRequest, practice: Practice, coding: Coding) -> Again:
    """Return what has to be chosen to make the recording of ``request`` again.

    Args:
        request: The request.
        practice: Its practice.
        coding: How it is encoded.
    """
    output, named = request.output, request.output.name_in_tags
    chosen = {
        **dict(_answers(request, practice)),
        **dict(_session(request)),
        **dict(_sound(request)),
        **dict(_output(request, coding)),
    }
    if not named:
        chosen = {name: value for name, value in chosen.items() if name not in _KEPT_OUT}
        chosen["no_name"] = True
    differ = {
        name: value
        for name, value in chosen.items()
        if value not in (None, "", (), [], {}, False) and value != SESSION_FIELDS[name].default
    }
    own = is_path(request.session.practice)
    what = f"{Path(request.session.practice).stem.upper()}.md" if own else practice.id
    return Again(what, differ, output.made_on, not named)


def _answers(request: SessionRequest, practice: Practice) -> Iterator[tuple[str, Any]]:
    answers, named = request.session.answers, request.output.name_in_tags
    others = []
    for slot in practice.slots.values():
        if slot.name not in answers or answers[slot.name] == slot.default:
            continue
        told = answers[slot.name] if named else slot.name.upper()
        if slot.type == "letter":
            yield "letter", _OWN_FILES["letter"]
        elif slot.name in ("name", "figure"):
            yield slot.name, told
        else:
            others.append(f"{slot.name}={told}")
    yield "with", others


def _session(request: SessionRequest) -> Iterator[tuple[str, Any]]:
    session, form = request.session, request.session.form
    yield "figure_pronouns", session.figure_pronouns
    yield "minutes", None if session.length_s is None else _minutes(session.length_s)
    yield "for", list(session.adaptations)
    yield "core", form.core
    yield "returning", form.returning
    yield "self_led", form.self_led
    yield "first_words", form.first_words
    yield "edits", "EDITS" if session.edits else None
    yield "seed", session.seed
    strokes = {count: word for word, count in STROKES.items()}
    yield "bells", strokes[session.bells.strokes]
    yield "bells_at", list(session.bells.places)
    yield from _pace(session.pace)


def _pace(pace: Pace) -> Iterator[tuple[str, Any]]:
    if pace.name in PRESETS:
        yield "pace", pace.name
        return
    base = next(p for p in (PRESETS["gentle"], *PRESETS.values()) if p.unhurried == pace.unhurried)
    if pace.in_seconds:
        yield "pattern", str(pace.pattern).replace(":", "-")
        given: dict[str, Any] = {"timed": pace.pattern}
    else:
        yield "pace", base.name
        yield "breaths_per_minute", repr(pace.breaths_per_minute)
        yield "ratio", str(pace.pattern)
        given = {"pattern": pace.pattern, "breaths_per_minute": pace.breaths_per_minute}
    yield "ease_from", repr(pace.first_rate)
    try:
        adjust_pace(base, **given, first_rate=pace.first_rate)
    except RequestError:
        yield "insist", True


def _sound(request: SessionRequest) -> Iterator[tuple[str, Any]]:
    voicing, sound = request.voicing, request.sound
    yield "voice", Path(voicing.voice).name
    yield "figure_voice", voicing.figure_voice and Path(voicing.figure_voice).name
    yield "pronounce", [f"{word}={sound}" for word, sound in voicing.pronounce.items()]
    yield "tone", sound.tone
    yield "ticks", sound.ticks
    yield "bed", sound.bed if sound.bed in BEDS else _OWN_FILES["bed"]
    yield "bell", sound.bell if sound.bell in BELLS else _OWN_FILES["bell"]
    yield "bell_every", None if sound.bell_every_s is None else _minutes(sound.bell_every_s)
    yield "bed_level", _level(sound.bed_level)
    yield "tone_level", _level(sound.tone_level)
    yield "bell_level", _level(sound.bell_level)
    yield "loudness", sound.loudness_lufs


def _output(request: SessionRequest, coding: Coding) -> Iterator[tuple[str, Any]]:
    output, usual = request.output, type(coding)(coding.format)
    yield "format", coding.format.name
    yield "bitrate", None if coding.kbps == usual.kbps else coding.bitrate_kbps
    yield "channels", coding.channels
    yield "sample_rate", None if coding.rate == usual.rate else coding.rate
    yield "split_chapters", output.split_chapters
    yield "title", output.title
    yield "album", output.album
    yield "artist", output.artist
    yield "comment", output.comment
    yield "cover", output.cover if output.cover in (DRAWN, NONE) else _OWN_FILES["cover"]


def _minutes(length_s: float) -> str:
    minutes, seconds = divmod(length_s, 60)
    if seconds == 0:
        return f"{minutes:.0f}"
    return f"{minutes:.0f}:{seconds:02.0f}" if seconds == round(seconds) else repr(length_s / 60)


def _level(level: float | None) -> str | None:
    return None if level is None else f"{level!r}"
