"""The lines of a session for a person to read aloud: which, and how long each may take."""

from __future__ import annotations

import hashlib
import json
import math
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING

from cft_audio.errors import LengthError
from cft_audio.languages.registry import language_of
from cft_audio.planning.outline import Outline
from cft_audio.script.figure import address_listener
from cft_audio.signal.audio import samples
from cft_audio.speech.engines.engine import Fragment
from cft_audio.speech.engines.recorded import CUES_READ, RecordedEngine, key_of_sentence
from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.speech.text.rules import speakable
from cft_audio.speech.voices.profiles import load_profile
from cft_audio.speech.voicing import DEFAULT_VOICE, Voicing
from cft_audio.timeline.events import SayEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cft_audio.files.folders import Folders
    from cft_audio.planning.draft import Fitted
    from cft_audio.planning.writer import ScriptWriter
    from cft_audio.script.cues import Line, Script

CUES = "Breath cues"
"""The chapter of the breath cues, which are read together."""

_CHARACTER_S, _LEAST_S = 0.075, 0.8
"""Seconds a calm reader takes for a character, and for the shortest line: 150 words a minute inside
a sentence, a fifth slower than an audiobook's 160 to 190 (ACX) with its rests."""

_SLACK = (1.7, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1)
"""Factors on how long every line may take: the greatest is used for which the session stays as it
is."""


@dataclass(frozen=True)
class SheetLine:
    """A sentence to read aloud.

    Attributes:
        number: Its number on the page, from 1.
        fragments: The sentence as an engine is asked for it.
        chapter: Title of the chapter of the practice that it belongs to.
        paragraph: Number of its paragraph; lines of one paragraph have the same number.
        about_s: Seconds it takes at a calm pace.
        most_s: Seconds it may take at most.
        personal: Whether it holds words of the listener's own, such as the name.
    """

    number: int
    fragments: tuple[Fragment, ...] = field(metadata={"entries": Fragment})
    chapter: str
    paragraph: int
    about_s: float
    most_s: float
    personal: bool

    @property
    def text(self) -> str:
        """The words to read."""
        return "".join(fragment.text for fragment in self.fragments)


@dataclass(frozen=True)
class Sheet:
    """The lines of a session, for one person to read aloud.

    Attributes:
        title: The practice's title.
        compared_with: The voice that readings are compared with.
        adds_to: The recorded voice that lacks these lines; empty if they make a new voice.
        language: A language tag.
        lines: What to read, in order.
    """

    title: str
    compared_with: str
    adds_to: str
    language: str
    lines: tuple[SheetLine, ...] = field(metadata={"entries": SheetLine})

    @property
    def fragments(self) -> list[Fragment]:
        """Everything that is read, in order."""
        return [fragment for line in self.lines for fragment in line.fragments]

    @property
    def identity(self) -> str:
        """The hash of its lines, which is different for every sheet."""
        texts = json.dumps([line.text for line in self.lines]).encode()
        return hashlib.sha256(texts).hexdigest()[:16]


def make_sheet(writer: ScriptWriter, voicing: Voicing, folders: Folders) -> Sheet:
    """Make the sheet of a session; for a recorded voice, of the lines that it lacks.

    Args:
        writer: Writes the session's script.
        voicing: Who says it.
        folders: Where voices are kept.

    Raises:
        RequestError: If an answer is missing or wrong.
        LengthError: If no calm reader could make the session as long as was asked.
        ScriptError: If the practice cannot be read or rendered.
        VoiceError: If the voice is not there.
    """
    outline = Outline(writer, CUES_READ)
    profile = load_profile(voicing.voice, folders.voices)
    engine = profile.make_engine()
    language = language_of(writer.practice.language)
    reader = _CalmReader(
        Lexicon.of(profile.pronounce, voicing.pronounce, language=language.without_readings),
        profile.pauses.sentence * writer.pace.unhurried,
        engine.length_of if isinstance(engine, RecordedEngine) else lambda _: None,
    )
    fitted = _fit(outline, reader, 1.0)
    slack = _find_slack(outline, reader, fitted.script)
    own = profile.kind is RecordedEngine
    own_words = _words_of(writer)
    return Sheet(
        title=writer.practice.title,
        compared_with=DEFAULT_VOICE if own or profile.kind.online else voicing.voice,
        adds_to=profile.name if own else "",
        language=profile.language,
        lines=tuple(_number_lines(_find_chapters(fitted), reader, slack, own_words)),
    )


