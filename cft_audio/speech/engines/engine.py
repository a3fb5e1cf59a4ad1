"""What an engine is: the whole of what one has to implement.

An engine turns one sentence into audio. Trimming, levelling, resampling, pauses between
sentences and the cache are done for every engine alike, after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cft_audio.signal.audio import Mono


@dataclass(frozen=True)
class Fragment:
    """A stretch of a sentence.

    Attributes:
        text: What is said, blanks and punctuation included.
        ipa: Its sound in the International Phonetic Alphabet, where it is given.
        respelling: Its sound as syllables, ``see-oh-MAR-ah``, where it is given.
    """

    text: str
    ipa: str = ""
    respelling: str = ""


@dataclass(frozen=True)
class Sentence:
    """One sentence, or one breath cue, as fragments that follow one another directly."""

    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        """The sentence as it is written."""
        return "".join(fragment.text for fragment in self.fragments)


@dataclass(frozen=True)
class Spoken:
    """What an engine said.

    Attributes:
        samples: Mono, full scale ±1, at any level, silence around it or not.
        sample_rate: In Hz.
        breaks: Samples at which the speech rests between two phrases and may rest longer;
            empty where the engine cannot tell.
    """

    samples: Mono
    sample_rate: int
    breaks: tuple[int, ...] = ()


class Engine(Protocol):
    """Says sentences. Several threads may call it at once."""

    @property
    def fingerprint(self) -> str:
        """Everything that decides the samples: program, version, model, settings.

        It is asked for before every build, so it has to be quick: no model is loaded for it.
        """

    def speak(self, sentence: Sentence, tempo: float) -> Spoken:
        """Say ``sentence``; equal calls give equal samples.

        Args:
            sentence: What to say.
            tempo: Factor on its duration, 1 for the voice's own; an engine that cannot change
                its tempo ignores it.

        Raises:
            EngineError: If it cannot be said.
        """


@runtime_checkable
class Interruptible(Protocol):
    """An engine that may wait long, and can be told that nobody waits for it any more."""

    def give_up(self) -> None:
        """Let each ``speak`` under way, and every later one, raise EngineError at once."""


@runtime_checkable
class SpeaksInContext(Protocol):
    """An engine that may say the sentences of a line better together than one by one.

    Attributes:
        in_context: Whether this voice does.
    """

    in_context: bool

    def speak_together(self, sentences: Sequence[Sentence], tempo: float) -> tuple[Spoken, ...]:
        """Say the sentences of one line, and return each; equal calls give equal samples.

        Args:
            sentences: What to say, one at least.
            tempo: As of ``Engine.speak``.

        Raises:
            EngineError: If one of them cannot be said.
        """


@runtime_checkable
class KnowsSounds(Protocol):
    """An engine that can tell at once, with no model loaded, whether it can say a sound."""

    def check_sound(self, fragment: Fragment) -> None:
        """Check that it can say the IPA of ``fragment``.

        Raises:
            EngineError: If it cannot; it names the symbols.
        """


@runtime_checkable
class TellsSounds(Protocol):
    """An engine that can tell, with no model loaded, how it says a sentence."""

    def sounds_of(self, sentence: Sentence) -> str:
        """Return the IPA of what it says for ``sentence``, as espeak-ng writes it.

        Raises:
            EngineError: If it cannot say a sound in it.
        """


@dataclass(frozen=True)
class EngineContext:
    """What an engine is given besides its settings.

    Attributes:
        folder: The folder of the voice's profile; paths in the profile are taken from there.
        voice: Gives the engine of another voice by its name, or raises VoiceError.
        cache: The folder of the clip cache, for what an engine wants to keep; None to keep nothing.
        voices: The folders of voices, in one of which what several voices share is installed.
    """

    folder: Path
    voice: Callable[[str], Engine]
    cache: Path | None = None
    voices: tuple[Path, ...] = ()


class EngineClass(Protocol):
    """A class of engines.

    Attributes:
        Settings: A frozen dataclass of the profile's table for this engine: fields of the types
            of ``plug_ins.TYPES``, those without a default required, ``metadata={"range": (least,
            most)}`` where a number is bounded.
        online: Whether what is said leaves the machine.
    """

    Settings: ClassVar[type[Any]]
    online: ClassVar[bool]

    def __call__(self, settings: Any, context: EngineContext) -> Engine:
        """Return an engine, quickly: a model is loaded when the first sentence is asked for.

        Raises:
            VoiceError: If what it needs is not installed.
        """
