"""One voice: lines in, clips out, through the cache where a sentence was spoken before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from cft_audio.files.cores import usable_cores
from cft_audio.languages.registry import language_of, other_language_warning
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import seconds
from cft_audio.speech.engines.engine import Interruptible, KnowsSounds, SpeaksInContext
from cft_audio.speech.takes.cache import key_of
from cft_audio.speech.takes.clips import Clip, join
from cft_audio.speech.takes.delivery import Delivery
from cft_audio.speech.takes.entry import enter_gently
from cft_audio.speech.takes.personal import say_nothing_personal
from cft_audio.speech.takes.recipes import ClipRecipe, KeptTake, SpokenClip, spoken_clip
from cft_audio.speech.takes.rests import plan_rests
from cft_audio.speech.takes.take import TAKE_VERSION, make_take
from cft_audio.speech.text.warnings import (
    PronunciationWarning,
    find_pronunciation_warnings,
    find_unsaid_sounds,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cft_audio.speech.engines.engine import Engine, Sentence
    from cft_audio.speech.takes.caches import Caches
    from cft_audio.speech.takes.clips import ClipLayout
    from cft_audio.speech.takes.rests import Rests
    from cft_audio.speech.takes.take import Take
    from cft_audio.speech.text.lexicon import Lexicon
    from cft_audio.speech.voices.profiles import Profile

_QUICKEST_CUE = 0.85
"""Tempo of a breath cue at least: the default voice's word errors hardly grow down to it."""

_TAKE_TEMPOS = (1.0, 0.95, 0.9)
"""Factors on the tempo of a cue's takes: what an engine says with the same words at the same tempo
is the same each time."""

_MOST_READ = 1000
"""Lines of which it is remembered what is said; most sessions have some two hundred."""

_TEMPO_STEP = 0.05
"""Tempos are rounded to this, so that cues of nearly equal breaths share a take."""

_FIRST = Line((Span("Hello."),))


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


@dataclass(frozen=True)
class _Item:
    """What is said in one go.

    Attributes:
        sentences: Its sentences, mostly a single one.
        tempo: The tempo they are said at.
        personal: Whether something of a person's own is said in them.
    """

    sentences: tuple[Sentence, ...]
    tempo: float
    personal: bool = field(default=False, compare=False)


