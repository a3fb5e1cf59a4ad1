"""One voice: lines in, clips out, through the cache where a sentence was spoken before."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

from cft_audio.errors import VoiceError
from cft_audio.signal.audio import seconds
from cft_audio.speech.engines.engine import Interruptible
from cft_audio.speech.takes.cache import ClipCache, key_of
from cft_audio.speech.takes.clips import Clip, join
from cft_audio.speech.takes.delivery import PLAIN, Delivery
from cft_audio.speech.takes.take import TAKE_VERSION, Take, make_take
from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.speech.text.warnings import Doubt, doubts
from cft_audio.speech.voices.profiles import Pauses, load_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cft_audio.application.request import SessionRequest
    from cft_audio.files.folders import Folders
    from cft_audio.script.cues import Line
    from cft_audio.speech.engines.engine import Engine, Sentence
    from cft_audio.speech.voices.profiles import Profile

_QUICKEST_CUE = 0.85
"""Tempo of a breath cue at least: the default voice's word errors hardly grow down to it."""

_TEMPO_STEP = 0.05
"""Tempos are rounded to this, so that cues of nearly equal breaths share a take."""


class Speaker:
    """Says the lines of one session with one voice, with one delivery.

    Args:
        profile: The voice.
        engine: Its engine.
        lexicon: How words are said.
        unhurried: Factor on the rests inside a line.
        cache: Where takes are kept.
        progress: Told ``"speaking"`` and the share of sentences that are done.
        delivery: What is changed of the voice.
    """

    def __init__(  # noqa: PLR0913 -- one for each thing it is put together from
        self,
        *,
        profile: Profile,
        engine: Engine,
        lexicon: Lexicon,
        unhurried: float,
        cache: ClipCache,
        progress: Callable[[str, float], None],
        delivery: Delivery = PLAIN,
    ) -> None:
        self._profile = profile
        self._engine = engine
        self._lexicon = lexicon
        self._unhurried = unhurried
        self._cache = cache
        self._progress = progress
        self._delivery = delivery
        self._warmth = profile.warmth.combine(delivery.warmth)
        self._takes: dict[tuple[Sentence, float], Take] = {}

    @classmethod
    def of(
        cls, request: SessionRequest, folders: Folders, progress: Callable[[str, float], None]
    ) -> Speaker:
        """Return the speaker that ``request`` asks for.

        Raises:
            VoiceError: If the voice or its model is not there, or speaks online unasked.
            RequestError: If a pronunciation cannot be read.
        """
        profile = load_profile(request.voice, folders.voices)
        if profile.kind.online and not request.allow_online:
            raise VoiceError(
                f"the voice '{profile.name}' speaks online: every line, names included, would be "
                "sent to a service, and nobody has agreed to that",
                remedy="‹Agree to it›, or choose a voice that speaks on this machine, such as joe",
                field="voice",
            )
        return cls(
            profile=profile,
            engine=profile.make_engine(),
            lexicon=Lexicon.of(profile.pronounce, request.pronounce),
            unhurried=request.adapted_pace.unhurried,
            cache=ClipCache(folders.cache),
            progress=progress,
        )

    def with_delivery(self, delivery: Delivery) -> Speaker:
        """Return a speaker with the same voice, loaded once for both, with another delivery."""
        return Speaker(
            profile=self._profile,
            engine=self._engine,
            lexicon=self._lexicon,
            unhurried=self._unhurried,
            cache=self._cache,
            progress=self._progress,
            delivery=delivery,
        )

    def doubts(self, lines: Iterable[Line]) -> list[Doubt]:
        """Return the words of ``lines`` that this voice may get wrong."""
        return doubts(lines, self._lexicon, self._profile.language)

    def clips(self, lines: Iterable[Line]) -> dict[Line, Clip]:
        """Return the clip of each line.

        Raises:
            EngineError: If the engine fails on one.
        """
        said = {line: self._lexicon.sentences(line) for line in lines}
        wanted = dict.fromkeys((sentence, 1.0) for found in said.values() for sentence in found)
        self._make(list(wanted))
        tempos = {line: self._tempo(line, found) for line, found in said.items()}
        drawn = {
            (sentence, tempos[line]): None for line, found in said.items() for sentence in found
        }
        self._make([item for item in drawn if item not in self._takes])
        self._cache.prune()
        return {line: self._clip(line, found, tempos[line]) for line, found in said.items()}

    def kept(self, lines: Iterable[Line]) -> dict[Line, Clip]:
        """Return the clip of each of ``lines`` that was spoken before and is still in the cache."""
        clips: dict[Line, Clip] = {}
        for line in lines:
            found = self._lexicon.sentences(line)
            if all(self._is_kept((sentence, 1.0)) for sentence in found):
                tempo = self._tempo(line, found)
                if all(self._is_kept((sentence, tempo)) for sentence in found):
                    clips[line] = self._clip(line, found, tempo)
        return clips

    def _clip(self, line: Line, found: Iterable[Sentence], tempo: float) -> Clip:
        takes = [(sentence.text, self._takes[sentence, tempo]) for sentence in found]
        pauses = self._profile.pauses
        if not line.fill:
            return join(takes, pauses, self._unhurried * self._delivery.rests)
        return join(takes, _within(line.fill, [take for _, take in takes], pauses), 1.0)

    def _tempo(self, line: Line, found: Iterable[Sentence]) -> float:
        """Return how far a breath cue is drawn out, or quickened, to the length it should fill."""
        natural = sum(len(self._takes[sentence, 1.0].pcm) for sentence in found)
        if not line.fill or not natural:
            return 1.0
        wanted = line.fill / seconds(natural)
        stretch = min(max(_QUICKEST_CUE, wanted), self._profile.cue_tempo)
        return round(int(stretch / _TEMPO_STEP + 1e-9) * _TEMPO_STEP, 2)

    def _make(self, wanted: list[tuple[Sentence, float]]) -> None:
        missing = [item for item in wanted if not self._is_kept(item)]
        done = len(wanted) - len(missing)
        with ThreadPoolExecutor(max(1, min(len(missing), os.cpu_count() or 1))) as pool:
            making = {pool.submit(self._spoken, item): item for item in missing}
            try:
                for future in as_completed(making):
                    item = making[future]
                    self._takes[item] = future.result()
                    self._cache.put(self._key(item), self._takes[item])
                    done += 1
                    self._progress("speaking", done / len(wanted))
            except BaseException:
                if isinstance(self._engine, Interruptible):
                    self._engine.give_up()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _is_kept(self, item: tuple[Sentence, float]) -> bool:
        if item not in self._takes:
            take = self._cache.get(self._key(item))
            if take is None:
                return False
            self._takes[item] = take
        return True

    def _spoken(self, item: tuple[Sentence, float]) -> Take:
        sentence, tempo = item
        spoken = self._engine.speak(sentence, tempo * self._delivery.tempo)
        return make_take(spoken, self._warmth, self._delivery.level_db)

    def _key(self, item: tuple[Sentence, float]) -> str:
        sentence, tempo = item
        parts = [
            part
            for fragment in sentence.fragments
            for part in (fragment.text, fragment.ipa, fragment.respelling)
        ]
        said = f"{tempo * self._delivery.tempo:.4f} {self._delivery.level_db} {self._warmth}"
        return key_of(str(TAKE_VERSION), self._engine.fingerprint, said, *parts)


def _within(fill: float, takes: Sequence[Take], pauses: Pauses) -> Pauses:
    """Return ``pauses``, shortened to what a breath cue of ``fill`` seconds has left for them."""
    spare = max(0.0, fill - sum(seconds(len(take.pcm)) for take in takes))
    rest = spare / max(1, len(takes) - 1 + sum(len(take.breaks) for take in takes))
    return Pauses(min(pauses.phrase, rest), min(pauses.sentence, rest))
