"""One voice: lines in, clips out, through the cache where a sentence was spoken before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.files.cores import usable_cores
from cft_audio.languages.registry import language_of, other_language_warning
from cft_audio.signal.audio import seconds
from cft_audio.speech.engines.engine import Interruptible, KnowsSounds
from cft_audio.speech.takes.cache import key_of
from cft_audio.speech.takes.clips import join
from cft_audio.speech.takes.delivery import Delivery
from cft_audio.speech.takes.take import TAKE_VERSION, make_take
from cft_audio.speech.text.warnings import (
    PronunciationWarning,
    find_pronunciation_warnings,
    find_unsaid_sounds,
)
from cft_audio.speech.voices.profiles import Pauses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cft_audio.script.cues import Line
    from cft_audio.speech.engines.engine import Engine, Sentence
    from cft_audio.speech.takes.cache import ClipCache
    from cft_audio.speech.takes.clips import Clip, ClipLayout
    from cft_audio.speech.takes.take import Take
    from cft_audio.speech.text.lexicon import Lexicon
    from cft_audio.speech.voices.profiles import Profile

    _Item: TypeAlias = tuple[Sentence, float]
    """A sentence and the tempo it is said at."""

_QUICKEST_CUE = 0.85
"""Tempo of a breath cue at least: the default voice's word errors hardly grow down to it."""

_TEMPO_STEP = 0.05
"""Tempos are rounded to this, so that cues of nearly equal breaths share a take."""


@dataclass(frozen=True)
class SpokenVoice:
    """A voice ready to speak.

    Attributes:
        profile: How it rests and sounds.
        engine: Its engine; loaded when the first sentence is asked for.
        lexicon: How words are said.
        unhurried: Factor on the rests inside a line.
        delivery: What is changed of the voice for its part.
    """

    profile: Profile
    engine: Engine
    lexicon: Lexicon
    unhurried: float
    delivery: Delivery = field(default_factory=Delivery)


class Speaker:
    """Says the lines of one session with one voice.

    Takes are kept in the cache and read from there whenever a clip is asked for, so that memory
    does not grow with the number of lines.

    Args:
        voice: The voice.
        cache: Where takes are kept.
        progress: Told the share of sentences that are done, 0 to 1, while they are spoken.
    """

    def __init__(
        self, voice: SpokenVoice, cache: ClipCache, progress: Callable[[float], None]
    ) -> None:
        self._voice = voice
        self._cache = cache
        self._progress = progress
        self._chain = voice.profile.warmth.combine(voice.delivery.warmth)

    def find_warnings(self, lines: Iterable[Line]) -> list[PronunciationWarning]:
        """Return the words of ``lines`` that this voice may get wrong.

        If it reads another language than theirs, that comes first, about no word. Words whose kept
        sound its engine cannot say come last.
        """
        lexicon, tag = self._voice.lexicon, self._voice.profile.language
        other = other_language_warning(tag, lexicon.language.tag)
        first = [PronunciationWarning("", other)] if other else []
        wanted, engine = list(lines), self._voice.engine
        doubtful = find_pronunciation_warnings(wanted, lexicon, language_of(tag))
        unsaid = (
            find_unsaid_sounds(wanted, lexicon, engine) if isinstance(engine, KnowsSounds) else []
        )
        return [*first, *doubtful, *unsaid]

    def speak(self, lines: Iterable[Line]) -> dict[Line, ClipLayout]:
        """Speak what was not spoken before, and return how each line's clip is laid out.

        Raises:
            EngineError: If the engine fails on one.
        """
        wanted = dict.fromkeys(lines)
        self._make(item for line in wanted for item in self._items(line, 1.0))
        # Only now is it known how long a breath cue takes, and so how it is said.
        self._make(item for line in wanted for item in self._items(line, self._tempo(line)))
        return {line: self.clip(line).layout for line in wanted}

    def find_kept(self, lines: Iterable[Line]) -> dict[Line, ClipLayout]:
        """Return the layout of each line that was spoken before and is still in the cache."""
        return {
            line: self.clip(line).layout
            for line in lines
            if self._is_kept(line, 1.0) and self._is_kept(line, self._tempo(line))
        }

    def clip(self, line: Line) -> Clip:
        """Return the clip of ``line``, of which a take is spoken again only if the cache lost it.

        Raises:
            EngineError: If the engine fails on it.
        """
        takes = [(item[0].text, self._take(item)) for item in self._items(line, self._tempo(line))]
        pauses = self._voice.profile.pauses
        if not line.fill:
            return join(takes, pauses, self._voice.unhurried * self._voice.delivery.rests)
        return join(takes, _shorten_pauses(line.fill, [take for _, take in takes], pauses), 1.0)

    def _items(self, line: Line, tempo: float) -> list[_Item]:
        return [(sentence, tempo) for sentence in self._voice.lexicon.sentences(line)]

    def _tempo(self, line: Line) -> float:
        """Return how far a breath cue is drawn out, or quickened, to the length it should fill."""
        items = self._items(line, 1.0) if line.fill else []
        if not items:
            return 1.0
        wanted = line.fill / seconds(sum(len(self._take(item).pcm) for item in items))
        stretch = min(max(_QUICKEST_CUE, wanted), self._voice.profile.cue_tempo)
        return round(int(stretch / _TEMPO_STEP + 1e-9) * _TEMPO_STEP, 2)

    def _make(self, wanted: Iterable[_Item]) -> None:
        """Speak each of ``wanted`` that is not in the cache, several at a time."""
        items = dict.fromkeys(wanted)
        missing = [item for item in items if self._key(item) not in self._cache]
        with ThreadPoolExecutor(max(1, min(len(missing), usable_cores()))) as pool:
            making = {pool.submit(self._speak_take, item): item for item in missing}
            try:
                spoken = as_completed(list(making))
                for done, future in enumerate(spoken, start=len(items) - len(missing) + 1):
                    self._keep(making.pop(future), future.result())
                    self._progress(done / len(items))
            except BaseException:
                if isinstance(self._voice.engine, Interruptible):
                    self._voice.engine.give_up()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _speak_take(self, item: _Item) -> Take:
        sentence, tempo = item
        voice = self._voice
        spoken = voice.engine.speak(sentence, tempo * voice.delivery.tempo)
        return make_take(spoken, self._chain, voice.delivery.level_db)

    def _take(self, item: _Item) -> Take:
        return self._cache.get(self._key(item)) or self._keep(item, self._speak_take(item))

    def _keep(self, item: _Item, take: Take) -> Take:
        self._cache.put(self._key(item), take)
        return take

    def _is_kept(self, line: Line, tempo: float) -> bool:
        # Read, since a damaged take would have to be spoken, which nobody has asked for here.
        return all(self._cache.get(self._key(item)) for item in self._items(line, tempo))

    def _key(self, item: _Item) -> str:
        sentence, tempo = item
        delivery = self._voice.delivery
        parts = chain.from_iterable((f.text, f.ipa, f.respelling) for f in sentence.fragments)
        how = f"{tempo * delivery.tempo:.4f} {delivery.level_db} {self._chain}"
        return key_of(str(TAKE_VERSION), self._voice.engine.fingerprint, how, *parts)


def _shorten_pauses(fill: float, takes: Sequence[Take], pauses: Pauses) -> Pauses:
    """Return ``pauses``, shortened to what a breath cue of ``fill`` seconds has left for them."""
    spare = max(0.0, fill - sum(seconds(len(take.pcm)) for take in takes))
    rest = spare / max(1, len(takes) - 1 + sum(len(take.breaks) for take in takes))
    return Pauses(min(pauses.phrase, rest), min(pauses.sentence, rest))