class Speaker:
    """Says the lines of one session with one voice.

    Takes are kept in the cache and read from there whenever a clip is asked for, so that memory
    does not grow with the number of lines.

    Args:
        voice: The voice.
        caches: Where takes are kept.
        progress: Told the share of sentences that are done, 0 to 1, while they are spoken.
    """

    def __init__(
        self, voice: SpokenVoice, caches: Caches, progress: Callable[[float], None]
    ) -> None:
        self._voice = voice
        self._caches = caches
        self._progress = progress
        self._chain = voice.profile.warmth.combine(voice.delivery.warmth)
        # Each line is asked for several times: whether it is there, to be spoken, to be measured.
        self._sentences = lru_cache(_MOST_READ)(voice.lexicon.sentences)

    def warm_up(self) -> None:
        """Let the engine load, by a word of which nothing is kept; one online loads nothing.

        Raises:
            EngineError: If the engine fails on it.
        """
        if not self._voice.profile.kind.online:
            for item in self._items(_FIRST, 1.0):
                self._speak(item)

    def find_warnings(self, lines: Iterable[Line]) -> list[PronunciationWarning]:
        """Return the words of ``lines`` that this voice may get wrong.

        If it reads another language than theirs, that comes first, about no word. Words whose kept
        sound its engine cannot say come last.
        """
        lexicon, tag = self._voice.lexicon, self._voice.profile.language
        other = other_language_warning(tag, lexicon.language.tag)
        first = [PronunciationWarning("", other)] if other else []
        wanted = list(lines)
        doubtful = find_pronunciation_warnings(wanted, lexicon, language_of(tag))
        return [*first, *doubtful, *self.find_unsaid(wanted)]

    def find_unsaid(self, lines: Iterable[Line]) -> list[PronunciationWarning]:
        """Return the words of ``lines`` whose kept sound this voice's engine cannot say."""
        lexicon, engine = self._voice.lexicon, self._voice.engine
        return find_unsaid_sounds(lines, lexicon, engine) if isinstance(engine, KnowsSounds) else []

    def speak(self, lines: Iterable[Line]) -> dict[Line, SpokenClip]:
        """Speak what was not spoken before, and return what is known of each line's clip.

        Raises:
            EngineError: If the engine fails on one.
        """
        wanted = list(dict.fromkeys(lines))
        self.keep(wanted)
        return {line: self._clip(line) for line in wanted}

    def keep(self, lines: Iterable[Line]) -> None:
        """Speak what was not spoken before, and keep it.

        Raises:
            EngineError: If the engine fails on one.
        """
        wanted = list(dict.fromkeys(lines))
        self._make(item for line in wanted for item in self._items(line, 1.0))
        # Only now is it known how long a breath cue takes, and so how it is said.
        cues = (line for line in wanted if line.fill)
        self._make(item for line in cues for item in self._items(line, self._tempo(line)))

    def find_unspoken(self, lines: Iterable[Line]) -> list[Line]:
        """Return the lines of which the cache lacks a take; each once."""
        return [line for line in dict.fromkeys(lines) if not self._is_there(line)]

    def find_kept(self, lines: Iterable[Line]) -> dict[Line, ClipLayout]:
        """Return the layout of each line that was spoken before and is still in the cache."""
        layouts = {line: self._kept_layout(line) for line in lines}
        return {line: layout for line, layout in layouts.items() if layout}

    def clip(self, line: Line) -> Clip:
        """Return the clip of ``line``, of which a take is spoken again only if the cache lost it.

        Raises:
            EngineError: If the engine fails on it.
        """
        items = self._spoken_items(line)
        said, rests = self._said(items, self._takes_of(items), line.fill)
        clip = join(said, rests)
        return Clip(enter_gently(clip.pcm), clip.sentences)

    def _clip(self, line: Line) -> SpokenClip:
        items = self._spoken_items(line)
        said, rests = self._said(items, self._takes_of(items), line.fill)
        places = ((key, item.personal) for item in items for key in self._keys(item))
        kept = (KeptTake(text, *place) for (text, _), place in zip(said, places, strict=True))
        return spoken_clip(said, ClipRecipe(tuple(kept), rests))

    def _kept_layout(self, line: Line) -> ClipLayout | None:
        """Return the layout of a line, or None if a take of it is not kept, or is damaged."""
        items = self._items(line, 1.0)
        takes = self._kept_takes(items)
        if takes is not None and line.fill:
            items = self._spoken_items(line)
            takes = self._kept_takes(items)
        return None if takes is None else join(*self._said(items, takes, line.fill)).layout

    def _spoken_items(self, line: Line) -> list[_Item]:
        return self._items(line, self._tempo(line))

    def _said(
        self, items: list[_Item], takes: list[Take], fill_s: float
    ) -> tuple[list[tuple[str, Take]], Rests]:
        """Return text and take of each sentence, and how long the voice rests between them."""
        voice = self._voice
        texts = (sentence.text for item in items for sentence in item.sentences)
        said = list(zip(texts, takes, strict=True))
        rests = plan_rests(said, voice.profile.pauses, voice.lexicon.language)
        if not fill_s:
            return said, rests.scale(voice.unhurried * voice.delivery.rests)
        return said, rests.shorten(fill_s - sum(seconds(len(take.pcm)) for take in takes))

    def _items(self, line: Line, tempo: float) -> list[_Item]:
        lexicon, engine = self._voice.lexicon, self._voice.engine
        sentences = self._sentences(line)
        shared = say_nothing_personal(line, sentences, lexicon)
        if sentences and isinstance(engine, SpeaksInContext) and engine.in_context:
            return [_Item(sentences, tempo, not all(shared))]
        each = zip(sentences, shared, strict=True)
        return [_Item((sentence,), tempo, not is_shared) for sentence, is_shared in each]

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
        items = _each_once(wanted)
        missing = [
            item
            for item in items
            if any(key not in self._caches.of(item.personal) for key in self._keys(item))
        ]
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
        voice, engine, sentences = self._voice, self._voice.engine, item.sentences
        tempo = item.tempo * voice.delivery.tempo
        if len(sentences) > 1 and isinstance(engine, SpeaksInContext):
            spoken = engine.speak_together(sentences, tempo)
        else:
            spoken = tuple(engine.speak(sentence, tempo) for sentence in sentences)
        return [make_take(each, self._chain, voice.delivery.level_db) for each in spoken]

    def _takes_of(self, items: Iterable[_Item]) -> list[Take]:
        """Return the takes of ``items``, of which one is spoken again only if the cache lost it."""
        takes: list[Take] = []
        for item in items:
            kept = [self._caches.of(item.personal).get(key) for key in self._keys(item)]
            whole = [take for take in kept if take]
            takes += whole if len(whole) == len(kept) else self._keep(item, self._speak(item))
        return takes

    def _keep(self, item: _Item, takes: list[Take]) -> list[Take]:
        for key, take in zip(self._keys(item), takes, strict=True):
            self._caches.of(item.personal).put(key, take)
        return takes

    def _is_there(self, line: Line) -> bool:
        def are_there(tempo: float) -> bool:
            return all(
                key in self._caches.of(item.personal)
                for item in self._items(line, tempo)
                for key in self._keys(item)
            )

        return are_there(1.0) and (not line.fill or are_there(self._tempo(line)))

    def _kept_takes(self, items: Iterable[_Item]) -> list[Take] | None:
        """Return the takes of ``items``, or None if one is not kept, or is damaged."""
        takes: list[Take] = []
        for item in items:
            for key in self._keys(item):
                take = self._caches.of(item.personal).get(key)
                if take is None:
                    return None
                takes.append(take)
        return takes

    def _keys(self, item: _Item) -> list[str]:
        """Return the key of each sentence's take, which of several is that of all and its place."""
        delivery = self._voice.delivery
        fragments = chain.from_iterable(sentence.fragments for sentence in item.sentences)
        parts = chain.from_iterable((f.text, f.ipa, f.respelling) for f in fragments)
        how = f"{item.tempo * delivery.tempo:.4f} {delivery.level_db} {self._chain}"
        known = (str(TAKE_VERSION), self._voice.engine.fingerprint, how, *parts)
        count = len(item.sentences)
        if count == 1:
            return [key_of(*known)]
        return [key_of(*known, f"{place} of {count}") for place in range(count)]


def _each_once(items: Iterable[_Item]) -> list[_Item]:
    """Return each item once, and apart where it is both personal and not."""
    return list({(item, item.personal): item for item in items}.values())
