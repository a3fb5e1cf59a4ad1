"""Who says what in a session: the guide its lines, the figure the quoted ones.

Without a voice of its own the figure has the guide's, gentler (``delivery.GENTLER``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cft_audio.errors import VoiceError
from cft_audio.speech.takes.delivery import GENTLER
from cft_audio.speech.takes.speaker import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.script.cues import Line
    from cft_audio.speech.takes.clips import Clip
    from cft_audio.speech.text.warnings import Doubt


class Cast:
    """Says the lines of one session, each by the speaker of its part.

    Args:
        guide: Says the guide's lines.
        figure: Says the figure's; it may be the same.
        turns: What both report their progress to.
    """

    def __init__(self, guide: Speaker, figure: Speaker, turns: Turns) -> None:
        self._guide = guide
        self._figure = figure
        self._turns = turns

    @classmethod
    def of(
        cls, request: SessionRequest, folders: Folders, progress: Callable[[str, float], None]
    ) -> Cast:
        """Return the cast that ``request`` asks for.

        Raises:
            VoiceError: If a voice or its model is not there.
            RequestError: If a pronunciation cannot be read.
        """
        turns = Turns(progress)
        guide = Speaker.of(request, folders, turns.heard)
        if request.figure_voice is None:
            return cls(guide, guide.with_delivery(GENTLER), turns)
        if request.figure_voice == request.voice:
            return cls(guide, guide, turns)
        try:
            figures = replace(request, voice=request.figure_voice)
            return cls(guide, Speaker.of(figures, folders, turns.heard), turns)
        except VoiceError as error:
            field = "figure_voice" if error.field == "voice" else error.field
            raise type(error)(
                error.message, remedy=error.remedy, field=field, where=error.where
            ) from error

    def doubts(self, lines: Iterable[Line]) -> list[Doubt]:
        """Return the words of ``lines`` that the voice of their part may get wrong, each once."""
        found = [doubt for who, part in self._parts(lines) for doubt in who.doubts(part)]
        return list({doubt.word: doubt for doubt in reversed(found)}.values())[::-1]

    def clips(self, lines: Iterable[Line]) -> dict[Line, Clip]:
        """Return the clip of each line.

        Raises:
            EngineError: If an engine fails on one.
        """
        wanted = list(lines)
        characters = sum(len(line.text) for line in wanted)
        self._turns.begin()
        clips: dict[Line, Clip] = {}
        for speaker, part in self._parts(wanted):
            said = sum(len(line.text) for line in part)
            self._turns.next(said / max(1, characters))
            clips |= speaker.clips(part)
        return {line: clips[line] for line in wanted}

    def kept(self, lines: Iterable[Line]) -> dict[Line, Clip]:
        """Return the clip of each of ``lines`` that was spoken before and is still in the cache."""
        clips: dict[Line, Clip] = {}
        for speaker, part in self._parts(lines):
            clips |= speaker.kept(part)
        return clips

    def _parts(self, lines: Iterable[Line]) -> Iterator[tuple[Speaker, list[Line]]]:
        """Yield each speaker with its lines, if it has any."""
        wanted = list(lines)
        guides = [line for line in wanted if line.speaker == "guide"]
        figures = [line for line in wanted if line.speaker == "figure"]
        if guides:
            yield self._guide, guides
        if figures:
            yield self._figure, figures


class Turns:
    """The progress of speakers who take turns, as one that never goes back.

    Args:
        progress: Told a stage and the share of it that is done, from 0 to 1.
    """

    def __init__(self, progress: Callable[[str, float], None]) -> None:
        self._progress = progress
        self.begin()

    def begin(self) -> None:
        """Begin a run."""
        self._before = self._share = self._furthest = 0.0

    def next(self, share: float) -> None:
        """Begin the turn of a speaker who has ``share`` of all there is to say."""
        self._before += self._share
        self._share = share

    def heard(self, stage: str, fraction: float) -> None:
        """Take note that ``fraction`` of this turn is done."""
        done = self._before + self._share * fraction
        if done > self._furthest:
            self._furthest = done
            self._progress(stage, done)
