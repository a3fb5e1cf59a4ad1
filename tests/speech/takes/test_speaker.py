"""Clips: level, clean at their edges, at the pace of a practice, the same every time."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from speech_cases import CALM, clips_of, line, speaker_with

from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import samples, seconds
from cft_audio.signal.loudness import clip_loudness
from cft_audio.speech.engines.engine import Engine, Fragment, Sentence, Spoken
from cft_audio.speech.takes.cache import ClipCache
from cft_audio.speech.takes.speaker import Speaker
from cft_audio.speech.voices.profiles import Profile


@pytest.mark.slow
def test_a_passage_is_slow_and_its_phrases_are_not_drawn_out(speaker: Speaker) -> None:
    """90 to 120 words a minute over a passage, 140 to 190 inside its phrases."""
    clips = clips_of(speaker, [line(text) for text in CALM])
    words = sum(len(text.split()) for text in CALM)
    passage = sum(seconds(len(clip)) for clip in clips.values()) + 2.0 * (len(CALM) - 1)
    silent = 0.0
    for clip in clips.values():
        quiet = np.convolve(np.abs(clip.samples) < 0.002, np.ones(samples(0.15)), "valid")
        silent += seconds(int((quiet == samples(0.15)).sum()))

    assert 90 <= words / passage * 60 <= 120
    pure = passage - 2.0 * (len(CALM) - 1) - silent
    assert 140 <= words / pure * 60 <= 190


@pytest.mark.slow
def test_no_line_jumps_out(speaker: Speaker) -> None:
    lines = [line(text) for text in CALM] + [line("Breathing in…", 1.6), line("Yes.")]
    levels = [clip_loudness(clip.samples) for clip in clips_of(speaker, lines).values()]

    assert max(levels) - min(levels) <= 1.5


def test_a_sentence_with_one_loud_word_is_as_loud_as_the_others(speaker: Speaker) -> None:
    """Its peaks are tamed by several dB, which on its own leaves it 2.4 LU below the others."""
    texts = ["Keep some back for you.", "Let some tension go as you breathe out.", "Join in."]
    clips = clips_of(speaker, [line(text) for text in texts]).values()
    levels = [clip_loudness(clip.samples) for clip in clips]

    assert max(levels) - min(levels) <= 1.5


def test_a_cue_without_a_mark_is_said_to_its_end_as_with_one(engine: Engine) -> None:
    """Without one, "Out" is heard as "now"."""
    bare, marked = (engine.speak(Sentence((Fragment(text),)), 1.0) for text in ("Out", "Out."))

    assert np.array_equal(bare.samples, marked.samples)


@pytest.mark.slow
def test_clips_begin_at_once_and_click_nowhere(speaker: Speaker) -> None:
    lines = [line(text) for text in CALM] + [line("Breathing in…", 1.6)]
    for clip in clips_of(speaker, lines).values():
        audio = clip.samples
        onset = int(np.argmax(np.abs(audio) > 0.02 * np.abs(audio).max()))
        # A breathy onset ("Hello") takes longer to rise than a cue's ("Breathing").
        assert seconds(onset) <= (0.02 if clip.sentences[0].text.startswith("Breath") else 0.04)
        assert abs(audio[0]) < 1e-3
        assert abs(audio[-1]) < 1e-3
        assert np.abs(audio).max() < 0.95


def test_breath_cues_are_drawn_out_towards_their_breath(speaker: Speaker) -> None:
    natural, filled = clips_of(
        speaker, [line("Breathing in…"), line("Breathing in…", 2.2)]
    ).values()

    assert len(filled) > 1.15 * len(natural)
    assert seconds(len(filled)) <= 2.2


@pytest.mark.parametrize("fill", [1.2, 1.5, 2.0, 2.4, 3.0])
def test_no_breath_cue_is_longer_than_what_it_fills(speaker: Speaker, fill: float) -> None:
    """A short breath quickens its cue; a longer one never draws it out beyond its limit."""
    cues = ["Breathing in…", "and breathing out…", "Softly in…", "and softly out…"]
    natural = clips_of(speaker, [line(text) for text in cues])
    filled = clips_of(speaker, [line(text, fill) for text in cues])

    for plain, cue in zip(natural.values(), filled.values(), strict=True):
        assert seconds(len(cue)) <= fill
        assert 0.8 * len(plain) < len(cue) < 1.3 * len(plain)


def test_a_comma_in_a_breath_cue_rests_no_longer_than_there_is_room(speaker: Speaker) -> None:
    clips = clips_of(speaker, [line("And softly, out…", fill) for fill in (1.9, 2.4)])
    shorter, longer = (seconds(len(clip)) for clip in clips.values())

    assert 1.6 < shorter <= 1.9
    assert shorter < longer <= 2.4


def test_a_comma_is_a_rest_and_a_full_stop_a_longer_one(speaker: Speaker, joe: Profile) -> None:
    text = "You can let it be, just as it is. Nothing has to be done about it now."
    clip = next(iter(clips_of(speaker, [line(text)]).values()))
    quiet = np.abs(clip.samples) < 0.002
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.astype(int), [0]))))
    rests = sorted(seconds(int(b - a)) for a, b in edges.reshape(-1, 2))[-2:]

    assert rests[0] == pytest.approx(joe.pauses.phrase, abs=0.15)
    assert rests[1] == pytest.approx(joe.pauses.sentence, abs=0.2)
    assert " ".join(text for text in (sentence.text for sentence in clip.sentences)) == text


def test_a_line_comes_in_no_louder_than_it_goes_on(speaker: Speaker) -> None:
    """By its momentary loudness (EBU Tech 3341), from the first sound on."""
    for clip in clips_of(speaker, [line(text) for text in CALM]).values():
        loudest = max(
            clip_loudness(clip.samples[start : start + samples(0.4)])
            for start in range(0, samples(1.0), samples(0.02))
        )

        assert loudest - clip_loudness(clip.samples) <= 2.0


def test_a_cue_with_few_wordings_is_not_said_the_same_way_twice(speaker: Speaker) -> None:
    takes = [replace(line("And rest…", 2.0), take=take) for take in range(3)]
    clips = clips_of(speaker, takes)

    assert len({clip.pcm.tobytes() for clip in clips.values()}) == 3
    assert all(seconds(len(clip)) <= 2.0 for clip in clips.values())


def test_a_line_with_nothing_to_say_is_an_empty_clip(speaker: Speaker) -> None:
    assert len(clips_of(speaker, [line("😀")])[line("😀")]) == 0


def test_another_name_speaks_only_the_sentences_that_hold_it(
    joe: Profile, engine: Engine, cache: ClipCache
) -> None:
    def lines(name: str) -> list[Line]:
        return [Line((Span("Hello, "), Span(name, personal=True), Span(". You are welcome.")))]

    clips_of(speaker_with(joe, engine, cache), lines("Sam"))
    before = cache.usage().entries
    clips_of(speaker_with(joe, engine, cache), lines("Robin"))

    assert before == 2
    assert cache.usage().entries == 3


@pytest.mark.slow
def test_two_processes_speak_the_same_samples(tmp_path: Path) -> None:
    program = (
        "import sys, hashlib, pathlib; from speech_cases import *;"
        "from cft_audio.files.folders import default_folders;"
        "from cft_audio.speech.voices.profiles import load_profile;"
        "from cft_audio.speech.takes.cache import ClipCache;"
        "joe = load_profile('joe', default_folders().voices);"
        "s = speaker_with(joe, joe.make_engine(), ClipCache(pathlib.Path(sys.argv[1])));"
        "c = clips_of(s, [line(t) for t in CALM[:2]]);"
        "print(hashlib.sha256(b''.join(x.pcm.tobytes() for x in c.values())).hexdigest())"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    found = {
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / str(number))],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for number in range(2)
    }

    assert len(found) == 1


@pytest.mark.slow
def test_the_number_of_workers_changes_nothing(
    joe: Profile, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = set()
    for workers in (1, 4):
        monkeypatch.setattr("cft_audio.speech.takes.speaker.usable_cores", lambda n=workers: n)
        cache = ClipCache(tmp_path / str(workers))
        clips = clips_of(speaker_with(joe, engine, cache), [line(text) for text in CALM[:2]])
        audio = b"".join(clip.pcm.tobytes() for clip in clips.values())
        digests.add(hashlib.sha256(audio).hexdigest())

    assert len(digests) == 1


def test_sentences_of_a_clip_start_in_order(speaker: Speaker) -> None:
    for clip in clips_of(speaker, [line(text) for text in CALM]).values():
        starts = [sentence.start for sentence in clip.sentences]
        assert starts[0] == 0
        assert all(one < two for one, two in pairwise(starts))


class Together:
    """An engine that says a line's sentences together, each as a tone as long as its text."""

    fingerprint = "together"
    in_context = True

    def __init__(self) -> None:
        self.said: list[list[str]] = []

    def speak(self, sentence: Sentence, tempo: float) -> Spoken:
        """Say one sentence."""
        return self.speak_together([sentence], tempo)[0]

    def speak_together(self, sentences: Sequence[Sentence], tempo: float) -> tuple[Spoken, ...]:
        """Say sentences, and keep in mind which were said in one go."""
        self.said.append([sentence.text for sentence in sentences])
        counts = (int(800 * len(sentence.text) * tempo) for sentence in sentences)
        return tuple(Spoken(np.sin(np.arange(count, dtype=np.float32)), 16_000) for count in counts)


def test_a_voice_that_needs_its_context_says_a_line_in_one_go(
    joe: Profile, cache: ClipCache
) -> None:
    engine, text = Together(), "Here it is. And now, Sam, this."
    speaker = speaker_with(joe, engine, cache)
    clip = clips_of(speaker, [line(text), line("Here it is.")])[line(text)]

    assert [sentence.text for sentence in clip.sentences] == ["Here it is.", "And now, Sam, this."]
    assert sorted(engine.said) == [["Here it is."], ["Here it is.", "And now, Sam, this."]]
    assert cache.usage().entries == 3

    assert speaker.clip(line(text)).pcm.tobytes() == clip.pcm.tobytes()
    assert len(engine.said) == 2
    clips_of(speaker, [line(text.replace("Sam", "Robin"))])
    assert engine.said[-1] == ["Here it is.", "And now, Robin, this."]
