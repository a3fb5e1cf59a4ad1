"""What every engine promises, checked: for the tests of whoever writes one.

A package that brings an engine checks it by a profile of a voice, in a test of its own::

    from cft_audio.speech.engines.contract import check_voice

    def test_the_engine_keeps_its_promises() -> None:
        check_voice("voices/hum.toml", others=["voices/higher-hum.toml"])

The promises are those of docs/engines.md.
"""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context
from typing import TYPE_CHECKING

import numpy as np

from cft_audio.errors import EngineError
from cft_audio.speech.engines.engine import Fragment, Interruptible, Sentence, Spoken
from cft_audio.speech.engines.plug_ins import TELL_ITS_MAKER
from cft_audio.speech.voices.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cft_audio.speech.engines.engine import Engine


def _plain(*texts: str) -> tuple[Sentence, ...]:
    return tuple(Sentence((Fragment(text),)) for text in texts)


SENTENCES = _plain(
    "Hello, Sam, and welcome.",
    "If the mind wanders, bring it back, kindly, as you would a child.",
    "Is there anything that you would like to let go of?",
    "Breathing in…",
)
"""What a session says: a name, a long sentence, a question and a breath cue."""

_SOUNDS = (
    Sentence((Fragment("Hello, "), Fragment("Xiomara", respelling="see-oh-MAR-ah"), Fragment("."))),
    Sentence((Fragment("Hello, "), Fragment("Aoife", ipa="ˈiːfə"), Fragment("."))),
)

_ODD = _plain("--help", "-o x", "; exit 1", "{{ name }}", "<b>Sam</b>", "…", "😀", "")
"""What a person may be called or may write, and what can be left of it."""

_UNHEARD = _plain("This sentence is said nowhere else.")[0]
"""What no engine can have kept from before."""

_QUICKER, _SLOWER = 0.85, 1.25
"""Tempos that breath cues are said at."""

_SLACK = 0.02
"""The share of a sentence by which rounding may change its length against the tempo."""

_THREADS = 4

_QUICK_S = 5.0
"""Seconds that a fingerprint may take: many times what it takes without loading a model, so that
a busy machine is not taken for a slow engine."""


@dataclass(frozen=True)
class _Voice:
    """A voice to check; see ``check_voice``."""

    name: str
    folders: tuple[Path, ...]
    others: tuple[str, ...]
    sentences: tuple[Sentence, ...]

    def engine(self, other: str = "") -> Engine:
        """Return an engine that has not said anything yet, of this voice or of an ``other``."""
        return load_profile(other or self.name, self.folders).make_engine()

    def say(self, engine: Engine | None = None) -> list[object]:
        """Return all that an engine gives, a new one by default, in a form to be compared."""
        engine = engine or self.engine()
        spoken = [engine.speak(sentence, 1.0) for sentence in self.sentences]
        said = [(s.samples.dtype, s.sample_rate, s.breaks, s.samples.tobytes()) for s in spoken]
        return [engine.fingerprint, *said]


def check_voice(
    voice: str | Path,
    folders: Sequence[Path] = (),
    *,
    others: Sequence[str | Path] = (),
    sentences: Sequence[Sentence] = SENTENCES,
) -> None:
    """Check that the engine of a voice keeps every promise, in this process and in another.

    Args:
        voice: The path of a voice profile, or the name of one in ``folders``.
        folders: Where profiles are looked for by their names.
        others: Profiles of the same engine that sound different, each by another setting.
        sentences: What is said. Only a voice that cannot say everything needs its own.

    Raises:
        AssertionError: If promises are broken; it names each of them.
    """
    checked = _Voice(str(voice), tuple(folders), tuple(map(str, others)), tuple(sentences))
    report = ["the engine breaks its promises:"]
    for promise, faults in _PROMISES.items():
        try:
            report.extend(f"{promise}: {fault}" for fault in faults(checked))
        except Exception as error:  # noqa: BLE001 -- another's code may fail in any way
            report.append(f"{promise}: {type(error).__name__}: {error}")
    if len(report) > 1:
        raise AssertionError("\n- ".join(report))


def _faults_of_sound(voice: _Voice) -> Iterator[str]:
    engine = voice.engine()
    for sentence in voice.sentences:
        if fault := _fault_of(engine.speak(sentence, 1.0)):
            yield f"{fault}, for '{sentence.text}'"


