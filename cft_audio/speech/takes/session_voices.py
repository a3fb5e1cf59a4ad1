"""The voices of one session: the guide says its lines, the figure the quoted ones.

Without a voice of its own the figure has the guide's, gentler (``delivery.GENTLER``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from cft_audio.errors import VoiceError
from cft_audio.speech.takes.cache import ClipCache
from cft_audio.speech.takes.delivery import GENTLER
from cft_audio.speech.takes.speaker import Speaker, SpokenVoice
from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

    from cft_audio.files.folders import Folders
    from cft_audio.languages.pack import Language
    from cft_audio.script.cues import Line
    from cft_audio.speech.takes.clips import Clip, ClipLayout
    from cft_audio.speech.text.warnings import PronunciationWarning
    from cft_audio.speech.voicing import Voicing


class SessionVoices:
    """Says the lines of one session, each by the voice of its part.

    It is a context: at its end the cache is pruned, once, and what the cache could not keep goes.

    Args:
        guide: The voice of the guide's lines.
        figure: The voice of the figure's; it may be the same.
        cache: Where takes are kept.
        progress: Told ``speaking`` and the share of a run that is done, 0 to 1.
    """

    def __init__(
        self,
        guide: SpokenVoice,
        figure: SpokenVoice,
        cache: ClipCache,
        progress: Callable[[str, float], None],
    ) -> None:
        self._cache = cache
        self._progress = _SharedProgress(progress)
        self._layouts: dict[Line, ClipLayout] = {}
        self._guide = Speaker(guide, cache, self._progress.update)
        same = figure is guide
        self._figure = self._guide if same else Speaker(figure, cache, self._progress.update)

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
        guide = _open_voice(voicing.voice, "voice", voicing, unhurried, language, folders)
        if voicing.figure_voice is None:
            figure = replace(guide, delivery=GENTLER)
        elif voicing.figure_voice == voicing.voice:
            figure = guide
        else:
            figure = _open_voice(
                voicing.figure_voice, "figure_voice", voicing, unhurried, language, folders
            )
        return cls(guide, figure, ClipCache(folders.cache), progress)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._cache.prune()
        self._cache.close()

    def find_warnings(self, lines: Iterable[Line]) -> list[PronunciationWarning]:
        """Return the words of ``lines`` that the voice of their part may get wrong, each once."""
        by_word = {
            warning.word: warning
            for speaker, lines_of_part in reversed(list(self._parts(lines)))
            for warning in reversed(speaker.find_warnings(lines_of_part))
        }
        return list(by_word.values())[::-1]

    def speak(self, lines: Iterable[Line]) -> dict[Line, ClipLayout]:
        """Speak what was not spoken before, and return how the clip of each line is laid out.

        Raises:
            EngineError: If an engine fails on one.
        """
        wanted = list(lines)
        characters = sum(len(line.text) for line in wanted)
        self._progress.begin()
        for speaker, lines_of_part in self._parts(wanted):
            share = sum(len(line.text) for line in lines_of_part) / max(1, characters)
            self._progress.begin_part(share)
            self._layouts |= speaker.speak(lines_of_part)
        return {line: self._layouts[line] for line in wanted}

    def layout(self, line: Line) -> ClipLayout:
        """Return how the clip of a line that was spoken is laid out."""
        return self._layouts[line]

    def find_kept(self, lines: Iterable[Line]) -> dict[Line, ClipLayout]:
        """Return the layout of each line that was spoken before and is still in the cache."""
        layouts: dict[Line, ClipLayout] = {}
        for speaker, lines_of_part in self._parts(lines):
            layouts |= speaker.find_kept(lines_of_part)
        return layouts

    def clip(self, line: Line) -> Clip:
        """Return the clip of a line that was spoken, read from the cache.

        Raises:
            EngineError: If the cache has lost it and the engine fails on it.
        """
        return (self._guide if line.speaker == "guide" else self._figure).clip(line)

    def _parts(self, lines: Iterable[Line]) -> Iterator[tuple[Speaker, list[Line]]]:
        """Yield each speaker with its lines, if it has any."""
        wanted = list(lines)
        for part, speaker in (("guide", self._guide), ("figure", self._figure)):
            lines_of_part = [line for line in wanted if line.speaker == part]
            if lines_of_part:
                yield speaker, lines_of_part


def _open_voice(  # noqa: PLR0913 -- one for each thing a voice is put together from
    name: str,
    field: str,
    voicing: Voicing,
    unhurried: float,
    language: Language,
    folders: Folders,
) -> SpokenVoice:
    """Return the voice called ``name``, which the field ``field`` asks for."""
    try:
        profile = load_profile(name, folders.voices)
    except VoiceError as error:
        if error.field == "voice":
            error.field = field
        raise
    if profile.kind.online and not voicing.allow_online:
        raise VoiceError(
            f"the voice '{profile.name}' speaks online: every line, names included, would be "
            "sent to a service, and nobody has agreed to that",
            remedy="‹Agree to it›, or choose a voice that speaks on this machine, such as joe",
            field=field,
        )
    lexicon = Lexicon.of(profile.pronounce, voicing.pronounce, language=language)
    return SpokenVoice(profile, profile.make_engine(folders.cache), lexicon, unhurried)


class _SharedProgress:
    """The progress of speakers who take turns, as one that never goes back."""

    def __init__(self, progress: Callable[[str, float], None]) -> None:
        self._tell = progress
        self.begin()

    def begin(self) -> None:
        """Begin a run."""
        self._before = self._share = self._furthest = 0.0

    def begin_part(self, share: float) -> None:
        """Begin the part of a speaker who has ``share`` of all there is to say."""
        self._before += self._share
        self._share = share

    def update(self, fraction: float) -> None:
        """Tell that ``fraction`` of this part is done."""
        done = self._before + self._share * fraction
        if done > self._furthest:
            self._furthest = done
            self._tell("speaking", done)
