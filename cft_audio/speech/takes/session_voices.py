"""The voices of one session: the guide says its lines, the figure the quoted ones.

Without a voice of its own the figure has the guide's, gentler (``delivery.GENTLER``).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.errors import VoiceError, concerning
from cft_audio.languages.registry import is_same_language
from cft_audio.speech.takes.caches import Caches
from cft_audio.speech.takes.delivery import GENTLER
from cft_audio.speech.takes.speaker import Speaker, SpokenVoice
from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cft_audio.files.folders import Folders
    from cft_audio.languages.pack import Language
    from cft_audio.script.cues import Line
    from cft_audio.speech.takes.clips import Clip, ClipLayout
    from cft_audio.speech.takes.recipes import SpokenClip
    from cft_audio.speech.text.warnings import PronunciationWarning
    from cft_audio.speech.voices.profiles import Profile
    from cft_audio.speech.voicing import Voicing


class SessionVoices(AbstractContextManager["SessionVoices"]):
    """Says the lines of one session, each by the voice of its part.

    It is a context: at its end the cache is pruned, once. ``levels`` says how loud bed, tone and
    bells are beside the guide's voice, unless a person says; ``language`` is that of what is said.

    Args:
        guide: The voice of the guide's lines.
        figure: The voice of the figure's; it may be the same.
        caches: Where takes are kept.
        progress: Told ``speaking`` and the share of a run that is done, 0 to 1.
    """

    def __init__(
        self,
        guide: SpokenVoice,
        figure: SpokenVoice,
        caches: Caches,
        progress: Callable[[str, float], None],
    ) -> None:
        self.levels = guide.profile.levels
        self.language = guide.lexicon.language
        self._caches = caches
        self._tell = progress
        self._before = self._share = self._furthest = 0.0
        self._clips: dict[Line, SpokenClip] = {}
        self._speakers = {
            "guide": Speaker(guide, caches, self._report),
            "figure": Speaker(figure, caches, self._report),
        }

    @classmethod
    def open(
        cls,
        voicing: Voicing,
        unhurried: float,
        language: Language,
        folders: Folders,
        progress: Callable[[str, float], None],
    ) -> SessionVoices:
        """Return the voices that ``voicing`` names; their models are not loaded yet.

        Args:
            voicing: Who speaks, and how words are said.
            unhurried: Factor on the rests inside a line.
            language: The language of what is said.
            folders: Where voices are found, and takes are kept.
            progress: Told ``speaking`` and the share of a run that is done, 0 to 1.

        Raises:
            VoiceError: If a voice or its model is not there, or speaks online unasked.
            RequestError: If a pronunciation cannot be read.
        """
        guide, figure = open_voices(voicing, unhurried, language, folders)
        return cls(guide, figure, Caches.open(folders), progress)

    def __exit__(self, *_: object) -> None:
        self._caches.prune()

    def find_warnings(self, lines: Iterable[Line]) -> list[PronunciationWarning]:
        """Return the words of ``lines`` that the voice of their part may get wrong, each once."""
        by_word = {
            warning.word: warning
            for speaker, lines_of_part in reversed(self._parts(lines))
            for warning in reversed(speaker.find_warnings(lines_of_part))
        }
        return list(by_word.values())[::-1]

    def find_unsaid(self, lines: Iterable[Line]) -> list[PronunciationWarning]:
        """Return the words of ``lines`` whose kept sound the voice of their part cannot say."""
        parts = self._parts(lines)
        return [warning for speaker, of_part in parts for warning in speaker.find_unsaid(of_part)]

    def warm_up(self) -> None:
        """Load the guide's voice, so that its first line is soon spoken; nothing is kept or sent.

        Raises:
            EngineError: If its engine fails.
        """
        self._speakers["guide"].warm_up()

    def speak(self, lines: Iterable[Line]) -> dict[Line, ClipLayout]:
        """Speak what was not spoken before, and return how the clip of each line is laid out.

        Raises:
            EngineError: If an engine fails on one.
        """
        wanted = list(lines)
        characters = sum(len(line.text) for line in wanted)
        self._before = self._furthest = 0.0
        for speaker, lines_of_part in self._parts(wanted):
            self._share = sum(len(line.text) for line in lines_of_part) / max(1, characters)
            self._clips |= speaker.speak(lines_of_part)
            self._before += self._share
        return {line: self._clips[line].layout for line in wanted}

    def keep(self, lines: Iterable[Line]) -> None:
        """Speak what was not spoken before, and keep it.

        Raises:
            EngineError: If an engine fails on one.
        """
        for speaker, lines_of_part in self._parts(lines):
            speaker.keep(lines_of_part)

    def find_unspoken(self, lines: Iterable[Line]) -> list[Line]:
        """Return the lines of which the cache lacks something; each once."""
        parts = self._parts(lines)
        return [line for speaker, of_part in parts for line in speaker.find_unspoken(of_part)]

    def known(self, line: Line) -> SpokenClip:
        """Return what is known of the clip of a line that was spoken."""
        return self._clips[line]

    def find_kept(self, lines: Iterable[Line]) -> dict[Line, ClipLayout]:
        """Return the layout of each line that was spoken before and is still in the cache."""
        guide, figure = (speaker.find_kept(of_part) for speaker, of_part in self._parts(lines))
        return guide | figure

    def clip(self, line: Line) -> Clip:
        """Return the clip of a line that was spoken, read from the cache.

        Raises:
            EngineError: If the cache has lost it and the engine fails on it.
        """
        return self._speakers[line.speaker].clip(line)

    def _parts(self, lines: Iterable[Line]) -> list[tuple[Speaker, list[Line]]]:
        """Return each speaker with its lines."""
        wanted = list(lines)
        return [
            (speaker, [line for line in wanted if line.speaker == part])
            for part, speaker in self._speakers.items()
        ]

    def _report(self, fraction: float) -> None:
        """Tell that ``fraction`` of a speaker's lines is done; what is told never goes back."""
        done = self._before + self._share * fraction
        if done > self._furthest:
            self._furthest = done
            self._tell("speaking", done)