def _fault_of(spoken: Spoken) -> str:
    """Return what is wrong with the form of what an engine gave; empty if nothing is."""
    samples = spoken.samples
    if not isinstance(samples, np.ndarray) or samples.ndim != 1 or samples.dtype.kind != "f":
        return "the samples are not a floating-point array of shape (samples,)"
    if spoken.sample_rate <= 0:
        return f"the sample rate is {spoken.sample_rate}"
    if not np.isfinite(samples).all():
        return "some samples are not finite"
    if not samples.any():
        return "nothing is to be heard"
    if any(later <= earlier for earlier, later in pairwise((0, *spoken.breaks, len(samples)))):
        return f"the breaks {spoken.breaks} do not rise, or lie outside {len(samples)} samples"
    return ""


def _faults_of_repetition(voice: _Voice) -> Iterator[str]:
    engine = voice.engine()
    first = voice.say(engine)
    if voice.say(engine) != first:
        yield "the same engine gives other samples at the second call, or another fingerprint"
    if voice.say() != first:
        yield "a second engine of the same voice gives other samples, or another fingerprint"
    # A fresh interpreter, as the next build is, and no copy of this one.
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        if pool.submit(voice.say).result() != first:
            yield "another process gives other samples, or another fingerprint"


def _faults_of_threads(voice: _Voice) -> Iterator[str]:
    expected = voice.say()
    with ThreadPoolExecutor(_THREADS) as pool:
        if any(said != expected for said in pool.map(voice.say, [voice.engine()] * _THREADS)):
            yield "it gives other samples when several threads call it"


def _faults_of_fingerprint(voice: _Voice) -> Iterator[str]:
    engine = voice.engine()
    began = time.monotonic()
    fingerprint = engine.fingerprint
    took = time.monotonic() - began
    if not isinstance(fingerprint, str) or len(fingerprint.splitlines()) != 1:
        yield f"it is {fingerprint!r}, not one line"
    if took > _QUICK_S:
        yield f"it took {took:.0f} seconds"
    engine.speak(voice.sentences[0], 1.0)
    if not engine.fingerprint == voice.engine().fingerprint == fingerprint:
        yield "it changes while nothing changes that it stands for"
    for other in voice.others:
        if voice.engine(other).fingerprint == fingerprint:
            yield f"that of '{other}' is the same, though it sounds different"


def _faults_of_tempo(voice: _Voice) -> Iterator[str]:
    engine = voice.engine()
    for sentence in voice.sentences:
        quicker, natural, slower = (
            len(engine.speak(sentence, tempo).samples) for tempo in (_QUICKER, 1.0, _SLOWER)
        )
        if quicker > natural * (1 + _SLACK):
            yield f"'{sentence.text}' takes longer at the tempo {_QUICKER}"
        if slower < natural * (1 - _SLACK):
            yield f"'{sentence.text}' takes less long at the tempo {_SLOWER}"


def _faults_of_anything_said(voice: _Voice) -> Iterator[str]:
    engine = voice.engine()
    for sentence in (*_SOUNDS, *_ODD):
        try:
            engine.speak(sentence, 1.0)
        except Exception as error:  # noqa: BLE001 -- another's code may fail in any way
            if getattr(error, "remedy", TELL_ITS_MAKER) == TELL_ITS_MAKER:
                yield f"{type(error).__name__}: {error}, for {sentence}"


def _faults_of_giving_up(voice: _Voice) -> Iterator[str]:
    engine = voice.engine()
    if isinstance(engine, Interruptible):
        engine.give_up()
        with suppress(EngineError):
            engine.speak(_UNHEARD, 1.0)
            yield "it goes on to speak after it was told to give up"


_PROMISES = {
    "it gives mono samples, their rate, and breaks in their order": _faults_of_sound,
    "equal calls give equal samples": _faults_of_repetition,
    "several threads may call it at once": _faults_of_threads,
    "the fingerprint stands for the samples": _faults_of_fingerprint,
    "a tempo is followed or ignored": _faults_of_tempo,
    "any sentence is said, or refused by an error of cft-audio's": _faults_of_anything_said,
    "told to give up, it speaks no more": _faults_of_giving_up,
}
