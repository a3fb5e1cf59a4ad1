"""The mix: everything at its sample, in blocks that cannot be heard."""

import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from cft_audio.mix.ducking import ATTACK, DEPTH_DB, RELEASE, Ducking
from cft_audio.mix.mixer import Session, mixed
from cft_audio.script.cues import Line, Span
from cft_audio.signal.audio import samples
from cft_audio.speech.takes.clips import Clip
from cft_audio.timeline.events import Breath, Chapter, ChimeEvent, Placed, SayEvent, Timeline

LINE = Line((Span("a line"),))


def burst(seconds: float) -> Clip:
    """Return speech-like noise that fades at both ends, as clips do."""
    noise = np.random.default_rng(5).standard_normal(samples(seconds)) * 3000
    envelope = np.minimum(1, np.minimum(np.arange(len(noise)), np.arange(len(noise))[::-1]) / 400)
    return Clip((noise * envelope).clip(-32000, 32000).astype(np.int16), ())


def session(
    length: float = 65.0, tone: str = "swell", bed: str = "brown", clip: Clip | None = None
) -> Session:
    clip = clip or burst(4)
    says = tuple(
        SayEvent(samples(at), len(clip), 0, LINE) for at in np.arange(5.0, length - 10, 20.0)
    )
    chime = ChimeEvent(samples(1), samples(3), 0)
    breaths: list[Breath] = []
    position = samples(10)
    while position < samples(length - 12):
        breaths.append(Breath(position, samples(4), 0, samples(6), 0))
        position += breaths[-1].length
    timeline = Timeline(samples(length), (Chapter("A", 0),), (chime, *says), tuple(breaths))
    return Session(timeline, {LINE: clip}, tone, bed, 1)


def whole(made: Session, block: int = samples(30)) -> np.ndarray:
    return np.concatenate(list(mixed(made, block)))


@pytest.mark.parametrize("tone", ["swell", "ocean", "bowls", "none"])
def test_the_mix_is_the_same_whatever_the_blocks(tone: str) -> None:
    made = session(tone=tone, bed="rain")
    long, short = whole(made), whole(made, samples(7))

    assert len(long) == len(short) == made.timeline.length
    assert np.array_equal(long, short)


def test_clips_stand_at_their_exact_sample() -> None:
    made = session(tone="none", bed="none")
    audio = whole(made)

    first = made.timeline.speech[0]
    heard = audio[first.start : first.start + first.length, 0]
    # The chime still rings under the first.
    assert np.abs(heard - made.clips[LINE].samples).max() < 0.01
    after_chime = made.timeline.speech[1]
    heard = audio[after_chime.start : after_chime.start + after_chime.length]
    assert np.abs(heard[:, 0] - made.clips[LINE].samples).max() < 1e-6
    assert np.array_equal(heard[:, 0], heard[:, 1])


def test_the_voice_ducks_the_bed_smoothly() -> None:
    silent = Clip(np.zeros(samples(4), np.int16), ())
    ducked = whole(session(tone="none", clip=silent))
    level = np.sqrt((ducked.reshape(-1, samples(0.5), 2).astype(np.float64) ** 2).mean(axis=(1, 2)))
    under, beside = level[54:57].mean(), level[40:44].mean()

    assert 20 * np.log10(under / beside) == pytest.approx(DEPTH_DB, abs=2.0)


def test_ducking_comes_before_the_voice_and_leaves_after_it() -> None:
    start, length = samples(10), samples(3)
    curve = Ducking([Placed(LINE, start, length)]).gain(0, samples(20))

    assert curve is not None
    assert curve[start - ATTACK - 200] == 1.0
    assert curve[start : start + length] == pytest.approx(10 ** (DEPTH_DB / 20), rel=1e-3)
    assert curve[start + length + RELEASE + 200] == 1.0
    assert np.abs(np.diff(20 * np.log10(curve))).max() < 0.002


def test_ducking_stays_down_between_lines_that_follow_closely() -> None:
    lines = [Placed(LINE, samples(5), samples(2)), Placed(LINE, samples(7.6), samples(2))]
    curve = Ducking(lines).gain(samples(5), samples(4))

    assert curve is not None
    assert curve.max() == pytest.approx(10 ** (DEPTH_DB / 20), rel=1e-3)


