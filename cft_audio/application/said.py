"""What will be said of a text: its words as they are spelled out, and their sounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cft_audio.application.words import sounds_of_words
from cft_audio.languages.registry import language_of
from cft_audio.script.cues import Line, Span
from cft_audio.script.notation import read_line
from cft_audio.speech.engines.engine import TellsSounds
from cft_audio.speech.text.lexicon import Lexicon, merge_tables
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from cft_audio.application.choices import Choices
    from cft_audio.files.folders import Folders


@dataclass(frozen=True)
class Said:
    """What a voice says for a text.

    Attributes:
        spoken: Its words as they are spelled out; empty where nothing of it can be said.
        ipa: Their sounds in IPA, as espeak-ng writes it; None where the voice does not tell them.
    """

    spoken: str
    ipa: str | None


def what_is_said(text: str, choices: Choices, folders: Folders) -> Said:
    """Return what the voice of ``choices`` says for ``text``; nothing is sent, and no model loaded.

    Args:
        text: A line as a script has it: ``(word)[ipa:"…"]`` says how a word sounds.
        choices: Which voice, and whose kept words.
        folders: Where voices and kept words are found.

    Raises:
        VoiceError: If the voice is not there.
        LexiconError: If a lexicon cannot be read.
        EngineError: If the voice cannot say a sound that was given.
    """
    profile = load_profile(choices["voice"], folders.voices)
    sounds = merge_tables(sounds_of_words(choices, folders), choices.chosen.get("pronounce") or {})
    lexicon = Lexicon.of(sounds, language=language_of(profile.language))
    pieces = read_line(text, lambda *_: None)
    line = Line(tuple(piece for piece in pieces if isinstance(piece, Span)))
    sentences = lexicon.sentences(line)
    spoken = " ".join(sentence.text for sentence in sentences)
    engine = profile.make_engine()
    if not isinstance(engine, TellsSounds):
        return Said(spoken, None)
    return Said(spoken, " ".join(engine.sounds_of(sentence).strip() for sentence in sentences))
