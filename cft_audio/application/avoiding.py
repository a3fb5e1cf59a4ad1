"""What a session holds that its listener must not hear: in its lines, and in what it sounds of."""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from cft_audio.languages.avoided_words import AvoidedWords
from cft_audio.languages.registry import ENGLISH, language_of
from cft_audio.script.answers import field_of
from cft_audio.script.cues import Breathe, Chime, ElasticBreathe, Say
from cft_audio.sound.about_bells import ABOUT_BELLS
from cft_audio.sound.beds.about import ABOUT_BEDS
from cft_audio.sound.tones.about import ABOUT_TONES, WORDS_OF_TICKS
from cft_audio.speech.text.rules import speakable
from cft_audio.speech.text.words import abbreviations_to_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cft_audio.application.request import SessionRequest
    from cft_audio.languages.avoided_words import FoundWord
    from cft_audio.planning.writer import ScriptWriter
    from cft_audio.script.cues import Line, Script
    from cft_audio.sound.sound_info import SoundInfo

BREATH_CUES = "the cues of its breaths"
"""What stands for the chapter of what is said on breaths."""

_SOUNDS = {"tone": ABOUT_TONES, "bed": ABOUT_BEDS, "bell": ABOUT_BELLS}
_NOT_AS_WRITTEN = re.compile(r"\d|[A-Z]{2}|[@#&%=/<>*~+×÷]")
_NEXT_WORD = re.compile(r"_|(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""Where another word begins in the name of a file: OceanWaves2."""


@dataclass(frozen=True)
class AvoidedSound:
    """A sound of a session that is to be avoided.

    Attributes:
        field: The field that chooses it: ``tone``, ``bed``, ``bell`` or ``ticks``.
        name: Its name, or that of its file.
        found: The word, as the sound has it.
        is_file: Whether it is a file of the person's own, which is known by its name alone.
    """

    field: str
    name: str
    found: FoundWord
    is_file: bool = False


@dataclass(frozen=True)
class AvoidedLine:
    """A line of a session that holds what is to be avoided.

    Attributes:
        line: The line.
        chapter: The title of its chapter in quotation marks, or what stands for one.
        found: The first such word in it.
    """

    line: Line
    chapter: str
    found: FoundWord

    @property
    def is_given(self) -> bool:
        """Whether the word is no word of the script's, but of a figure, a letter or an answer."""
        return any(span.personal and self.found.said in span.text for span in self.line.spans)


class Avoidance:
    """Finds what is to be avoided in whatever could be heard of a session.

    Args:
        words: Words, phrases and sounds.
        language: The language tag of its practice. Sounds are known by English words as well.
    """

    def __init__(self, words: Iterable[str], language: str) -> None:
        self._language = language_of(language)
        self._words = AvoidedWords(words, self._language)
        is_english = self._language is ENGLISH
        self._words_of_sounds = self._words if is_english else AvoidedWords(words, ENGLISH)
        self._known: dict[Line, FoundWord | None] = {}

    def lines(self, script: Script) -> list[AvoidedLine]:
        """Return the lines of ``script`` that hold something, in order."""
        found = ((line, title, self.in_line(line)) for line, title in _heard(script).items())
        return [AvoidedLine(line, title, word) for line, title, word in found if word]

    def sounds(self, request: SessionRequest, script: Script) -> list[AvoidedSound]:
        """Return what is to be avoided of the sounds that are heard in ``script``."""
        sound = request.sound
        heard = {"tone": request.tone, "bed": sound.bed}
        if sound.bell_every_s is not None or _has(script, Chime):
            heard["bell"] = sound.bell
        if sound.ticks:
            heard["ticks"] = "ticks"
        found = ((field, name, self.in_sound(field, name)) for field, name in heard.items())
        return [
            AvoidedSound(
                field, PurePath(name).name, word, field != "ticks" and not _info(field, name)
            )
            for field, name, word in found
            if word
        ]

    def in_sound(self, field: str, name: str) -> FoundWord | None:
        """Return what is to be avoided of the sound ``name`` of a field; None for nothing.

        Of a sound file of one's own, its name tells.
        """
        if field == "ticks":
            words: Iterable[str] = WORDS_OF_TICKS
        elif info := _info(field, name):
            words = (info.name, *info.words)
        else:
            words = (_NEXT_WORD.sub(" ", PurePath(name).stem),) if name != "none" else ()
        for text in words:
            for found in (*self._words_of_sounds.find(text), *self._words.find(text)):
                return found
        return None

    def in_line(self, line: Line) -> FoundWord | None:
        """Return the first word of a line that is to be avoided; None for none."""
        if line not in self._known:  # the drafts of a session share most of their lines
            found = (word for text in _texts_of(line) for word in self.in_text(text))
            self._known[line] = next(found, None)
        return self._known[line]

    def in_text(self, text: str) -> Iterator[FoundWord]:
        """Yield the words of a text that are to be avoided, as it is written and as it is said."""
        yield from self._words.find(text)
        if _NOT_AS_WRITTEN.search(text) or abbreviations_to_words(text, self._language) != text:
            yield from self._words.find(speakable(text, self._language))

    def given_in(self, writer: ScriptWriter) -> list[str]:
        """Return the fields of a session that hold something: the figure, a letter, an answer."""
        texts = {"first_words": [writer.session.form.first_words]}
        for name, slot in writer.practice.slots.items():
            field = "letter" if slot.type == "letter" else field_of(name)
            texts[field] = _texts_given(name, writer)
        return [
            f for f, said in texts.items() if any(word for t in said for word in self.in_text(t))
        ]


def _info(field: str, name: str) -> SoundInfo | None:
    """Return what there is to say of a sound that is made here; None of any other."""
    return next((info for info in _SOUNDS[field] if info.name == name), None)


def _texts_given(slot: str, writer: ScriptWriter) -> list[str]:
    """Return what can be said of the answer to a slot."""
    asked = writer.practice.slots[slot]
    answer = writer.session.answers.get(slot) or asked.default or ""
    return list(astuple(writer.figure(answer))) if asked.type == "figure" else [answer]


def _heard(script: Script) -> dict[Line, str]:
    """Return every line that is heard, each once, with the title of its chapter."""
    heard: dict[Line, str] = {}
    for section in script.sections:
        for cue in section.cues:
            if isinstance(cue, Say):
                heard.setdefault(cue.line, f"'{section.title}'")
    if _has(script, Breathe, ElasticBreathe):
        for line in (*script.breath_cues.inhale, *script.breath_cues.exhale):
            heard.setdefault(line, BREATH_CUES)
    return heard


def _has(script: Script, *cues: type) -> bool:
    return any(isinstance(cue, cues) for section in script.sections for cue in section.cues)


def _texts_of(line: Line) -> Iterator[str]:
    """Yield a line as it is read, and as it is said if a word of it is said otherwise."""
    yield line.text
    if any(span.sub for span in line.spans):
        yield "".join(span.sub or span.text for span in line.spans)
