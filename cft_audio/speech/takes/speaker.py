"""One voice: lines in, clips out, through the cache where a sentence was spoken before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from cft_audio.files.cores import usable_cores
from cft_audio.languages.registry import language_of, other_language_warning
from cft_audio.signal.audio import seconds
from cft_audio.speech.engines.engine import Interruptible, KnowsSounds, SpeaksInContext
from cft_audio.speech.takes.cache import key_of
from cft_audio.speech.takes.clips import Clip, join
from cft_audio.speech.takes.delivery import Delivery
from cft_audio.speech.takes.entry import enter_gently
from cft_audio.speech.takes.rests import plan_rests
from cft_audio.speech.takes.take import TAKE_VERSION, make_take
from cft_audio.speech.text.warnings import (
    PronunciationWarning,
    find_pronunciation_warnings,
    find_unsaid_sounds,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cft_audio.script.cues import Line
    from cft_audio.speech.engines.engine import Engine, Sentence
    from cft_audio.speech.takes.cache import ClipCache
    from cft_audio.speech.takes.clips import ClipLayout
    from cft_audio.speech.takes.take import Take
    from cft_audio.speech.text.lexicon import Lexicon
    from cft_audio.speech.voices.profiles import Profile

    _Item: TypeAlias = tuple[tuple[Sentence, ...], float]
    """Sentences that are said in one go, mostly a single one, and the tempo they are said at."""

_QUICKEST_CUE = 0.85
"""Tempo of a breath cue at least: the default voice's word errors hardly grow down to it."""

_TAKE_TEMPOS = (1.0, 0.95, 0.9)
"""Factors on the tempo of a cue's takes: what an engine says with the same words at the same tempo
is the same each time."""

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
        return {line: self._join(line).layout for line in wanted}

    def find_kept(self, lines: Iterable[Line]) -> dict[Line, ClipLayout]:
        """Return the layout of each line that was spoken before and is still in the cache."""
        return {
            line: self._join(line).layout
            for line in lines
            if self._is_kept(line, 1.0) and self._is_kept(line, self._tempo(line))
        }

    def clip(self, line: Line) -> Clip:
        """Return the clip of ``line``, of which a take is spoken again only if the cache lost it.

        Raises:
            EngineError: If the engine fails on it.
        """
        clip = self._join(line)
        return Clip(enter_gently(clip.pcm), clip.sentences)

    def _join(self, line: Line) -> Clip:
        """Return the takes of ``line`` as a clip, which is laid out as ``clip`` gives it."""
        voice = self._voice
        items = self._items(line, self._tempo(line))
        texts = (sentence.text for sentences, _ in items for sentence in sentences)
        takes = list(zip(texts, self._takes_of(items), strict=True))
        rests = plan_rests(takes, voice.profile.pauses, voice.lexicon.language)
        if not line.fill:
            return join(takes, rests.scale(voice.unhurried * voice.delivery.rests))
        return join(takes, rests.shorten(line.fill - sum(seconds(len(t.pcm)) for _, t in takes)))

    def _items(self, line: Line, tempo: float) -> list[_Item]:
        sentences = self._voice.lexicon.sentences(line)
        engine = self._voice.engine
        if sentences and isinstance(engine, SpeaksInContext) and engine.in_context:
            return [(tuple(sentences), tempo)]
        return [((sentence,), tempo) for sentence in sentences]

    def _tempo(self, line: Line) -> float:
        """Return how far a breath cue is drawn out, or quickened, to the length it should fill."""
        items = self._items(line, 1.0) if line.fill else []
        if not items:
            return 1.0
        wanted = line.fill / seconds(sum(len(take.pcm) for take in self._takes_of(items)))
        stretch = min(max(_QUICKEST_CUE, wanted), self._voice.profile.cue_tempo)
        stretch *= _TAKE_TEMPOS[line.take % len(_TAKE_TEMPOS)]
        return round(int(stretch / _TEMPO_STEP + 1e-9) * _TEMPO_STEP, 2)

    def _make(self, wanted: Iterable[_Item]) -> None:
        """Speak each of ``wanted`` that is not in the cache, several at a time."""
        items = dict.fromkeys(wanted)
        missing = [item for item in items if any(k not in self._cache for k in self._keys(item))]
        with ThreadPoolExecutor(max(1, min(len(missing), usable_cores()))) as pool:
            making = {pool.submit(self._speak, item): item for item in missing}
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

    def _speak(self, item: _Item) -> list[Take]:
        sentences, tempo = item
        voice, engine = self._voice, self._voice.engine
        tempo *= voice.delivery.tempo
        if len(sentences) > 1 and isinstance(engine, SpeaksInContext):
            spoken = engine.speak_together(sentences, tempo)
        else:
            spoken = tuple(engine.speak(sentence, tempo) for sentence in sentences)
        return [make_take(each, self._chain, voice.delivery.level_db) for each in spoken]

    def _takes_of(self, items: Iterable[_Item]) -> list[Take]:
        """Return the takes of ``items``, of which one is spoken again only if the cache lost it."""
        takes: list[Take] = []
        for item in items:
            kept = [self._cache.get(key) for key in self._keys(item)]
            whole = [take for take in kept if take]
            takes += whole if len(whole) == len(kept) else self._keep(item, self._speak(item))
        return takes

    def _keep(self, item: _Item, takes: list[Take]) -> list[Take]:
        for key, take in zip(self._keys(item), takes, strict=True):
            self._cache.put(key, take)
        return takes

    def _is_kept(self, line: Line, tempo: float) -> bool:
        # Read, since a damaged take would have to be spoken, which nobody has asked for here.
        keys = chain.from_iterable(self._keys(item) for item in self._items(line, tempo))
        return all(self._cache.get(key) for key in keys)

    def _keys(self, item: _Item) -> list[str]:
        """Return the key of each sentence's take, which of several is that of all and its place."""
        sentences, tempo = item
        delivery = self._voice.delivery
        fragments = chain.from_iterable(sentence.fragments for sentence in sentences)
        parts = chain.from_iterable((f.text, f.ipa, f.respelling) for f in fragments)
        how = f"{tempo * delivery.tempo:.4f} {delivery.level_db} {self._chain}"
        known = (str(TAKE_VERSION), self._voice.engine.fingerprint, how, *parts)
        if len(sentences) == 1:
            return [key_of(*known)]
        count = len(sentences)
        return [key_of(*known, f"{place} of {count}") for place in range(count)]
