"""What the tests of the speech stage say, and a speaker to say it."""

from collections.abc import Iterable

from cft_audio.files.folders import Folders, default_folders
from cft_audio.languages.registry import ENGLISH
from cft_audio.script.cues import Line, Span
from cft_audio.speech.engines.engine import Engine
from cft_audio.speech.takes.cache import ClipCache
from cft_audio.speech.takes.caches import Caches
from cft_audio.speech.takes.clips import Clip
from cft_audio.speech.takes.session_voices import SessionVoices
from cft_audio.speech.takes.speaker import Speaker, SpokenVoice
from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.speech.voices.profiles import Profile
from cft_audio.speech.voicing import Voicing

CALM = [
    "Hello, and welcome. You can sit, or lie down, or stand, just as you like.",
    "There's nothing to get right here. Whatever comes is welcome.",
    "You might let your shoulders be heavy, and your jaw be soft.",
    "If the breath is not a good place to rest today, let your feet be that place.",
    "Notice where the breath moves. Perhaps in the chest, perhaps lower down.",
    "And whenever the mind has wandered, come back, kindly, to the next breath.",
]


def speaker_with(
    joe: Profile, engine: Engine, cache: ClipCache, lexicon: Lexicon | None = None
) -> Speaker:
    voice = SpokenVoice(joe, engine, lexicon or Lexicon({}), unhurried=1.0)
    return Speaker(voice, Caches(cache, cache), progress=lambda _fraction: None)


def voices_of(voicing: Voicing, folders: Folders | None = None) -> SessionVoices:
    """Return the voices of a session in English, whose progress nobody follows."""
    return SessionVoices.open(
        voicing, 1.0, ENGLISH, folders or default_folders(), lambda _stage, _fraction: None
    )


def clips_of(speaker: Speaker | SessionVoices, lines: Iterable[Line]) -> dict[Line, Clip]:
    """Let ``speaker`` say ``lines`` and return their clips."""
    return {line: speaker.clip(line) for line in speaker.speak(lines)}


def line(text: str, fill: float = 0.0) -> Line:
    return Line((Span(text),), fill=fill)