def open_voices(
    voicing: Voicing, unhurried: float, language: Language, folders: Folders
) -> tuple[SpokenVoice, SpokenVoice]:
    """Return the guide's voice and the figure's; their models are not loaded yet.

    Raises:
        VoiceError: As ``SessionVoices.open``, like all others.
    """

    def open_voice(name: str, field: str) -> SpokenVoice:
        profile = _load_profile(name, field, voicing, folders)
        own = not profile.language or is_same_language(profile.language, language.tag)
        known = language if own else language.without_readings
        lexicon = Lexicon.of(profile.pronounce, voicing.pronounce, language=known)
        with concerning(field):
            engine = profile.make_engine(folders.answers)
        return SpokenVoice(profile, engine, lexicon, unhurried)

    guide = open_voice(voicing.voice, "voice")
    if voicing.figure_voice is None:
        return guide, replace(guide, delivery=GENTLER)
    if voicing.figure_voice == voicing.voice:
        return guide, guide
    return guide, open_voice(voicing.figure_voice, "figure_voice")


def check_voices(voicing: Voicing, folders: Folders) -> None:
    """Check that the voices of a session are there, and may speak; none is opened.

    Raises:
        VoiceError: If one of them is not, or speaks online unasked.
    """
    for name, field in ((voicing.voice, "voice"), (voicing.figure_voice, "figure_voice")):
        if name is not None:
            _load_profile(name, field, voicing, folders)


def _load_profile(name: str, field: str, voicing: Voicing, folders: Folders) -> Profile:
    """Return the profile of the voice called ``name``, which the field ``field`` asks for."""
    profile = load_profile(name, folders.voices, field)
    if profile.kind.online and not voicing.allow_online:
        raise VoiceError(
            f"the voice '{profile.name}' speaks online: every line, names included, would be "
            "sent to a service, and nobody has agreed to that",
            remedy="‹Agree to it›, or choose a voice that speaks on this machine, such as joe",
            field=field,
        )
    return profile