def test_a_block_without_speech_is_not_touched() -> None:
    assert Ducking([Placed(LINE, samples(5), samples(2))]).gain(samples(60), samples(30)) is None


@pytest.mark.parametrize("length", [1, 1000, samples(3.3), samples(11)])
def test_ducking_does_not_depend_on_where_it_is_asked_for(length: int) -> None:
    lines = [Placed(LINE, 200_001 + n * 210_007, 90_011) for n in range(5)]
    ducking, end = Ducking(lines), samples(27)
    whole = ducking.gain(0, end)
    assert whole is not None

    first, last = (0, end) if length > 1 else (184_000, 186_500)
    for start in range(first, last - length, length):
        part = ducking.gain(start, length)
        expected = whole[start : start + length]
        assert np.array_equal(np.ones(length) if part is None else part, expected)


def silent_line(seconds: float = 4) -> Clip:
    return Clip(np.zeros(samples(seconds), np.int16), ())


def test_the_session_fades_in_and_out() -> None:
    audio = np.abs(whole(session(tone="none", clip=silent_line())))

    assert audio[0].max() == 0
    assert audio[-50:].max() < 1e-4
    assert audio[samples(62) :].max() < audio[samples(40) : samples(50)].max()


def cut_short(tone: str, *, chimed: bool) -> Session:
    """Return a session whose breath and chime would sound beyond its end."""
    breaths = tuple(Breath(samples(at), samples(4), 0, samples(6), 0) for at in (0, 10, 20))
    chime = ChimeEvent(samples(25), samples(1), 0)
    timeline = Timeline(samples(26), (Chapter("A", 0),), (chime,) * chimed, breaths)
    return Session(timeline, {}, tone, "none", 1)


@pytest.mark.parametrize("tone", ["swell", "ocean", "bowls", "none"])
def test_what_still_sounds_at_the_end_dies_away_and_is_not_cut(tone: str) -> None:
    audio = np.abs(whole(cut_short(tone, chimed=True))).max(axis=1)

    assert audio[samples(25) :].max() > 100 * audio[-50:].max() > 0


def test_a_breath_at_the_very_start_comes_up_with_the_session() -> None:
    audio = np.abs(whole(cut_short("bowls", chimed=False)))

    assert audio[: samples(1)].max() < 0.5 * audio[samples(10) : samples(11)].max()


@pytest.mark.parametrize("tone", ["swell", "ocean", "bowls"])
def test_no_block_edge_can_be_found_in_the_mix(tone: str) -> None:
    audio = whole(session(tone=tone, clip=silent_line()), samples(5))
    bends = np.abs(np.diff(audio, 2, axis=0)).max(axis=1)
    edges = range(samples(5), len(bends), samples(5))

    for edge in edges:
        around = np.delete(bends[edge - 2000 : edge + 2000], slice(1996, 2004))
        assert bends[edge - 4 : edge + 4].max() <= around.max()


def test_two_processes_make_the_same_mix() -> None:
    folder = str(Path(__file__).parent)
    program = (
        f"import hashlib, sys; sys.path.insert(0, {folder!r})\n"
        "from test_mixer import session, whole\n"
        "for tone, bed in (('swell', 'rain'), ('ocean', 'drone'), ('bowls', 'brown')):\n"
        "    print(hashlib.sha256(whole(session(tone=tone, bed=bed)).tobytes()).hexdigest())\n"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
        for _ in range(2)
    ]

    assert len(set(runs[0].split())) == 3
    assert runs[0] == runs[1]


def test_pydub_is_silent_when_no_ffmpeg_is_on_the_path() -> None:
    program = (
        "import warnings; warnings.simplefilter('error')\n"
        "from cft_audio.mix.mixer import _audio_segment\n"
        "before = list(warnings.filters)\n"
        "_audio_segment()\n"
        "assert warnings.filters == before\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PATH": ""},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.slow
def test_memory_does_not_grow_with_the_session() -> None:
    def peak(minutes: float) -> float:
        made = session(minutes * 60)
        tracemalloc.start()
        for _ in mixed(made):
            pass
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size / 1e6

    assert abs(peak(30) - peak(6)) < 20