@dataclass(frozen=True)
class _CalmReader:
    """Estimates how long a calm reader takes for a line.

    Attributes:
        lexicon: Splits a line into sentences.
        rest_s: Seconds between two sentences.
        length_of_take: Gives the samples of a sentence's take; None if it is still to be read.
    """

    lexicon: Lexicon
    rest_s: float
    length_of_take: Callable[[str], int | None]

    def length(self, line: Line, slack: float) -> int:
        """Return the length of ``line``, in samples, if each sentence takes as long as it may."""
        texts = [sentence.text for sentence in self.lexicon.sentences(line)]
        most = {text: samples(_most_seconds(text, line.fill, slack)) for text in texts}
        spoken = sum(self.length_of_take(text) or most[text] for text in texts)
        return spoken + samples(self.rest_s) * max(0, len(texts) - 1)


def _calm_seconds(text: str) -> float:
    """Estimate how many seconds a calm reader takes for a sentence."""
    return max(_LEAST_S, _CHARACTER_S * len(text))


def _most_seconds(text: str, fill: float, slack: float) -> float:
    """Return how many seconds a sentence may take at most, in halves of a second.

    Args:
        text: The sentence.
        fill: Seconds of the breath that a breath cue has to itself; 0 for narration.
        slack: Factor on what narration takes at a calm pace.
    """
    if fill:
        return math.floor(2 * fill) / 2
    return math.ceil(2 * slack * _calm_seconds(text)) / 2


def _fit(outline: Outline, reader: _CalmReader, slack: float) -> Fitted:
    """Return the session's script and timeline where every line takes as long as it may."""
    return outline.fit(lambda lines: {line: reader.length(line, slack) for line in lines})


def _find_slack(outline: Outline, reader: _CalmReader, script: Script) -> float:
    """Return the most of ``_SLACK`` with which the session keeps its script."""
    for slack in _SLACK:
        with suppress(LengthError):
            if set(_fit(outline, reader, slack).script.lines) == set(script.lines):
                return slack
    return 1.0


def _find_chapters(fitted: Fitted) -> dict[Line, str]:
    """Return the chapter of every line, in the order of the session; breath cues last."""
    timeline = fitted.timeline
    titles: dict[Line, str] = {}
    for event in timeline.events:
        if isinstance(event, SayEvent):
            titles.setdefault(event.line, timeline.chapters[event.chapter].title)
    return {line: titles.get(line, CUES) for line in (*titles, *fitted.script.lines)}


def _words_of(writer: ScriptWriter) -> list[str]:
    """Return what the listener answered, as words; what a practice says by itself is not theirs."""
    texts: list[object] = []
    for name, answer in writer.session.answers.items():
        slot = writer.practice.slots.get(name)
        if slot is not None and answer != slot.default:
            figure = slot.type == "figure"
            texts += astuple(writer.figure(answer)) if figure else [answer]
    said = [w for text in texts for w in (str(text), address_listener(str(text), writer.language))]
    return [key_of_sentence(text) for text in said]


def _is_of(text: str, own_words: Sequence[str]) -> bool:
    """Return whether ``text`` is part of what the listener answered, or holds it, word by word."""
    said = f" {key_of_sentence(text)} "
    return any(said in f" {own} " or f" {own} " in said for own in own_words if own)


def _number_lines(
    chapters: Mapping[Line, str], reader: _CalmReader, slack: float, own_words: Sequence[str]
) -> Iterator[SheetLine]:
    seen: set[str] = set()
    for paragraph, (line, chapter) in enumerate(chapters.items()):
        spans = (span for span in line.spans if span.personal and _is_of(span.text, own_words))
        own = [speakable(span.text) for span in spans]
        for sentence in reader.lexicon.sentences(line):
            text = sentence.text
            key = key_of_sentence(text)
            if key in seen or reader.length_of_take(text) is not None:
                continue
            seen.add(key)
            most = _most_seconds(text, line.fill, slack)
            yield SheetLine(
                number=len(seen),
                fragments=sentence.fragments,
                chapter=chapter,
                paragraph=paragraph,
                about_s=min(most, round(_calm_seconds(text), 1)),
                most_s=most,
                personal=any(words and words in text for words in own),
            )
