"""What the tests of the speech stage say, and a speaker to say it."""

from cft_audio.script.cues import Line, Span
from cft_audio.speech.engines.engine import Engine
from cft_audio.speech.takes.cache import ClipCache
from cft_audio.speech.takes.speaker import Speaker
from cft_audio.speech.text.lexicon import Lexicon
from cft_audio.speech.voices.profiles import Profile

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
    return Speaker(
        profile=joe,
        engine=engine,
        lexicon=lexicon or Lexicon({}),
        unhurried=1.0,
        cache=cache,
        progress=lambda _stage, _fraction: None,
    )


def line(text: str, fill: float = 0.0) -> Line:
    return Line((Span(text),), fill=fill)
